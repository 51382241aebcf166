"""Lists the texts in which figures are recomputed, with the location of each character."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xiangji.checks.kinds import published
from xiangji.checks.wording.passages import Passage, kind_passages
from xiangji.checks.wording.text_folding import read_aloud
from xiangji.library import Library
from xiangji.model.vocabularies import Secrecy, Visibility
from xiangji.records.batch import Batch
from xiangji.records.story import Card, Story, Workshop

_BATCH = ("destination", "note", "reason", "advice")


def texts_of(library: Library, today: Any) -> Iterator[Passage]:
    """The texts of all records except batches, as far as they may be published."""
    yield from kind_passages(library.brand)
    for workshop in library.workshops.values():
        if workshop.visibility is not Visibility.PRIVATE:
            yield from _of_workshop(workshop)
    for story in library.stories.values():
        if not story.draft and story.visibility is not Visibility.PRIVATE:
            yield from _of_story(story)
    for shelf in (library.products, library.people):
        for record in shelf.values():
            yield from kind_passages(record)
    for _, record in published(library, today):
        yield from kind_passages(record)
    for note in library.notes:
        yield Passage(read_aloud(note.body), _Page(note.origin), "body", body=True)


class _Page:
    """A hand-written page, as far as `Passage` needs it."""

    def __init__(self, origin: Any) -> None:
        self.origin = origin
        self.body_line = origin.location.line


def _of_workshop(workshop: Workshop) -> Iterator[Passage]:
    for passage in kind_passages(workshop):
        card = passage.record
        if not isinstance(card, Card) or _is_told(card, passage.name):
            yield passage


def _is_told(card: Card, name: str) -> bool:
    """Whether a text of a card may be published. Words that are kept back are not."""
    return _is_open(card) and (name != "words" or card.secrecy is Secrecy.PUBLIC)


def _is_open(card: Card) -> bool:
    return card.secrecy is not Secrecy.SECRET and card.visibility is not Visibility.PRIVATE


def _of_story(story: Story) -> Iterator[Passage]:
    yield from kind_passages(story)
    yield Passage(read_aloud(story.body), story, "body", body=True)


def texts_of_batch(batch: Batch) -> Iterator[Passage]:
    """The texts of a batch and of its steps that are not secret."""
    for name in _BATCH:
        if text := getattr(batch, name):
            yield Passage(text, batch, name)
    for event in batch.events:
        if event.note and event.secrecy is not Secrecy.SECRET:
            yield Passage(event.note, event, "note")


def is_quoted(passage: Passage) -> bool:
    """Whether a text is somebody's words as they were written down. Nobody may correct those."""
    return isinstance(passage.record, Card) and passage.name == "words"
