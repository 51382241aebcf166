"""Which lots went into which: by their keys, so that following them unpacks no batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from xiangji.batches import Batches
from xiangji.records.batch import Batch
from xiangji.records.lot import Listed, lot_key
from xiangji.records.values import Quantity


def inputs_of(batch: Batch) -> tuple[str, ...]:
    """Keys of the lots that went into a batch, from its own list and its events'."""
    written = [*batch.inputs, *(each for event in batch.events for each in event.inputs)]
    if not written:  # As mostly, and many ask.
        return ()
    return tuple(dict.fromkeys(lot_key(text, batch.product) for text in written))


class Links:
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
        found = inputs_of(batch)
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

    def inputs(self, key: str) -> tuple[str, ...]:
        """Keys of the lots that went into a lot."""
        return self._inputs.get(key, ())

    def users(self, key: str) -> tuple[Listed, ...]:
        """The batches that a lot went into."""
        return self.told(self._users.get(key, ()))

    def taken(self, key: str) -> Mapping[str, tuple[Quantity, ...]]:
        """The amounts that were noted of a lot, by the lot that they went into: where an event tells
        an amount, and that it was of this lot alone."""
        return self._taken.get(key, {})

    def before(self, key: str) -> tuple[Listed, ...]:
        """Every lot that went into a lot, and into those, and so on: nearest first."""
        return self._follow(key, self._inputs)

    def after(self, key: str) -> tuple[Listed, ...]:
        """Every lot that a lot went into, and those into which these went: nearest first."""
        return self._follow(key, self._users)

    def told(self, keys: Iterable[str]) -> tuple[Listed, ...]:
        """What lists tell of those of these lots that exist."""
        found = (self._batches.listed(key) for key in keys)
        return tuple([each for each in found if each is not None])

    def _follow(self, key: str, further: Mapping[str, Iterable[str]]) -> tuple[Listed, ...]:
        """The lots to which `further` leads from `key`, each once, by rows of equal distance; a lot
        is not its own forebear, even where the records go round."""
        if key not in further:  # As with nearly every lot.
            return ()
        found: dict[str, Listed] = {}
        row = [key] if key in self._batches else []
        while row:
            keys = dict.fromkeys(far for each in row for far in further.get(each, ()))
            new = self.told(far for far in keys if far != key and far not in found)
            row = [each.key for each in new]
            found.update(zip(row, new, strict=True))
        return tuple(found.values())
