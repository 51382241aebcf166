"""Every record by id, with references resolved both ways.

`assemble` finds duplicates and dangling references; afterwards every reference in a library leads
somewhere, so pages need no defence against half a village.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from xiangji.batches import Batches
from xiangji.crossings import Crossings
from xiangji.known import Known
from xiangji.links import Kin, Links, inputs_of
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch, TraceEvent
from xiangji.records.brand import Brand, Place, Producer, Source
from xiangji.records.code import Code, SavedRegister
from xiangji.records.fields import AnyKind, ListOf, Nested, Reference, label, rows_to
from xiangji.records.history import History
from xiangji.records.lot import lot_key, references
from xiangji.records.people import Person
from xiangji.records.pledge import IssuedPledge
from xiangji.records.product import Product
from xiangji.records.story import Account, Card, Story, Workshop
from xiangji.sources.gathered import Gathered
from xiangji.sources.media import Media, media_path
from xiangji.sources.note import Note

if TYPE_CHECKING:  # Few villages have recordings, and what reads them takes time to load.
    from xiangji.sources.audio import Audio
    from xiangji.sources.captions import Captions

T = TypeVar("T")


class Library(Struct, frozen=True, dict=True):
    """All records of one village."""

    brand: Brand
    people: Mapping[str, Person]
    workshops: Mapping[str, Workshop]
    stories: Mapping[str, Story]
    products: Mapping[str, Product]
    batches: Batches
    """By `product/lot`."""
    producers: Mapping[str, Producer]
    places: Mapping[str, Place]
    sources: Mapping[str, Source]
    notes: tuple[Note, ...] = ()
    media: Mapping[str, Media] = field(default_factory=dict)
    audio: Mapping[str, Audio] = field(default_factory=dict)
    captions: Mapping[str, Captions] = field(default_factory=dict)
    histories: Mapping[str, History] = field(default_factory=dict)
    """What changed on the digital labels, by `product/lot`."""
    codes: tuple[Code, ...] = ()
    """Every printed run, in the order of the register."""
    pledges: tuple[IssuedPledge, ...] = ()
    """Every issued certificate, in the order of its register."""
    saved: SavedRegister = field(default_factory=SavedRegister)
    kin: Mapping[str, Kin] = field(default_factory=dict)
    """Of a part of a village, what all of it would tell of the kin of its batches."""

    def records(self) -> Iterable[Any]:
        """Every top-level record."""
        yield from self.heads()
        yield from self.batches.values()

    def heads(self) -> Iterable[Any]:
        """The same without the batches, of which there are more than of all others."""
        yield self.brand
        for shelf in (self.people, self.workshops, self.stories, self.products):
            yield from shelf.values()

    def picture(self, record: Any, name: str = "picture") -> Media | None:
        """The picture that `record` names in field `name`, if it has one."""
        value = getattr(record, name)
        return self.media.get(media_path(record, value)) if value else None

    def recording(self, card: Card) -> Audio | None:
        """The recording of a card, if it has one."""
        return self.audio.get(media_path(card, card.audio)) if card.audio else None

    def captions_of(self, card: Card) -> tuple[Captions | None, Captions | None]:
        """A card's captions as spoken and in Mandarin."""
        names = (card.captions, card.translation)
        spoken, told = (self.captions.get(media_path(card, n)) if n else None for n in names)
        return spoken, told

    def lots_of(self, product: str) -> tuple[Batch, ...]:
        """A product's batches, newest first; undated ones last."""
        if product not in self._sorted:
            self._sorted[product] = _newest_first(self.batches.of(product))
        return self._sorted[product]

    @cached_property
    def _sorted(self) -> dict[str, tuple[Batch, ...]]:
        """What `lots_of` has answered: each page of a product asks again."""
        return {}

    def count_of(self, product: str) -> int:
        """How many batches a product has."""
        return len(self.batches.of(product))

    @cached_property
    def links(self) -> Links:
        """Which lots went into which. Every sheet asks, so it is known before processes are forked."""
        return Links(self.batches)

    def with_stories(self, stories: Mapping[str, Story]) -> Library:
        """The same with other texts of its stories; the links, which are the same, need not be found again."""
        made = replace(self, stories=stories)
        vars(made)["links"] = self.links
        return made

    def inputs_of(self, batch: Batch) -> tuple[str, ...]:
        """Keys of the lots that went into a batch, as far as it says."""
        return inputs_of(batch)

    def made_from(self, batch: Batch) -> tuple[Batch, ...]:
        """The lots that went into a batch."""
        return self.links.told(inputs_of(batch))

    def used_in(self, key: str) -> tuple[Batch, ...]:
        """The batches that a lot went into."""
        return self.links.users(key)

    def kin_of(self, key: str) -> Kin:
        """What is told of the lots that a lot is linked with at any distance."""
        return self.kin.get(key) or self.links.kin(key)

    def ancestors(self, key: str) -> tuple[Batch, ...]:
        """Every lot that went into a lot, and into those, and so on: nearest first."""
        return self.links.before(key)

    def descendants(self, key: str) -> tuple[Batch, ...]:
        """Every lot that a lot went into, and those into which these went: nearest first."""
        return self.links.after(key)

    @cached_property
    def _crossings(self) -> Crossings:
        return Crossings(self.stories, self.products)

    def stories_of(self, product: str) -> tuple[Story, ...]:
        """The stories that serve a product, the one that the product names first."""
        return self._crossings.stories_of(product)

    def products_of(self, story: Story) -> tuple[Product, ...]:
        """The products that a story serves, as it says or they do, in their order."""
        return self._crossings.products_of(story)

    def stories_from(self, workshop: str) -> tuple[Story, ...]:
        """The stories that came out of a workshop."""
        return self._crossings.stories_from.get(workshop, ())

    def stories_told_by(self, person: str) -> tuple[Story, ...]:
        """The stories a person told or wrote."""
        return self._crossings.stories_told_by.get(person, ())

    def products_by(self, person: str) -> tuple[Product, ...]:
        """The products a person makes."""
        return self._crossings.products_by.get(person, ())

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


