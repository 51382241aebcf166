"""The record class of a kind by its name, and the references of a record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xiangji.kinds.installed import kind_named
from xiangji.model.fields import AnyValueType, Reference, rows_to


def class_of(name: str) -> type[Any] | None:
    """The class of the records of a kind; None if there is no such kind."""
    kind = kind_named(name)
    return kind.record if kind else None


def referred(record: Any) -> Iterator[tuple[str, str]]:
    """Kind name and id of every reference in a record and in the records nested in it."""
    for row in rows_to(type(record), refers):
        for each in row.values(record):
            if isinstance(row.item, Reference):
                yield row.item.to, each
            else:
                yield from referred(each)


def refers(kind: AnyValueType) -> bool:
    """Whether values of this type are ids of records."""
    return isinstance(kind, Reference)
