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


class Making:
    """One thing after another put behind the others in a pool; the last is the record."""

    def __init__(self, size: int) -> None:
        """`size` is how many values are read."""
        self._size = size
        self._added: list[Any] = []
        self._steps: list[tuple[type[Any] | None, _Pick, int, int, Layout | None]] = []
        self._end = 0

    def add(self, value: Any) -> int:
        """Where in the pool a value stands that is the same in all records of the form. All such
        values come before the first record."""
        for at, each in enumerate(self._added):
            if each is value:
                return self._size + at
        assert not self._steps
        self._added.append(value)
        return self._size + len(self._added) - 1

    def add_tuple(self, items: Sequence[int]) -> int:
        """Where a list stands, of the places of its items."""
        return self._step(None, tuple(items), 0, 0, None, 1)

    def add_record(self, record: type[Any], fields: Mapping[str, int], origin: Origin) -> int:
        """Where a record stands, of the places of its fields."""
        places = {**fields, "origin": self._next()}
        order = [places[name] for name in record.__slots__]
        return self._step(record, tuple(order), origin.line, origin.column, origin.layout, 2)

    def _next(self) -> int:
        return self._end or self._size + len(self._added)

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

    def made(self, values: Sequence[Any], path: str) -> Any:
        """The record of these values in a file."""
        pool = [*values, *self._added]
        for record, pick, line, column, told in self._steps:
            if record is None or told is None:
                pool.append(pick(pool))
            else:
                pool.append(origin_at(path, line, column, told))
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
