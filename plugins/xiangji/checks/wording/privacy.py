"""Finds copies of withheld texts and names in texts that are published.

`disclosure` removes private values from the library. An author may still have copied one into a story, a telling or a
hand-written page. This check finds the copy and reports its location.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from xiangji.disclosure import disclosed
from xiangji.library import Library
from xiangji.model.fields import ListOf, Nested, ValueType, fields_of
from xiangji.model.location import Location, Origin, within
from xiangji.model.vocabularies import ConsentState, ConsentUse, Secrecy
from xiangji.problems import Problem, problem
from xiangji.records.batch import TraceEvent
from xiangji.records.brand import Producer
from xiangji.records.lot import keeps_back
from xiangji.records.person import Person
from xiangji.records.story import ProcessStep
from xiangji.settings import Settings

if TYPE_CHECKING:  # Few villages have recordings, and their readers take time to import.
    from xiangji.readers.media.captions import Cue

Place = Callable[[int], Location]
"""Returns the location of the character at an offset of a text."""

_SHORTEST = 8
"""The least number of characters. A shorter piece of a sentence may occur elsewhere by chance."""


class _Secret(Struct, frozen=True):
    text: str
    zh: str
    en: str


def check(library: Library, today: date, site: Settings | None = None) -> Iterator[Problem]:
    """Report each copy of a private name or note in the texts that would be published, those of the site's settings too.

    `checks.people.words` looks for words that may not be quoted.
    """
    secrets = [*_names(library, today), *_kept_notes(library)]
    # The same words may be withheld in two places.
    secrets = list({each.text: each for each in reversed(secrets)}.values())[::-1]
    if not secrets:
        return
    for text, where in published_texts(library, today, site):
        yield from _copies(text, where, secrets)


def published_texts(
    library: Library, today: date, site: Settings | None = None
) -> Iterator[tuple[str, Place]]:
    """Yield every text that would be published, each with a function for locations in it.

    `site` are the settings whose texts are published too: the site's name, titles in the menu.
    """
    shown = disclosed(library, today)
    for record in shown.records():
        yield from _texts(record)
    for story in shown.stories.values():
        start = Location(story.origin.path, story.body_line)
        yield story.body, partial(within, start, story.body)
    for captions in shown.captions.values():
        for cue in captions.cues:
            yield f"{cue.voice}\n{cue.text}", partial(_at, cue)
    for note in shown.notes:
        start = note.origin.location
        yield note.body, partial(within, start, note.body)
        # A page without a heading has its file's name as its title, and every page has it in its address.
        yield note.uri, partial(_whole, Location(start.path))
        for scalar in note.front:
            yield scalar.text, partial(_whole, scalar.begins or scalar.location)
    for scalar in site.texts if site else ():
        yield scalar.text, partial(_whole, scalar.begins or scalar.location)


def _whole(place: Location, offset: int) -> Location:
    """The location of a text as that of each of its characters."""
    return place


def _names(library: Library, today: date) -> Iterator[_Secret]:
    for person in library.people.values():
        if not person.agrees(ConsentUse.NAME, today) and person.public_alias(today) != person.name:
            yield _Secret(person.name, *_why_unnamed(person, today))
        # Each of a couple may be named alone only where both may.
        if person.two and not person.agrees(ConsentUse.NAME, today):
            for each in person.two:
                yield _Secret(each, *_why_unnamed(person, today))


def _why_unnamed(person: Person, today: date) -> tuple[str, str]:
    """Why a name may not stand on a page, in Chinese and English."""
    if person.is_minor(today):
        return "未成年人的姓名", "the name of a minor"
    state = person.state(ConsentUse.NAME, today)
    return {
        ConsentState.REFUSED: ("本人不同意公开的姓名", "a name whose bearer refused"),
        ConsentState.WITHDRAWN: ("已经收回同意的姓名", "a name whose consent was withdrawn"),
        ConsentState.ENDED: ("同意已经到期的姓名", "a name whose consent has ended"),
    }.get(state, ("没有同意公开的姓名", "a name without consent"))


def _kept_notes(library: Library) -> Iterator[_Secret]:
    """Yield the notes of steps and events that are not public."""
    told: list[ProcessStep | TraceEvent] = [
        s for story in library.stories.values() for s in story.steps
    ]
    told += [
        event for batch in filter(keeps_back, library.batches.values()) for event in batch.events
    ]
    for each in told:
        note = (each.note or "").strip()
        if each.secrecy is not Secrecy.PUBLIC and len(note) >= _SHORTEST:
            yield _Secret(note, "不公开的一步", "a step that is kept back")


def _texts(record: Any) -> Iterator[tuple[str, Place]]:
    """Yield the texts of a record and of its nested records, each with a function for locations in it."""
    origin: Origin = record.origin
    for name, listed, nested in _text_rows(type(record)):
        value = getattr(record, name)
        if not value:  # True of most fields, and there may be a thousand batches.
            continue
        for item in value if listed else (value,):
            if nested:
                yield from _texts(item)
            elif isinstance(item, str):
                yield item, partial(origin.within, name, item)


def _text_rows(record: type[Any]) -> tuple[tuple[str, bool, bool], ...]:
    """The fields of a class that may hold texts: name, whether it is a list, whether its items are records.

    What the law wants on a label is left out: it rests on law, and no consent is asked for it.
    """
    if record not in _TEXT_ROWS:
        by_law = ("name", "address", "telephone") if issubclass(record, Producer) else ()
        _TEXT_ROWS[record] = tuple(
            (row.name, isinstance(row.kind, ListOf), isinstance(row.item, Nested))
            for row in fields_of(record)
            if isinstance(row.item, Nested | ValueType) and row.name not in by_law
        )
    return _TEXT_ROWS[record]


_TEXT_ROWS: dict[type[Any], tuple[tuple[str, bool, bool], ...]] = {}


def _at(cue: Cue, offset: int) -> Location:
    """The location of a cue. Offsets are ignored, because markup was removed from its text."""
    return cue.place


def _copies(text: str, place: Place, secrets: list[_Secret]) -> Iterator[Problem]:
    """Report each secret that occurs in a text, once, at its first occurrence."""
    for secret in secrets:
        offset = text.find(secret.text)
        if offset >= 0:
            yield problem(
                "private-leak",
                place(offset),
                value=secret.text,
                what=secret.zh,
                what_en=secret.en,
            )
