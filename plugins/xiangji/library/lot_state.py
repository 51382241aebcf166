"""The state of a lot: worked out here from all that decides it, and shown alike wherever the lot is shown.

It depends on what the cooperative says of the lot, on the lots that went into it at any distance, on its inspections and
on the day. Of several things that are wrong the most serious names the state; the others are told beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from msgspec import Struct

from xiangji.label.versions import last_good_day
from xiangji.library import Library
from xiangji.library.lot_links import LinkedLots
from xiangji.model.vocabularies import BatchStatus, InspectionResult
from xiangji.records.batch import Batch
from xiangji.records.lot import failed_check
from xiangji.records.product import Product


class LotState(StrEnum):
    """What is true of a lot, the most serious first."""

    RECALLED = "recalled"
    INPUT_RECALLED = "input_recalled"
    ON_HOLD = "on_hold"
    FAILED = "failed"
    EXPIRED = "expired"
    INPUT_ON_HOLD = "input_on_hold"
    PENDING = "pending"
    NORMAL = "normal"
    UNRECORDED = "unrecorded"

    @property
    def is_fine(self) -> bool:
        """Whether it may be eaten, used and sold as far as anybody knows."""
        return self in (LotState.NORMAL, LotState.UNRECORDED)

    @property
    def is_stopped(self) -> bool:
        """Whether it is not sold, so that nothing is printed to sell it by. What waits for its inspection gets labels: they
        are needed on the day that the result is there."""
        return not self.is_fine and self is not LotState.PENDING


class Standing(Struct, frozen=True):
    """The state of a lot on a day, what else is wrong with it, and its last good day."""

    state: LotState
    also: tuple[LotState, ...]
    until: date | None

    def has(self, state: LotState) -> bool:
        """Whether something is true of the lot, be it the most serious or not."""
        return state is self.state or state in self.also


def last_day(batch: Batch, product: Product) -> date | None:
    """The last good day, computed from shelf life and the day that it counts from; None if either is unknown."""
    return last_good_day(product, batch)


def standing_of(library: Library, batch: Batch, today: date) -> Standing:
    """How a lot of a village stands on `today`."""
    product = library.products[batch.product]
    return standing(batch, product, library.kin_of(batch.key), today)


def standing(batch: Batch, product: Product, kin: LinkedLots, today: date) -> Standing:
    """How a lot stands on `today`, with such kin."""
    until = last_day(batch, product)
    wrong = tuple(_wrong(batch, kin, until is not None and until < today))
    if wrong:
        return Standing(wrong[0], wrong[1:], until)
    is_normal = batch.status is BatchStatus.NORMAL
    return Standing(LotState.NORMAL if is_normal else LotState.UNRECORDED, (), until)


def _wrong(batch: Batch, kin: LinkedLots, is_over: bool) -> Iterator[LotState]:
    """What is wrong with a lot, the most serious first."""
    if batch.status is BatchStatus.RECALLED:
        yield LotState.RECALLED
    if kin.recalled.lots or kin.unnamed is BatchStatus.RECALLED:
        yield LotState.INPUT_RECALLED
    if batch.status is BatchStatus.ON_HOLD:
        yield LotState.ON_HOLD
    if batch.inspections and failed_check(batch) is not None:
        yield LotState.FAILED
    if is_over:
        yield LotState.EXPIRED
    if _something_held_went_in(kin):
        yield LotState.INPUT_ON_HOLD
    if _waits(batch):
        yield LotState.PENDING


def _something_held_went_in(kin: LinkedLots) -> bool:
    """Whether a lot went in that is stopped, and not since it is recalled."""
    held = any(each.status is not BatchStatus.RECALLED for each in kin.stopped.lots)
    return held or kin.unnamed is BatchStatus.ON_HOLD


def _waits(batch: Batch) -> bool:
    """Whether a lot waits for a result: as the cooperative says, or where it says nothing, as its inspections do."""
    if batch.status is not None:
        return batch.status is BatchStatus.PENDING
    return any(each.result is InspectionResult.WAITING for each in batch.inspections)
