"""Computes the state of a lot on a day, so that all pages and prints show the same state.

The state depends on the status that the cooperative recorded, on the lots that went into it at any distance, on its
inspections and on the day. If several things are wrong, the most serious one is the state; the others are listed too.
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
    """The states of a lot, the most serious first."""

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
        """Whether nothing is recorded that speaks against eating, using or selling the lot."""
        return self in (LotState.NORMAL, LotState.UNRECORDED)

    @property
    def is_stopped(self) -> bool:
        """Whether the lot may not be sold, so that no labels are printed for it.

        A lot that waits for its inspection gets labels, because they are needed as soon as the result is there.
        """
        return not self.is_fine and self is not LotState.PENDING


class Standing(Struct, frozen=True):
    """The state of a lot on a day (`state`), what else is wrong (`also`), and its last good day (`until`)."""

    state: LotState
    also: tuple[LotState, ...]
    until: date | None

    def has(self, state: LotState) -> bool:
        """Whether `state` applies to the lot, as the most serious state or as another one."""
        return state is self.state or state in self.also


def last_day(batch: Batch, product: Product) -> date | None:
    """The last good day, computed from shelf life and the day that it counts from; None if either is unknown."""
    return last_good_day(product, batch)


def standing_of(library: Library, batch: Batch, today: date) -> Standing:
    """The standing of a lot on `today`, with the linked lots of the library."""
    product = library.products[batch.product]
    return standing(batch, product, library.kin_of(batch.key), today)


def standing(batch: Batch, product: Product, kin: LinkedLots, today: date) -> Standing:
    """The standing of a lot on `today`. `kin` are its linked lots."""
    until = last_day(batch, product)
    wrong = tuple(_wrong(batch, kin, until is not None and until < today))
    if wrong:
        return Standing(wrong[0], wrong[1:], until)
    is_normal = batch.status is BatchStatus.NORMAL
    return Standing(LotState.NORMAL if is_normal else LotState.UNRECORDED, (), until)


def _wrong(batch: Batch, kin: LinkedLots, is_over: bool) -> Iterator[LotState]:
    """Yield the states that are wrong with a lot, the most serious first."""
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
    """Whether a stopped lot went into this one that is not recalled."""
    held = any(each.status is not BatchStatus.RECALLED for each in kin.stopped.lots)
    return held or kin.unnamed is BatchStatus.ON_HOLD


def _waits(batch: Batch) -> bool:
    """Whether a lot waits for an inspection result, by its status, or if it has none, by its inspections."""
    if batch.status is not None:
        return batch.status is BatchStatus.PENDING
    return any(each.result is InspectionResult.WAITING for each in batch.inspections)
