"""The words that people said, wherever they are kept: on cards, in accounts, in captions, and of a neighbour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from xiangji.library import Library
from xiangji.model.vocabularies import Secrecy, Visibility
from xiangji.records.person import voices_of
from xiangji.records.story import Card


class SaidWords(Struct, frozen=True):
    """Words of one person. `teller` is empty if nobody is named. `withheld` says that the village keeps them back.

    `card` is the id of the card or of the account. `about` is the person of whom a neighbour says it.
    """

    teller: str
    text: str
    card: str
    withheld: bool
    about: str = ""


def common_names(library: Library) -> tuple[str, ...]:
    """Names and titles that stand on many pages. To write one is no quotation."""
    brand = library.brand
    records: list[Any] = [*library.products.values(), *brand.producers]
    records += [*brand.places, *brand.partners]
    names = [brand.name, brand.village or "", *(each.name for each in records)]
    titled: tuple[Any, ...] = (
        *library.stories.values(),
        *library.workshops.values(),
        *brand.sources,
    )
    return tuple(dict.fromkeys(filter(None, [*names, *(each.title for each in titled)])))


def said_words(library: Library) -> Iterator[SaidWords]:
    """All words of all cards, accounts, captions and neighbours of a library that is not disclosed."""
    for workshop in library.workshops.values():
        kept = workshop.visibility is not Visibility.PUBLIC
        for card in workshop.cards:
            withheld = kept or _is_withheld(card)
            for text in (card.words, *_captions(library, card)):
                if text:
                    yield SaidWords(card.teller or "", text, card.id, withheld)
        for account in workshop.accounts:
            if account.text:
                yield SaidWords(account.teller or "", account.text, account.id, kept)
    for person in library.people.values():
        for said in person.witnesses:
            yield SaidWords(said.who, said.text, person.id, withheld=False, about=person.id)
    for shelf in library.shelves.values():
        for record in shelf.values():
            for voice in voices_of(record):
                yield SaidWords(voice.who, voice.text, record.id, withheld=False)


def _is_withheld(card: Card) -> bool:
    return card.secrecy is not Secrecy.PUBLIC or card.visibility is not Visibility.PUBLIC


def _captions(library: Library, card: Card) -> Iterator[str]:
    """What is said in the captions of a card, in both languages."""
    for captions in library.captions_of(card):
        if captions is not None:
            yield "\n".join(cue.text for cue in captions.cues)
