"""Builds the library from the gathered records, and reports duplicates and references to nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from xiangji.library import Library
from xiangji.library.batches import Batches
from xiangji.library.kinds import class_of, refers
from xiangji.library.unknown_names import UnknownNames
from xiangji.model.fields import ListOf, Nested, Reference, label, rows_to
from xiangji.problems import Problem, problem
from xiangji.readers.gathered import Gathered
from xiangji.records.batch import Batch, TraceEvent
from xiangji.records.lot import lot_key, references
from xiangji.records.story import Account, Card, Story, Workshop

T = TypeVar("T")


def assemble(gathered: Gathered) -> tuple[Library | None, tuple[Problem, ...]]:
    """The library of the gathered records, or None without a brand file; and the problems found."""
    if gathered.brand is None:
        return None, ()
    found: list[Problem] = []
    brand = gathered.brand
    library = Library(
        brand=brand,
        people=_by_id(gathered.people, found),
        workshops=_by_id(gathered.workshops, found),
        stories=_by_id(_ordered(gathered.stories), found),
        products=_by_id(_ordered(gathered.products), found),
        batches=_batches(gathered.batches, found),
        producers=_by_id(brand.producers, found),
        places=_by_id(brand.places, found),
        sources=_by_id(brand.sources, found),
        partners=_by_id(brand.partners, found),
        notes=gathered.notes,
        media=gathered.media,
        audio=gathered.audio,
        captions=gathered.captions,
        histories=gathered.histories,
        codes=gathered.codes,
        pledges=gathered.pledges,
        saved=gathered.saved,
        papers=gathered.papers,
        proofs=gathered.proofs,
        shelves={name: _by_id(several, found) for name, several in gathered.shelves.items()},
    )
    for workshop in library.workshops.values():
        for parts in (workshop.cards, workshop.accounts, workshop.visuals):
            _by_id(parts, found)
    wanted = _References(library, gathered.lost)
    for record in library.heads():
        wanted.check(record)
    for credit in (each for note in library.notes for each in note.credits):
        wanted.check(credit)
    for product in library.batches.products:
        wanted.check_batches(library.batches.of(product))
    for story in library.stories.values():
        wanted.check_parts(story)
    for batch in library.batches.linked():
        wanted.check_inputs(batch)
    return library, (*found, *wanted.found)


def _ordered(records: Iterable[T]) -> list[T]:
    """Records in the order of lists: those with an `order` first, by it; the others in the order of reading."""
    return sorted(records, key=lambda each: (each.order is None, each.order or 0))  # type: ignore[attr-defined]


def _by_id(records: Iterable[T], found: list[Problem]) -> dict[str, T]:
    shelf: dict[str, T] = {}
    for record in records:
        key, origin = record.id, record.origin  # type: ignore[attr-defined]
        if key in shelf:
            other = shelf[key].origin.location  # type: ignore[attr-defined]
            found.append(problem("duplicate-id", origin.of("id"), value=key, other=other))
        else:
            shelf[key] = record
    return shelf


def _batches(batches: Iterable[Batch], found: list[Problem]) -> Batches:
    """Batches by key. Lots that differ only in letter case collide, because some file systems ignore case."""
    first: dict[str, Batch] = {}
    kept: list[Batch] = []
    for batch in batches:
        other = first.setdefault(batch.key.lower(), batch)
        if other is batch:
            kept.append(batch)
            continue
        where, place = other.origin.of("lot"), batch.origin.of("lot")
        found.append(problem("duplicate-lot", place, value=batch.lot, other=where))
    return Batches(kept)


class _References:
    """Reports references to nothing. It ignores references to a file that exists but could not be read."""

    def __init__(self, library: Library, lost: Collection[tuple[type[Any], str]]) -> None:
        self._library = library
        self._lost = lost
        self.found: list[Problem] = []
        self._known: dict[int, UnknownNames] = {}
        """Suggestions for each shelf, by `id()` of the shelf. Each value holds its shelf, so the id stays unique."""

    def check(self, record: Any) -> None:
        """Check the references of a record and of the records nested in it."""
        for row in rows_to(type(record), refers):
            value = getattr(record, row.name)
            if not value:  # True of nearly every record, and there may be tens of thousands.
                continue
            listed = isinstance(row.kind, ListOf)
            kind = row.item
            values = value if listed else (value,)
            if isinstance(kind, Nested):
                for item in values:
                    self.check(item)
            elif isinstance(kind, Reference):
                shelf = self._library.shelf(kind.to)
                for each in values:
                    self._want(each, shelf, class_of(kind.to), record, row.name)

    def check_batches(self, batches: tuple[Batch, ...]) -> None:
        """Check the references of batches. Single batches are only read if one reference of all of them is missing."""
        if any(key not in self._library.shelf(to) for to, key in references(batches)):
            for batch in batches:
                self.check(batch)

    def check_parts(self, story: Story) -> None:
        """Check that a story's cards and accounts exist in its workshop."""
        wanted = story.workshop or ""
        workshop = self._library.workshops.get(wanted)
        if workshop is None and self._is_lost(Workshop, wanted):
            return
        cards = {card.id: card for card in workshop.cards} if workshop else {}
        accounts = {each.id: each for each in workshop.accounts} if workshop else {}
        for card in story.cards:
            self._want(card, cards, Card, story, "cards")
        for account in story.accounts:
            self._want(account, accounts, Account, story, "accounts")

    def check_inputs(self, batch: Batch) -> None:
        """Check that the lots that went into a batch exist."""
        users: tuple[Batch | TraceEvent, ...] = (batch, *batch.events)
        for record in users:
            for text in record.inputs:
                key = lot_key(text, batch.product)
                lost = self._is_lost(Batch, f"{key.partition('/')[0]}/*")
                if key not in self._library.batches and not lost:
                    self._want(text, self._library.batches, Batch, record, "inputs")

    def _is_lost(self, kind: type[Any] | None, key: str) -> bool:
        return kind is not None and ((kind, key) in self._lost or (kind, "*") in self._lost)

    def _want(
        self, key: str, shelf: Mapping[str, Any], kind: type[Any] | None, record: Any, field: str
    ) -> None:
        if key in shelf or self._is_lost(kind, key):
            return
        place = record.origin.of(field)
        name = label(type(record), field)
        told = self._known.setdefault(id(shelf), UnknownNames(shelf))
        details = told.details(key)
        self.found.append(problem("reference-missing", place, field=name, value=key, **details))
