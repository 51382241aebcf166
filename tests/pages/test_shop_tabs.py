"""The tabs of the shop: none leads to an empty page, and the address of each goes on working."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from built import write
from xiangji.build import build
from xiangji.settings import Settings

BRAND = "名称: 立碑村\n村: 立碑村\n地点:\n  - {编号: zhen, 名称: 瞻榆镇, 行政区划: 吉林省 通榆县 瞻榆镇}\n"
JIANG = "名称: 辣酱\n类型: 加工食品\n产地: zhen\n"
LAN = "名称: 竹篮\n类型: 手工艺\n"
MAKER = """\
人物:
  - 编号: bing
    姓名: 编匠丙
    身份: 能工巧匠
    同意:
      - {用途: 姓名, 同意日期: 2026-01-05}
"""


def pages(root: Path, **files: str) -> dict[str, str]:
    found = {
        f"products/{name}/product.yml": text for name, text in files.items() if name != "people"
    }
    people = {"stories/people.yml": files["people"]} if "people" in files else {}
    write(root, {"products/brand.yml": BRAND, **found, **people})
    site = build(Settings(root, date(2026, 6, 1), site_url="https://example.cn/"))
    assert not site.fatal(), [each.message("zh") for each in site.problems]
    told = {each.address: each.document for each in site.pages}
    return told | {
        each.address: each.content.decode() for each in site.artifacts if each.address.endswith("/")
    }


def tabs(page: str) -> list[str]:
    (bar,) = re.findall(r'<nav class="tabs".*?</nav>', page, re.S)
    return re.findall(r"<span>([^<]*)</span>", bar)


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        ({"jiang": JIANG}, ["农产品", "意向单"]),
        ({"jiang": JIANG, "lan": LAN}, ["农产品", "手工艺", "意向单"]),
        ({"jiang": JIANG, "people": MAKER}, ["农产品", "能工巧匠", "意向单"]),
    ],
)
def test_an_empty_tab_has_no_link(tmp_path: Path, files: dict[str, str], shown: list[str]) -> None:
    made = pages(tmp_path, **files)
    for address in ("shop/", "shop/crafts/", "shop/makers/", "shop/note/"):
        assert tabs(made[address]) == shown


def test_a_shop_of_crafts_alone_opens_with_them(tmp_path: Path) -> None:
    made = pages(tmp_path, lan=LAN)
    for address in ("shop/", "shop/crafts/"):
        assert tabs(made[address]) == ["手工艺", "意向单"]
        assert "竹篮" in made[address] and "这一栏还没有东西" not in made[address]
    assert "农产品" not in re.sub(r"<[^>]+>", "", made["shop/"])


def test_without_stories_nothing_leads_to_them(tmp_path: Path) -> None:
    made = pages(tmp_path, jiang=JIANG)
    linking = [at for at, page in made.items() if re.search(r'href="[^"]*stories/"', page)]
    assert [at for at in linking if at != "stories/"] == []


def test_a_village_and_its_town_are_named_once(tmp_path: Path) -> None:
    made = pages(tmp_path, jiang=JIANG, lan=LAN)
    for at, page in made.items():
        words = re.sub(r"<[^>]+>", "", page)
        assert not re.search(r"(瞻榆镇|立碑村)[\s·]+\1", words), at
