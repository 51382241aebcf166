"""Links between lots: which lots went into which, by their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from xiangji.library import reachability
from xiangji.library.batches import Batches
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import BatchStatus
from xiangji.records.batch import Batch
from xiangji.records.lot import is_stopped, lot_key

NEAR = 50
"""Maximum number of linked lots that a page lists, nearest first; of the others it shows the number.

Without a limit, a chain of a thousand lots would give a million entries.
"""


class NearestLots(NamedTuple):
    """The nearest of some lots, and the number of the others."""

    lots: tuple[Batch, ...] = ()
    more: int = 0


class LinkedLots(NamedTuple):
    """The linked lots of one lot, at any distance, as pages show them."""

    further: NearestLots = NearestLots()
    """Lots that it went into: all direct users, and the nearest indirect ones."""
    recalled: NearestLots = NearestLots()
    """Recalled lots that went into it."""
    stopped: NearestLots = NearestLots()
    """Lots that went into it and are recalled, on hold, or failed an inspection."""
    recalled_users: NearestLots = NearestLots()
    """Lots that it went into and that are recalled."""
    unnamed: BatchStatus | None = None
    """The most serious state of what went into it in a step that is not published: recalled or on hold."""


_NO_LINKS = LinkedLots()


def inputs_of(batch: Batch) -> tuple[str, ...]:
    """Keys of the lots that went into a batch, from the batch's own list and from its events."""
    written = [*batch.inputs, *(each for event in batch.events for each in event.inputs)]
    if not written:  # This is the usual case, and the function is called often.
        return ()
    return tuple(dict.fromkeys(lot_key(text, batch.product) for text in written))


class LotLinks:
    """The links between a village's batches. They are read once, and batches without links are skipped."""

    def __init__(self, batches: Batches) -> None:
        self._batches = batches
        self._inputs: dict[str, tuple[str, ...]] = {}
        self._users: dict[str, list[str]] = {}
        self._taken: dict[str, dict[str, tuple[Quantity, ...]]] = {}
        for batch in batches.linked():
            self._add(batch)

    def _add(self, batch: Batch) -> None:
        user = batch.key
        # An input that does not exist is left out. `references` reports it.
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
        """The recorded amounts that were taken from a lot, by the key of the lot that it went into.

        An amount counts only if its event has this lot as its only input.
        """
        return self._taken.get(key, {})

    def before(self, key: str) -> tuple[Batch, ...]:
        """Every lot that went into a lot, directly or through other lots, nearest first."""
        return self.told(_reachable(key, self._inputs, len(self._batches)))

    def after(self, key: str) -> tuple[Batch, ...]:
        """Every lot that a lot went into, directly or through other lots, nearest first."""
        return self.told(_reachable(key, self._users, len(self._batches)))

    def kin(self, key: str) -> LinkedLots:
        """The linked lots of a lot. The first call computes what is needed for all lots."""
        if key not in self._inputs and key not in self._users:  # True of nearly every lot.
            return _NO_LINKS
        before = self._recalled.of(key), self._stopped.of(key)
        return LinkedLots(self._further(key), *before, self._recalled_users.of(key))

    def near(self, key: str) -> Iterator[Batch]:
        """Every lot that the sheet of this lot mentions: its inputs and its linked lots."""
        yield from self.inputs(key)
        kin = self.kin(key)
        for some in (kin.further, kin.recalled, kin.stopped, kin.recalled_users):
            yield from some.lots

    def round_of(self, key: str) -> tuple[list[str], int] | None:
        """A cycle of inputs that contains this lot, as keys, and the lot's index in it; None if there is none."""
        return self._rounds.get(key)

    def told(self, keys: Iterable[str]) -> tuple[Batch, ...]:
        """The batches of these keys. Keys without a batch are skipped."""
        return tuple([each for key in keys if (each := self._batches.get(key)) is not None])

    def _further(self, key: str) -> NearestLots:
        keys = _reachable(key, self._users, NEAR)
        return NearestLots(self.told(keys), max(0, self._counts.get(key, 0) - len(keys)))

    @cached_property
    def _groups(self) -> list[tuple[str, ...]]:
        """All linked lots in groups, each group after the groups of its inputs (see `reachability.groups`)."""
        return reachability.groups(self._inputs)

    @cached_property
    def _rounds(self) -> dict[str, tuple[list[str], int]]:
        return reachability.rounds(self._inputs, self._groups)

    @cached_property
    def _counts(self) -> dict[str, int]:
        """The number of lots that each lot went into; empty if there are so few linked lots that all can be listed."""
        linked = [key for group in self._groups for key in group]
        if len(linked) <= NEAR:
            return {}
        return reachability.counts(self._users, self._groups[::-1], linked)

    @cached_property
    def _recalled(self) -> _LotsInState:
        return self._with(_is_recalled, self._inputs, self._users)

    @cached_property
    def _stopped(self) -> _LotsInState:
        return self._with(is_stopped, self._inputs, self._users)

    @cached_property
    def _recalled_users(self) -> _LotsInState:
        return self._with(_is_recalled, self._users, self._inputs)

    def _with(
        self, wanted: Callable[[Batch], bool], ways: reachability.Ways, back: reachability.Ways
    ) -> _LotsInState:
        """The `wanted` lots, arranged by the lots from which `ways` lead to them."""
        keys = [each.key for each in self.told(back) if wanted(each)]
        found = reachability.nearest(ways, back, keys, NEAR)
        full = any(len(each) == NEAR for each in found.values())
        grouped = self._groups if ways is self._inputs else self._groups[::-1]
        counts = reachability.counts(ways, grouped, keys) if full else {}
        return _LotsInState(self, found, counts)


def _is_recalled(batch: Batch) -> bool:
    return batch.status is BatchStatus.RECALLED


class _LotsInState:
    """For each lot, those of its linked lots at any distance that have a certain state: the nearest, and their number."""

    def __init__(
        self, links: LotLinks, found: Mapping[str, tuple[str, ...]], counts: Mapping[str, int]
    ) -> None:
        self._links, self._found, self._counts = links, found, counts

    def of(self, key: str) -> NearestLots:
        """The linked lots of a lot that have the state."""
        keys = self._found.get(key)
        if not keys:
            return NearestLots()
        return NearestLots(self._links.told(keys), max(0, self._counts.get(key, 0) - len(keys)))


def _reachable(key: str, ways: reachability.Ways, most: int) -> list[str]:
    """The lots reachable from `key` by `ways`, each once, in order of distance (breadth-first).

    All lots at distance one are included; others only while there are fewer than `most` in all. `key` itself is never
    included, even if it is on a cycle.
    """
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
