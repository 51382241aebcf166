"""Checks amounts and days of batches: not more used than made, not harvested too early, an expiry date.

These are the three checks that `standards.md` §4.6 recommends: harvest ≥ last use + 安全间隔期; expiry = day of
making + shelf life; amount taken from a lot ≤ amount of the lot, if the units agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from xiangji.checks.consistency.masses import amounts_told, in_unit_of
from xiangji.checks.units import is_declared
from xiangji.conformity.harvest import harvested_early
from xiangji.label.item import LabelForm
from xiangji.label.items import ITEMS, day_item, heading
from xiangji.label.versions import counted_from
from xiangji.library import Library
from xiangji.library.lot_links import inputs_of
from xiangji.model.fields import label
from xiangji.model.parsing.partial_date import earliest
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import ProductKind
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch
from xiangji.records.product import Product


def of_batch(library: Library, batch: Batch, today: date) -> Iterator[Problem]:
    """Problems of the amounts and days of a batch."""
    yield from _used_up(batch, library)
    yield from harvested_early(batch)
    yield from _expires(batch, library)


def _used_up(batch: Batch, library: Library) -> Iterator[Problem]:
    """Compare the sum of what later lots took from this lot with its quantity."""
    whole = batch.quantity
    users = library.used_in(batch.key)
    if whole is None or not users:
        return
    product = library.products.get(batch.product)
    noted = library.links.taken(batch.key)
    taken = {}
    for user in users:
        amounts = noted.get(user.key, ()) or _in_remarks(user, batch, product)
        amount = _taken(amounts, whole, library, batch)
        if amount is not None:
            taken[user.key] = amount
    if not taken:
        return
    if len(taken) > 1 and not is_declared(whole.unit, library.brand):
        if whole.unit:
            said = {"field": label(Batch, "quantity"), "value": whole, "unit": whole.unit}
            yield problem("unit-undeclared", batch.origin.of("quantity"), **said)
        return
    total = Quantity(sum((each.value for each in taken.values()), Decimal(0)), whole.unit)
    if total.value > whole.value:
        told = "、".join(f"{key} {amount}" for key, amount in taken.items())
        place = batch.origin.of("quantity")
        details = {"lot": batch.lot, "whole": whole, "total": total, "users": told}
        yield problem("input-exceeded", place, **details)


def _in_remarks(user: Batch, batch: Batch, product: Product | None) -> tuple[Quantity, ...]:
    """What the remarks of a lot's steps say of a product, if only one lot of it went in: 糍粑辣椒 45 公斤."""
    others = [key for key in inputs_of(user) if key.partition("/")[0] == batch.product]
    return tuple(amounts_told(user, product.name)) if product and len(others) == 1 else ()


def _taken(
    noted: Iterable[Quantity], whole: Quantity, library: Library, batch: Batch
) -> Quantity | None:
    """How much of a lot went into another one, in the unit of `whole`. None if it is not recorded.

    Several events may record the same goods: the same chickens when they arrive and again when they are cut up.
    So the largest amount counts, not the sum.
    """
    alike = [
        amount for each in noted if (amount := in_unit_of(each, whole, library, batch)) is not None
    ]
    return max(alike, key=lambda each: each.value) if alike else None


def _expires(batch: Batch, library: Library) -> Iterator[Problem]:
    """Report a batch whose expiry date cannot be computed, because its day is not known.

    A batch of processed food that has only a day of harvest is reported by another rule.
    """
    product = library.products.get(batch.product)
    if product is None:
        return
    day = counted_from(product, batch)
    harvested = product.kind is ProductKind.PROCESSED and day is None and batch.harvested_on
    if harvested:
        place = batch.origin.of("harvested_on")
        told = {"lot": batch.lot, "value": batch.harvested_on, "product": product.name}
        yield problem("harvest-not-made", place, **told)
    elif product.shelf_life and earliest(day) is None:
        key = day_item(product, batch)
        named, named_en = heading(key, LabelForm.PAGE, product.kind), ITEMS[key].en
        why = f"的{named}是“{day}”" if day else f"没有写{named}"
        why_en = f"says “{day}” as its {named_en}" if day else f"has no {named_en}"
        field = {"field": named, "field_en": key, "why": why, "why_en": why_en}
        place = batch.origin.of("lot")
        yield problem("expiry-unknown", place, lot=batch.lot, life=product.shelf_life, **field)
