"""Checks days outside of lots: periods that end before they begin, agreements before their workshop, days to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xiangji.library import Library
from xiangji.model.fields import label
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report days of records other than batches that cannot be."""
    for product in library.products.values():
        for paper in product.certificates:
            yield from _period(paper, "valid_from", "valid_to")
    for place in library.places.values():
        yield from _period(place, "valid_from", "valid_to")
    for source in library.sources.values():
        yield from _future(source, "accessed_on", today)
    for said in (each for person in library.people.values() for each in person.witnesses):
        yield from _future(said, "on", today)
    for partner in library.partners.values():
        yield from _period(partner, "begins_on", "ends_on")
    for row in library.pledges:
        yield from _period(row, "issued_on", "withdrawn_on")
    for workshop in library.workshops.values():
        for card in workshop.cards:
            yield from _future(card, "told_on", today)
        agreed = workshop.ratification
        if agreed is not None:
            yield from _future(agreed, "agreed_on", today)
            if agreed.agreed_on < workshop.held_on:
                at = agreed.origin.of("agreed_on")
                yield problem("agreed-early", at, value=agreed.agreed_on, held=workshop.held_on)


def of_batch(library: Library, batch: Batch, today: date) -> Iterator[Problem]:
    """Report farm inputs that ended before they began."""
    for used in batch.farm_inputs:
        yield from _period(used, "used_on", "stopped_on")


def _period(record: Any, begins: str, ends: str) -> Iterator[Problem]:
    first, last = getattr(record, begins), getattr(record, ends)
    if first is not None and last is not None and last < first:
        fields = {"field": label(type(record), ends), "other": label(type(record), begins)}
        at = record.origin.of(ends)
        yield problem("period-reversed", at, value=last, first=first, **fields)


def _future(record: Any, name: str, today: date) -> Iterator[Problem]:
    day = getattr(record, name)
    if day is not None and day > today:
        at = record.origin.of(name)
        yield problem("date-future", at, field=label(type(record), name), value=day)
