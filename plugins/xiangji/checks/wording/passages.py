"""Lists every text that can reach a page or a paper (passages), with the location of each character.

There is one list for all checks of wording, and it is closed by default: of a disclosed library every text of every
record is in it, because the field tables are walked, and nobody names fields. A text is only left out by its value
type. What a field holds (`holds`) and why it is not checked (`unchecked`) are said in its declaration.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from xiangji.checks.wording.text_folding import read_aloud
from xiangji.disclosure import disclosed
from xiangji.library import Library
from xiangji.model import value_types
from xiangji.model.fields import AnyValueType, Holds, Nested, ValueType, rows_to
from xiangji.model.location import Location, within
from xiangji.model.node import Scalar
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import LINE, LOT, PROSE
from xiangji.readers.site.notes import Note
from xiangji.records.person import Person
from xiangji.records.product import Certificate, Product
from xiangji.records.story import Account, Card, Story, Tellings, Workshop
from xiangji.settings import Settings


class Voice(Enum):
    """Who speaks in a text, which decides how strict the law is with it."""

    SELLS = "sells"
    """It offers goods: products, the shop, labels, batches."""
    TOLD = "told"
    """Somebody tells something on a page that sells."""
    APART = "apart"
    """It stands on a page that sells nothing, so it is no advertising."""


class Passage(Struct, frozen=True, gc=False):
    """The text of the field `name` of a record, or a text elsewhere that begins at `start`."""

    text: str
    record: Any
    name: str
    voice: Voice = Voice.SELLS
    holds: Holds = Holds.WORDS
    unchecked: bool = False
    start: Location | None = None
    fixed: bool = False
    """Whether `start` is the location of every character, because the text was unescaped or joined."""
    whole: str = ""
    """The text with code and link targets, where `text` has blanks for them."""

    def place(self, offset: int) -> Location:
        """The location of the character at `offset`."""
        return self.place_of(self.text, offset)

    def place_of(self, text: str, offset: int) -> Location:
        """The location of the character at `offset` of `text` or `whole`."""
        if self.start is None:
            place: Location = self.record.origin.within(self.name, text, offset)
            return place
        return self.start if self.fixed else within(self.start, text, offset)


class Texts(Struct, frozen=True):
    """The texts of one record or file. What its author wrote as evidence and as allowances applies to all of them."""

    owner: Any
    passages: tuple[Passage, ...]
    goods: tuple[Product, ...] = ()
    """The products that they are about."""
    claims: tuple[Claim, ...] = ()
    ordinary: tuple[str, ...] = ()
    allowed: tuple[Allowance, ...] = ()
    has_lines: bool = False
    """Whether the author of these texts can write evidence beside them. If not, that of the whole village counts."""
    manual: bool = False
    """Whether it is a page of a manual, in which only numbers of persons are looked for."""

    @property
    def certificates(self) -> tuple[Certificate, ...]:
        """The certificates of the products."""
        return tuple(paper for each in self.goods for paper in each.certificates)


class QuietTexts:
    """Texts in which a check found nothing. Batches repeat the same few words, so most need no second look."""

    MOST = 20_000
    """A village may have a million batches, and not all their texts should be kept."""

    def __init__(self) -> None:
        self._texts: set[str] = set()

    def __contains__(self, text: str) -> bool:
        return text in self._texts

    def add(self, text: str) -> None:
        """Remember a text."""
        if len(self._texts) >= self.MOST:
            self._texts.clear()
        self._texts.add(text)


class PublishedTexts:
    """All texts of a village that are published on `today`, each once, with those of its settings `site`.

    Those of batches are made while they are iterated over, because there may be a million batches.
    """

    def __init__(self, library: Library, today: date, site: Settings | None = None) -> None:
        self._shown = disclosed(library, today)
        self.heads = tuple(_heads(self._shown, site))
        """The texts of everything except batches."""

    def __iter__(self) -> Iterator[Texts]:
        yield from self.heads
        shown = self._shown
        for batch in shown.batches.values():
            product = shown.products.get(batch.product)
            passages = tuple(passages_of(batch, Voice.SELLS))
            goods, allowed = ((product,), product.lint_allow) if product else ((), ())
            yield Texts(batch, passages, goods, allowed=allowed)


def _heads(shown: Library, site: Settings | None) -> Iterator[Texts]:
    for product in shown.products.values():
        yield _of_record(product, Voice.SELLS, (product,))
    yield from _telling(shown)
    brand = _of_record(shown.brand, Voice.SELLS)
    # A slogan may rest on any claim of the village.
    yield replace(brand, passages=tuple(_brand_passages(shown)), has_lines=False)
    yield from map(_of_person, shown.people.values())
    for kept in shown.shelves.values():
        for record in kept.values():
            yield _of_record(record, Voice.SELLS)
    for row in (*shown.codes, *shown.pledges):
        yield _of_record(row, Voice.SELLS)
    manuals = site.manuals if site else ()
    for note in shown.notes:
        manual = any(note.uri.startswith(f"{folder}/") for folder in manuals)
        yield Texts(note, tuple(_note_passages(note)), manual=manual)
    if site is not None:
        yield Texts(site, tuple(_of_scalar(each, site, Voice.SELLS) for each in site.texts))


def _of_person(person: Person) -> Texts:
    """The texts of a person. An alias stands in the place of the name as well."""
    texts = _of_record(person, Voice.APART)
    said = (each for each in texts.passages if each.name != "name" or person.alias is None)
    return replace(texts, passages=tuple(said))


def _telling(shown: Library) -> Iterator[Texts]:
    """The stories, and the workshops with what was said in them. A story about goods is advertising."""
    goods: dict[str, tuple[Product, ...]] = {}
    stories: dict[str, list[Story]] = {}
    for story in shown.stories.values():
        about = goods[story.id] = shown.products_of(story)
        stories.setdefault(story.workshop or "", []).append(story)
        yield _of_record(story, Voice.TOLD if about else Voice.APART, about)
    for key, workshop in shown.workshops.items():
        several = stories.get(key, [])
        yield Texts(
            workshop,
            tuple(_workshop_passages(shown, workshop, several)),
            tuple({one.id: one for each in several for one in goods[each.id]}.values()),
            allowed=tuple(each for story in several for each in story.lint_allow),
        )


def _workshop_passages(
    shown: Library, workshop: Workshop, stories: Sequence[Story]
) -> Iterator[Passage]:
    sells = [each for each in stories if shown.products_of(each)]
    quoted = {id_ for story in sells for id_ in (*story.cards, *story.accounts)}
    for passage in passages_of(workshop, Voice.APART):
        told = isinstance(passage.record, Card | Account) and passage.record.id in quoted
        yield replace(passage, voice=Voice.TOLD) if told else passage
    for card in workshop.cards:
        for captions in shown.captions_of(card):
            for cue in captions.cues if captions else ():
                said = f"{cue.voice}\n{cue.text}" if cue.voice else cue.text
                voice = Voice.TOLD if card.id in quoted else Voice.APART
                # The words stand below the line with the times.
                start = Location(cue.place.path, cue.place.line + 1)
                yield Passage(said, card, "captions", voice, start=start, fixed=True)


def _brand_passages(shown: Library) -> Iterator[Passage]:
    """The texts of the brand file. Partners, places and sources sell nothing."""
    own = {id(shown.brand), *map(id, shown.brand.producers), id(shown.brand.seal)}
    for passage in passages_of(shown.brand, Voice.SELLS):
        yield passage if id(passage.record) in own else replace(passage, voice=Voice.APART)


def _note_passages(note: Note) -> Iterator[Passage]:
    """The texts of a hand-written page: its front matter and its body."""
    # A page without a heading has its file's name as its title, and every page has it in its address.
    place = note.origin.location
    yield Passage(note.uri, note, "uri", Voice.TOLD, start=Location(place.path), fixed=True)
    for each in note.front:
        yield _of_scalar(each, note, Voice.TOLD)
    heard = read_aloud(note.body)
    yield Passage(heard, note, "body", Voice.TOLD, start=place, whole=note.body)


def _of_scalar(scalar: Scalar, owner: Any, voice: Voice) -> Passage:
    start = scalar.begins or scalar.location
    return Passage(scalar.text, owner, "", voice, start=start, fixed=scalar.begins is None)


def _of_record(record: Any, voice: Voice, goods: Iterable[Product] = ()) -> Texts:
    """The texts of a record with what its author wrote about them."""
    return Texts(
        record,
        tuple(passages_of(record, voice)),
        tuple(goods),
        getattr(record, "claims", ()),
        getattr(record, "ordinary", ()),
        getattr(record, "lint_allow", ()),
        hasattr(record, "claims"),
    )


def passages_of(record: Any, voice: Voice) -> Iterator[Passage]:
    """The texts of a record and of its nested records, except private fields and those with evidence."""
    if isinstance(record, Tellings):
        voice = Voice.SELLS if voice is Voice.TOLD else voice
    for name, nested, holds, unchecked in _rows(type(record)):
        value = getattr(record, name)
        if not value:
            continue
        several = value if type(value) is tuple else (value,)
        if nested:
            for each in several:
                yield from passages_of(each, voice)
        else:
            for each in several:
                if type(each) is str:
                    yield Passage(each, record, name, voice, holds, unchecked)
    body = getattr(record, "body", "")
    if body:
        start = Location(record.origin.path, record.body_line)
        heard = read_aloud(body)
        yield Passage(heard, record, "body", voice, start=start, whole=body)


_EVIDENCE = frozenset({"claims", "ordinary", "lint_allow", "corrected"})
"""Fields that contain evidence or allowances for the other fields, or what was never true and is not shown."""


def _rows(record: type[Any]) -> tuple[_Row, ...]:
    """The fields of a class that hold texts, or records with texts."""
    if record not in _ROWS:
        rows = rows_to(record, _is_text)
        _ROWS[record] = tuple(
            _Row(
                row.name,
                isinstance(row.item, Nested),
                Holds.NUMBER if row.item is LOT else row.holds,
                bool(row.unchecked),
            )
            for row in rows
            if not row.private and row.name not in _EVIDENCE
        )
    return _ROWS[record]


class _Row(NamedTuple):
    """What of a field's declaration the walk needs, so that thousands of records are walked quickly."""

    name: str
    nested: bool
    holds: Holds
    unchecked: bool


_ROWS: dict[type[Any], tuple[_Row, ...]] = {}

_READ = (LINE, PROSE, LOT)
_KNOWN = tuple(each for each in vars(value_types).values() if isinstance(each, ValueType))
"""Our own value types. A type of another package counts as text, as far as its values are texts."""


def _is_text(kind: AnyValueType) -> bool:
    return kind in _READ or (isinstance(kind, ValueType) and kind not in _KNOWN)
