"""Weighs lots: the weight of a lot through its packages, what went into it, and what was lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from xiangji.label.versions import as_made
from xiangji.library import Library
from xiangji.library.lot_links import inputs_of
from xiangji.model.fields import fold_digits
from xiangji.model.parsing.units import Dimension, unit_named
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import EventKind
from xiangji.records.batch import Batch, TraceEvent
from xiangji.records.lot import lot_key
from xiangji.records.product import Product

INFLOW = (EventKind.HARVEST, EventKind.SLAUGHTER, EventKind.PURCHASE, EventKind.RECEIVE)

_PACKAGES = frozenset("罐 瓶 袋 盒 包 坛 桶 听 壶 把 捆 份 块 条 只".split())
_AMOUNT = r"(\d{1,9}(?:\.\d{1,4})?)\s*(公斤|千克|市斤|斤|吨|克|kg|g|KG)(?![a-z])"
_COUNTED = r"\d\s*[只头个筐袋箱桶担车根羽尾条颗枚]"
_LOST = rf"(?:损[耗失]|报废|[坏烂扔丢]掉?|剔除|淘汰)了?\D{{0,4}}{_AMOUNT}"


def grams(amount: Quantity | None) -> Decimal | None:
    """The grams of a weight; None of a volume or of what is counted."""
    known = unit_named(amount.unit) if amount else None
    if amount is None or known is None or known.dimension is not Dimension.MASS:
        return None
    return amount.value * known.scale


def weight_of(library: Library, batch: Batch) -> Decimal | None:
    """The grams of a lot: its weight, or its packages by their net content. None if that is not certain."""
    if batch.quantity is None:
        return None
    weight = grams(batch.quantity)
    if weight is not None or batch.quantity.unit not in _PACKAGES:
        return weight
    net = _net(library, batch)
    return net * batch.quantity.value if net else None


def _net(library: Library, batch: Batch) -> Decimal | None:
    """The grams of one package of a lot: of its size, else of the product if it has one size."""
    product = library.products.get(batch.product)
    if product is None:
        return None
    made: Product = as_made(product, batch)
    size = next((each for each in made.variants if each.name == batch.variant), None)
    if size is not None:
        return grams(size.net_content or made.net_content)
    return grams(made.net_content) if len(made.variants) < 2 and not batch.variant else None


def in_unit_of(
    amount: Quantity, whole: Quantity, library: Library, batch: Batch
) -> Quantity | None:
    """An amount of a lot in the unit in which the lot is counted. None if it cannot be converted."""
    if amount.measure == whole.measure:
        return amount
    here, there = unit_named(amount.unit), unit_named(whole.unit)
    if here and there and here.dimension is there.dimension is not Dimension.COUNT:
        return Quantity(amount.value * here.scale / there.scale, whole.unit)
    net = _net(library, batch)
    weight = grams(amount)
    if net and weight is not None and whole.unit in _PACKAGES:
        return Quantity(weight / net, whole.unit)
    if net and amount.unit in _PACKAGES and there and there.dimension is Dimension.MASS:
        return Quantity(amount.value * net / there.scale, whole.unit)
    return None


def went_in(library: Library, batch: Batch) -> Decimal | None:
    """The most grams that may have gone into a lot by its record. None if a part of it was not weighed.

    The same goods may be recorded when they are bought and when they arrive. All of it is added, and of a lot without
    an amount its whole weight, so that the result is never too low.
    """
    total = Decimal(0)
    weighed: set[str] = set()
    found = False
    for event in batch.events:
        if event.kind not in INFLOW:
            continue
        weight = _weight(event)
        if weight is None:
            return None
        total, found = total + weight, True
        weighed |= {lot_key(each, batch.product) for each in event.inputs}
    for key in inputs_of(batch):
        source = library.batches.get(key)
        if key in weighed:
            continue
        weight = weight_of(library, source) if source else None
        if weight is None:
            return None
        total, found = total + weight, True
    return total if found else None


def _weight(event: TraceEvent) -> Decimal | None:
    """The grams of a step, by its quantity or its remark. None if something of it was counted and not weighed."""
    if event.quantity is not None:
        return grams(event.quantity)
    note = re.sub(_LOST, "", fold_digits(event.note or ""))
    found = [_grams(number, unit) for number, unit in re.findall(_AMOUNT, note)]
    return sum(found, Decimal(0)) if found and not re.search(_COUNTED, note) else None


def _grams(number: str, unit: str) -> Decimal:
    known = unit_named(unit)
    return Decimal(number) * known.scale if known else Decimal(0)


def lost_of(batch: Batch) -> Decimal:
    """The grams that the remarks of a lot's steps name as lost."""
    notes = (fold_digits(each.note) for each in batch.events if each.note)
    return sum((_grams(*match) for note in notes for match in re.findall(_LOST, note)), Decimal(0))


def amounts_told(user: Batch, name: str) -> Iterator[Quantity]:
    """The amounts of a product in the remarks of a lot's inflow: 糍粑辣椒 45 公斤."""
    for event in user.events:
        if event.kind in INFLOW and event.note and not event.inputs:
            # Not the end of another name: 辣椒 is no part of 糍粑辣椒.
            pattern = rf"(?:^|[\s,、;+和加用了]){re.escape(name)}\s*(\d{{1,9}}(?:\.\d{{1,4}})?)\s*(公斤|千克|斤|吨|克|kg|g|只|袋|罐|瓶|坛|头)"
            for number, unit in re.findall(pattern, fold_digits(event.note)):
                yield Quantity(Decimal(number), unit)
