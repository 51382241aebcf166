"""Which class of records stands on which shelf, and what a record refers to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xiangji.kinds.installed import kind_named
from xiangji.model.fields import AnyValueType, Reference, rows_to


def class_of(name: str) -> type[Any] | None:
    """The class of the records of a kind; None where there is no such kind."""
    kind = kind_named(name)
    return kind.record if kind else None


def referred(record: Any) -> Iterator[tuple[str, str]]:
    """Kind and id of everything that a record, or a record inside it, refers to."""
    for row in rows_to(type(record), refers):
        for each in row.values(record):
            if isinstance(row.item, Reference):
                yield row.item.to, each
            else:
                yield from referred(each)


def refers(kind: AnyValueType) -> bool:
    """Whether values of a kind are ids of records."""
    return isinstance(kind, Reference)
