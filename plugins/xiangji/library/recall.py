"""Computes what a recall reaches: the lot, every lot that it went into, their printed codes and destinations.

It uses recorded facts only, and says 未记录 where a fact is not recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from xiangji import urls
from xiangji.label.versions import as_made, counted_from
from xiangji.library import Library
from xiangji.library.code_register import PrintedAddress, lead_to, register
from xiangji.library.telephones import number_of
from xiangji.model.nearest import suggestion
from xiangji.model.parsing.partial_date import said_day
from xiangji.model.parsing.telephone import said_numbers
from xiangji.model.vocabularies import BatchStatus
from xiangji.records.batch import Batch
from xiangji.records.product import Product

_UNKNOWN = "未记录"


class ReachedLot(Struct, frozen=True):
    """One lot that a recall reaches, with the printed codes that open its sheet."""

    batch: Batch
    product: Product
    codes: tuple[PrintedAddress, ...]

    @property
    def sheet(self) -> str:
        """The address of the lot's sheet."""
        return urls.sheet(self.batch.product, self.batch.lot)


class Recall(Struct, frozen=True):
    """A recall: the lot itself, the lots that it went into (nearest first), and the public notice in Chinese."""

    lot: ReachedLot
    further: tuple[ReachedLot, ...]
    notice: str

    @property
    def said(self) -> bool:
        """Whether the batch itself has the state recalled."""
        return self.lot.batch.status is BatchStatus.RECALLED

    @property
    def silent(self) -> tuple[ReachedLot, ...]:
        """The further lots that do not have the state recalled."""
        return tuple(each for each in self.further if each.batch.status is not BatchStatus.RECALLED)


class NoLot(Struct, frozen=True):
    """The result if a name stands for no single lot: the lots that match, or a question with the nearest name."""

    several: tuple[str, ...]
    near: tuple[str, str] = ("", "")


def find_lot(library: Library, wanted: str) -> Batch | NoLot:
    """The batch named by `product/lot`, or by a lot code that only one product has."""
    found = [key for key in library.batches if wanted in (key, key.partition("/")[2])]
    if len(found) != 1 or library.batches[found[0]].product not in library.products:
        known = [*library.batches, *(key.partition("/")[2] for key in library.batches)]
        return NoLot(tuple(found), suggestion(wanted, known) if not found else ("", ""))
    return library.batches[found[0]]


def recall(library: Library, batch: Batch) -> Recall:
    """The lots that a recall of `batch` reaches, with their printed codes and the notice."""
    printed = register(library)
    further = [library.batches[each.key] for each in library.descendants(batch.key)]
    reached = [_reached(library, each, printed) for each in (batch, *further)]
    lots = tuple(each for each in reached if each is not None)
    return Recall(lots[0], lots[1:], "\n".join(_notice(library, lots)))


def _reached(
    library: Library, batch: Batch, printed: Mapping[str, PrintedAddress]
) -> ReachedLot | None:
    product = library.products.get(batch.product)
    if product is None:
        return None
    return ReachedLot(batch, product, lead_to(batch.product, batch.lot, printed))


def _notice(library: Library, lots: tuple[ReachedLot, ...]) -> Iterator[str]:
    """The lines of the notice, from recorded facts only; a missing fact reads 未记录."""
    first = lots[0]
    yield f"【召回通知】{library.brand.name}"
    yield f"召回：{_named(first)}"
    yield f"原因：{first.batch.reason or _UNKNOWN}"
    yield f"买到的请这样做：{first.batch.advice or _UNKNOWN}"
    yield f"去向：{first.batch.destination or _UNKNOWN}"
    if lots[1:]:
        yield "用到这一批的还有："
    for each in lots[1:]:
        yield f"· {_named(each)}"
        yield f"  {_further(each.batch)}去向：{each.batch.destination or _UNKNOWN}"
    yield f"电话：{said_numbers(number_of(library, first.product)) or _UNKNOWN}"


def _further(batch: Batch) -> str:
    """The state of a lot that contains the recalled one.

    Its advice is included only if it is recalled itself, because advice for another reason would mislead.
    """
    state = f"状态：{batch.status or _UNKNOWN}；"
    if batch.status is not BatchStatus.RECALLED:
        return state
    return f"{state}买到的请这样做：{batch.advice or _UNKNOWN}；"


def _named(each: ReachedLot) -> str:
    batch = each.batch
    day = counted_from(each.product, batch)
    how = "采收" if day is not None and day is batch.harvested_on else "做"
    made = f"{said_day(day)}{how}" if day else f"生产日期{_UNKNOWN}"
    size = f" {batch.variant}" if batch.variant else ""
    return f"{as_made(each.product, batch).name}{size}，批号 {batch.lot}，{made}，共 {batch.quantity or _UNKNOWN}"
