"""Lists the texts in which figures are recomputed, with the location of each character."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.checks.wording.passages import Passage, PublishedTexts
from xiangji.library import Library
from xiangji.model.fields import Holds
from xiangji.model.vocabularies import Secrecy
from xiangji.records.batch import Batch
from xiangji.records.story import Card

_BATCH = ("destination", "note", "reason", "advice")


def texts_of(library: Library, today: date) -> Iterator[Passage]:
    """The texts of everything except batches, as far as they are published."""
    for texts in PublishedTexts(library, today).heads:
        for passage in texts.passages:
            if not passage.unchecked and passage.holds is not Holds.NUMBER:
                yield passage


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
    return isinstance(passage.record, Card) and passage.name in ("words", "captions")
