"""The batches of a village, of which there are more than of anything else.

A batch takes some 2,000 bytes of memory, and packed with others a hundred. So those of a large village
lie packed, and are unpacked, some of a product at a time, for whoever asks; what lists tell of them stays
at hand (`records.lot`). A village of usual size keeps them all as they are.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, ValuesView
from itertools import chain
from typing import overload

from xiangji.records.batch import Batch
from xiangji.records.lot import Listed, Lots, is_linked, keeps_back, listed, references

ROOM = 20_000
"""Batches of a village up to which none is packed."""

AT_HAND = 2_000
"""Batches of a larger village that are unpacked at a time."""

_TOGETHER = 100
"""Batches in a pack: enough to repeat themselves, few enough to be unpacked for the sake of one."""

Change = Callable[[Batch], Batch]
"""Of lot and product, of dates, status and their words, nothing may change."""


class Pile:
    """The batches of one product in the order of its files, packed or not: which of both can be told
    by the time it takes and by nothing else."""

    __slots__ = (
        "_batches",
        "_change",
        "_listed",
        "_packs",
        "keeping",
        "linked",
        "product",
        "refers",
        "told",
    )

    def __init__(self, product: str, batches: Iterable[Batch]) -> None:
        self.product = product
        found = tuple(batches)
        self._batches: tuple[Batch, ...] | None = found
        self._packs: tuple[bytes, ...] = ()
        self._change: Change | None = None
        self._listed: tuple[Listed, ...] | None = tuple([listed(each) for each in found])
        self.told = Lots(product, self._listed)
        self.linked = tuple([at for at, each in enumerate(found) if is_linked(each)])
        """Positions of those into which a lot went."""
        self.keeping = tuple([at for at, each in enumerate(found) if keeps_back(each)])
        """Positions of those with a step that is not told in full."""
        self.refers = references(found)
        """Shelf and id of all that they refer to."""

    def __len__(self) -> int:
        return len(self.told)

    def __iter__(self) -> Iterator[Batch]:
        if self._batches is not None:
            yield from self._batches
        else:
            for number in range(len(self._packs)):
                yield from self.unpacked(number)

    @property
    def listed(self) -> tuple[Listed, ...]:
        """What lists tell of each."""
        return tuple(self.told) if self._listed is None else self._listed

    @property
    def packed(self) -> bool:
        """Whether it is packed."""
        return self._batches is None

    @property
    def changed(self) -> bool:
        """Whether its batches are changed when they are unpacked."""
        return self._change is not None

    def open(self, at: int) -> Batch | None:
        """The batch at a position if it is not packed."""
        return None if self._batches is None else self._batches[at]

    def unpacked(self, number: int) -> tuple[Batch, ...]:
        """The batches of a pack."""
        found: tuple[Batch, ...] = pickle.loads(zlib.decompress(self._packs[number]))  # noqa: S301 (packed by this process)
        return found if self._change is None else tuple(map(self._change, found))

    def pack(self) -> None:
        """Lie packed from now on."""
        if self._batches is not None:
            self._packs, self._batches, self._listed = self._packed(), None, None

    def unpack(self) -> None:
        """Lie as it is from now on."""
        if self._batches is None:
            self._batches, self._packs, self._change = tuple(self), (), None
            self._listed = tuple(self.told)

    def _packed(self) -> tuple[bytes, ...]:
        batches = self._batches or ()
        some = (batches[at : at + _TOGETHER] for at in range(0, len(batches), _TOGETHER))
        return tuple([zlib.compress(pickle.dumps(each, protocol=5), 1) for each in some])

    def through(self, change: Change) -> Pile:
        """The same with each batch changed."""
        made = self._like()
        made.linked, made.keeping, made.refers = self.linked, self.keeping, self.refers
        made.told, made._listed = self.told, self._listed
        if self._batches is not None:
            made._batches = tuple(map(change, self._batches))
        else:
            before = self._change
            made._batches, made._packs = None, self._packs
            made._change = change if before is None else lambda batch: change(before(batch))
        return made

    def without(self, positions: Iterable[int]) -> Pile:
        """The same without those at these positions."""
        dropped = frozenset(positions)
        made = Pile(self.product, (each for at, each in enumerate(self) if at not in dropped))
        if self.packed:
            made.pack()
        return made

    def _like(self) -> Pile:
        made: Pile = object.__new__(Pile)
        made.product, made._packs, made._change = self.product, (), None
        return made

    def __reduce__(self) -> tuple[object, ...]:
        """Packed, and changed before: what a change took away goes nowhere."""
        told = self
        if self._change is not None:
            told = Pile(self.product, self)
        packs = told._packs if told.packed else told._packed()
        marks = told.linked, told.keeping, told.refers
        return _as_packed, (told.told, *marks, packs)


def _as_packed(
    told: Lots,
    linked: tuple[int, ...],
    keeping: tuple[int, ...],
    refers: frozenset[tuple[str, str]],
    packs: tuple[bytes, ...],
) -> Pile:
    made: Pile = object.__new__(Pile)
    made.product, made.told, made.linked, made.keeping = told.product, told, linked, keeping
    made.refers, made._packs = refers, packs
    made._batches = made._change = made._listed = None
    return made


class Piles(Sequence[Batch]):
    """All batches as they were read: two may have the same lot. Put on one after the other."""

    def __init__(self, piles: Iterable[Pile] = ()) -> None:
        self.piles: list[Pile] = []
        self._count = 0
        for each in piles:
            self.add(each)

    def add(self, pile: Pile) -> None:
        """Put a product's batches on. Once they are many, all are packed."""
        before, self._count = self._count, self._count + len(pile)
        self.piles.append(pile)
        if self._count > ROOM:
            for each in self.piles if before <= ROOM else (pile,):
                each.pack()

    def settle(self) -> Piles:
        """All are there: unless they are many, none stays packed."""
        if self._count <= ROOM:
            for each in self.piles:
                each.unpack()
        return self

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Batch]:
        return chain.from_iterable(self.piles)

    @overload
    def __getitem__(self, at: int) -> Batch: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Batch, ...]: ...
    def __getitem__(self, at: int | slice) -> Batch | tuple[Batch, ...]:
        return tuple(self)[at]

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, Piles) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Piles({tuple(self)!r})"

    def listed(self) -> Iterator[Listed]:
        """What lists tell of each."""
        return (each for pile in self.piles for each in pile.told)


