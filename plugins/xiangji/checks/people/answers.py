"""Checks what is recorded of people's answers: who may answer for whom, and for how many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.library import Library
from xiangji.model.vocabularies import ConsentBy
from xiangji.problems import Problem, problem
from xiangji.records.person import Consent, Person


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report answers that do not count, and names that are those of two people."""
    for person in library.people.values():
        if person.names_two:
            yield from _of_two(person)
        if person.is_minor(today):
            yield from _of_minor(person, today)
        yield from _of_dead(person)


def _of_two(person: Person) -> Iterator[Problem]:
    """Report a couple without the names of both, and answers that say not whose they are."""
    if not person.two:
        yield problem("person-two", person.origin.of("name"), value=person.name)
        return
    for answer in person.consent:
        if answer.of not in person.two:
            both = "、".join(person.two)
            yield problem("consent-whose", answer.origin.of("use"), value=person.name, both=both)


def _of_minor(person: Person, today: date) -> Iterator[Problem]:
    for answer in person.consent:
        if not person.counts(answer, today):
            yield problem("consent-minor", answer.origin.of("use"), value=person.name)
    if person.public_alias(today) is None:
        yield problem("person-minor-name", person.origin.of("name"), value=person.name)


def _of_dead(person: Person) -> Iterator[Problem]:
    """Report a relative's answer for somebody who is not said to have died, and the other way round."""
    agreed = [each for each in person.consent if not each.refused and not each.withdrawn_on]
    if person.died and agreed and not any(_by_relative(each) for each in person.consent):
        yield problem("consent-relative", person.origin.of("died"), value=person.name)
    for answer in agreed:
        if _by_relative(answer) and not person.died:
            yield problem("consent-living", answer.origin.of("by"), value=person.name)
            return


def _by_relative(answer: Consent) -> bool:
    return answer.by is ConsentBy.RELATIVE
