"""Two inspections at one level: every one is shown, a failed one first, and none goes without a word."""

from __future__ import annotations

import re
from datetime import date

import pytest

from built import write
from xiangji.build import build, open_press
from xiangji.model.vocabularies import InspectionLayer, InspectionResult
from xiangji.pages.batches.sheet_facts import checks_of
from xiangji.paper.sheet_text import sheet_text
from xiangji.settings import Settings

MANY = "；".join(f"合格 2026-04-{day:02} 乙" for day in range(1, 9))
FILES = {
    "products/brand.yml": "名称: 立碑村\n",
    "products/jiang/product.yml": "名称: 辣酱\n类型: 加工食品\n",
    "products/jiang/batches.csv": (
        "批号,生产日期,状态,自检,县检\n"
        "T1,2026-04-01,待检,合格 2026-04-02 甲；不合格 2026-04-03 乙 合格 2026-04-05 丙,\n"
        f"T2,2026-04-01,待检,,{MANY}\n"
    ),
    "products/jiang/batches/Y1.yml": """\
批号: Y1
生产日期: 2026-04-01
状态: 待检
检验:
  - {层级: 县检, 结果: 不合格, 日期: 2026-04-09, 签字: 县站}
  - {层级: 县检, 结果: 合格, 日期: 2026-04-08, 签字: 县站}
""",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = write(tmp_path_factory.mktemp("inspections") / "village", FILES)
    site = build(Settings(root, date(2026, 5, 1), site_url="https://example.cn/"))
    assert not site.fatal(), [each.message("zh") for each in site.problems]
    return {
        each.address: each.content.decode() for each in site.artifacts if each.address.endswith("/")
    }


def told(page: str) -> list[str]:
    """The results in the order of a page, sheet or large print."""
    after = page.partition("<h2>谁检过</h2>")[2].partition("<h2>")[0]
    return re.findall(r'<span class="(?:ok|bad|waiting)">([^<]+)</span>', after)


@pytest.mark.parametrize("large", ["", "e/"])
def test_every_inspection_is_shown_the_failed_first(large: str, pages: dict[str, str]) -> None:
    assert told(pages[f"t/jiang/T1/{large}"]) == ["不合格", "合格", "合格"]
    assert told(pages[f"t/jiang/Y1/{large}"]) == ["不合格", "合格"]


@pytest.mark.parametrize("large", ["", "e/"])
def test_what_has_no_room_is_counted(large: str, pages: dict[str, str]) -> None:
    page = pages[f"t/jiang/T2/{large}"]
    assert len(told(page)) == 6
    assert "另有 2 次，没有列出" in page


def test_paper_tells_the_same(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = write(tmp_path_factory.mktemp("paper") / "village", FILES)
    context, _ = open_press(Settings(root, date(2026, 5, 1), site_url="https://example.cn/"))
    assert context is not None
    batch, product = context.library.batches["jiang/T1"], context.library.products["jiang"]
    results = [
        each["result"] for each in sheet_text(context, batch, product, "https://e.cn/")["checks"]
    ]
    assert results == ["不合格", "合格", "合格", "", "", ""]


def test_the_latest_is_the_one_of_the_latest_day(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = write(tmp_path_factory.mktemp("latest") / "village", FILES)
    context, _ = open_press(Settings(root, date(2026, 5, 1)))
    assert context is not None
    batch = context.library.batches["jiang/Y1"]
    latest = batch.latest(InspectionLayer.COUNTY)
    assert latest is not None and latest.result is InspectionResult.FAILED
    assert [each.layer for each in checks_of(batch, InspectionLayer.SELF)] == ["自检"]
