"""Checks stories and workshops: outlines exist, documents have sources, tellings fit their length."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.library import Library
from xiangji.model.fields import label
from xiangji.model.vocabularies import Evidence, Secrecy
from xiangji.problems import Problem, problem
from xiangji.records.story import Story, Tellings, Workshop

_LIMITS = {"short": 60, "medium": 120, "long": 300}


def check(library: Library, today: date) -> Iterator[Problem]:
    """Problems of all workshops and stories."""
    for workshop in library.workshops.values():
        yield from _workshop(workshop, today)
    for story in library.stories.values():
        yield from _story(story)


def _workshop(workshop: Workshop, today: date) -> Iterator[Problem]:
    if workshop.held_on > today:
        place = workshop.origin.of("held_on")
        yield problem(
            "date-future", place, field=label(Workshop, "held_on"), value=workshop.held_on
        )
    for card in workshop.cards:
        if card.secrecy is Secrecy.OUTLINE and not card.outline:
            yield problem("outline-missing", card.origin.of("secrecy"), card=card.id)
        if card.evidence is Evidence.DOCUMENT and not card.sources:
            yield problem("document-source", card.origin.of("evidence"), value=card.id)
    for account in workshop.accounts:
        if account.evidence is Evidence.DOCUMENT and not account.sources:
            yield problem("document-source", account.origin.of("evidence"), value=account.title)


def _story(story: Story) -> Iterator[Problem]:
    for claim in story.claims:
        if claim.evidence is Evidence.DOCUMENT and not claim.sources:
            yield problem("document-source", claim.origin.of("evidence"), value=claim.text)
    if story.tellings is None:
        return
    for name, limit in _LIMITS.items():
        text = getattr(story.tellings, name)
        if text and len(text) > limit:
            place = story.tellings.origin.of(name)
            field = label(Tellings, name)
            yield problem("telling-long", place, field=field, found=len(text), limit=limit)
