"""Functions of a batch alone that the library calls for every batch."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.partial_date import earliest
from xiangji.model.vocabularies import BatchStatus, InspectionResult, Secrecy
from xiangji.records.batch import Batch, Inspection


def told_on(batch: Batch) -> date | None:
    """Return the last day that is recorded for a batch, or None.

    The days of secret steps do not count, so that the result may always be published.
    """
    last = earliest(batch.dated)
    for check in batch.inspections:
        if check.checked_on is not None and (last is None or check.checked_on > last):
            last = check.checked_on
    for event in batch.events:
        if event.at is not None and event.secrecy is not Secrecy.SECRET:
            day = event.at.day
            last = day if last is None or day > last else last
    return last


def lot_key(text: str, product: str) -> str:
    """Return the key (`product/lot`) of a lot as an author wrote it. Without `/`, it is a lot of `product`."""
    return text if "/" in text else f"{product}/{text}"


def is_linked(batch: Batch) -> bool:
    """Whether another lot went into a batch or one of its steps."""
    return bool(batch.inputs or [1 for each in batch.events if each.inputs])


def failed_check(batch: Batch) -> Inspection | None:
    """Return the first failed inspection that is still valid, or None.

    A later passed inspection of the same layer and the same items makes it invalid. Measured values are no items.
    """
    for at, each in enumerate(batch.inspections):
        if each.result is InspectionResult.FAILED and not any(
            _supersedes(other, each, later=place > at)
            for place, other in enumerate(batch.inspections)
        ):
            return each
    return None


def _supersedes(other: Inspection, failed: Inspection, later: bool) -> bool:
    """Whether `other` is a passed inspection of the same layer and items after `failed`.

    The days decide. If one is missing or both are the same, `later` decides: whether `other` is recorded later.
    """
    if other.result is not InspectionResult.PASSED:
        return False
    if other.layer is not failed.layer or _checked(other.items) != _checked(failed.items):
        return False
    one, two = other.checked_on, failed.checked_on
    return later if one is None or two is None or one == two else one > two


def _checked(items: str | None) -> set[str]:
    """Return the names of what was checked, without values, limits and methods: 水分 for 水分 12.1%（≤13%）."""
    parts = re.split(r"[；;、，,\n]", _BRACKETS.sub("", items or ""))
    return {name for part in parts if (name := _VALUE.sub("", part).strip())}


_BRACKETS = late_pattern(r"[（(][^（）()]*[）)]")
_VALUE = late_pattern(r"\s*[:：]?\s*(?:限值|指标)?\s*(?:[<>≤≥＜＞]\s*)?\d.*$")


def is_stopped(batch: Batch) -> bool:
    """Whether a batch is recalled, on hold or failed by its own record, without its linked lots."""
    return batch.status in _STOPPED or failed_check(batch) is not None


_STOPPED = (BatchStatus.RECALLED, BatchStatus.ON_HOLD)


def keeps_back(batch: Batch) -> bool:
    """Whether a step of a batch is not fully public."""
    return bool([1 for each in batch.events if each.secrecy is not Secrecy.PUBLIC])


def references(batches: Iterable[Batch]) -> frozenset[tuple[str, str]]:
    """Return what batches and their steps refer to, as pairs of a library shelf and an id.

    The fields are listed here, since a loop over the field table takes ten times as long for all batches of a village.
    """
    producers: set[str | None] = set()
    places: set[str | None] = set()
    for each in batches:
        producers.add(each.producer)
        producers.add(each.pledged_by)
        places.add(each.place)
        for event in each.events:
            places.add(event.place)
    told = [("producers", each) for each in producers if each is not None]
    return frozenset([*told, *[("places", each) for each in places if each is not None]])
