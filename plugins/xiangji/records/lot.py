"""What lists tell of a batch, and what a library asks of all batches: few enough bytes that those of a
large village stay in memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from msgspec import Struct

from xiangji.records.batch import Batch
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


class Listed(Struct, frozen=True):
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
    last = batch.made_on
    for check in batch.inspections:
        if check.checked_on is not None and (last is None or check.checked_on > last):
            last = check.checked_on
    for event in batch.events:
        if event.at is not None and event.secrecy is not Secrecy.SECRET:
            day = event.at.day
            last = day if last is None or day > last else last
    said = batch.status, batch.reason, batch.advice
    return Listed(batch.product, batch.lot, batch.made_on, *said, last)


class Lots:
    """What lists tell of a product's batches, in some thirty bytes for each."""

    __slots__ = ("_days", "_index", "_names", "_said", "_states", "product")

    def __init__(self, product: str, told: Sequence[Listed]) -> None:
        self.product = product
        self._names = "".join([f"{each.lot}\n" for each in told])
        days = [day.toordinal() if day else 0 for e in told for day in (e.made_on, e.told_on)]
        self._days = array("i", days)
        self._states = bytes([_STATES.index(each.status) for each in told])
        self._said = {
            at: (each.reason, each.advice)
            for at, each in enumerate(told)
            if each.reason is not None or each.advice is not None
        }
        self._index: dict[str, int] | None = None

    def __len__(self) -> int:
        return len(self._states)

    def __iter__(self) -> Iterator[Listed]:
        return (self.at(at, lot) for at, lot in enumerate(self.names))

    @property
    def names(self) -> list[str]:
        """The lots alone, in the order of their files."""
        return self._names.split("\n")[:-1]

    def position(self, lot: str) -> int | None:
        """Where a lot stands; the first, if there are several."""
        if len(self) > _SCANNED:
            if self._index is None:
                self._index = {name: at for at, name in reversed([*enumerate(self.names)])}
            return self._index.get(lot)
        if self._names.startswith(f"{lot}\n"):
            return 0
        found = self._names.find(f"\n{lot}\n")
        return None if found < 0 else self._names.count("\n", 0, found + 1)

    def at(self, position: int, lot: str) -> Listed:
        """What lists tell of the lot at a position."""
        made, told = self._days[2 * position : 2 * position + 2]
        state, words = _STATES[self._states[position]], self._said.get(position, _NOTHING)
        return Listed(self.product, lot, _day(made), state, *words, _day(told))

    def has(self, state: BatchStatus) -> bool:
        """Whether one of them is said to be so."""
        return _STATES.index(state) in self._states

    @property
    def last_day(self) -> date | None:
        """The last day that is recorded of any."""
        return _day(max(self._days[1::2], default=0))

    def __reduce__(self) -> tuple[Any, ...]:
        return _lots, (self.product, self._names, self._days.tobytes(), self._states, self._said)


@lru_cache(4096)
def _day(number: int) -> date | None:
    return date.fromordinal(number) if number else None


_STATES = (None, *BatchStatus)
_NOTHING = (None, None)

_SCANNED = 300
"""Lots among which looking is quick enough without an index."""


def _lots(
    product: str,
    names: str,
    days: bytes,
    states: bytes,
    said: dict[int, tuple[str | None, str | None]],
) -> Lots:
    made = Lots(product, ())
    made._names, made._states, made._said = names, states, said
    made._days = array("i", days)
    return made


def lot_key(text: str, product: str) -> str:
    """`product/lot` of a lot as written: within one product the lot alone is enough."""
    return text if "/" in text else f"{product}/{text}"


def is_linked(batch: Batch) -> bool:
    """Whether a lot went into a batch."""
    return bool(batch.inputs or [1 for each in batch.events if each.inputs])


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
