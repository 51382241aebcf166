"""Checks the days in the life of a lot: harvest, making, inspection, packing, labels, sale come in this order.

A day of which only the month is known counts with its whole range, and one of the old calendar is not compared, so that
only what is certain is reported. `batches` compares harvest and making, and the lots that went into a lot.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from xiangji import urls
from xiangji.label.versions import last_good_day
from xiangji.library import Library
from xiangji.model.fields import label
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.partial_date import Day, PartialDate, earliest, latest
from xiangji.model.vocabularies import EventKind, ProductKind
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch, FarmInput, Inspection, TraceEvent
from xiangji.records.code import PrintedCode

_FAR = timedelta(days=30)
"""An inspection that was this long before the harvest was not of this harvest."""

_PREPARED = timedelta(days=3)
"""Labels of what is made on a planned day are printed some days before it. Of a harvest nobody knows the day."""

_AHEAD = timedelta(days=7)
"""Labels are hardly ever printed earlier than this."""

_OF_RAW = late_pattern(
    r"原料|来料|进货|采前|产前|田间|地头|土壤|水质|检疫|半成品|中间|过程|入坊|胚|坯"
)
_OF_RAW_ITEM = late_pattern(rf"{_OF_RAW.pattern}|鲜|生|活")
"""What inspections before the making are of. A table has no column for it, so that the remark behind the day may say it."""

_AFTER_MAKING = (EventKind.SELL, EventKind.HOLD, EventKind.RECALL, EventKind.DESTROY)
_AFTER_HARVEST = (*_AFTER_MAKING, EventKind.PROCESS, EventKind.PACK, EventKind.STORE)
_MOSTLY_AFTER = (EventKind.PACK, EventKind.STORE)
_RAW = (EventKind.HARVEST, EventKind.SLAUGHTER, EventKind.PURCHASE, EventKind.RECEIVE)


def of_batch(library: Library, batch: Batch, today: date) -> Iterator[Problem]:
    """Report days of a batch that cannot be in this order."""
    product = library.products.get(batch.product)
    if product is None:
        return
    fresh = product.kind is ProductKind.PRODUCE
    begins = began(batch) if batch.inspections else None
    for inspection in batch.inspections:
        yield from _inspection(batch, inspection, begins, fresh)
    for event in batch.events:
        yield from _step(batch, event, fresh)
    for used in batch.farm_inputs:
        yield from _farm_input(used, today)
    yield from _old_inputs(library, batch)


def began(batch: Batch) -> Day | None:
    """The first day that is recorded of a lot. None if it may have begun on an earlier day, which nobody can tell."""
    days: list[Day] = [each for each in (batch.made_on, batch.harvested_on) if each]
    days += [each.at.day for each in batch.events if each.at]
    if any(earliest(each) is None for each in days):
        return None
    return min(days, key=lambda each: earliest(each) or date.max, default=None)


def _inspection(
    batch: Batch, inspection: Inspection, begins: Day | None, fresh: bool
) -> Iterator[Problem]:
    day, first = inspection.checked_on, earliest(begins)
    if day is None or first is None:
        return
    early = day < first and (not fresh or first - day > _FAR)
    made = first if fresh else earliest(batch.made_on)
    if not early and (made is None or day >= made):
        return
    if _OF_RAW_ITEM.search(inspection.items or "") or _OF_RAW.search(inspection.signer or ""):
        return
    layer = {"layer": inspection.layer, "layer_en": inspection.layer.key.replace("_", " ")}
    at = inspection.origin.of("checked_on")
    if early:
        yield problem("inspection-early", at, lot=batch.lot, value=day, first=begins, **layer)
    else:
        told = begins if fresh else batch.made_on
        yield problem("inspection-before", at, lot=batch.lot, value=day, made=told, **layer)


def _step(batch: Batch, event: TraceEvent, fresh: bool) -> Iterator[Problem]:
    if event.at is None:
        return
    day, kind = event.at.day, event.kind
    harvest, made, last = (
        earliest(batch.harvested_on),
        earliest(batch.made_on),
        latest(batch.made_on),
    )
    before = (harvest is not None and day < harvest) or (made is not None and day < made)
    if not before and (last is None or day <= last):
        return
    told = {"lot": batch.lot, "step": event.title or kind, "value": day}
    at = event.origin.of("at")
    if harvest and day < harvest and kind in _AFTER_HARVEST:
        than = {"than": label(Batch, "harvested_on"), "than_en": "harvest"}
        yield problem("step-early", at, day=batch.harvested_on, **than, **told)
    elif made and day < made and kind in _AFTER_MAKING:
        than = {"than": label(Batch, "made_on"), "than_en": "making"}
        yield problem("step-early", at, day=batch.made_on, **than, **told)
    elif made and day < made and kind in _MOSTLY_AFTER and not fresh:
        yield problem("step-unusual", at, day=batch.made_on, how="早", how_en="before", **told)
    elif not fresh and kind in _RAW and last and day > last:
        yield problem("step-unusual", at, day=batch.made_on, how="晚", how_en="after", **told)


def _farm_input(used: FarmInput, today: date) -> Iterator[Problem]:
    for name in ("used_on", "stopped_on"):
        day = getattr(used, name)
        if day is not None and day > today:
            at = used.origin.of(name)
            yield problem("date-future", at, field=label(FarmInput, name), value=day)


def _old_inputs(library: Library, batch: Batch) -> Iterator[Problem]:
    """Report lots that went into a batch after their last good day."""
    made = earliest(batch.dated)
    if made is None or not (batch.inputs or batch.events):
        return
    for source in library.made_from(batch.key):
        of = library.products.get(source.product)
        until = last_good_day(of, source) if of else None
        exact = not isinstance(source.dated, PartialDate)
        if until and exact and until < made:
            at = batch.origin.of("inputs")
            yield problem(
                "input-old", at, lot=batch.lot, value=batch.dated, input=source.key, until=until
            )


def labels(library: Library, today: date) -> Iterator[Problem]:
    """Report labels that were printed before anything of their lot was there, or on a day to come."""
    for row in library.codes:
        day = row.printed_on
        if day is None:
            continue
        at = row.origin.of("printed_on")
        if day > today:
            name = label(PrintedCode, "printed_on")
            yield problem("date-future", at, field=name, value=day)
        lot = _lot_of(row, library)
        begins = began(lot) if lot else None
        first = earliest(begins)
        if lot is None or first is None or day >= first - _prepared(library, lot):
            continue
        rule = "label-early" if first - day > _AHEAD else "label-ahead"
        yield problem(rule, at, lot=lot.lot, value=day, first=begins)


def _prepared(library: Library, lot: Batch) -> timedelta:
    product = library.products.get(lot.product)
    fresh = product is not None and product.kind is ProductKind.PRODUCE
    return timedelta(0) if fresh else _PREPARED


def _lot_of(row: PrintedCode, library: Library) -> Batch | None:
    """The lot that was printed beside a code; None for codes of rolls, which are printed for no lot."""
    parts = urls.lot_of(row.address)
    found = library.batches.get(f"{parts[0]}/{parts[1]}") if parts else None
    if parts is not None and found is None and row.target is not None:
        target = urls.lot_of(row.target)
        found = library.batches.get(f"{target[0]}/{target[1]}") if target else None
    return found
