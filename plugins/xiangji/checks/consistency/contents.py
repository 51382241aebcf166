"""Checks the figures of a label: shares of ingredients, NRV % and the parts of nutrients."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from xiangji.library import Library
from xiangji.model.fields import fold_digits
from xiangji.model.parsing.late_pattern import compiled
from xiangji.problems import Problem, problem
from xiangji.records.product import Nutrient, Product, Version

_SHARE = r"^[^()%\d]{1,20}\(?(?:约|≥|>=|不少于|添加量|含量|占)?[:为]?(?:≥|>=)?(\d{1,3}(?:\.\d{1,2})?)%\)?$"
_AMOUNT = r"(?i)(?:约|≤|<)?(\d{1,6}(?:\.\d{1,3})?)(千焦|kj|毫克|mg|克|g)"
_PERCENT = r"(\d{1,4}(?:\.\d)?)%?"

_REFERENCE = {
    "能量": Decimal(8400),
    "蛋白质": Decimal(60),
    "脂肪": Decimal(60),
    "饱和脂肪": Decimal(20),
    "碳水化合物": Decimal(300),
    "钠": Decimal(2),
}
"""NRV of GB 28050 (`standards.md` §4.4) in kilojoules and grams, of those that are the same in both editions."""

_PART_OF = {"饱和脂肪": "脂肪", "反式脂肪": "脂肪", "糖": "碳水化合物"}
_ROUNDING = Decimal("1.01")


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report figures of ingredients and nutrients that do not add up, also of earlier versions."""
    for product in library.products.values():
        every: list[Product | Version] = [product, *product.earlier]
        for told in every:
            yield from _ingredients(told)
            yield from _nutrients(told.nutrition)


def _ingredients(told: Product | Version) -> Iterator[Problem]:
    found = [
        compiled(_SHARE).match(fold_digits(each).replace(" ", "")) for each in told.ingredients
    ]
    given = [Decimal(match[1]) for match in found if match]
    total = sum(given, Decimal(0))
    if len(given) > 1 and total > 100 + Decimal("0.5"):
        at = told.origin.of("ingredients")
        yield problem("ingredients-sum", at, total=f"{total.normalize():f}%")


def _nutrients(table: tuple[Nutrient, ...]) -> Iterator[Problem]:
    amounts: dict[str, tuple[Decimal, Nutrient]] = {}
    for row in table:
        amount = _amount(row)
        name = compiled(r"[\s—–-]|\(.*\)|其中[:：]?|酸$").sub("", fold_digits(row.name))
        if amount is None:
            continue
        amounts[name] = amount, row
        yield from _nrv(row, name, amount)
    for name, of in _PART_OF.items():
        part, whole = amounts.get(name), amounts.get(of)
        if part and whole and part[0] > whole[0]:
            at = part[1].origin.of("per_100g")
            yield problem("nutrient-part", at, value=part[1].name, other=whole[1].name)


def _amount(row: Nutrient) -> Decimal | None:
    """An amount in kilojoules or grams."""
    match = compiled(_AMOUNT).match(fold_digits(row.per_100g).replace(" ", ""))
    if match is None:
        return None
    return Decimal(match[1]) / (1000 if match[2].lower() in ("毫克", "mg") else 1)


def _nrv(row: Nutrient, name: str, amount: Decimal) -> Iterator[Problem]:
    """Recompute NRV %. Amounts are rounded before they are printed, so that one percent more or less is none."""
    reference = _REFERENCE.get(name)
    match = compiled(_PERCENT).match(fold_digits(row.nrv or "").replace(" ", ""))
    if reference is None or match is None:
        return
    right = amount / reference * 100
    if abs(right - Decimal(match[1])) > max(_ROUNDING, right * Decimal("0.02")):
        told = {"amount": row.per_100g, "nrv": row.nrv, "right": f"{round(right)}%"}
        yield problem("nutrient-share", row.origin.of("nrv"), value=row.name, **told)
