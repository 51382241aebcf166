"""How records of a form that was read before are made of their values alone.

A form is which fields of a record are written, in which of the records inside it, and where each stands.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from xiangji.records.location import Layout, Origin, origin_at
from xiangji.records.packing import made_of

Pool = list[Any]
"""What a record is made of: the values read, then what a form adds, then records inside."""

_Pick = Callable[[Pool], Sequence[Any]]


@dataclasses.dataclass(slots=True)
class Making:
    """One thing after another put behind the others in a pool; the last is the record."""

    size: int
    """How many values are read."""
    added: list[Any] = dataclasses.field(default_factory=list)
    """What is the same in all records of the form; complete before the first record is added."""
    _steps: list[tuple[type[Any] | None, _Pick, int, int, Layout | None]] = dataclasses.field(
        default_factory=list
    )
    _end: int = 0

    def add(self, value: Any) -> int:
        """Where in the pool a value stands that is the same in all records of the form."""
        for at, each in enumerate(self.added):
            if each is value:
                return self.size + at
        assert not self._steps
        self.added.append(value)
        return self.size + len(self.added) - 1

    def add_tuple(self, items: Sequence[int]) -> int:
        """Where a list stands, of the places of its items."""
        return self._step(None, tuple(items), 0, 0, None, 1)

    def add_record(self, record: type[Any], fields: Mapping[str, int], origin: Origin) -> int:
        """Where a record stands, of the places of its fields. Its own place is seen from the
        first line and column."""
        places = {**fields, "origin": self._next()}
        order = [places[name] for name in record.__slots__]
        return self._step(record, tuple(order), origin.line - 1, origin.column, origin.layout, 2)

    def _next(self) -> int:
        return self._end or self.size + len(self.added)

    def _step(
        self,
        record: type[Any] | None,
        order: tuple[int, ...],
        line: int,
        column: int,
        told: Layout | None,
        grows: int,
    ) -> int:
        self._end = self._next() + grows
        self._steps.append((record, _picker(order), line, column, told))
        return self._end - 1

    def made(self, values: Sequence[Any], path: str, line: int = 1) -> Any:
        """The record of these values, which stands on a line of a file."""
        pool = [*values, *self.added]
        for record, pick, down, column, told in self._steps:
            if record is None or told is None:
                pool.append(pick(pool))
            else:
                pool.append(origin_at(path, line + down, column, told))
                pool.append(made_of(record, pick(pool)))
        return pool[-1]


def _picker(order: tuple[int, ...]) -> _Pick:
    if len(order) > 1:
        return itemgetter(*order)
    return lambda pool: tuple([pool[at] for at in order])


_DEFAULTS: dict[type[Any], dict[str, Any]] = {}


def defaults_of(record: type[Any]) -> dict[str, Any]:
    """What stands in the fields of a record that nobody wrote, as far as they may be left out."""
    if record not in _DEFAULTS:
        _DEFAULTS[record] = {
            each.name: each.default
            for each in dataclasses.fields(record)
            if each.default is not dataclasses.MISSING and each.name != "origin"
        }
    return _DEFAULTS[record]
