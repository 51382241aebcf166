"""Compares votes with the people who were there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.library import Library
from xiangji.model.fields import label
from xiangji.problems import Problem, problem
from xiangji.records.story import Ratification, Vote, Workshop


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report votes of more people than were there, and more tellers than came."""
    for workshop in library.workshops.values():
        for vote in workshop.votes:
            name = label(Workshop, "participants")
            yield from _votes(vote, workshop.participants, name, "participants")
        agreed = workshop.ratification
        if agreed is not None:
            yield from _votes(agreed, agreed.present, label(Ratification, "present"), "present")
        yield from _tellers(workshop)


def _votes(
    vote: Vote | Ratification, people: int | None, field: str, field_en: str
) -> Iterator[Problem]:
    parts = ("in_favour", "against", "abstained")
    given = {name: number for name in parts if (number := getattr(vote, name)) is not None}
    total = sum(given.values())
    if people is not None and total > people:
        at = vote.origin.of(next(iter(given)))
        told = "＋".join(f"{label(type(vote), name)} {number}" for name, number in given.items())
        names = {"field": field, "field_en": field_en}
        yield problem("votes-many", at, parts=told, total=total, people=people, **names)


def _tellers(workshop: Workshop) -> Iterator[Problem]:
    came = workshop.participants
    # Cards of another day were told elsewhere.
    there = {
        each.teller
        for each in workshop.cards
        if each.teller and each.told_on in (None, workshop.held_on)
    }
    if came is not None and len(there) > came:
        at = workshop.origin.of("participants")
        yield problem("tellers-many", at, tellers=len(there), people=came)
