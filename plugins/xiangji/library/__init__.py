"""The library: every record of a village by id, with references resolved in both directions.

`references.assemble` reports duplicates and references to nothing. If it reports none, every reference in a library
leads to a record, so pages need not handle missing records.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from xiangji.kinds.installed import kind_of, kinds_with
from xiangji.library.batches import Batches
from xiangji.library.cross_references import CrossReferences
from xiangji.library.kinds import referred
from xiangji.library.lot_links import LinkedLots, LotLinks
from xiangji.library.people.credited import CreditedWork, CreditIndex
from xiangji.library.people.teaching import TeachingIndex
from xiangji.library.permissions import Permissions
from xiangji.model.kind import RecordKind
from xiangji.model.parsing.partial_date import earliest
from xiangji.model.vocabularies import ConsentMedium, ConsentUse
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

if TYPE_CHECKING:  # Few villages have recordings, and the modules that read them take time to load.
    from xiangji.readers.media.audio import Audio
    from xiangji.readers.media.captions import Captions
    from xiangji.readers.media.papers import Paper

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
    """Changes of the digital labels, by `product/lot`."""
    codes: tuple[PrintedCode, ...] = ()
    """Every printed run, in the order of the register."""
    pledges: tuple[IssuedCertificate, ...] = ()
    """Every issued certificate, in the order of its register."""
    saved: SavedRegister = field(default_factory=SavedRegister)
    shelves: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Records of further kinds, by the name of the kind and then by id. Kinds without records are missing."""
    papers: frozenset[str] = frozenset()
    """The names of the files in folders `certificates/`, by which an allowance may prove itself."""
    proofs: tuple[Paper, ...] = ()
    """The reports and certificates that records name as files."""
    permissions: Permissions = field(default_factory=Permissions)
    """What may not be shown where. `disclosure` fills it; the whole library has the answers themselves."""
    kin: Mapping[str, LinkedLots] = field(default_factory=dict)
    """The linked lots of batches whose links here do not tell all: in a library with only a part of the batches, and of
    lots that went into others in a step that is not published."""

    def records(self) -> Iterable[Any]:
        """Every top-level record."""
        yield from self.heads()
        yield from self.batches.values()

    def heads(self) -> Iterable[Any]:
        """Every top-level record except batches, which outnumber all others."""
        yield self.brand
        for shelf in (self.people, self.workshops, self.stories, self.products):
            yield from shelf.values()
        for kept in self.shelves.values():
            yield from kept.values()

    def __getitem__(self, record: type[R]) -> Mapping[str, R]:
        """All records of one class by id. Raises KeyError if no kind has this class."""
        kind = kind_of(record)
        if kind is None:
            raise KeyError(record.__name__)
        return self.shelf(kind.name)

    def shelf(self, name: str) -> Mapping[str, Any]:
        """The records of a kind by id; empty if there are none."""
        found: Mapping[str, Any] = (
            getattr(self, name) if name in _FIELDS_BY_ID else self._shelf_of_rows(name)
        )
        return found

    def _shelf_of_rows(self, name: str) -> Mapping[str, Any]:
        """The rows of a register by their keys, or else the records of a further kind."""
        if name not in _REGISTERS:
            return self.shelves.get(name, {})
        if name not in self._rows:
            self._rows[name] = {row.key: row for row in getattr(self, name)}
        return self._rows[name]

    @cached_property
    def _rows(self) -> dict[str, Mapping[str, Any]]:
        return {}

    def village_lists(self) -> tuple[str, ...]:
        """The names of the kinds that have records to list and whose list no page family makes."""
        kinds = kinds_with(self.shelves).kinds
        return tuple(k.name for k in kinds if k.page and not k.family and self.listed(k))

    def listed(self, kind: RecordKind) -> list[Any]:
        """The records of a kind that have a page."""
        records = self.shelf(kind.name).values()
        return [each for each in records if kind.has_page is None or kind.has_page(each)]

    def referring(self, name: str, key: str) -> tuple[tuple[RecordKind, Any], ...]:
        """The records of all kinds that refer to the record `key` of the kind `name`, in the order of their kinds.

        Kinds with numerous records, such as batches, are left out.
        """
        return self._referring.get((name, key), ())

    @cached_property
    def _referring(self) -> Mapping[tuple[str, str], tuple[tuple[RecordKind, Any], ...]]:
        found: dict[tuple[str, str], dict[tuple[str, str], tuple[RecordKind, Any]]] = {}
        for kind in (each for each in kinds_with(self.shelves).kinds if not each.numerous):
            for key, record in self.shelf(kind.name).items():
                for target in referred(record):
                    found.setdefault(target, {})[kind.name, key] = (kind, record)
        return {target: tuple(several.values()) for target, several in found.items()}

    def credits_of(self, kind: str, key: str) -> tuple[CreditedWork, ...]:
        """The credits of a record, or of the hand-written page `key` of the kind `notes`."""
        return self._credits.of_work(kind, key)

    def credited_for(self, kind: str, key: str) -> tuple[CreditedWork, ...]:
        """What a person, a team or a partner is credited for."""
        return self._credits.of_name(kind, key)

    def credited_works(self) -> tuple[CreditedWork, ...]:
        """Every credit with its work."""
        return self._credits.works

    @cached_property
    def _credits(self) -> CreditIndex:
        return CreditIndex(self._works, self.notes, self.brand.photos)

    def _works(self) -> Iterator[tuple[str, str, Any]]:
        """Kind, id and record of everything that has a page of its own, except what there are many of."""
        for kind in (each for each in kinds_with(self.shelves).kinds if not each.numerous):
            for key, record in self.shelf(kind.name).items():
                yield kind.name, key, record

    def teachers_of(self, person: str) -> tuple[str, ...]:
        """The ids of those who taught a person."""
        return self._teaching.teachers_of(person)

    def pupils_of(self, person: str) -> tuple[str, ...]:
        """The ids of those whom a person taught."""
        return self._teaching.pupils_of(person)

    @cached_property
    def _teaching(self) -> TeachingIndex:
        return TeachingIndex(self.people)

    def thanked_people(self) -> tuple[str, ...]:
        """In a disclosed library: the ids of the people who agreed to stand on the page of thanks."""
        media = ((k, a) for k, p in self.people.items() for a in p.consent)
        agreed = (k for k, a in media if a.covers(ConsentUse.NAME, ConsentMedium.THANKS))
        return tuple(dict.fromkeys(agreed))

    def note_title(self, uri: str) -> str | None:
        """The title of a hand-written page; None if there is no such page."""
        return next((each.title for each in self.notes if each.uri == uri), None)

    def top_notes(self) -> tuple[str, ...]:
        """The hand-written pages that are in no folder."""
        return tuple(each.uri for each in self.notes if "/" not in each.uri)

    def picture(self, record: Any, name: str = "picture") -> Media | None:
        """The picture that `record` names in field `name`, if it has one."""
        value = getattr(record, name)
        return self.media.get(media_path(record, value)) if value else None

    def picture_for(
        self, medium: ConsentMedium, record: Any, name: str = "picture"
    ) -> Media | None:
        """The picture of `record`, if everybody in it agreed to be shown in `medium`."""
        media = self.picture(record, name)
        return None if media and self.permissions.hides(media.digest, medium) else media

    def recording(self, card: Card) -> Audio | None:
        """The recording of a card, if it has one."""
        return self.audio.get(media_path(card, card.audio)) if card.audio else None

    def captions_of(self, card: Card) -> tuple[Captions | None, Captions | None]:
        """A card's captions in the spoken language, and in Mandarin."""
        names = (card.captions, card.translation)
        spoken, told = (self.captions.get(media_path(card, n)) if n else None for n in names)
        return spoken, told

    def lots_of(self, product: str) -> tuple[Batch, ...]:
        """A product's batches, newest first, undated ones last."""
        if product not in self._sorted:
            self._sorted[product] = _newest_first(self.batches.of(product))
        return self._sorted[product]

    @cached_property
    def _sorted(self) -> dict[str, tuple[Batch, ...]]:
        """Cached results of `lots_of`, because every page of a product asks for them."""
        return {}

    def has_goods(self) -> bool:
        """Whether a product stands in the shop. Pages that ask depend on this answer, and not on every product."""
        return any(not each.hidden for each in self.products.values())

    def has_lots(self) -> bool:
        """Whether there is any batch."""
        return bool(self.batches)

    def count_of(self, product: str) -> int:
        """The number of batches of a product."""
        return len(self.batches.of(product))

    @cached_property
    def links(self) -> LotLinks:
        """Links between lots. Every sheet needs them, so they are read before worker processes are forked."""
        return LotLinks(self.batches)

    def with_stories(self, stories: Mapping[str, Story]) -> Library:
        """The same library with other texts of its stories. The links between lots are taken over, not read again."""
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
        """The lots that pages show as linked with a lot at any distance."""
        return self.kin.get(key) or self.links.kin(key)

    def ancestors(self, key: str) -> tuple[Batch, ...]:
        """Every lot that went into a lot, directly or through other lots, nearest first."""
        return self.links.before(key)

    def descendants(self, key: str) -> tuple[Batch, ...]:
        """Every lot that a lot went into, directly or through other lots, nearest first."""
        return self.links.after(key)

    @cached_property
    def _crossings(self) -> CrossReferences:
        return CrossReferences(self.stories, self.products)

    def stories_of(self, product: str) -> tuple[Story, ...]:
        """The stories about a product, the one that the product names first."""
        return self._crossings.stories_of(product)

    def own_story_of(self, product: str) -> Story | None:
        """The story that is told of a product itself, and not of what it goes into; None without one."""
        return self._crossings.own_story_of(product)

    def products_of(self, story: Story) -> tuple[Product, ...]:
        """The products of a story: those that it names and those that name it, in the order of the library."""
        return self._crossings.products_of(story)

    def stories_from(self, workshop: str) -> tuple[Story, ...]:
        """The stories that came out of a workshop."""
        return self._crossings.stories_from.get(workshop, ())

    def stories_told_by(self, person: str) -> tuple[Story, ...]:
        """The stories that a person told or recorded."""
        return self._crossings.stories_told_by.get(person, ())

    def products_by(self, person: str) -> tuple[Product, ...]:
        """The products that a person makes."""
        return self._crossings.products_by.get(person, ())

    def cards_of(self, story: Story) -> tuple[Card, ...]:
        """The cards that a story is based on, in the story's order."""
        workshop = self.workshops.get(story.workshop or "")
        cards = {card.id: card for card in workshop.cards} if workshop else {}
        return tuple(cards[each] for each in story.cards if each in cards)

    def accounts_of(self, story: Story) -> tuple[Account, ...]:
        """The differing accounts that a story shows side by side."""
        workshop = self.workshops.get(story.workshop or "")
        accounts = {each.id: each for each in workshop.accounts} if workshop else {}
        return tuple(accounts[each] for each in story.accounts if each in accounts)


_FIELDS_BY_ID = frozenset(
    "people workshops stories products batches producers places sources partners".split()
)
"""Kinds whose records are in a field of the library with the kind's name."""

_REGISTERS = frozenset({"codes", "pledges"})
"""Kinds whose field holds a tuple of rows in the order of their register."""


def _newest_first(batches: tuple[Batch, ...]) -> tuple[Batch, ...]:
    """Batches of one product in the order of lists, newest first."""

    def rank(batch: Batch) -> tuple[bool, date, str]:
        day = earliest(batch.dated)
        return (True, day, batch.lot) if day else (False, date.min, "")

    return tuple(sorted(batches, key=rank, reverse=True))