def piles_of(batches: Iterable[Batch]) -> Piles:
    """Batches of any products as piles: those of a product together."""
    if isinstance(batches, Piles):
        return batches
    found: dict[str, list[Batch]] = {}
    for each in batches:
        found.setdefault(each.product, []).append(each)
    return Piles(Pile(product, some) for product, some in found.items())


class Batches(Mapping[str, Batch]):
    """Batches by `product/lot`, those of a product together, in the order of its files."""

    def __init__(self, piles: Iterable[Pile] = ()) -> None:
        self.piles: dict[str, Pile] = {each.product: each for each in piles if len(each)}
        self._at_hand: dict[tuple[str, int], tuple[Batch, ...]] = {}
        """Packs that somebody asked for, by product and number, those asked for last at the end."""
        self._unpacked = 0

    def __len__(self) -> int:
        return sum([len(each) for each in self.piles.values()])

    def __iter__(self) -> Iterator[str]:
        found = self.piles.items()
        return (f"{product}/{lot}" for product, pile in found for lot in pile.told.names)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._place(key) is not None

    def __getitem__(self, key: str) -> Batch:
        found = self._place(key)
        if found is None:
            raise KeyError(key)
        return self._at(*found)

    def values(self) -> ValuesView[Batch]:
        """The batches, one product after another."""
        return _Values(self)

    def listed(self, key: str) -> Listed | None:
        """What lists tell of a batch; None where there is none."""
        found = self._place(key)
        return None if found is None else found[0].told.at(found[1], key.partition("/")[2])

    @property
    def packed(self) -> bool:
        """Whether they are so many that they lie packed."""
        return any(each.packed for each in self.piles.values())

    def of(self, product: str) -> tuple[Batch, ...]:
        """The batches of a product."""
        pile = self.piles.get(product)
        return tuple(self._at(pile, at) for at in range(len(pile))) if pile else ()

    def linked(self) -> Iterator[Batch]:
        """Those into which a lot went, or may have."""
        return (self._at(each, at) for each in self.piles.values() for at in each.linked)

    def keeping(self) -> Iterator[Batch]:
        """Those with a step that is not told in full."""
        return (self._at(each, at) for each in self.piles.values() for at in each.keeping)

    def through(self, change: Change, only: Callable[[Pile], object] = len) -> Batches:
        """The same with the batches of `only` some piles changed."""
        piles = self.piles.values()
        return Batches(each.through(change) if only(each) else each for each in piles)

    def _place(self, key: str) -> tuple[Pile, int] | None:
        product, _, lot = key.partition("/")
        pile = self.piles.get(product)
        at = pile.told.position(lot) if pile is not None else None
        return None if pile is None or at is None else (pile, at)

    def _at(self, pile: Pile, at: int) -> Batch:
        found = pile.open(at)
        if found is not None:
            return found
        number, within = divmod(at, _TOGETHER)
        place = pile.product, number
        some = self._at_hand.pop(place, None)
        if some is None:
            some = pile.unpacked(number)
            self._unpacked += len(some)
        self._at_hand[place] = some
        while self._unpacked > AT_HAND and len(self._at_hand) > 1:
            self._unpacked -= len(self._at_hand.pop(next(iter(self._at_hand))))
        return some[within]

    def __repr__(self) -> str:
        return f"Batches({dict(self.items())!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return Batches, (tuple(self.piles.values()),)


class _Values(ValuesView[Batch]):
    """Unpacked once and not kept, whoever else has some at hand."""

    def __init__(self, batches: Batches) -> None:
        super().__init__(batches)
        self._piles = batches.piles

    def __iter__(self) -> Iterator[Batch]:
        return chain.from_iterable(self._piles.values())


def batches_of(batches: Iterable[Batch]) -> Batches:
    """Batches by key, of which no two have the same."""
    return Batches(piles_of(batches).piles)
