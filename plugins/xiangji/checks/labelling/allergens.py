"""Checks the eight groups of allergens that a label must name from 2027 on (GB 7718-2025, 4.12)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.problems import Problem, problem
from xiangji.records.product import Product

GROUPS: dict[str, re.Pattern[str]] = {
    "含麸质谷物": late_pattern(r"麸质|小麦|面粉|大麦|黑麦|燕麦|面筋|麦芽|麦片"),
    "甲壳纲类动物": late_pattern(r"甲壳|虾|蟹"),
    "鱼类": late_pattern(r"鱼(?!腥草|香)"),
    "蛋类": late_pattern(r"蛋(?!白质)(?<!豆蛋)(?<!清蛋)(?<!物蛋)"),
    "花生": late_pattern(r"花生"),
    "大豆": late_pattern(r"大豆|黄豆|豆腐|豆瓣|豆豉|豆浆|豆粕|酱油|腐乳"),
    "乳": late_pattern(r"(?<!腐)乳(?!化)|牛奶|羊奶|奶粉|奶油|乳糖"),
    "坚果": late_pattern(r"坚果|核桃|杏仁|腰果|榛子|开心果|松子|夏威夷果|巴旦木"),
}
"""Each group, with a pattern for the names of its members and their products in ingredient lists."""


def check_product(product: Product) -> Iterator[Problem]:
    """Report allergens that name no group, and ingredients that belong to a group which is not named."""
    named = [[group for group, look in GROUPS.items() if look.search(e)] for e in product.allergens]
    groups = "、".join(GROUPS)
    for text, found in zip(product.allergens, named, strict=True):
        if not found:
            place = product.origin.of("allergens")
            yield problem("allergen-group", place, value=text, groups=groups)
    told = {group for found in named for group in found}
    for ingredient in product.ingredients:
        for group, look in GROUPS.items():
            if group not in told and look.search(ingredient):
                place = product.origin.of("ingredients")
                yield problem("allergen-unlisted", place, value=ingredient, group=group)
