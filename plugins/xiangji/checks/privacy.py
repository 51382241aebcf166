"""What is kept back in one place must not stand in another.

`disclosure` takes private values out of the library. An author may still have copied one into a story,
a telling or a note; this finds the copy and says where it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from xiangji.disclosure import disclose
from xiangji.library import Library
from xiangji.problems import Problem, problem
from xiangji.records.batch import TraceEvent
from xiangji.records.fields import Kind, ListOf, Nested, fields_of
from xiangji.records.location import Location, Origin
from xiangji.records.story import Step
from xiangji.records.words import Secrecy, Use

_SHORTEST = 8
"""Characters; a shorter piece of a sentence is too likely to be said elsewhere by chance."""


@dataclass(frozen=True, slots=True)
class _Secret:
    text: str
    zh: str
    en: str


def check(library: Library, today: date) -> Iterator[Problem]:
    """Every copy of a private value in what would be published."""
    secrets = [*_names(library, today), *_withheld_words(library, today), *_kept_notes(library)]
    if not secrets:
        return
    shown = disclose(library, today)
    for record in shown.records():
        for text, place in _texts(record):
            yield from _copies(text, place, secrets)
    for story in shown.stories.values():
        start = Location(story.origin.location.path, story.body_line)
        yield from _copies(story.body, start, secrets)
    for note in shown.notes:
        yield from _copies(note.body, note.origin.location, secrets)


def _names(library: Library, today: date) -> Iterator[_Secret]:
    for person in library.people.values():
        if not person.agrees(Use.NAME, today) and person.name != person.alias:
            what = ("没有同意公开的姓名", "a name without consent")
            yield _Secret(person.name, *what)


def _withheld_words(library: Library, today: date) -> Iterator[_Secret]:
    """Sentences of cards that may not be quoted, or whose teller may not be."""
    for workshop in library.workshops.values():
        for card in workshop.cards:
            teller = library.people.get(card.teller or "")
            quotable = teller is None or teller.agrees(Use.QUOTATION, today)
            if card.secrecy is Secrecy.PUBLIC and quotable:
                continue
            for piece in re.split(r"[。！？!?；;\n]", card.words or ""):
                if len(piece.strip()) >= _SHORTEST:
                    what = (f"卡片 {card.id} 不公开的原话", f"withheld words of card {card.id}")
                    yield _Secret(piece.strip(), *what)


def _kept_notes(library: Library) -> Iterator[_Secret]:
    """What is told of a step that is only outlined."""
    told: list[Step | TraceEvent] = [s for story in library.stories.values() for s in story.steps]
    told += [event for batch in library.batches.values() for event in batch.events]
    for each in told:
        note = (each.note or "").strip()
        if each.secrecy is not Secrecy.PUBLIC and len(note) >= _SHORTEST:
            yield _Secret(note, "不公开的一步", "a step that is kept back")


def _texts(record: Any) -> Iterator[tuple[str, Location]]:
    """Every text of a record and of the records inside it, with its place."""
    origin: Origin = record.origin
    for row in fields_of(type(record)):
        value = getattr(record, row.name)
        kind = row.kind.item if isinstance(row.kind, ListOf) else row.kind
        values = value if isinstance(row.kind, ListOf) else (value,)
        for item in values:
            if item is None:
                continue
            if isinstance(kind, Nested):
                yield from _texts(item)
            elif isinstance(kind, Kind) and isinstance(item, str):
                yield item, origin.of(row.name)


def _copies(text: str, place: Location, secrets: list[_Secret]) -> Iterator[Problem]:
    for secret in secrets:
        offset = text.find(secret.text)
        if offset >= 0:
            line = place.line + text.count("\n", 0, offset)
            # Within one line the value begins somewhere after the key, so only the line is sure.
            where = Location(place.path, line, place.column)
            yield problem(
                "private-leak", where, value=secret.text, what=secret.zh, what_en=secret.en
            )
