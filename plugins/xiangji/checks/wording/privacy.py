"""Finds copies of withheld texts and names in texts that are published.

`disclosure` removes private values from the library. An author may still have copied one into a story, a telling or a
hand-written page. This check finds the copy and reports its location.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from xiangji.disclosure import disclose, is_withheld
from xiangji.library import Library
from xiangji.model.fields import ListOf, Nested, ValueType, fields_of
from xiangji.model.location import Location, Origin, within
from xiangji.model.vocabularies import ConsentUse, Secrecy, Visibility
from xiangji.problems import Problem, problem
from xiangji.records.batch import TraceEvent
from xiangji.records.lot import keeps_back
from xiangji.records.story import ProcessStep

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


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report each copy of a private value in the texts that would be published."""
    secrets = [*_names(library, today), *_withheld_words(library, today), *_kept_notes(library)]
    # The same words may be withheld in two places.
    secrets = list({each.text: each for each in reversed(secrets)}.values())[::-1]
    if not secrets:
        return
    shown = disclose(library, today)
    for record in shown.records():
        for text, where in _texts(record):
            yield from _copies(text, where, secrets)
    for story in shown.stories.values():
        start = Location(story.origin.path, story.body_line)
        yield from _copies(story.body, partial(within, start, story.body), secrets)
    for captions in shown.captions.values():
        for cue in captions.cues:
            yield from _copies(f"{cue.voice}\n{cue.text}", partial(_at, cue), secrets)
    for note in shown.notes:
        start = note.origin.location
        yield from _copies(note.body, partial(within, start, note.body), secrets)


def _names(library: Library, today: date) -> Iterator[_Secret]:
    for person in library.people.values():
        if not person.agrees(ConsentUse.NAME, today) and person.name != person.alias:
            what = ("没有同意公开的姓名", "a name without consent")
            yield _Secret(person.name, *what)


def _withheld_words(library: Library, today: date) -> Iterator[_Secret]:
    """Yield the sentences of cards that are withheld, or whose teller did not agree to be quoted."""
    for workshop in library.workshops.values():
        kept = workshop.visibility is not Visibility.PUBLIC
        for card in workshop.cards:
            teller = library.people.get(card.teller or "")
            quotable = teller is None or teller.agrees(ConsentUse.QUOTATION, today)
            if quotable and not kept and not is_withheld(card):
                continue
            for piece in re.split(r"[。！？!?；;\n]", card.words or ""):
                if len(piece.strip()) >= _SHORTEST:
                    what = (f"卡片 {card.id} 不公开的原话", f"withheld words of card {card.id}")
                    yield _Secret(piece.strip(), *what)


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
    for row in fields_of(type(record)):
        value = getattr(record, row.name)
        kind = row.item
        values = value if isinstance(row.kind, ListOf) else (value,)
        for item in values:
            if item is None:
                continue
            if isinstance(kind, Nested):
                yield from _texts(item)
            elif isinstance(kind, ValueType) and isinstance(item, str):
                yield item, partial(origin.within, row.name, item)


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
