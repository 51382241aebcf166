"""Tells whether a lot came straight from its place of origin (原产地直供): packed where it was made or grown.

The founding papers name it as what a village can offer and a dealer cannot. So it is no word that a village prints: a
product says that it is sold so (`原产地直供`), and of each lot the recorded steps prove it, or the sheet says what is
not recorded.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from xiangji.model.values import said_date
from xiangji.model.vocabularies import EventKind, Secrecy
from xiangji.records.batch import Batch, TraceEvent
from xiangji.records.brand import Place
from xiangji.records.product import Product

HEADING = "原产地直供"

_TOWNSHIPS = ("镇", "乡", "街道", "苏木")
"""How the names of townships end."""


class DirectSupply(Struct, frozen=True):
    """Whether a lot is proved to come straight from its place of origin, and in Chinese and English by what, or why not."""

    proved: bool
    zh: str
    en: str


def direct_supply(places: Mapping[str, Place], product: Product, batch: Batch) -> DirectSupply:
    """Return what the recorded steps of a lot prove. `places` are those that may be shown."""
    made = places.get(batch.place or product.place or "")
    if made is None:
        return DirectSupply(False, "没有写产地", "its place of origin is not recorded")
    packed = [each for each in batch.events if each.kind is EventKind.PACK and _is_told(each)]
    if not packed:
        return DirectSupply(False, "没有写在哪里包装", "where it was packed is not recorded")
    for each in packed:
        missing = _apart(made, places.get(each.place or ""))
        if missing:
            return DirectSupply(False, *missing)
    days = (said_date(each.at.day) for each in packed if each.at)
    day = next(days, "")
    on = (f"，{day}装", f", packed on {day}") if day else ("", "")
    elsewhere = [places[each.place] for each in packed if each.place and each.place != made.id]
    if not elsewhere:
        return DirectSupply(
            True, f"产地和包装都在{made.full_name}{on[0]}", f"made and packed in {made.name}{on[1]}"
        )
    where = elsewhere[0].name
    return DirectSupply(
        True,
        f"产地{made.name}，包装{where}，都在{' '.join(_township(made))}{on[0]}",
        f"made in {made.name} and packed in {where}, both in {' '.join(_township(made))}{on[1]}",
    )


def _is_told(event: TraceEvent) -> bool:
    return event.secrecy is not Secrecy.SECRET


def _apart(made: Place, packed: Place | None) -> tuple[str, str] | None:
    """Why it cannot be said that two places are in one township; None if they are."""
    if packed is None:
        return "没有写在哪里包装", "where it was packed is not recorded"
    if packed.id == made.id:
        return None
    for each in (made, packed):
        if not _township(each):
            return (
                f"“{each.name}”的行政区划没有写到乡镇",
                f"the path of {each.name!r} names no township",
            )
    if _township(made) != _township(packed):
        return f"包装在{packed.full_name}，不在产地", f"it was packed in {packed.full_name}"
    return None


def _township(place: Place) -> tuple[str, ...]:
    """The administrative path of a place down to its township; empty if it does not go so far."""
    parts = (place.path or "").split()
    ends = (at for at, part in enumerate(parts, start=1) if at > 1 and part.endswith(_TOWNSHIPS))
    return tuple(parts[: next(ends, 0)])
