"""Finds each person in what is made: by name, by alias where the person was read, by picture, by voice, by words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from xiangji import urls
from xiangji.appearances.made import MadeOutput, everything
from xiangji.checks.wording.privacy import published_texts
from xiangji.consent import AppearancePlace, AppearsAs
from xiangji.disclosure import disclose
from xiangji.kinds.installed import kinds_with
from xiangji.kinds.person import may_be_named
from xiangji.library import Library
from xiangji.library.copied_words import WordIndex
from xiangji.library.kinds import refers
from xiangji.model.fields import Nested, rows_to
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.vocabularies import ConsentMedium, ConsentUse
from xiangji.permission import plain_name
from xiangji.permission.pictures import people_by_digest
from xiangji.permission.words import common_names, said_words
from xiangji.records.person import Person
from xiangji.settings import Settings

_CLAUSES = late_pattern(r"[^。！？!?；;\n，,、：:—…“”\"（）()]+")
_PARTS = {each.value: each for each in AppearsAs}

Places = Mapping[str, tuple[AppearancePlace, ...]]


class _Marks(Struct, frozen=True):
    """What tells that a person stands in a text.

    `names` are shown names, of a couple with those of both; `alias` says that they identify nobody by themselves.
    `inside` are longer names that hold one of them. `law` are names that the law wants on a label.
    """

    person: str
    names: tuple[str, ...]
    alias: bool
    inside: tuple[str, ...]
    law: tuple[str, ...]
    pictures: tuple[str, ...]
    voices: tuple[str, ...]
    words: tuple[str, ...]


def appearing(library: Library, settings: Settings) -> Places:
    """Every place in which each person stands, by the id of the person."""
    shown = disclose(library, settings.today)
    marks = _marks(library, shown, settings.today)
    roles = _roles(shown)
    found: dict[str, dict[AppearancePlace, None]] = {key: {} for key in library.people}
    for output in everything(library, settings):
        for each in marks:
            for part in _parts(output, each, roles):
                alias = each.alias and part.use is ConsentUse.NAME
                place = AppearancePlace(output.address, part.value, output.medium.value, "", alias)
                found[each.person][place] = None
    for places in found.values():
        places.update(dict.fromkeys(_runs(shown, list(places))))
    return {key: tuple(sorted(places)) for key, places in found.items()}


def restored(library: Library, today: date) -> Library:
    """The library as it would be if no consent had ended or been withdrawn."""
    people = {key: _restored(person, today) for key, person in library.people.items()}
    if all(people[key] is person for key, person in library.people.items()):
        return library
    return replace(library, people=people)


def _restored(person: Person, today: date) -> Person:
    over = (c for c in person.consent if c.withdrawn_on or (c.expires_on and c.expires_on < today))
    if not any(True for _ in over):
        return person
    kept = tuple(replace(c, withdrawn_on=None, expires_on=None) for c in person.consent)
    return replace(person, consent=kept)


# --- what tells a person -----------------------------------------------------------------------------


def _marks(library: Library, shown: Library, today: date) -> list[_Marks]:
    words = _words(library, shown, today)
    names = {key: _names(library.people[key], each) for key, each in shown.people.items()}
    every = [name for several in names.values() for name in several]
    pictured: dict[str, list[str]] = {}
    for digest, people in people_by_digest(library).items():
        for key in people:
            pictured.setdefault(key, []).append(digest[:16])
    law = [each.name for each in library.brand.producers]
    found = []
    for key, own in names.items():
        person = shown.people[key]
        full = own if may_be_named(person) else (plain_name(library.people[key].name),)
        found.append(
            _Marks(
                person=key,
                names=own,
                alias=not may_be_named(person),
                inside=tuple(n for n in every if any(o in n and o != n for o in own)),
                law=tuple(n for n in law if any(o in n for o in full)),
                pictures=tuple(pictured.get(key, ())),
                voices=tuple(_voices(shown, key)),
                words=tuple(words.get(key, ())),
            )
        )
    return found


def _names(person: Person, shown: Person) -> tuple[str, ...]:
    """The names by which a person stands on a page."""
    if not may_be_named(shown):
        return (shown.name,)
    return tuple(dict.fromkeys((plain_name(shown.name), *person.two)))


def _voices(shown: Library, person: str) -> Iterator[str]:
    """The names of the files of a person's recordings, as pages name them."""
    for workshop in shown.workshops.values():
        for card in workshop.cards:
            audio = shown.recording(card) if card.teller == person else None
            if audio is not None:
                yield audio.digest[:16]


