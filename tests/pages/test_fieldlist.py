"""The handbook prints every field that the reader knows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from built import Built, write
from xiangji.build import Site, build
from xiangji.model.fields import Choice, ListOf, fields_of
from xiangji.records.product import Product
from xiangji.settings import Settings
from xiangji.views.json_schema import files, records_inside

PRINTED = {
    "brand": "products",
    "product": "products",
    "workshop": "stories",
    "story": "stories",
    "batch": "batches",
    "people": "consent",
    "event": "village",
    **dict.fromkeys(
        "project team service course mentor point help-card policy opening council goal proposal association"
        " complaint show video livestream report honour statistic craft spot route node carrier indicator".split(),
        "village",
    ),
}


def village(root: Path, text: str) -> Site:
    files = {"products/brand.yml": "名称: 立碑村\n", "site_src/index.md": f"# 家\n\n{text}\n"}
    return build(Settings(write(root, files), date(2026, 5, 1), site_url="https://example.cn/"))


def test_every_field_stands_in_the_handbook(demo: Built) -> None:
    lists = {each.name for each in files() if each.listed}
    assert {each.name for each in files()} - PRINTED.keys() - lists == {"person"}
    for kind in files():
        if kind.name not in PRINTED:
            continue
        page = demo.pages[f"handbook/{PRINTED[kind.name]}/"]
        keys = {text for each in page.all("th", scope="row") for text in each.text.split("、")}
        cells = {each.text for each in page.all("td")}
        for record in (kind.record, *records_inside(kind.record)):
            for row in fields_of(record):
                assert {row.zh, *(k for k in row.also if not k.isascii())} <= keys
                assert {row.name, row.help_zh} <= cells
                item = row.kind.item if isinstance(row.kind, ListOf) else row.kind
                if isinstance(item, Choice):
                    assert "、".join(map(str, item.words)) in cells


@pytest.mark.parametrize("block", ["[字段 product]", "[fields product]", "[字段 产品]"])
def test_a_list_goes_by_either_name(block: str, tmp_path: Path) -> None:
    site = village(tmp_path, block)
    assert site.problems == ()
    (home,) = site.notes
    assert home.document.count("<table") == 1 + len(records_inside(Product))
    assert "必填" in home.document and "净含量" in home.document


@pytest.mark.parametrize("block", ["[字段]", "[字段 prodct]", "[字段 Seal]"])
def test_a_list_of_nothing_is_told(block: str, tmp_path: Path) -> None:
    assert [each.rule for each in village(tmp_path, block).problems] == ["block-target"]