def _newest_first(batches: tuple[Batch, ...]) -> tuple[Batch, ...]:
    """Batches of one product as lists show them."""

    def rank(batch: Batch) -> tuple[bool, date, str]:
        return (True, batch.made_on, batch.lot) if batch.made_on else (False, date.min, "")

    return tuple(sorted(batches, key=rank, reverse=True))


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
        audio=gathered.audio,
        captions=gathered.captions,
        histories=gathered.histories,
        codes=gathered.codes,
        pledges=gathered.pledges,
        saved=gathered.saved,
    )
    _by_id(brand.partners, found)
    for workshop in library.workshops.values():
        for parts in (workshop.cards, workshop.accounts, workshop.visuals):
            _by_id(parts, found)
    references = _References(library, gathered.lost)
    for record in library.heads():
        references.check(record)
    for product in library.batches.products:
        references.check_batches(library.batches.of(product))
    for story in library.stories.values():
        references.check_parts(story)
    for batch in library.batches.linked():
        references.check_inputs(batch)
    return library, (*found, *references.found)


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


def _batches(batches: Iterable[Batch], found: list[Problem]) -> Batches:
    """Batches by key. Lots that differ only by letter case collide: file systems fold it."""
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


def _refers(kind: AnyKind) -> bool:
    return isinstance(kind, Reference)


class _References:
    """Finds references that lead nowhere, except to what was written and could not be read."""

    def __init__(self, library: Library, lost: Collection[tuple[type[Any], str]]) -> None:
        self._library = library
        self._lost = lost
        self.found: list[Problem] = []
        self._known: dict[int, Known] = {}
        """By identity of a shelf, which each of them keeps."""

    def check(self, record: Any) -> None:
        """References in a record and in the records inside it."""
        for row in rows_to(type(record), _refers):
            value = getattr(record, row.name)
            if not value:  # As in nearly every record, and there are tens of thousands.
                continue
            listed = isinstance(row.kind, ListOf)
            kind = row.kind.item if isinstance(row.kind, ListOf) else row.kind
            values = value if listed else (value,)
            if isinstance(kind, Nested):
                for item in values:
                    self.check(item)
            elif isinstance(kind, Reference):
                shelf: Mapping[str, Any] = getattr(self._library, kind.to)
                for each in values:
                    self._want(each, shelf, _KINDS.get(kind.to), record, row.name)

    def check_batches(self, batches: tuple[Batch, ...]) -> None:
        """References in batches; none is looked into while all that they refer to is there."""
        if any(key not in getattr(self._library, to) for to, key in references(batches)):
            for batch in batches:
                self.check(batch)

    def check_parts(self, story: Story) -> None:
        """A story's cards and accounts stand in its workshop."""
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
        """The lots that went into a batch are there."""
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
        told = self._known.setdefault(id(shelf), Known(shelf))
        details = told.details(key)
        self.found.append(problem("reference-missing", place, field=name, value=key, **details))


_KINDS: dict[str, type[Any]] = {
    "people": Person,
    "workshops": Workshop,
    "stories": Story,
    "products": Product,
    "batches": Batch,
    "producers": Producer,
    "places": Place,
    "sources": Source,
}
"""Which record stands on which shelf."""


def settle(library: Library) -> Library:
    """The library without references to nothing.

    Pages can be made of it, to find what is wrong with them too; nothing made of it is written.
    """

    def shelf(records: Mapping[str, T]) -> dict[str, T]:
        return {key: _settled(record, library) for key, record in records.items()}

    return replace(
        library,
        brand=_settled(library.brand, library),
        people=shelf(library.people),
        workshops=shelf(library.workshops),
        stories=shelf(library.stories),
        products=shelf(library.products),
        batches=Batches(_settled_batch(each, library) for each in library.batches.values()),
        producers=shelf(library.producers),
        places=shelf(library.places),
        sources=shelf(library.sources),
    )


def _settled(record: T, library: Library) -> T:
    """A record, and the records inside it, without references to nothing."""
    changes: dict[str, Any] = {}
    for row in rows_to(type(record), _refers):
        value = getattr(record, row.name)
        several = isinstance(row.kind, ListOf)
        kind = row.kind.item if isinstance(row.kind, ListOf) else row.kind
        values = value if several else (value,) if value is not None else ()
        if isinstance(kind, Reference):
            known: Mapping[str, Any] = getattr(library, kind.to)
            kept = tuple(each for each in values if each in known)
        elif isinstance(kind, Nested):
            kept = tuple(_settled(each, library) for each in values)
        else:
            continue
        changes[row.name] = kept if several else next(iter(kept), None)
    return replace(record, **changes) if changes else record  # type: ignore[type-var]


def _settled_batch(batch: Batch, library: Library) -> Batch:
    """A batch without input lots that do not exist."""

    def kept(inputs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in inputs if lot_key(each, batch.product) in library.batches)

    settled = _settled(batch, library)
    events = tuple(replace(event, inputs=kept(event.inputs)) for event in settled.events)
    return replace(settled, inputs=kept(settled.inputs), events=events)
