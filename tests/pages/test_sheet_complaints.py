"""A batch sheet says how to complain, and how long answers to public complaints took."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from built import tree, write
from rebuilt import afresh
from rebuilt import build as build_again
from rebuilt import made as made_village
from xiangji.build import build
from xiangji.settings import Settings

VILLAGE = {
    "products/brand.yml": "名称: 立碑村\n电话: 0851-00000000\n",
    "products/jiang/product.yml": "名称: 辣酱\n类型: 手工艺\n",
    "products/jiang/batches.csv": "批号,生产日期\nJ1,2026-03-05\n",
}
HEAD = "编号,收到,什么事,类型,进展,听过,说好,怎么办的,公开范围\n"
SETTLED = "{},2026-03-0{},少了一袋,数量,说好了,,2026-03-{},补了,{}\n"
SHEETS = ("t/jiang/J1/", "t/jiang/J1/e/")


def said(root: Path, files: dict[str, str]) -> dict[str, str]:
    """What stands on the sheet of J1, usual and large, below the heading of complaints."""
    site = build(Settings(write(root, files), date(2026, 5, 1)))
    assert not site.fatal(), [each.message("zh") for each in site.problems]
    pages = {each.address: each.content.decode() for each in site.artifacts if each.address}
    found = {}
    for sheet in SHEETS:
        below = re.split(
            '<h2>|<div class="own"|<p class="back"|</main>',
            pages[sheet].partition("不满意怎么办")[2],
        )[0]
        found[sheet] = " ".join(re.sub("<[^>]+>", "", below).split())
        link = re.search('href="([^"]*complaints/)"', below)
        assert (link is not None) == ("投诉" in found[sheet])
        if link:
            assert Path(f"/{sheet}", link[1]).resolve() == Path("/complaints")
    return found


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("", ""),
        (SETTLED.format("a", 1, 11, "公开"), "公开的投诉 1 件，说好了 1 件，一半在 10 天以内。"),
        (
            SETTLED.format("a", 1, "04", "公开")
            + SETTLED.format("b", 1, 31, "公开")
            + SETTLED.format("c", 2, "09", "公开")
            + SETTLED.format("d", 1, 25, "不公开")
            + SETTLED.format("f", 1, 29, "")
            + "e,2026-04-01,变味,质量,收到了,,,,公开\n",
            "公开的投诉 4 件，说好了 3 件，一半在 7 天以内，最久 30 天。",
        ),
        ("e,2026-04-01,变味,质量,收到了,,,,公开\n", "公开的投诉 1 件，说好了 0 件。"),
        (SETTLED.format("d", 1, 25, ""), ""),
    ],
    ids=["none", "one", "several", "open", "private"],
)
def test_a_sheet_says_how_long_answers_took(tmp_path: Path, rows: str, told: str) -> None:
    files = VILLAGE | ({"village/complaints.csv": HEAD + rows} if rows else {})
    more = f"{told}投诉都在这里" if told else ""
    for text in said(tmp_path, files).values():
        assert text == f"打 0851-00000000，报上面的批号。{more}"


def test_a_village_without_any_way_to_complain_says_nothing(tmp_path: Path) -> None:
    files = VILLAGE | {"products/brand.yml": "名称: 立碑村\n"}
    assert set(said(tmp_path, files).values()) == {""}
    files["village/complaints.csv"] = HEAD + SETTLED.format("a", 1, 11, "公开")
    told = set(said(tmp_path, files).values())
    assert told == {"公开的投诉 1 件，说好了 1 件，一半在 10 天以内。投诉都在这里"}


def test_a_complaint_makes_the_sheets_anew(tmp_path: Path) -> None:
    """After each edit of the complaints the site is the one that a build from nothing makes."""
    village = made_village(tmp_path / "village")
    build_again(village)
    file = village / "village" / "complaints.csv"
    sheet = village / "site" / "t/p0001/L00001/index.html"
    for rows, told in (
        (SETTLED.format("a", 1, 11, "公开"), "一半在 10 天以内"),
        (SETTLED.format("a", 1, 13, "公开"), "一半在 12 天以内"),
        (SETTLED.format("a", 1, 13, "不公开"), ""),
    ):
        file.write_text(HEAD + rows, "utf-8")
        build_again(village)
        assert ("公开的投诉" in sheet.read_text("utf-8")) == bool(told)
        assert told in sheet.read_text("utf-8")
        assert tree(village / "site") == afresh(village)