def _words(library: Library, shown: Library, today: date) -> dict[str, dict[str, None]]:
    """By person: the words that may be quoted, each by its longest clause, and the parts that texts quote of them."""
    kept = {(w.card, w.text) for w in said_words(shown)}
    said = [w for w in said_words(library) if w.teller and (w.card, w.text) in kept]
    found: dict[str, dict[str, None]] = {}
    for each in said:
        clauses = [clause.strip() for clause in _CLAUSES.findall(each.text)]
        if longest := max(clauses, key=len, default=""):
            found.setdefault(each.teller, {})[longest] = None
    index = WordIndex([each.text for each in said], common_names(shown))
    for text, _ in published_texts(library, today) if index else ():
        for copy in index.copies(text):
            if "\n" not in copy.words:
                found[said[copy.of].teller][copy.words] = None
    return found


# --- where a person stands ---------------------------------------------------------------------------


def _parts(
    output: MadeOutput, marks: _Marks, roles: Mapping[tuple[str, str], tuple[AppearsAs, ...]]
) -> Iterator[AppearsAs]:
    """How a person stands in an output."""
    text = output.text
    if any(each in text for each in marks.pictures):
        yield AppearsAs.PORTRAIT
    if any(each in text for each in marks.voices):
        yield AppearsAs.VOICE
    if any(each in text for each in marks.words):
        yield AppearsAs.QUOTATION
    if _is_named(output, marks):
        yield from roles.get((output.address, marks.person), (AppearsAs.NAMED,))
    elif any(each in text for each in marks.law):
        yield AppearsAs.BY_LAW


def _is_named(output: MadeOutput, marks: _Marks) -> bool:
    """Whether a name stands in an output other than inside a longer one or as what the law wants.

    An alias, and a name of one character, tell nobody: they count only where the person was read.
    """
    text = output.text
    sure = output.person_read(marks.person)
    wanted = [n for n in marks.names if sure or (not marks.alias and len(n) > 1)]
    if not any(name in text for name in wanted):
        return False
    for longer in (*marks.inside, *marks.law):
        text = text.replace(longer, "")
    return any(name in text for name in wanted)


def _roles(shown: Library) -> dict[tuple[str, str], tuple[AppearsAs, ...]]:
    """By address and person: what the record of the page calls the person, from its own references."""
    found: dict[tuple[str, str], dict[AppearsAs, None]] = {}
    for kind in (each for each in kinds_with(shown.shelves).kinds if not each.numerous):
        for key, record in shown.shelf(kind.name).items():
            address = kind.address_of(record)
            if not address:
                continue
            if isinstance(record, Person):
                found[address, key] = {AppearsAs.PAGE: None}
                continue
            for label, person in _references(record):
                role = _PARTS.get(label, AppearsAs.NAMED)
                found.setdefault((address, person), {})[role] = None
    return {key: tuple(several) for key, several in found.items()}


def _references(record: Any) -> Iterator[tuple[str, str]]:
    """The label and the person of every reference to a person in a record."""
    for row in rows_to(type(record), refers):
        for each in row.values(record):
            if isinstance(row.item, Nested):
                yield from _references(each)
            elif getattr(row.item, "to", "") == "people":
                yield row.zh, each


def _runs(shown: Library, places: Iterable[AppearancePlace]) -> Iterator[AppearancePlace]:
    """The registered print runs of the papers on which a person stands, each as what its material says."""
    by_key: dict[tuple[str, ConsentMedium], list[AppearancePlace]] = {}
    for each in places:
        if each.medium != ConsentMedium.PAGE.value:
            by_key.setdefault((each.address, ConsentMedium(each.medium)), []).append(each)
    for code in shown.codes:
        medium = _medium_of(code.material or "")
        for each in by_key.get((_subject(code.address), medium), ()):
            yield replace(each, address=code.address, run=code.run or "—")


def _subject(address: str) -> str:
    """The batch or product that a printed address is about."""
    lot = urls.lot_of(address)
    return f"{lot[0]}/{lot[1]}" if lot else address.strip("/").rpartition("/")[2]


def _medium_of(material: str) -> ConsentMedium:
    """The paper that a material in the register means. Lids, cartons and bags are packaging, as labels are."""
    return next((medium for sign, medium in _SIGNS if sign in material), ConsentMedium.LABEL)


_SIGNS = (
    ("报", ConsentMedium.POSTER),
    ("卡", ConsentMedium.CARD),
    ("牌", ConsentMedium.CARD),
    ("表", ConsentMedium.SHEET),
)
"""Signs in the names of materials: 海报, 货架卡, 摊位牌, 批次表."""
