"""Declares people: in one list, `stories/people.yml`, or a file each. Nobody is published without consent."""

from __future__ import annotations

from datetime import date

from xiangji.model.kind import PosterTerms, RecordFile, RecordKind, always
from xiangji.model.vocabularies import ConsentMedium, ConsentUse
from xiangji.records.person import PeopleFile, Person

UNNAMED = "一位没有公开姓名的人"
"""The text that a page shows instead of the name of a person without an alias."""


def may_be_named(person: Person) -> bool:
    """Whether a disclosed person has a page: only if the person consented to the name."""
    return person.name != (person.alias or UNNAMED)


def may_be_advertised(person: Person, today: date) -> bool:
    """Whether a disclosed person has a poster: only one who agreed to be named on posters, and who makes something."""
    named = person.agrees(ConsentUse.NAME, today, ConsentMedium.POSTER)
    return may_be_named(person) and named and bool(person.craft)


KIND = RecordKind(
    name="people",
    one="person",
    record=Person,
    files=(
        RecordFile("people", ("stories/people",), wrapper=PeopleFile),
        RecordFile("person", ("stories/people/*",), ("id",)),
    ),
    family="people",
    heading="人",
    lead="讲故事的、做东西的、写下来的人。",
    # `disclosure` decides for each use what may be published of a person.
    publishable=always,
    title="name",
    note="craft",
    tallies=("roles",),
    has_page=may_be_named,
    measure="位",
    exports=(),
    poster=PosterTerms("扫码认识做的人", picture="portrait", wanted=may_be_advertised),
)
