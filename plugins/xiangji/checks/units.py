"""Checks the units of all amounts in records: each amount needs a unit that is known or that the village declares.

An undeclared unit is a warning. It is an error in an amount that the program computed from several terms.
A net content must have a lawful unit or be in pieces (GB 7718, 定量包装商品计量监督管理办法).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from xiangji.kinds.installed import further_kinds
from xiangji.library import Library
from xiangji.model.fields import AnyValueType, Field, Nested, label, rows_to
from xiangji.model.location import Location
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.units import Dimension, unit_named
from xiangji.model.value_types import QUANTITY
from xiangji.model.values import Quantity
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch, FarmInput
from xiangji.records.brand import Brand
from xiangji.records.product import Nutrient, Product

_NET = "net_content"

_WITHOUT_UNIT = late_pattern(
    r"(?<![A-Za-z\d.,])\d[\d.,]*(?:\s*[-–—~～至到×xX*/:：+±]\s*\d[\d.,]*)*(?!\s*[A-Za-z%‰°℃μµ\u4e00-\u9fff\d.,×xX*/:+-])"
)
"""A number, or several that belong together, without a unit after it."""


def check(library: Library, today: date) -> Iterator[Problem]:
    """Check the amounts of all records except batches."""
    records: list[Any] = [library.brand, *library.products.values(), *library.codes]
    for kind in further_kinds(library.shelves):
        if kind.within is None:
            records += library.shelf(kind.name).values()
    for record in records:
        yield from _amounts_of(record, library.brand)
    for product in library.products.values():
        yield from _check_measure(product, "size", product.size)
        for each in product.nutrition:
            named = re.search(r"[(（][^)）]*[A-Za-z克焦卡][)）]", each.name)
            yield from _check_measure(each, "per_100g", None if named else each.per_100g)


def of_batch(library: Library, batch: Batch, today: date) -> Iterator[Problem]:
    """Check the amounts of a batch. Each unknown unit is reported once per batch."""
    told: set[str] = set()
    for each in _amounts_of(batch, library.brand):
        unit = dict(each.details).get("unit", "")
        if each.rule != "unit-unknown" or unit not in told:
            yield each
        told.add(unit)
    for given in batch.farm_inputs:
        yield from _check_measure(given, "amount", given.amount)


def is_declared(unit: str, brand: Brand) -> bool:
    """Whether a unit is in the table of units or declared by the village."""
    return unit_named(unit) is not None or unit in brand.units


def _is_amount(kind: AnyValueType) -> bool:
    return kind is QUANTITY


def _amounts_of(record: Any, brand: Brand) -> Iterator[Problem]:
    for row in rows_to(type(record), _is_amount):
        for value in row.values(record):
            if isinstance(row.item, Nested):
                yield from _amounts_of(value, brand)
            else:
                yield from _check_amount(row, value, record.origin.of(row.name), brand)


def _check_amount(row: Field, value: Quantity, place: Location, brand: Brand) -> Iterator[Problem]:
    told = {"field": row.zh, "value": value, "unit": value.unit}
    if row.name == _NET and (why := _unlawful(value, brand)):
        yield problem("net-content-unit", place, value=value, **why)
    elif not value.unit:
        yield problem("unit-missing", place, **told)
    elif not is_declared(value.unit, brand):
        yield problem("unit-undeclared" if value.reckoned else "unit-unknown", place, **told)


_RATIO = late_pattern("[:：]")

_NO_UNIT = {"why": "没有单位", "why_en": "it has no unit", "better": "", "better_en": ""}


def _unlawful(value: Quantity, brand: Brand) -> dict[str, str] | None:
    """Why an amount is not allowed as a net content on a label, as details of the message. None if it is allowed."""
    if not value.unit:
        return _NO_UNIT
    known = unit_named(value.unit)
    if known.lawful if known else value.unit in brand.units:
        return None
    why = {"why": f"“{value.unit}”不是法定计量单位", "why_en": f"{value.unit} is no lawful unit"}
    if known is None:
        better = f"村里就这么数，在 products/brand.yml 里写：计量单位: {value.unit}。"
        better_en = (
            f"If that is how the village counts, declare it in brand.yml: units: {value.unit}. "
        )
        return {**why, "better": better, "better_en": better_en}
    small = value.value * known.scale
    better = f"{small.normalize():f} 克" if small < 1000 else f"{(small / 1000).normalize():f} 公斤"
    exact = known.dimension is Dimension.MASS and small == round(small, 2)
    said = better if exact and small > Decimal(0) else ""
    return {
        **why,
        "better": f"写成 {said}。" if said else "",
        "better_en": f"Write {said}. " if said else "",
    }


def _check_measure(
    record: Product | Nutrient | FarmInput, name: str, text: str | None
) -> Iterator[Problem]:
    """Report a number without a unit in a text that gives a measure: a dose, a size, a nutrient."""
    found = next(
        (each for each in _WITHOUT_UNIT.finditer(text or "") if not _RATIO.search(each[0])), None
    )
    if found:
        told = {"field": label(type(record), name), "value": text, "number": found[0].strip()}
        yield problem("measure-unit", record.origin.of(name), **told)
