"""Runs the checks that kinds of records declare, and finds unmarked samples of further kinds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xiangji.kinds.installed import further_kinds, kinds_with
from xiangji.library import Library
from xiangji.model.kind import RecordKind
from xiangji.model.vocabularies import ConsentUse
from xiangji.permission.kinds import unnamed_in, withheld_words
from xiangji.problems import Problem, problem


def check(library: Library, today: date) -> Iterator[Problem]:
    """Run the checks of each kind, and report what of further kinds is withheld because somebody did not agree.

    In a sample village, report records without sample mark and source.
    """
    named, speaks = (_agreeing(library, u, today) for u in (ConsentUse.NAME, ConsentUse.QUOTATION))
    for kind in (each for each in kinds_with(library.shelves).kinds if each.checks):
        for record in library.shelf(kind.name).values():
            for own in kind.checks:
                yield from own(library, record, today)
    for kind in further_kinds(library.shelves):
        for record in library.shelf(kind.name).values():
            if kind.publishable(record, today):
                yield from _withheld(kind, record, named, speaks)
            if library.brand.sample and not _is_marked(record):
                yield problem("sample-unmarked", record.origin.location)


def _agreeing(library: Library, use: ConsentUse, today: date) -> set[str]:
    return {key for key, each in library.people.items() if each.agrees(use, today)}


def _withheld(
    kind: RecordKind, record: Any, named: set[str], speaks: set[str]
) -> Iterator[Problem]:
    """Yield a problem for a record, or a text of it, that stays at home because somebody did not agree."""
    if unnamed := unnamed_in(kind, record, named):
        yield problem("about-unconsented", record.origin.of(kind.about), who="、".join(unnamed))
        return
    for row, silent in withheld_words(record, speaks):
        told = {"label": row.zh, "label_en": row.name, "who": "、".join(silent)}
        yield problem("words-unconsented", record.origin.of(row.name), **told)


def _is_marked(record: Any) -> bool:
    return any(getattr(record, name, None) for name in ("sample", "sources", "source"))


def published(library: Library, today: date) -> Iterator[tuple[RecordKind, Any]]:
    """Yield the records of further kinds that are published on `today`, each with its kind."""
    named = _agreeing(library, ConsentUse.NAME, today)
    for kind in further_kinds(library.shelves):
        for record in library.shelf(kind.name).values():
            if kind.publishable(record, today) and not unnamed_in(kind, record, named):
                yield kind, record
