"""What lists tell of a batch, and what a library asks of all batches: few enough bytes that those of a
large village stay in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from xiangji.records.batch import Batch
from xiangji.records.fields import AnyKind, ListOf, Nested, Reference, rows_to
from xiangji.records.packing import packed_quickly
from xiangji.records.words import BatchStatus, Secrecy


class Lot(Protocol):
    """Which batch it is and how it is said to be: a `Batch`, or what lists tell of one."""

    @property
    def product(self) -> str: ...
    @property
    def lot(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def made_on(self) -> date | None: ...
    @property
    def status(self) -> BatchStatus | None: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def advice(self) -> str | None: ...


@packed_quickly
@dataclass(frozen=True, slots=True)
class Listed:
    """What lists tell of a batch. Nothing in it is ever withheld: a secret step's day does not count."""

    product: str
    lot: str
    made_on: date | None
    status: BatchStatus | None
    reason: str | None
    advice: str | None
    told_on: date | None
    """The last day that is recorded of it."""

    @property
    def key(self) -> str:
        """`product/lot`."""
        return f"{self.product}/{self.lot}"


def listed(batch: Batch) -> Listed:
    """What lists tell of a batch."""
    days = [batch.made_on, *[each.checked_on for each in batch.inspections]]
    days += [e.at.day for e in batch.events if e.at and e.secrecy is not Secrecy.SECRET]
    return Listed(
        batch.product,
        batch.lot,
        batch.made_on,
        batch.status,
        batch.reason,
        batch.advice,
        max([day for day in days if day], default=None),
    )


def lot_key(text: str, product: str) -> str:
    """`product/lot` of a lot as written: within one product the lot alone is enough."""
    return text if "/" in text else f"{product}/{text}"


def is_linked(batch: Batch) -> bool:
    """Whether a lot went into a batch."""
    return bool(batch.inputs) or any(each.inputs for each in batch.events)


def keeps_back(batch: Batch) -> bool:
    """Whether a step of a batch is not told in full."""
    return any(each.secrecy is not Secrecy.PUBLIC for each in batch.events)


def references(record: Any) -> Iterator[tuple[str, str]]:
    """What a record and those inside it refer to: the name of a library's shelf, and an id."""
    for row in rows_to(type(record), _refers):
        value = getattr(record, row.name)
        if value is None or value == ():
            continue
        several = isinstance(row.kind, ListOf)
        kind = row.kind.item if isinstance(row.kind, ListOf) else row.kind
        for each in value if several else (value,):
            if isinstance(kind, Nested):
                yield from references(each)
            elif isinstance(kind, Reference):
                yield kind.to, each


def _refers(kind: AnyKind) -> bool:
    return isinstance(kind, Reference)
