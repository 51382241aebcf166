"""People: on one list, `stories/people.yml`, or a file each. Nobody is published without consent."""

from __future__ import annotations

from xiangji.model.kind import RecordFile, RecordKind, always
from xiangji.records.person import PeopleFile, Person

UNNAMED = "一位没有公开姓名的人"
"""Who stands on a page instead of somebody without an alias."""


def may_be_named(person: Person) -> bool:
    """Whether a disclosed person has a page: only somebody who agreed to the name."""
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
    # What of a person leaves the house is decided use by use: `disclosure`.
    publishable=always,
    title="name",
    note="craft",
    has_page=may_be_named,
    measure="位",
    exports=(),
)
