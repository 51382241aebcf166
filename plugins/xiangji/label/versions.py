"""What a product's label said when a lot was made: the product as it stands now, or one of its earlier versions.

A version holds from its day on, until the next one begins. Which one a lot is of follows from the day that its label
counts from; where that day is not known well enough, several may be meant, and whoever shows the lot says so.
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
"""Fields of a product that an earlier version may say otherwise."""


def counted_from(product: Product, batch: Batch) -> Day | None:
    """The day that a label counts from: of produce the day of harvest, and where nobody wrote that the day of making;
    of anything else the day of making alone, since a harvest is not when something was made of it."""
    if product.kind is ProductKind.PRODUCE:
        return batch.harvested_on or batch.made_on
    return batch.made_on


def candidates(product: Product, batch: Batch) -> tuple[Product, ...]:
    """The versions that a lot may be of, newest first: one, where its day is known well enough."""
    if not product.earlier:  # As nearly always, and every page of a lot asks.
        return (product,)
    day = counted_from(product, batch)
    first, last = earliest(day) or date.min, latest(day) or date.max
    found = []
    ends = date.max
    for since, version in whole_versions(product):
        # An older version ends where the newer one begins.
        if since <= last and first <= ends:
            found.append(version)
        if since <= first:
            break
        ends = date.fromordinal(max(since.toordinal() - 1, 1))
    return tuple(found)


def as_made(product: Product, batch: Batch) -> Product:
    """The product as it was when a lot was made; the newest version that it may be of where that is not certain."""
    return candidates(product, batch)[0]


def whole_versions(product: Product) -> list[tuple[date, Product]]:
    """Every version of a product with the day from which it holds, newest first. Each says in full what it says, and
    knows of no other."""
    # The lots of one product are shown one after another, and each asks a dozen times.
    known = next(iter(_LAST), None)
    if known is None or known[0] is not product:
        known = (product, _whole_versions(product))
        _LAST[:] = [known]
    return known[1]


_LAST: list[tuple[Product, list[tuple[date, Product]]]] = []
"""The product that was asked about last, with the answer."""


def _whole_versions(product: Product) -> list[tuple[date, Product]]:
    version = replace(product, since=None, earlier=(), corrected=())
    found = [(product.since or date.min, version)]
    older = sorted(product.earlier, key=lambda each: each.since or date.min, reverse=True)
    for each in older:
        version = _before(version, each)
        found.append((each.since or date.min, version))
    # Whatever is older than the first version is of it too.
    return [*found[:-1], (date.min, version)]


def _before(later: Product, told: Version) -> Product:
    """The version before another one, of what differed."""
    changes = {name: value for name in FACTS if (value := getattr(told, name)) not in (None, ())}
    if told.variants:
        changes["variants"] = _variants(later.variants, told.variants)
    return replace(later, **changes)


def _variants(later: tuple[Variant, ...], told: tuple[Variant, ...]) -> tuple[Variant, ...]:
    """Sizes by name: those that were told stand for those of the later version."""
    return tuple({each.name: each for each in (*later, *told)}.values())


# --- expiry ----------------------------------------------------------------------------------------


def last_good_day(product: Product, batch: Batch) -> date | None:
    """The last good day, from shelf life and the day that it counts from; the earliest that it can be where either is
    known in part, None where one is not known at all."""
    begins = earliest(counted_from(product, batch))
    if begins is None:
        return None
    lives = [each.shelf_life for each in candidates(product, batch)]
    return min((life.last_day(begins) for life in lives if life), default=None)


def said_until(product: Product, batch: Batch) -> str:
    """The last good day as a label tells it, with how it was counted where the day of making is known in part."""
    until = last_good_day(product, batch)
    if until is None:
        return ""
    how = how_counted(product, batch)
    return f"{said_date(until)}（{how}）" if how else said_date(until)


def how_counted(product: Product, batch: Batch) -> str:
    """How a last good day was counted, where the day itself is not known, or which version of the product it is."""
    day = counted_from(product, batch)
    if earliest(day) is None:
        return ""
    if isinstance(day, PartialDate):
        return f"日期只记到{'月' if day.month else '年'}，按最早的一天算"
    lives = {each.shelf_life for each in candidates(product, batch)}
    return "不确定是哪一版，按最短的算" if len(lives) > 1 else ""
