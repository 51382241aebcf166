"""Which lots went into which: by their keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from xiangji.library import reachability
from xiangji.library.batches import Batches
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import BatchStatus
from xiangji.records.batch import Batch
from xiangji.records.lot import lot_key

NEAR = 50
"""Lots that are told of at any distance from a lot, nearest first; of those beyond, their number. A chain of
lots in which each page lists all others has a million entries at a thousand lots."""


class NearestLots(NamedTuple):
    """The nearest of some lots, and how many more there are."""

    lots: tuple[Batch, ...] = ()
    more: int = 0


class LinkedLots(NamedTuple):
    """What is told of the lots that a lot is linked with at any distance."""

    further: NearestLots = NearestLots()
    """Those that it went into: all that used it, and the nearest beyond."""
    recalled: NearestLots = NearestLots()
    """Those that went into it and are recalled."""
    stopped: NearestLots = NearestLots()
    """Those that went into it and are recalled or not for sale."""


_ALONE = LinkedLots()
_RECALLED = frozenset({BatchStatus.RECALLED})
_STOPPED = frozenset({BatchStatus.RECALLED, BatchStatus.ON_HOLD})


def inputs_of(batch: Batch) -> tuple[str, ...]:
    """Keys of the lots that went into a batch, from its own list and its events'."""
    written = [*batch.inputs, *(each for event in batch.events for each in event.inputs)]
    if not written:  # As mostly, and many ask.
        return ()
    return tuple(dict.fromkeys(lot_key(text, batch.product) for text in written))


class LotLinks:
    """The links of a village's batches, which are read once, those without any not at all."""

    def __init__(self, batches: Batches) -> None:
        self._batches = batches
        self._inputs: dict[str, tuple[str, ...]] = {}
        self._users: dict[str, list[str]] = {}
        self._taken: dict[str, dict[str, tuple[Quantity, ...]]] = {}
        for batch in batches.linked():
            self._add(batch)

    def _add(self, batch: Batch) -> None:
        user = batch.key
        # What does not exist is a mistake that is told elsewhere.
        found = tuple([key for key in inputs_of(batch) if key in self._batches])
        if found:
            self._inputs[user] = found
        for key in found:
            self._users.setdefault(key, []).append(user)
        for event in batch.events:
            if len(event.inputs) == 1 and event.quantity is not None:
                users = self._taken.setdefault(lot_key(event.inputs[0], batch.product), {})
                users[user] = (*users.get(user, ()), event.quantity)

    def __bool__(self) -> bool:
        """Whether any lot went into another."""
        return bool(self._inputs)

    def inputs(self, key: str) -> tuple[Batch, ...]:
        """The lots that went into a lot."""
        return self.told(self._inputs.get(key, ()))

    def users(self, key: str) -> tuple[Batch, ...]:
        """The batches that a lot went into."""
        return self.told(self._users.get(key, ()))

    def taken(self, key: str) -> Mapping[str, tuple[Quantity, ...]]:
        """The amounts that were noted of a lot, by the lot that they went into: where an event tells
        an amount, and that it was of this lot alone."""
        return self._taken.get(key, {})

    def before(self, key: str) -> tuple[Batch, ...]:
        """Every lot that went into a lot, and into those, and so on: nearest first."""
        return self.told(_followed(key, self._inputs, len(self._batches)))

    def after(self, key: str) -> tuple[Batch, ...]:
        """Every lot that a lot went into, and those into which these went: nearest first."""
        return self.told(_followed(key, self._users, len(self._batches)))

    def kin(self, key: str) -> LinkedLots:
        """What is told of the lots that a lot is linked with: for all lots found together, whoever asks first."""
        if key not in self._inputs and key not in self._users:  # As with nearly every lot.
            return _ALONE
        return LinkedLots(self._further(key), self._recalled.of(key), self._stopped.of(key))

    def near(self, key: str) -> Iterator[Batch]:
        """Every lot that a page of this one tells of: those that went into it, and its kin."""
        yield from self.inputs(key)
        for some in self.kin(key):
            yield from some.lots

    def round_of(self, key: str) -> tuple[list[str], int] | None:
        """A way that inputs lead from lot to lot and back to the first, if this lot stands on one; and where."""
        return self._rounds.get(key)

    def told(self, keys: Iterable[str]) -> tuple[Batch, ...]:
        """Those of these lots that exist."""
        return tuple([each for key in keys if (each := self._batches.get(key)) is not None])

    def _further(self, key: str) -> NearestLots:
        keys = _followed(key, self._users, NEAR)
        return NearestLots(self.told(keys), max(0, self._counts.get(key, 0) - len(keys)))

    @cached_property
    def _groups(self) -> list[tuple[str, ...]]:
        """All linked lots, each after those that went into it."""
        return reachability.groups(self._inputs)

    @cached_property
    def _rounds(self) -> dict[str, tuple[list[str], int]]:
        return reachability.rounds(self._inputs, self._groups)

    @cached_property
    def _counts(self) -> dict[str, int]:
        """Into how many each lot went; nothing where all of them can be told."""
        linked = [key for group in self._groups for key in group]
        if len(linked) <= NEAR:
            return {}
        return reachability.counts(self._users, self._groups[::-1], linked)

    @cached_property
    def _recalled(self) -> _Before:
        return self._with(_RECALLED)

    @cached_property
    def _stopped(self) -> _Before:
        return self._with(_STOPPED)

    def _with(self, states: Collection[BatchStatus]) -> _Before:
        """The lots with a state, as they went into others."""
        wanted = [each.key for each in self.told(self._users) if each.status in states]
        found = reachability.nearest(self._inputs, self._users, wanted, NEAR)
        full = any(len(each) == NEAR for each in found.values())
        counts = reachability.counts(self._inputs, self._groups, wanted) if full else {}
        return _Before(self, found, counts)


class _Before:
    """Some of the lots that went into each lot: the nearest, and how many where these are not all."""

    def __init__(
        self, links: LotLinks, found: Mapping[str, tuple[str, ...]], counts: Mapping[str, int]
    ) -> None:
        self._links, self._found, self._counts = links, found, counts

    def of(self, key: str) -> NearestLots:
        """Those that went into a lot."""
        keys = self._found.get(key)
        if not keys:
            return NearestLots()
        return NearestLots(self._links.told(keys), max(0, self._counts.get(key, 0) - len(keys)))


def _followed(key: str, ways: reachability.Ways, most: int) -> list[str]:
    """The lots to which `ways` lead from `key`, each once, by rows of equal distance: the whole first row, and
    `most` in all. A lot is not its own forebear, even where the records go round."""
    row = [far for far in ways.get(key, ()) if far != key]
    found = dict.fromkeys(row)
    while row and len(found) < most:
        further = (far for each in row for far in ways.get(each, ()))
        new = (far for far in further if far != key and far not in found)
        row = []
        for far in islice(new, most - len(found)):
            found[far] = None
            row.append(far)
    return list(found)
