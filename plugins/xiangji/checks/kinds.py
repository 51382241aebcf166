"""Runs the checks that further kinds of records declare, and finds their unmarked samples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xiangji.disclosure import withheld_words
from xiangji.kinds.installed import further_kinds
from xiangji.library import Library
from xiangji.model.kind import RecordKind
from xiangji.model.vocabularies import ConsentUse
from xiangji.problems import Problem, problem


def check(library: Library, today: date) -> Iterator[Problem]:
    """Run the checks of each further kind, and report texts that are withheld because somebody may not be quoted.

    In a sample village, report records without sample mark and source.
    """
    speaks = {k for k, each in library.people.items() if each.agrees(ConsentUse.QUOTATION, today)}
    for kind in further_kinds(library.shelves):
        for record in library.shelf(kind.name).values():
            for own in kind.checks:
                yield from own(library, record, today)
            for row, silent in withheld_words(record, speaks):
                told = {"label": row.zh, "label_en": row.name, "who": "、".join(silent)}
                yield problem("words-unconsented", record.origin.of(row.name), **told)
            if library.brand.sample and not _is_marked(record):
                yield problem("sample-unmarked", record.origin.location)


def _is_marked(record: Any) -> bool:
    return any(getattr(record, name, None) for name in ("sample", "sources", "source"))


def published(library: Library, today: date) -> Iterator[tuple[RecordKind, Any]]:
    """Yield the records of further kinds that are published on `today`, each with its kind."""
    for kind in further_kinds(library.shelves):
        for record in library.shelf(kind.name).values():
            if kind.publishable(record, today):
                yield kind, record
