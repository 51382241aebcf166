"""Checks the data of batches for their 承诺达标合格证, and the register of issued certificates.

Only contradictions are reported. A batch without a basis for the promise is no problem: single farm households need no
certificate, and others may write it by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.checks.codes import gone, out_of_order
from xiangji.conformity.certificate import (
    before_harvest,
    contradictions,
    more_than_whole,
    wrong_kind,
)
from xiangji.conformity.issued import batch_of, stopped
from xiangji.library import Library
from xiangji.library.code_register import register
from xiangji.model.fields import fields_of, fold_digits, label
from xiangji.model.location import Location
from xiangji.model.nearest import suggestion
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch
from xiangji.records.conformity import IssuedCertificate

_PLACE = Location("products/pledges.csv")

_OPEN = ("copies", "withdrawn_on", "note", "sample", "batch")
"""Fields of a row that may change. They are not printed, except `batch`, for which there is another rule."""


def check(library: Library, today: date) -> Iterator[Problem]:
    """Problems of the register of certificates: within its rows, and compared with its saved version."""
    printed = register(library) if library.pledges else {}
    for row in library.pledges:
        yield from _check_days(row, today)
        of = batch_of(row, library, printed)
        yield from _unknown_batch(row, library) if of is None else _check_issued(row, of, library)
    yield from _repeated_numbers(library.pledges)
    if library.saved.kept:
        yield from _compare_with_saved(library.saved.pledges, library.pledges)
    else:
        yield from _check_order(library.pledges)


def of_batch(library: Library, batch: Batch, today: date) -> Iterator[Problem]:
    """Contradictions in the data of a batch for its certificate."""
    return contradictions(library, batch)


def _check_days(row: IssuedCertificate, today: date) -> Iterator[Problem]:
    for name in ("issued_on", "withdrawn_on"):
        day: date | None = getattr(row, name)
        if day and day > today:
            at = row.origin.of(name)
            yield problem("date-future", at, field=label(IssuedCertificate, name), value=day)


def _unknown_batch(row: IssuedCertificate, library: Library) -> Iterator[Problem]:
    near, near_en = suggestion(row.batch, library.batches)
    told = {"number": row.number, "value": row.batch, "near": near, "near_en": near_en}
    yield problem("pledge-no-batch", row.origin.of("batch"), **told)


def _check_issued(row: IssuedCertificate, batch: Batch, library: Library) -> Iterator[Problem]:
    """Check an issued certificate against its batch."""
    at = row.origin.of("batch")
    if batch.key != row.batch:
        yield problem("pledge-kept", at, number=row.number, value=row.batch, to=batch.key)
    if row.withdrawn_on:
        return
    yield from wrong_kind(library, batch, at)
    yield from more_than_whole(batch, row)
    yield from before_harvest(batch, row.issued_on, row.origin.of("issued_on"))
    state, state_en = stopped(batch)
    if state:
        told = {"state": state, "state_en": state_en}
        yield problem("pledge-outdated", at, number=row.number, lot=batch.lot, **told)


def _repeated_numbers(rows: tuple[IssuedCertificate, ...]) -> Iterator[Problem]:
    seen: dict[str, IssuedCertificate] = {}
    for row in rows:
        first = seen.setdefault(fold_digits(row.number).casefold(), row)
        if first is not row:
            line = first.origin.location.line
            yield problem("pledge-twice", row.origin.of("number"), value=row.number, line=line)


def _check_order(rows: tuple[IssuedCertificate, ...]) -> Iterator[Problem]:
    for row, last in out_of_order((row, row.issued_on) for row in rows):
        at, line = row.origin.of("issued_on"), last.origin.location.line
        said = {"value": row.issued_on, "before": last.issued_on, "line": line}
        yield problem("pledge-order", at, **said)


def _compare_with_saved(
    before: tuple[IssuedCertificate, ...], now: tuple[IssuedCertificate, ...]
) -> Iterator[Problem]:
    """Check that all saved rows are still there and that printed values have not changed."""
    for number, had, has in gone((r.number for r in before), (r.number for r in now)):
        yield problem("pledge-deleted", _PLACE, value=number, had=had, has=has)
    old = {row.number: row for row in before}
    for row in now:
        if row.number not in old:
            continue
        for field in fields_of(IssuedCertificate):
            was, says = getattr(old[row.number], field.name), getattr(row, field.name)
            # Empty fields may be filled in later.
            if field.name in _OPEN or was in (None, ()) or was == says:
                continue
            told = {"number": row.number, "field": field.zh}
            at = row.origin.of(field.name)
            yield problem(
                "pledge-changed", at, **told, before=_register_form(was), value=_register_form(says)
            )


def _register_form(value: object) -> str:
    """A value as text in the form of the register."""
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)
