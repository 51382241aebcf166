"""Declares people: in one list, `stories/people.yml`, or a file each. Nobody is published without consent."""

from __future__ import annotations

from xiangji.model.kind import RecordFile, RecordKind, always
from xiangji.records.person import PeopleFile, Person

UNNAMED = "一位没有公开姓名的人"
"""The text that a page shows instead of the name of a person without an alias."""


def may_be_named(person: Person) -> bool:
    """Whether a disclosed person has a page: only if the person consented to the name."""
    return person.name != (person.alias or UNNAMED)


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
    has_page=may_be_named,
    measure="位",
    exports=(),
)
