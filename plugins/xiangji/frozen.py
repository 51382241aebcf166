"""Data classes, made in half the time.

For each class that the library's decorator makes it compiles six functions from texts it has written, and with
150 classes that is a third of the time in which this program starts. How values are compared, hashed and shown depends
on nothing but the names of the fields: here that is said once.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Whoever reads or checks types sees the library's own decorator.
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, **how):
        """As `dataclasses.dataclass`."""
        return _made(cls, how) if cls else lambda each: _made(each, how)

    def _made(cls, how):
        own = {"__eq__", "__hash__", "__repr__"}.intersection(cls.__dict__)
        if own or not how.get("frozen") or how.get("order"):
            return dataclasses.dataclass(cls, **how)
        made = dataclasses.dataclass(cls, **how, eq=False, repr=False)
        rows = dataclasses.fields(made)
        made.__eq__, made.__hash__ = _compared([row.name for row in rows if row.compare])
        made.__repr__ = _shown([row.name for row in rows if row.repr])
        return made


def _compared(names: list[str]) -> tuple[object, object]:
    values = attrgetter(*names) if names else lambda _: ()

    def __eq__(self: object, other: object) -> bool:
        return (
            values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented
        )

    def __hash__(self: object) -> int:
        return hash(values(self))

    return __eq__, __hash__


def _shown(names: list[str]) -> object:
    def __repr__(self: object) -> str:
        values = ", ".join([f"{name}={getattr(self, name)!r}" for name in names])
        return f"{self.__class__.__qualname__}({values})"

    return __repr__
