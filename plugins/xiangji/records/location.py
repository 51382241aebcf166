"""Where a value came from: the file, line and column an author can go to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from xiangji.records.packing import packed_quickly


class Location(NamedTuple):
    """A place in a source file. `path` is POSIX and relative to the village; both numbers start
    at 1, and columns count characters, not bytes.

    A tuple, since a village has one for every word in it, and a tuple is the quickest to make.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@packed_quickly
@dataclass(frozen=True, slots=True)
class Origin:
    """The place of a record and of each of its fields, by English field name; of a text also
    where its first character stands, if its lines are the file's."""

    location: Location
    fields: Mapping[str, Location] = field(default_factory=dict)
    texts: Mapping[str, Location] = field(default_factory=dict, compare=False)

    def of(self, name: str) -> Location:
        """The place of field `name`, or of the record itself when the field was not written."""
        return self.fields.get(name, self.location)

    def within(self, name: str, text: str, offset: int) -> Location:
        """The place of the character at `offset` of the text in field `name`; of the whole field
        where lines cannot be told."""
        begins = self.texts.get(name)
        return within(begins, text, offset) if begins else self.of(name)


def within(begins: Location, text: str, offset: int) -> Location:
    """The place of the character at `offset` of a text whose lines all begin in the column of
    `begins`."""
    line = begins.line + text.count("\n", 0, offset)
    column = begins.column + offset - text.rfind("\n", 0, offset) - 1
    return Location(begins.path, line, column)


NOWHERE = Origin(Location("-"))
