"""Wherever a number is shown it can be called: each number by itself, and nothing that is none."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from built import write
from xiangji.build import build
from xiangji.settings import Settings

FILES = {
    "products/brand.yml": """\
名称: 立碑村
电话: ０８５１－１１１１１１１１ / 0851-22222222转801
合作社: she
生产者:
  - {编号: she, 名称: 合作社, 类型: 合作社, 地址: 村口, 电话: "0851-33333333、44444444"}
地点:
  - {编号: dian, 名称: 小店, 类型: 门店, 时间: 赶场天, 电话: 0851-55555555-6}
""",
    "products/jiang/product.yml": """\
名称: 辣酱
类型: 加工食品
数字标签: 是
生产者: she
购买方式:
  - {方式: 电话, 内容: 找王二}
  - {方式: 电话, 内容: 王会计 13800000000（上午）、0851-66666666 转 7}
""",
    "products/jiang/batches.csv": "批号,生产日期,状态,原因,怎么办\n"
    "N1,2026-05-01,召回,漏写,打 0851-77777777 退；订单 20260506 和 12000 罐都退\n",
    "products/lan/product.yml": "名称: 篮子\n类型: 手工艺\n",
    "products/lan/batches.csv": "批号\nL1\n",
}
BRANDS = ["tel:085111111111", "tel:085122222222"]
OWN = ["tel:13800000000", "tel:085166666666"]
MAKERS = ["tel:085133333333", "tel:085144444444"]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = write(tmp_path_factory.mktemp("calls") / "village", FILES)
    site = build(Settings(root, date(2026, 6, 1), site_url="https://example.cn/"))
    assert not site.fatal(), [each.message("zh") for each in site.problems]
    told = {each.address: each.document for each in site.pages}
    return told | {
        each.address: each.content.decode() for each in site.artifacts if each.address[-1] in "/n"
    }


def called(page: str) -> list[str]:
    return re.findall(r'href="(tel:[^"]*)"', page)


@pytest.mark.parametrize(
    ("address", "numbers"),
    [
        ("products/jiang/", [*OWN, *MAKERS, OWN[0]]),
        ("products/lan/", [BRANDS[0]]),
        ("t/jiang/N1/", ["tel:085177777777", *OWN, *MAKERS, *OWN, OWN[0]]),
        # In trouble the number to call stands before the sentences of the state.
        ("t/jiang/N1/e/", [*OWN, "tel:085177777777", *MAKERS, *OWN]),
        ("shop/note/", BRANDS),
        ("shop/e/", [*BRANDS, *OWN, *BRANDS]),
        ("producers/she/", MAKERS),
        ("places/dian/", ["tel:085155555555"]),
    ],
)
def test_every_number_is_a_link_of_its_own(
    address: str, numbers: list[str], pages: dict[str, str]
) -> None:
    assert called(pages[address]) == numbers


def test_no_page_calls_anything_else(pages: dict[str, str]) -> None:
    known = {*BRANDS, *OWN, *MAKERS, "tel:085155555555", "tel:085177777777"}
    assert {each for page in pages.values() for each in called(page)} <= known


def test_the_shopping_note_knows_each_number(pages: dict[str, str]) -> None:
    data = next(text for address, text in pages.items() if address.endswith("catalogue.json"))
    (jar,) = [each for each in json.loads(data)["entries"] if each.get("id") == "jiang"]
    assert jar["calls"] == [
        ["王会计 13800000000（上午）", "13800000000"],
        ["0851-66666666 转 7", "085166666666"],
    ]


def test_an_extension_is_said_beside_its_number(pages: dict[str, str]) -> None:
    assert ">0851-55555555 转 6</a>" in pages["places/dian/"]
    assert "0851-22222222</span> 转 801" in pages["shop/note/"]
