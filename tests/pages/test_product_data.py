"""What a product's page tells programs: bar codes and certificates; a bar code stands on page, sheet and label."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from built import write
from xiangji.build import build
from xiangji.label.item import LabelForm, LabelKey, Labelled
from xiangji.label.items import label_of
from xiangji.model.vocabularies import ProductKind
from xiangji.records.batch import Batch
from xiangji.records.product import Product, Variant
from xiangji.settings import Settings

FILES = {
    "products/brand.yml": "名称: 立碑村\n电话: 0851-00000000\n",
    "products/cha/product.yml": """\
名称: 有机绿茶
类型: 农产品
商品条码: "6901234567809"
规格:
  - {规格: 一斤装, 净含量: 500 克, 价格: 58, 商品条码: "6901234567816"}
  - {规格: 半斤装, 净含量: 250 克, 价格: 30}
购买方式:
  - {方式: 电话, 内容: 0851-00000000}
证书:
  - {名称: 有机转换认证证书, 发证机构: 认证中心, 编号: "12345678901234567", 自: 2025-07-01, 至: 2026-12-31}
  - {名称: 土壤检测报告, 发证机构: 检测站, 至: 2026-01-31}
  - {名称: 委托检验协议, 发证机构: 检测所, 示例: 是}
""",
    "products/cha/batches.csv": "批号,采收日期,规格,状态\nC1,2026-04-01,一斤装,正常\nC2,2026-04-02,半斤装,正常\n",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root: Path = write(tmp_path_factory.mktemp("data") / "village", FILES)
    site = build(Settings(root, date(2026, 6, 1), site_url="https://example.cn/"))
    assert not site.fatal(), [each.message("zh") for each in site.problems]
    told = {each.address: each.document for each in site.pages}
    sheets = (each for each in site.artifacts if each.address.endswith("/"))
    return told | {each.address: each.content.decode() for each in sheets}


@pytest.fixture(scope="module")
def data(pages: dict[str, str]) -> dict[str, Any]:
    (found,) = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', pages["products/cha/"], re.S
    )
    told: dict[str, Any] = json.loads(found)
    return told


def test_bar_codes_are_told(data: dict[str, Any]) -> None:
    assert data["gtin"] == "6901234567809"
    assert [each.get("gtin") for each in data["offers"]] == ["6901234567816", None]


def test_certificates_that_are_valid_are_told(data: dict[str, Any]) -> None:
    organic, sample = data["hasCertification"]
    assert organic == {
        "@type": "Certification",
        "name": "有机转换认证证书",
        "issuedBy": {"@type": "Organization", "name": "认证中心"},
        "certificationIdentification": "12345678901234567",
        "validFrom": "2025-07-01",
        "expires": "2026-12-31",
    }
    assert sample["name"] == "委托检验协议（示例）"


def test_a_bar_code_stands_on_the_page_and_on_the_sheet_of_its_size(pages: dict[str, str]) -> None:
    assert "6901234567816（一斤装）" in pages["products/cha/"]
    assert "6901234567816" in pages["t/cha/C1/"]
    assert "69012345678" not in pages["t/cha/C2/"]


@pytest.mark.parametrize("kind", list(ProductKind)[:3])
def test_it_is_printed_on_the_label(kind: ProductKind) -> None:
    product = Product(
        name="茶", kind=kind, gtin="6901234567809", variants=(Variant(name="一斤装"),)
    )
    batch = Batch(lot="A", product="p", variant="一斤装")
    for about in (Labelled(product=product, batch=batch), Labelled(product=product)):
        rows = {each.item: each.value for each in label_of(LabelForm.PRINTED, about)}
        assert rows[LabelKey.GTIN] == "6901234567809"
    bare = Labelled(product=Product(name="茶", kind=kind), batch=batch)
    assert LabelKey.GTIN not in {each.item for each in label_of(LabelForm.PRINTED, bare)}
