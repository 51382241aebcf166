"""What a library asks of all batches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xiangji.model.parsing.partial_date import earliest
from xiangji.model.vocabularies import BatchStatus, InspectionResult, Secrecy
from xiangji.records.batch import Batch, Inspection


def told_on(batch: Batch) -> date | None:
    """The last day that is recorded of a batch. A secret step's day does not count, so that nothing in it is ever
    withheld."""
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
    """`product/lot` of a lot as written: within one product the lot alone is enough."""
    return text if "/" in text else f"{product}/{text}"


def is_linked(batch: Batch) -> bool:
    """Whether a lot went into a batch."""
    return bool(batch.inputs or [1 for each in batch.events if each.inputs])


def failed_check(batch: Batch) -> Inspection | None:
    """The first inspection that failed and still stands: none of the same layer and the same items passed after it.
    A pass on other items takes nothing back."""
    for at, each in enumerate(batch.inspections):
        if each.result is InspectionResult.FAILED and not any(
            _takes_back(other, each, later=place > at)
            for place, other in enumerate(batch.inspections)
        ):
            return each
    return None


def _takes_back(other: Inspection, failed: Inspection, later: bool) -> bool:
    """Whether `other` passed what failed, and afterwards: by its day, else as it was recorded."""
    if other.result is not InspectionResult.PASSED:
        return False
    if other.layer is not failed.layer or other.items != failed.items:
        return False
    one, two = other.checked_on, failed.checked_on
    return later if one is None or two is None or one == two else one > two


def is_stopped(batch: Batch) -> bool:
    """Whether a batch says of itself that nobody should eat or use it for now."""
    return batch.status in _STOPPED or failed_check(batch) is not None


_STOPPED = (BatchStatus.RECALLED, BatchStatus.ON_HOLD)


def keeps_back(batch: Batch) -> bool:
    """Whether a step of a batch is not told in full."""
    return bool([1 for each in batch.events if each.secrecy is not Secrecy.PUBLIC])


def references(batches: Iterable[Batch]) -> frozenset[tuple[str, str]]:
    """What batches and their steps refer to: the name of a library's shelf, and an id.

    By name and not by the field table, which for every batch of a village takes ten times as long.
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
