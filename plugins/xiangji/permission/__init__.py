"""What may be shown of whom, where: decided from what people answered, before anything is made."""

from __future__ import annotations

from datetime import date

from xiangji.library import Library
from xiangji.library.permissions import Permissions, WordsOf
from xiangji.model.vocabularies import (
    ADVERTISING_MEDIA,
    PAGE_MEDIA,
    ConsentMedium,
    ConsentUse,
)
from xiangji.permission.pictures import unseen_pictures
from xiangji.permission.words import said_words
from xiangji.records.person import Person

MEDIA = (*PAGE_MEDIA, *ADVERTISING_MEDIA)
"""Every medium that takes names, words and pictures from elsewhere. The page of thanks asks each person itself."""


def permissions(library: Library, today: date) -> Permissions:
    """What may not be shown where, by the answers in a library that is not disclosed yet."""
    return Permissions(
        unnamed=_unnamed(library, today),
        unseen=unseen_pictures(library, today),
        words=tuple(_kept_words(library, today)),
    )


def media_without(person: Person, use: ConsentUse, today: date) -> frozenset[ConsentMedium]:
    """The media for which a person has not agreed to `use`."""
    return frozenset(each for each in MEDIA if not person.agrees(use, today, each))


def _unnamed(library: Library, today: date) -> dict[str, frozenset[ConsentMedium]]:
    """The media from which names that stand on pages are kept, by name."""
    found: dict[str, frozenset[ConsentMedium]] = {}
    for person in library.people.values():
        if not person.agrees(ConsentUse.NAME, today):
            continue  # A name that stands on no page stands on no paper either.
        kept = media_without(person, ConsentUse.NAME, today)
        for name in map(plain_name, (person.name, *person.two)) if kept else ():
            if len(name) > 1:
                found[name] = found.get(name, frozenset()) | kept
    return found


def plain_name(name: str) -> str:
    """A name without the mark of a sample."""
    for mark in ("（示例）", "(示例)"):
        name = name.removesuffix(mark)
    return name


def _kept_words(library: Library, today: date) -> list[WordsOf]:
    """Words that may stand on pages, but not in every medium."""
    kept = {
        key: media_without(person, ConsentUse.QUOTATION, today)
        for key, person in library.people.items()
        if person.agrees(ConsentUse.QUOTATION, today)
    }
    found = []
    for said in said_words(library):
        media = kept.get(said.teller, frozenset()) | kept.get(said.about, frozenset())
        if media and said.teller in kept and not said.withheld:
            found.append(WordsOf(said.teller, said.text, media))
    return found
