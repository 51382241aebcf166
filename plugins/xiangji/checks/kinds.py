"""What every further kind of record is checked for, beside what its fields say: its own checks, and its texts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xiangji.kinds.installed import further_kinds
from xiangji.library import Library
from xiangji.model.kind import RecordKind
from xiangji.problems import Problem, problem


def check(library: Library, today: date) -> Iterator[Problem]:
    """The checks that a kind brings along; and what in a sample village is neither marked nor sourced."""
    for kind in further_kinds():
        for record in library.shelf(kind.name).values():
            for own in kind.checks:
                yield from own(library, record, today)
            if library.brand.sample and not _is_marked(record):
                yield problem("sample-unmarked", record.origin.location)


def _is_marked(record: Any) -> bool:
    return any(getattr(record, name, None) for name in ("sample", "sources", "source"))


def published(library: Library, today: date) -> Iterator[tuple[RecordKind, Any]]:
    """The records of further kinds that leave the house: of all others no text has to be looked at."""
    for kind in further_kinds():
        for record in library.shelf(kind.name).values():
            if kind.publishable(record, today):
                yield kind, record
