"""The hours that one person helped, for a proof that this person asked for. They are published nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

from xiangji.library import Library
from xiangji.model.vocabularies import ConsentMedium, ConsentUse, Visibility
from xiangji.records.person import Person

_CENT = Decimal("0.01")


class HelpedHours(Struct, frozen=True):
    """How long a person helped on one day, and with what."""

    service: str
    on: date
    title: str
    form: str
    hours: Decimal


def wishes_proof(person: Person, today: date) -> bool:
    """Whether a person asked for a record of the own hours, as their consents say."""
    return person.agrees(ConsentUse.HOURS, today, ConsentMedium.PROOF)


def hours_of(library: Library, person: str) -> tuple[HelpedHours, ...]:
    """What a person helped, the earliest first. Of a service that stays at home only the form is told."""
    found = [
        row for service in library.shelf("services").values() for row in _rows(service, person)
    ]
    return tuple(sorted(found, key=lambda each: (each.on, each.service)))


def _rows(service: Any, person: str) -> Iterator[HelpedHours]:
    shown = service.visibility is Visibility.PUBLIC
    form = str(service.form)
    for each in service.hours:
        if each.person == person:
            title = service.title if shown else form
            yield HelpedHours(service.id, service.on, title, form, each.hours)


def total(rows: tuple[HelpedHours, ...]) -> Decimal:
    """The sum of hours."""
    return sum((each.hours for each in rows), Decimal(0))


def said_hours(value: Decimal) -> str:
    """A number of hours without unneeded zeros, to the hundredth."""
    return format(value.quantize(_CENT).normalize(), "f")
