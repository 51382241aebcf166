"""Finds the version of a product that a lot is of: the present one or an earlier one.

A version is valid from its day until the next one begins. The day from which the label counts decides the version of a
lot. If that day is not known exactly, there may be several candidates, and pages and labels say so.
"""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from xiangji.model.fields import fields_of
from xiangji.model.parsing.partial_date import Day, PartialDate, earliest, latest
from xiangji.model.values import said_date
from xiangji.model.vocabularies import ProductKind
from xiangji.records.batch import Batch
from xiangji.records.product import Product, Variant, Version

FACTS = tuple(row.name for row in fields_of(Version) if row.name != "since")
"""The fields of a product that may differ in an earlier version."""


def counted_from(product: Product, batch: Batch) -> Day | None:
    """Return the day from which the label counts, or None if it is not recorded.

    For produce it is the day of harvest, or else the day of making. For other products it is only the day of making,
    since a processed product is made after the harvest.
    """
    if product.kind is ProductKind.PRODUCE:
        return batch.harvested_on or batch.made_on
    return batch.made_on


def candidates(product: Product, batch: Batch) -> tuple[Product, ...]:
    """Return the versions that a lot may be of, newest first. There is one if its day is known exactly enough."""
    if not product.earlier:  # A shortcut, since few products have earlier versions.
        return (product,)
    day = counted_from(product, batch)
    first, last = earliest(day) or date.min, latest(day) or date.max
    found = []
    ends = date.max
    for since, version in whole_versions(product):
        # An older version ends on the day before the newer one begins.
        if since <= last and first <= ends:
            found.append(version)
        if since <= first:
            break
        ends = date.fromordinal(max(since.toordinal() - 1, 1))
    return tuple(found)


def as_made(product: Product, batch: Batch) -> Product:
    """Return the product as it was when a lot was made. If that is not certain, it is the newest candidate."""
    return candidates(product, batch)[0]


def whole_versions(product: Product) -> list[tuple[date, Product]]:
    """Return every version of a product with its first day, newest first.

    Each is a whole product without `since`, `earlier` and `corrected`. The first day of the oldest is `date.min`.
    """
    # The last result is cached: the lots of a product come one after another, and each calls this many times.
    known = next(iter(_LAST), None)
    if known is None or known[0] is not product:
        known = (product, _whole_versions(product))
        _LAST[:] = [known]
    return known[1]


_LAST: list[tuple[Product, list[tuple[date, Product]]]] = []
"""The last product that `whole_versions` was called with, and its result. At most one entry."""


def _whole_versions(product: Product) -> list[tuple[date, Product]]:
    version = replace(product, since=None, earlier=(), corrected=())
    found = [(product.since or date.min, version)]
    older = sorted(product.earlier, key=lambda each: each.since or date.min, reverse=True)
    for each in older:
        version = _before(version, each)
        found.append((each.since or date.min, version))
    # The oldest version also covers all days before its own.
    return [*found[:-1], (date.min, version)]


def _before(later: Product, told: Version) -> Product:
    """Return the version before `later`. `told` has the fields that differ; empty fields are as in `later`."""
    changes = {name: value for name in FACTS if (value := getattr(told, name)) not in (None, ())}
    if told.variants:
        changes["variants"] = _variants(later.variants, told.variants)
    return replace(later, **changes)


def _variants(later: tuple[Variant, ...], told: tuple[Variant, ...]) -> tuple[Variant, ...]:
    """Return the sizes of the later version. Those in `told` replace sizes with the same name."""
    return tuple({each.name: each for each in (*later, *told)}.values())


# --- expiry ----------------------------------------------------------------------------------------


def last_good_day(product: Product, batch: Batch) -> date | None:
    """Return the last good day, from the shelf life and the day from which it counts.

    If one of them is only partly known, it is the earliest possible day. None if one of them is not known.
    """
    begins = earliest(counted_from(product, batch))
    if begins is None:
        return None
    lives = [each.shelf_life for each in candidates(product, batch)]
    return min((life.last_day(begins) for life in lives if life), default=None)


def said_until(product: Product, batch: Batch) -> str:
    """Return the last good day as a label shows it, with a remark if it is uncertain. Empty if it is not known."""
    until = last_good_day(product, batch)
    if until is None:
        return ""
    how = how_counted(product, batch)
    return f"{said_date(until)}（{how}）" if how else said_date(until)


def how_counted(product: Product, batch: Batch) -> str:
    """Return how the last good day was counted if the day of making or the version is uncertain. Else empty."""
    day = counted_from(product, batch)
    if earliest(day) is None:
        return ""
    if isinstance(day, PartialDate):
        return f"日期只记到{'月' if day.month else '年'}，按最早的一天算"
    lives = {each.shelf_life for each in candidates(product, batch)}
    return "不确定是哪一版，按最短的算" if len(lives) > 1 else ""
