"""How goods are sent is said where the price is: as the product says, else as its producer does."""

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
合作社: she
生产者:
  - 编号: jia
    名称: 甲家
    类型: 农户
  - 编号: she
    名称: 合作社
    类型: 合作社
    配送: {几天发出: 两天, 包邮: 省内, 运费: [{地区: 外省, 多少: 12元}], 满多少包邮: 100}
""",
    "products/a/product.yml": "名称: 甲\n类型: 手工艺\n生产者: [jia, she]\n规格: [{规格: 大, 价格: 20}, {规格: 小, 价格: 8.5}]\n",
    "products/b/product.yml": "名称: 乙\n类型: 手工艺\n生产者: she\n配送: {几天发出: 0}\n规格: [{规格: 大, 价格: 9}]\n",
    "products/c/product.yml": "名称: 丙\n类型: 手工艺\n生产者: jia\n规格: [{规格: 大, 价格: 9}]\n",
    "products/d/product.yml": "名称: 丁\n类型: 手工艺\n生产者: she\n规格: [{规格: 大, 价格: 9}]\n",
    "products/d/batches.csv": "批号,状态,原因\nL1,停售,漏写\n",
    "site_src/index.md": "[开头]\n",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = write(tmp_path_factory.mktemp("sent") / "village", FILES)
    site = build(Settings(root, date(2026, 6, 1), site_url="https://example.cn/"))
    assert not site.fatal(), [each.message("zh") for each in site.problems]
    return {each.address: each.document for each in (*site.pages, *site.notes)}


def sent(page: str) -> list[str]:
    found = re.search(r'<p class="sent">(.*?)</p>', page)
    return re.findall("<span>(.*?)</span>", found[1]) if found else []


def test_each_region_has_its_freight(pages: dict[str, str]) -> None:
    said = ["定好后 2 天内发出", "寄省内包邮", "寄外省 ¥12", "满 ¥100 包邮"]
    assert sent(pages["products/a/"]) == said
    assert " · ".join(said) in pages["producers/she/"]


def test_the_product_s_own_comes_first_and_nothing_is_made_up(pages: dict[str, str]) -> None:
    assert sent(pages["products/b/"]) == ["定好后当天发出"]
    assert sent(pages["products/c/"]) == []
    assert sent(pages["products/d/"]) == [], "nothing is sent where nothing can be sold"


def test_an_offer_says_what_sending_costs(pages: dict[str, str]) -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', pages["products/a/"])
    assert found
    details = json.loads(found[1])["offers"][0]["shippingDetails"]
    assert [(e["shippingDestination"]["name"], e["shippingRate"]["value"]) for e in details] == [
        ("省内", "0"),
        ("外省", "12"),
    ]
    assert details[0]["deliveryTime"]["handlingTime"]["maxValue"] == 2
    assert "shippingDetails" not in pages["products/b/"]


def test_home_begins_with_two_that_can_be_had(pages: dict[str, str]) -> None:
    head = re.search(r'<ul class="xj-offers">(.*?)</ul>', pages[""], re.DOTALL)
    assert head
    assert re.findall("<b>(.*?)</b>", head[1]) == ["甲", "乙"]
    assert re.findall(r"¥([\d.]+)", head[1]) == ["8.50", "9"]
