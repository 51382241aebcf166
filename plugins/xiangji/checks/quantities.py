"""Amounts and days that cannot be: more used than there was, harvested too soon, no day to expire.

The three checks that `standards.md` §4.6 calls useful: harvest ≥ last use + 安全间隔期; expiry = day of
making + shelf life; what went out of a lot ≤ what was in it, where units agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from xiangji.library import Library, lot_key
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch, TraceEvent
from xiangji.records.location import Location
from xiangji.records.values import Quantity
from xiangji.records.words import EventKind

_UNITS = {"kg": "公斤", "千克": "公斤", "g": "克", "l": "升", "ml": "毫升"}
"""Other names of a unit. Nothing is converted: 斤 stays 斤, since a slip of ours would accuse."""

_HARVESTS = (EventKind.HARVEST, EventKind.SLAUGHTER)


def check(library: Library, today: date) -> Iterator[Problem]:
    """Problems of the amounts and days of all batches."""
    for batch in library.batches.values():
        yield from _used_up(batch, library)
        yield from _waited(batch)
        yield from _expires(batch, library)


def _unit(quantity: Quantity) -> str:
    return _UNITS.get(quantity.unit.lower(), quantity.unit.lower())


def _used_up(batch: Batch, library: Library) -> Iterator[Problem]:
    """What all later lots took from this one, against what there was."""
    whole = batch.quantity
    if whole is None:
        return
    taken = {
        user.key: amount
        for user in library.used_in(batch.key)
        if (amount := _taken(user, batch.key, whole)) is not None
    }
    total = Quantity(sum((each.value for each in taken.values()), Decimal(0)), whole.unit)
    if total.value > whole.value:
        users = "、".join(f"{key} {amount}" for key, amount in taken.items())
        place = batch.origin.of("quantity")
        details = {"lot": batch.lot, "whole": whole, "total": total, "users": users}
        yield problem("input-exceeded", place, **details)


def _taken(user: Batch, key: str, whole: Quantity) -> Quantity | None:
    """How much of lot `key` went into `user`, in the unit of `whole`; None if nobody noted it.

    An event tells it when the lot is its only input. The same chickens are noted when they arrive and
    again when they are cut up, so the largest amount counts and not the sum.
    """
    noted = [
        event.quantity
        for event in user.events
        if event.quantity is not None
        and _unit(event.quantity) == _unit(whole)
        and [lot_key(each, user.product) for each in event.inputs] == [key]
    ]
    return max(noted, key=lambda each: each.value) if noted else None


def _waited(batch: Batch) -> Iterator[Problem]:
    """Harvest before the interval after the last use was over."""
    harvest = _harvested_on(batch)
    if harvest is None:
        return
    day, place = harvest
    for used in batch.farm_inputs:
        last = used.last_used
        if last is None or used.interval is None:
            continue
        first = last + timedelta(days=used.interval)
        if day < first:
            yield problem(
                "harvest-early",
                place,
                lot=batch.lot,
                day=day,
                name=used.name,
                last=last,
                interval=used.interval,
                first=first,
            )


def _harvested_on(batch: Batch) -> tuple[date, Location] | None:
    """The first day of harvest, else the day of making: harvest was then or before."""
    events: list[TraceEvent] = [each for each in batch.events if each.kind in _HARVESTS and each.at]
    days = [(each.at.day, each.origin.of("at")) for each in events if each.at]
    if not days and batch.made_on:
        return batch.made_on, batch.origin.of("made_on")
    return min(days, default=None)


def _expires(batch: Batch, library: Library) -> Iterator[Problem]:
    """A product that keeps for so long, and a batch that nobody knows the day of."""
    product = library.products.get(batch.product)
    if product and product.shelf_life and batch.made_on is None:
        place = batch.origin.of("lot")
        yield problem("expiry-unknown", place, lot=batch.lot, life=product.shelf_life)
