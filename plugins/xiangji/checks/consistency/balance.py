"""Checks amounts of a lot against each other: no more is made, packed or sold than there was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from xiangji.checks.consistency.masses import lost_of, weight_of, went_in
from xiangji.checks.wording.text_folding import fold
from xiangji.label.versions import as_made
from xiangji.library import Library
from xiangji.model.fields import label
from xiangji.model.location import Location
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import EventKind, ProductKind, Secrecy
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch
from xiangji.records.product import Product

_OUT = (EventKind.PACK, EventKind.STORE, EventKind.SHIP, EventKind.SELL)
_ROOM = Decimal("1.02")
"""Scales in a village differ a little."""
_BEYOND = Decimal("1.2")
"""A yield differs from lot to lot."""
_DRIED = Decimal("0.7")
"""What is dried loses more than this; nothing that is fresh keeps so much."""
_BROKEN = Decimal("1.1")
"""Some jars break after they are packed, and are not counted in the lot."""

_SEASONING = late_pattern(
    r"(?:盐|糖|油|醋|酒|水|花椒|胡椒|麻椒|香料|八角|桂皮|[陈桔橘]皮|香叶|草果|茴香|蒜|姜|葱|曲|菌种|剂|酸|钠|碱|卤)$"
)
"""Ingredients of which little goes in. What is left is what a product is made of."""

_WHOLE = ("其中", "共", "合计", "总", "各", "另", "先后", "转", "退")
"""Words after which amounts in a destination are not a list of separate ones."""


def of_batch(library: Library, batch: Batch, today: date) -> Iterator[Problem]:
    """Report amounts of a batch that are more than there was."""
    if batch.quantity is None:
        return
    product = library.products.get(batch.product)
    if product is not None:
        yield from _made(library, batch, as_made(product, batch))
    yield from _went_out(batch, batch.quantity)


def _made(library: Library, batch: Batch, product: Product) -> Iterator[Problem]:
    """Compare the weight of a lot, and what was lost, with what went in."""
    raw = went_in(library, batch) if batch.events or batch.inputs else None
    weight = weight_of(library, batch) if raw else None
    if raw is None or weight is None:
        return
    lost = lost_of(batch)
    at = batch.origin.of("quantity")
    told = {"lot": batch.lot, "made": _kilos(weight), "raw": _kilos(raw)}
    told |= {"lost": f"（另有损耗 {_kilos(lost)}）" if lost else ""}
    told |= {"lost_en": f" ({_kilos(lost)} more were lost)" if lost else ""}
    rate = product.yield_rate
    if rate is not None:
        if weight > raw * rate / 100 * _BEYOND:
            most = _kilos(raw * rate / 100)
            yield problem("mass-yield", at, rate=f"{rate.normalize():f}%", most=most, **told)
    elif weight + lost > raw * _ROOM:
        if product.kind is ProductKind.PRODUCE:
            yield problem("mass-more", at, **told)
        elif _is_of_one(product):
            yield problem("mass-unusual", at, **told)
    elif weight > raw * _DRIED and _is_dried(product):
        yield problem("mass-dried", at, **told)


def _is_dried(product: Product) -> bool:
    """Whether a product is dried by its name, and made of what is not dried yet."""
    name = re.sub(r"[(（].*", "", product.name)
    dry = any(re.search("干|粉$", each) for each in product.ingredients)
    return bool(re.search(r"(?<!饼)干$|干货$|脯$", name)) and not dry and not _is_of_bean(product)


def _is_of_bean(product: Product) -> bool:
    """Dried bean curd (豆干) is pressed, and holds the water of its beans."""
    return "豆" in product.name or any("豆" in each for each in product.ingredients)


def _is_of_one(product: Product) -> bool:
    """Whether a product is made of one thing, apart from what seasons it."""
    every = [re.sub(r"[(（].*", "", each) for each in product.ingredients]
    main = [each for each in every if not _SEASONING.search(each)] or every
    return product.kind is ProductKind.PROCESSED and len(main) == 1


def _kilos(weight: Decimal) -> str:
    return f"{round(weight / 1000, 2).normalize():f} 公斤"


def _went_out(batch: Batch, whole: Quantity) -> Iterator[Problem]:
    """Compare what was packed, stored, shipped and sold with the quantity of the lot."""
    steps = [each for each in batch.events if each.kind in _OUT]
    if not whole.unit or not (steps or batch.destination):
        return
    from xiangji.checks.figures.numbers import counts, measure_of

    scale, measure = measure_of(whole.unit)
    total, sold = whole.value * scale, Decimal(0)
    for event in steps:
        if event.secrecy is Secrecy.SECRET:
            continue
        room = _BROKEN if event.kind is EventKind.PACK else Decimal(1)
        told = list(_amounts(event.quantity, event.note, measure))
        most = max((each for each in told), default=Decimal(0))
        if most > total * room:
            at = event.origin.of("quantity" if event.quantity else "note")
            yield _more(batch, whole, most / scale, at, str(event.title or event.kind))
            return
        if event.kind is EventKind.SELL:
            sold += most
            if sold > total:
                at = event.origin.of("quantity" if event.quantity else "note")
                yield _more(batch, whole, sold / scale, at, str(event.kind))
                return
    if batch.destination:
        folded = fold(batch.destination)
        found = [each for each in counts(folded.text) if each.measure == measure and each.sure]
        largest = max((each.value for each in found), default=Decimal(0))
        apart = not any(word in folded.text for word in _WHOLE)
        out = sum((each.value for each in found), Decimal(0)) if apart else largest
        if out > total:
            yield _more(
                batch,
                whole,
                out / scale,
                batch.origin.of("destination"),
                label(Batch, "destination"),
            )


def _amounts(quantity: Quantity | None, note: str | None, measure: str) -> Iterator[Decimal]:
    """The amounts of a step in the measure of its lot, by its quantity or its remark."""
    from xiangji.checks.figures.numbers import counts, measure_of

    if quantity is not None:
        scale, other = measure_of(quantity.unit)
        if other == measure:
            yield quantity.value * scale
    elif note:
        yield from (
            each.value for each in counts(fold(note).text) if each.measure == measure and each.sure
        )


def _more(batch: Batch, whole: Quantity, out: Decimal, at: Location, where: str) -> Problem:
    out = round(out, 3)
    amount = Quantity(out, whole.unit)
    return problem("stock-exceeded", at, lot=batch.lot, whole=whole, value=amount, where=where)
