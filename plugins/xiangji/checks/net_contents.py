"""Compares the net content of a variant with its name: 500 克装 must not have 250 g."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import chain

from xiangji.library import Library
from xiangji.model.fields import fold_digits
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.values import Quantity
from xiangji.problems import Problem, problem
from xiangji.records.product import Product, Variant

_GRAMS = {"公斤": 1000, "千克": 1000, "kg": 1000, "市斤": 500, "斤": 500, "两": 50, "克": 1, "g": 1}
_MILLILITRES = {"毫升": 1, "ml": 1, "升": 1000, "l": 1000}
_NUMBER = r"\d+(?:\.\d+)?|[半一二三四五六七八九十两]"
_UNITS = "|".join((*_GRAMS, *_MILLILITRES))
_AMOUNT = late_pattern(rf"({_NUMBER})\s*({_UNITS})(?![a-z])")
_TIMES = late_pattern(r"(?<![\d.])(\d{1,3})(?![\d.])")
_WORDS = dict(zip("一二三四五六七八九十", range(1, 11), strict=True)) | {"两": 2}


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report variants, also of earlier versions, whose name contradicts their net content."""
    for product in library.products.values():
        older = (each for version in product.earlier for each in version.variants)
        for variant in chain(product.variants, older):
            yield from _contradicted(product, variant)


def _contradicted(product: Product, variant: Variant) -> Iterator[Problem]:
    net = variant.net_content or product.net_content
    if net is None or net.measured is None:
        return
    named = _amounts(variant.name, net)
    if not named or net.measured in named:
        return
    own = variant.net_content is not None
    why = "名字里的量和它不一样" if own else "这一种没有写净含量，标签上会印产品的"
    why_en = (
        "its name says otherwise" if own else "it has none of its own, so the product's is printed"
    )
    place = variant.origin.of("net_content" if own else "name")
    yield problem("variant-net", place, name=variant.name, net=net, why=why, why_en=why_en)


def _amounts(name: str, net: Quantity) -> set[Decimal]:
    """The amounts that the name of a variant may mean, in grams, or in millilitres if the net content is a volume.

    These are each amount, each amount times another number in the name (3×200 克), and the sum of all amounts.
    """
    folded = fold_digits(name).lower()
    units = _MILLILITRES if net.measure in ("毫升", "升") else _GRAMS
    each = [
        _number(number) * units[unit] for number, unit in _AMOUNT.findall(folded) if unit in units
    ]
    times = [Decimal(number) for number in _TIMES.findall(_AMOUNT.sub(" ", folded))]
    found = {amount * count for amount in each for count in (Decimal(1), *times)}
    return found | {sum(each, Decimal(0))} if each else set()


def _number(text: str) -> Decimal:
    if text == "半":
        return Decimal("0.5")
    return Decimal(_WORDS.get(text, 0)) if text in _WORDS else Decimal(text)
