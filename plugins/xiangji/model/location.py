"""Locations: the file, line and column from which a value came, so that an author can find it.

A village has a location for every value, and nearly all its files have one of a few forms. So a record stores only
its own location. The positions of its fields relative to it are a layout, which all records of the same form share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple


class Location(NamedTuple):
    """A place in a source file.

    `path` is POSIX and relative to the village. Line and column start at 1; columns count characters, not bytes. It
    is a tuple, because tuples are the quickest to make.
    """

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


_NOTHING: Mapping[str, Any] = MappingProxyType({})

Steps = bytes | tuple[int, ...]
"""Differences in line and in column, in turn. They are bytes if each fits into one, as it nearly always does."""


def steps(numbers: Iterable[int]) -> Steps:
    """Steps as bytes if possible, else as a tuple. Equal steps are thus equal values."""
    found = tuple(numbers)
    try:
        return bytes(found)
    except ValueError:  # For example a wide table, or a value to the left of its record.
        return found


class Layout:
    """The positions of fields relative to their record. `layout` makes each different one only once."""

    __slots__ = ("begins", "names", "steps")

    def __init__(self, names: Mapping[str, int], steps: Steps, begins: Layout | None) -> None:
        self.names = names
        """Every field that was written, with its index in `steps`."""
        self.steps = steps
        self.begins = begins
        """Where the texts of fields begin; None if each text begins at the location of its field."""

    def at(self, name: str, path: str, line: int, column: int) -> Location | None:
        """The location of field `name` of a record at a line and column; None if the field was not written."""
        index = self.names.get(name)
        if index is None:
            return None
        return Location(path, line + self.steps[index], column + self.steps[index + 1])

    def __eq__(self, other: object) -> bool:
        """Where texts begin is not compared, nor the order of fields."""
        if self is other:
            return True
        if not isinstance(other, Layout):
            return NotImplemented
        if self.names == other.names:
            return self.steps == other.steps
        return self._by_name() == other._by_name()

    def _by_name(self) -> dict[str, tuple[int, int]]:
        return {name: (self.steps[at], self.steps[at + 1]) for name, at in self.names.items()}

    def __hash__(self) -> int:
        return hash(frozenset(self.names))

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpacked, (*self.names, self.steps, self.begins)


@lru_cache(4096)
def layout(names: tuple[str, ...], steps: Steps, begins: Layout | None = None) -> Layout:
    """The layout of records with these fields, written in this order. Results are cached and shared."""
    return Layout(_positions(names), steps, begins)


@lru_cache(4096)
def _positions(names: tuple[str, ...]) -> dict[str, int]:
    return {name: 2 * index for index, name in enumerate(names)}


def _unpacked(*told: Any) -> Layout:
    return layout(told[:-2], *told[-2:])


class Origin:
    """The location of a record and of each of its fields, by English field name. It must not be changed.

    For a text field it also knows where the text's first character is, if the lines of the text are lines of the
    file. Two origins are equal if their locations are; where texts begin is not compared.
    """

    __slots__ = ("column", "layout", "line", "path")

    def __init__(
        self,
        location: Location,
        fields: Mapping[str, Location] = _NOTHING,
        texts: Mapping[str, Location] = _NOTHING,
    ) -> None:
        """All locations must be in the file of `location`; `texts` may be `fields` itself.

        Raises ValueError if one is in another file.
        """
        self.path, self.line, self.column = location
        begins = None if texts is fields else layout(tuple(texts), self._steps(texts))
        self.layout = layout(tuple(fields), self._steps(fields), begins)

    def _steps(self, places: Mapping[str, Location]) -> Steps:
        line, column = self.line, self.column
        found: list[int] = []
        for each in places.values():
            if each[0] != self.path:
                raise ValueError(f"{each} is not in {self.path}")
            found += (each[1] - line, each[2] - column)
        return steps(found)

    @property
    def location(self) -> Location:
        """The location of the record."""
        return Location(self.path, self.line, self.column)

    @property
    def fields(self) -> dict[str, Location]:
        """The locations of the fields that were written."""
        return self._places(self.layout)

    @property
    def texts(self) -> dict[str, Location]:
        """The locations where texts begin, for texts whose lines are lines of the file."""
        return self._places(self.layout.begins or self.layout)

    def _places(self, told: Layout) -> dict[str, Location]:
        here = self.path, self.line, self.column
        return {name: told.at(name, *here) or self.location for name in told.names}

    def of(self, name: str) -> Location:
        """The location of field `name`, or of the record if the field was not written."""
        place = self.layout.at(name, self.path, self.line, self.column)
        return place or self.location

    def wrote(self, name: str) -> bool:
        """Whether field `name` was written."""
        return name in self.layout.names

    def within(self, name: str, text: str, offset: int) -> Location:
        """The location of the character at `offset` of the text in field `name`.

        It is the location of the field if the lines of the text are not lines of the file.
        """
        told = self.layout.begins or self.layout
        begins = told.at(name, self.path, self.line, self.column)
        return within(begins, text, offset) if begins else self.of(name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Origin):
            return NotImplemented
        return (
            self.line == other.line
            and self.column == other.column
            and self.path == other.path
            and self.layout == other.layout
        )

    def __hash__(self) -> int:
        return hash((self.path, self.line, self.column, self.layout))

    def __repr__(self) -> str:
        return f"Origin({self.location!r}, {self.fields!r}, {self.texts!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return origin_at, (self.path, self.line, self.column, self.layout)


def origin_at(path: str, line: int, column: int, told: Layout) -> Origin:
    """An origin from the location of a record and its layout. It skips `__init__`, which is slower."""
    made = _new(Origin)
    made.path = path
    made.line = line
    made.column = column
    made.layout = told
    return made


_new = object.__new__


def within(begins: Location, text: str, offset: int) -> Location:
    """The location of the character at `offset` of a text whose lines all begin in the column of `begins`."""
    line = begins.line + text.count("\n", 0, offset)
    column = begins.column + offset - text.rfind("\n", 0, offset) - 1
    return Location(begins.path, line, column)


NOWHERE = Origin(Location("-"))
