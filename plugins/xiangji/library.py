"""Every record by id, with references resolved both ways.

`assemble` finds duplicates and dangling references; afterwards every reference in a library leads
somewhere, so pages need no defence against half a village.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from xiangji.nearest import suggestion
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand, Place, Producer, Source
from xiangji.records.fields import ListOf, Nested, Reference, fields_of
from xiangji.records.location import Location
from xiangji.records.people import Person
from xiangji.records.product import Product
from xiangji.records.story import Account, Card, Story, Workshop
from xiangji.sources.media import Media
from xiangji.sources.village import Gathered, Note, media_path

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Library:
    """All records of one village."""

    brand: Brand
    people: Mapping[str, Person]
    workshops: Mapping[str, Workshop]
    stories: Mapping[str, Story]
    products: Mapping[str, Product]
    batches: Mapping[str, Batch]
    """By `product/lot`."""
    producers: Mapping[str, Producer]
    places: Mapping[str, Place]
    sources: Mapping[str, Source]
    notes: tuple[Note, ...] = ()
    media: Mapping[str, Media] = field(default_factory=dict)

    def records(self) -> Iterable[Any]:
        """Every top-level record."""
        yield self.brand
        for shelf in (self.people, self.workshops, self.stories, self.products, self.batches):
            yield from shelf.values()

    def picture(self, record: Any, name: str = "picture") -> Media | None:
        """The picture that `record` names in field `name`, if it has one."""
        value = getattr(record, name)
        return self.media.get(media_path(record, value)) if value else None

    def batches_of(self, product: str) -> tuple[Batch, ...]:
        """A product's batches, newest first; undated ones last."""
        found = [batch for batch in self.batches.values() if batch.product == product]
        dated = sorted(
            (batch for batch in found if batch.made_on),
            key=lambda batch: (batch.made_on, batch.lot),
            reverse=True,
        )
        return (*dated, *(batch for batch in found if not batch.made_on))

    def inputs_of(self, batch: Batch) -> tuple[str, ...]:
        """Keys of the lots that went into a batch, from its own list and its events'."""
        listed = [*batch.inputs, *(each for event in batch.events for each in event.inputs)]
        return tuple(dict.fromkeys(lot_key(text, batch.product) for text in listed))

    def used_in(self, key: str) -> tuple[Batch, ...]:
        """The batches that a lot went into."""
        return tuple(b for b in self.batches.values() if key in self.inputs_of(b))

    def stories_of(self, product: str) -> tuple[Story, ...]:
        """The stories that serve a product, the one that the product names first."""
        found = [story for story in self.stories.values() if product in story.products]
        first = self.products[product].story if product in self.products else None
        if first and first in self.stories and all(story.id != first for story in found):
            found.append(self.stories[first])
        return tuple(sorted(found, key=lambda story: story.id != first))

    def stories_from(self, workshop: str) -> tuple[Story, ...]:
        """The stories that came out of a workshop."""
        return tuple(story for story in self.stories.values() if story.workshop == workshop)

    def stories_told_by(self, person: str) -> tuple[Story, ...]:
        """The stories a person told or wrote."""
        return tuple(s for s in self.stories.values() if person in (*s.tellers, *s.recorders))

    def products_by(self, person: str) -> tuple[Product, ...]:
        """The products a person makes."""
        return tuple(product for product in self.products.values() if person in product.people)

    def cards_of(self, story: Story) -> tuple[Card, ...]:
        """The memory cards a story rests on, in the story's order."""
        workshop = self.workshops.get(story.workshop or "")
        cards = {card.id: card for card in workshop.cards} if workshop else {}
        return tuple(cards[each] for each in story.cards if each in cards)

    def accounts_of(self, story: Story) -> tuple[Account, ...]:
        """The rival tellings a story sets side by side."""
        workshop = self.workshops.get(story.workshop or "")
        accounts = {each.id: each for each in workshop.accounts} if workshop else {}
        return tuple(accounts[each] for each in story.accounts if each in accounts)


def lot_key(text: str, product: str) -> str:
    """`product/lot` of a lot as written: within one product the lot alone is enough."""
    return text if "/" in text else f"{product}/{text}"


def assemble(gathered: Gathered) -> tuple[Library | None, tuple[Problem, ...]]:
    """The library of what was gathered, or None without a brand file; and what does not fit."""
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
        notes=gathered.notes,
        media=gathered.media,
    )
    _by_id(brand.partners, found)
    for workshop in library.workshops.values():
        for parts in (workshop.cards, workshop.accounts, workshop.visuals):
            _by_id(parts, found)
    for record in library.records():
        _check_references(record, library, found)
    for story in library.stories.values():
        _check_parts(story, library, found)
    for batch in library.batches.values():
        _check_inputs(batch, library, found)
    return library, tuple(found)


def _ordered(records: Iterable[T]) -> list[T]:
    """Records as lists show them: those with a place in order, then the others by id."""
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


def _batches(batches: Iterable[Batch], found: list[Problem]) -> dict[str, Batch]:
    """Batches by key. Lots that differ only by letter case collide: file systems fold it."""
    shelf: dict[str, Batch] = {}
    folded: dict[str, Batch] = {}
    for batch in batches:
        other = folded.setdefault(batch.key.lower(), batch)
        if other is batch:
            shelf[batch.key] = batch
        else:
            place = batch.origin.of("lot")
            where = other.origin.of("lot")
            found.append(problem("duplicate-lot", place, value=batch.lot, other=where))
    return shelf


def _check_references(record: Any, library: Library, found: list[Problem]) -> None:
    """Report references to nothing, in a record and in the records inside it."""
    for row in fields_of(type(record)):
        value = getattr(record, row.name)
        kind = row.kind.item if isinstance(row.kind, ListOf) else row.kind
        values = value if isinstance(row.kind, ListOf) else (value,) if value is not None else ()
        if isinstance(kind, Nested):
            for item in values:
                _check_references(item, library, found)
        elif isinstance(kind, Reference):
            shelf: Mapping[str, Any] = getattr(library, kind.to)
            for each in values:
                if each not in shelf:
                    _report(row.zh, each, shelf, record.origin.of(row.name), found)


def _report(
    field_name: str, value: str, known: Iterable[str], place: Location, found: list[Problem]
) -> None:
    names = sorted(known)
    near, near_en = suggestion(value, names)
    shown = "、".join(names[:12]) + ("……" if len(names) > 12 else "") or "—"
    found.append(
        problem(
            "reference-missing",
            place,
            field=field_name,
            value=value,
            near=near,
            near_en=near_en,
            known=shown,
        )
    )


def _check_parts(story: Story, library: Library, found: list[Problem]) -> None:
    """A story's cards and accounts stand in its workshop."""
    workshop = library.workshops.get(story.workshop or "")
    cards = {card.id for card in workshop.cards} if workshop else set()
    accounts = {account.id for account in workshop.accounts} if workshop else set()
    for name, label, wanted, known in (
        ("cards", "卡片", story.cards, cards),
        ("accounts", "几种说法", story.accounts, accounts),
    ):
        for each in wanted:
            if each not in known:
                _report(label, each, known, story.origin.of(name), found)


def _check_inputs(batch: Batch, library: Library, found: list[Problem]) -> None:
    listed = [(each, batch.origin) for each in batch.inputs]
    listed += [(each, event.origin) for event in batch.events for each in event.inputs]
    for text, origin in listed:
        if lot_key(text, batch.product) not in library.batches:
            _report("用料批次", text, library.batches, origin.of("inputs"), found)
