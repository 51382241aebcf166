"""Every record by id, with references resolved both ways.

`references.assemble` finds duplicates and dangling references; afterwards every reference in a library leads
somewhere, so pages need no defence against half a village.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from xiangji.kinds.installed import installed_kinds, kind_of
from xiangji.library.batches import Batches
from xiangji.library.cross_references import CrossReferences
from xiangji.library.kinds import referred
from xiangji.library.lot_links import LinkedLots, LotLinks
from xiangji.model.kind import RecordKind
from xiangji.readers.media.pictures import Media, media_path
from xiangji.readers.site.notes import Note
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand, Partner, Place, Producer, Source
from xiangji.records.code import PrintedCode, SavedRegister
from xiangji.records.conformity import IssuedCertificate
from xiangji.records.history import History
from xiangji.records.person import Person
from xiangji.records.product import Product
from xiangji.records.story import Account, Card, Story, Workshop

if TYPE_CHECKING:  # Few villages have recordings, and what reads them takes time to load.
    from xiangji.readers.media.audio import Audio
    from xiangji.readers.media.captions import Captions

R = TypeVar("R")
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
    partners: Mapping[str, Partner] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    media: Mapping[str, Media] = field(default_factory=dict)
    audio: Mapping[str, Audio] = field(default_factory=dict)
    captions: Mapping[str, Captions] = field(default_factory=dict)
    histories: Mapping[str, History] = field(default_factory=dict)
    """What changed on the digital labels, by `product/lot`."""
    codes: tuple[PrintedCode, ...] = ()
    """Every printed run, in the order of the register."""
    pledges: tuple[IssuedCertificate, ...] = ()
    """Every issued certificate, in the order of its register."""
    saved: SavedRegister = field(default_factory=SavedRegister)
    shelves: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Records of further kinds by id, by the name of the kind: those kinds that have any."""
    kin: Mapping[str, LinkedLots] = field(default_factory=dict)
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
        for kept in self.shelves.values():
            yield from kept.values()

    def __getitem__(self, record: type[R]) -> Mapping[str, R]:
        """All records of one class by id. Raises KeyError for a class that no kind has."""
        kind = kind_of(record)
        if kind is None:
            raise KeyError(record.__name__)
        return self.shelf(kind.name)

    def shelf(self, name: str) -> Mapping[str, Any]:
        """The records of a kind by id; none where there are none."""
        found: Mapping[str, Any] = (
            getattr(self, name) if name in _SHELVES else self._shelf_of_rows(name)
        )
        return found

    def _shelf_of_rows(self, name: str) -> Mapping[str, Any]:
        """The rows of a register by their keys; else the records of a further kind."""
        if name not in _REGISTERS:
            return self.shelves.get(name, {})
        if name not in self._rows:
            self._rows[name] = {row.key: row for row in getattr(self, name)}
        return self._rows[name]

    @cached_property
    def _rows(self) -> dict[str, Mapping[str, Any]]:
        return {}

    def village_lists(self) -> tuple[str, ...]:
        """The names of the kinds whose list the mechanism of kinds makes: those that have records on it."""
        kinds = installed_kinds().kinds
        return tuple(k.name for k in kinds if k.page and not k.family and self.listed(k))

    def listed(self, kind: RecordKind) -> list[Any]:
        """The records that the list of a kind leads to: those with a page, where not all have one."""
        records = self.shelf(kind.name).values()
        return [each for each in records if kind.has_page is None or kind.has_page(each)]

    def referring(self, name: str, key: str) -> tuple[tuple[RecordKind, Any], ...]:
        """The records of all kinds that refer to a record of the kind `name`, in the order of their kinds."""
        return self._referring.get((name, key), ())

    @cached_property
    def _referring(self) -> Mapping[tuple[str, str], tuple[tuple[RecordKind, Any], ...]]:
        found: dict[tuple[str, str], dict[tuple[str, str], tuple[RecordKind, Any]]] = {}
        for kind in (each for each in installed_kinds().kinds if not each.numerous):
            for key, record in self.shelf(kind.name).items():
                for target in referred(record):
                    found.setdefault(target, {})[kind.name, key] = (kind, record)
        return {target: tuple(several.values()) for target, several in found.items()}

    def note_title(self, uri: str) -> str | None:
        """What a hand-written page is called; None where there is none."""
        return next((each.title for each in self.notes if each.uri == uri), None)

    def top_notes(self) -> tuple[str, ...]:
        """The hand-written pages that lie in no folder."""
        return tuple(each.uri for each in self.notes if "/" not in each.uri)

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
    def links(self) -> LotLinks:
        """Which lots went into which. Every sheet asks, so it is known before processes are forked."""
        return LotLinks(self.batches)

    def with_stories(self, stories: Mapping[str, Story]) -> Library:
        """The same with other texts of its stories; the links, which are the same, need not be found again."""
        made = replace(self, stories=stories)
        vars(made)["links"] = self.links
        return made

    def made_from(self, key: str) -> tuple[Batch, ...]:
        """The lots that went into a lot."""
        return self.links.inputs(key)

    def used_in(self, key: str) -> tuple[Batch, ...]:
        """The batches that a lot went into."""
        return self.links.users(key)

    def kin_of(self, key: str) -> LinkedLots:
        """What is told of the lots that a lot is linked with at any distance."""
        return self.kin.get(key) or self.links.kin(key)

    def ancestors(self, key: str) -> tuple[Batch, ...]:
        """Every lot that went into a lot, and into those, and so on: nearest first."""
        return self.links.before(key)

    def descendants(self, key: str) -> tuple[Batch, ...]:
        """Every lot that a lot went into, and those into which these went: nearest first."""
        return self.links.after(key)

    @cached_property
    def _crossings(self) -> CrossReferences:
        return CrossReferences(self.stories, self.products)

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


_SHELVES = frozenset(
    "people workshops stories products batches producers places sources partners".split()
)
"""Kinds that have a field of their own."""

_REGISTERS = frozenset({"codes", "pledges"})
"""Kinds whose records stand there in the order of their register."""


def _newest_first(batches: tuple[Batch, ...]) -> tuple[Batch, ...]:
    """Batches of one product as lists show them."""

    def rank(batch: Batch) -> tuple[bool, date, str]:
        return (True, batch.made_on, batch.lot) if batch.made_on else (False, date.min, "")

    return tuple(sorted(batches, key=rank, reverse=True))
