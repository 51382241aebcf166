"""What of records of further kinds stays at home because somebody did not agree to be named or quoted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, TypeVar

from msgspec.structs import replace

from xiangji.model.fields import Field, fields_of, rows_to
from xiangji.model.kind import RecordKind
from xiangji.records.person import is_voice

R = TypeVar("R")


def unnamed_in(kind: RecordKind, record: Any, named: Collection[str]) -> tuple[str, ...]:
    """The people whom a record is about and who did not agree to be named."""
    return (
        tuple(key for key in getattr(record, kind.about) if key not in named) if kind.about else ()
    )


def without_words(record: R, speaks: Collection[str]) -> R:
    """A record of a further kind without texts that repeat the words of somebody who did not agree to be quoted."""
    withheld = {row.name: None for row, _ in withheld_words(record, speaks)}
    return replace(record, **withheld) if withheld else record  # type: ignore[type-var]


def withheld_words(record: Any, speaks: Collection[str]) -> Iterator[tuple[Field, tuple[str, ...]]]:
    """Yield the written texts of a record that repeat somebody's words, with those who did not agree to be quoted."""
    rows = fields_of(type(record))
    for row in rows:
        if row.words_of and getattr(record, row.name) is not None:
            speakers = next(each for each in rows if each.name == row.words_of).values(record)
            silent = tuple(each for each in speakers if each not in speaks)
            if silent:
                yield row, silent


def with_voices(record: R, speaks: Collection[str]) -> R:
    """A record with only the words of people who agreed to be quoted."""
    rows = rows_to(type(record), is_voice)
    if not rows:
        return record
    changes = {
        row.name: tuple(each for each in row.values(record) if each.who in speaks) for row in rows
    }
    return replace(record, **changes)  # type: ignore[type-var]
