"""What a copy was made of, by its name alone."""

from __future__ import annotations

import pytest

from xiangji.readers.left_out import original

COPIES = [
    "product (1).yml",
    "product(12).yml",
    "product（1）.yml",
    "product - 副本.yml",
    "product - 副本 (2).yml",
    "product的副本.yml",
    "product 副本 2.yml",
    "副本 product.yml",
    "product-冲突副本.yml",
    "product (冲突副本).yml",
    "product (张三 的冲突副本 2026-04-01).yml",
    "product (Zhang San's conflicted copy 2026-04-01).yml",
    "product-conflict-20260401.yml",
    "product.sync-conflict-20260401-101010-ABCDEFG.yml",
    "product-DESKTOP-4F2A.yml",
    "product-LAPTOP-AB12CD.yml",
    "Copy of product.yml",
    "product copy.yml",
    "product copy 2.yml",
    "product_copy.yml",
    "product.yml.bak",
    "product.yml.orig",
    "product~1.yml",
    "product_备份.yml",
]


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_tells_what_it_was_made_of(name: str) -> None:
    assert original(name) == "product.yml"


@pytest.mark.parametrize(
    "name",
    [
        "product.yml",
        "photocopy.yml",
        "2026-05.yml",
        "副本.yml",
        "(1).yml",
        "A-1.yml",
        "复制.yml",
        "伤口冲突.md",
    ],
)
def test_a_name_of_its_own_is_none(name: str) -> None:
    assert original(name) is None
