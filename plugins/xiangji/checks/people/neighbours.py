"""Checks what people say of each other: who taught whom, and statements of neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.library import Library
from xiangji.library.people.teaching import TeachingIndex
from xiangji.model.location import Location
from xiangji.model.vocabularies import ConsentState, ConsentUse
from xiangji.problems import Problem, problem
from xiangji.records.person import Person


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report circles of teachers, people who are their own witness, and statements that are not shown."""
    for circle in TeachingIndex(library.people).circles():
        names = [library.people[each].name for each in circle if each in library.people]
        place = _place(library, circle)
        yield problem("taught-circle", place, circle=" → ".join([*names, *names[:1]]))
    for person in library.people.values():
        yield from _statements(library, person, today)


def _place(library: Library, circle: tuple[str, ...]) -> Location:
    """Where the first person of a circle says so, or else whoever of it does."""
    people = [library.people[each] for each in circle if each in library.people]
    for person in people:
        for name in ("taught_by", "taught"):
            if set(getattr(person, name)) & set(circle):
                return person.origin.of(name)
    return people[0].origin.location


def _statements(library: Library, person: Person, today: date) -> Iterator[Problem]:
    for said in person.witnesses:
        place = said.origin.of("who")
        if said.who == person.id:
            yield problem("witness-self", place, value=person.name)
            continue
        teller = library.people.get(said.who)
        lacks = withheld_of(person, today)
        if lacks is None and teller is not None:
            lacks = _lacks(teller, ConsentUse.QUOTATION, today)
        if lacks is not None:
            who, use, state = lacks
            words = {"who": who.alias or who.name, "use": use, "state": state}
            english = {"use_en": use.key, "state_en": state.key.replace("_", " ")}
            yield problem("witness-withheld", place, **words, **english)


Lack = tuple[Person, ConsentUse, ConsentState]


def withheld_of(person: Person, today: date) -> Lack | None:
    """To what a person did not agree that statements about that person need; None if they may be shown."""
    for use in (ConsentUse.NAME, ConsentUse.QUOTATION):
        if lack := _lacks(person, use, today):
            return lack
    return None


def _lacks(person: Person, use: ConsentUse, today: date) -> Lack | None:
    return None if person.agrees(use, today) else (person, use, person.state(use, today))
