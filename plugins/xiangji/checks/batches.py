"""Checks batches: a recall has a reason and advice, days are in order, inputs were made before, variants exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.label.versions import candidates
from xiangji.library import Library
from xiangji.library.lot_links import inputs_of
from xiangji.model.fields import label
from xiangji.model.nearest import suggestion
from xiangji.model.parsing.partial_date import Day, earliest, latest
from xiangji.model.vocabularies import BatchStatus, InspectionResult
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch, Inspection, TraceEvent


def of_batch(library: Library, batch: Batch, today: date) -> Iterator[Problem]:
    """Problems of a batch."""
    yield from _status(batch)
    yield from _dates(batch, today)
    yield from _inputs(batch, library)
    yield from _variant(batch, library)


def _status(batch: Batch) -> Iterator[Problem]:
    if batch.status in (BatchStatus.ON_HOLD, BatchStatus.RECALLED) and not batch.reason:
        yield problem(
            "status-reason",
            batch.origin.of("status"),
            lot=batch.lot,
            status=batch.status,
            status_en=batch.status.key.replace("_", " "),
        )
    if batch.status is BatchStatus.RECALLED and not batch.advice:
        yield problem("recall-advice", batch.origin.of("status"), lot=batch.lot)
    for inspection in batch.inspections:
        failed = inspection.result is InspectionResult.FAILED
        if failed and batch.status is BatchStatus.NORMAL:
            yield problem(
                "status-contradicts",
                batch.origin.of("status"),
                lot=batch.lot,
                layer=inspection.layer,
                layer_en=inspection.layer.key.replace("_", " "),
            )


def _dates(batch: Batch, today: date) -> Iterator[Problem]:
    yield from _own_days(batch, today)
    for inspection in batch.inspections:
        if inspection.checked_on and inspection.checked_on > today:
            place = inspection.origin.of("checked_on")
            name = label(Inspection, "checked_on")
            yield problem("date-future", place, field=name, value=inspection.checked_on)
    before = None
    for event in batch.events:
        if event.at is None:
            continue
        if event.at.day > today:
            name = label(TraceEvent, "at")
            yield problem("date-future", event.origin.of("at"), field=name, value=event.at.day)
        # Times of day are compared only if both events have one.
        if (
            before
            and before.at
            and (
                event.at.day < before.at.day
                or (
                    event.at.day == before.at.day
                    and event.at.time
                    and event.at.time < before.at.time
                )
            )
        ):
            yield problem(
                "event-order",
                event.origin.of("at"),
                event=event.title or event.kind,
                at=event.at,
                before=before.title or before.kind,
            )
        before = event


def _own_days(batch: Batch, today: date) -> Iterator[Problem]:
    """Check the days of making and of harvest: none is in the future, and the harvest is not after the making."""
    for name, day in (("made_on", batch.made_on), ("harvested_on", batch.harvested_on)):
        first = earliest(day)
        if first is not None and first > today:
            place = batch.origin.of(name)
            yield problem("date-future", place, field=label(Batch, name), value=day)
    if _is_after(batch.harvested_on, batch.made_on):
        place = batch.origin.of("harvested_on")
        details = {"lot": batch.lot, "value": batch.harvested_on, "made_on": batch.made_on}
        yield problem("harvest-later", place, **details)


def _is_after(day: Day | None, other: Day | None) -> bool:
    """Whether a day is certainly later than another one. Partial dates count with their whole range."""
    first, last = earliest(day), latest(other)
    return first is not None and last is not None and first > last


def _inputs(batch: Batch, library: Library) -> Iterator[Problem]:
    inputs = inputs_of(batch)
    for key in inputs:
        source = library.batches.get(key)
        if source and _is_after(source.dated, batch.dated):
            yield problem(
                "input-later",
                batch.origin.of("inputs"),
                input=key,
                value=source.dated,
                made_on=batch.dated,
            )
    found = library.links.round_of(batch.key) if inputs else None
    if found:
        place = batch.origin.of("inputs")
        yield problem("input-cycle", place, lot=batch.lot, path=_path(*found))


def _variant(batch: Batch, library: Library) -> Iterator[Problem]:
    product = library.products.get(batch.product)
    versions = candidates(product, batch) if product else ()
    names = list(dict.fromkeys(each.name for of in versions for each in of.variants))
    if batch.variant and names and batch.variant not in names:
        near, near_en = suggestion(batch.variant, names)
        yield problem(
            "variant-unknown",
            batch.origin.of("variant"),
            lot=batch.lot,
            value=batch.variant,
            near=near,
            near_en=near_en,
            known="、".join(names),
        )


_STEPS = 12
"""The most lots of a cycle that a message names. A longer cycle is shortened, because each lot on it has a message."""


def _path(way: list[str], at: int) -> str:
    """The text of a cycle of lots, beginning and ending with the lot at index `at`."""
    count = len(way)
    if count <= _STEPS:
        return " → ".join([*way[at:], *way[:at], way[at]])
    ahead = [way[(at + step) % count] for step in range(_STEPS - 3)]
    back = [way[at - 2], way[at - 1], way[at]]
    return " → ".join([*ahead, f"……（{count - _STEPS + 1}）", *back])
