"""Checks recordings: each has a text, and its captions fit its length and each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from xiangji.disclosure import is_withheld
from xiangji.library import Library
from xiangji.problems import Problem, problem
from xiangji.records.story import Card

if TYPE_CHECKING:  # Few villages have recordings, and their readers take time to import.
    from xiangji.readers.media.captions import Captions

_TOLERANCE = 0.5
"""Seconds by which a cue may end after its recording, because players and editing programs round times."""


def check(library: Library, today: date) -> Iterator[Problem]:
    """Problems of every card with a recording or captions."""
    for workshop in library.workshops.values():
        for card in workshop.cards:
            yield from _check_texts(library, card)
            yield from _check_pairs(library, card)
            for captions in library.captions_of(card):
                yield from _check_length(library, card, captions)


def _check_texts(library: Library, card: Card) -> Iterator[Problem]:
    """Report recordings without text, and captions without recording. A withheld card needs no text."""
    captioned = [name for name in ("captions", "translation") if getattr(card, name)]
    if not card.audio:
        for name in captioned:
            yield problem("captions-without-audio", card.origin.of(name), card=card.id)
    elif library.recording(card) and not captioned and not is_withheld(card):
        rule = "audio-captions-missing" if card.words else "audio-text-missing"
        yield problem(rule, card.origin.of("audio"), card=card.id)


def _check_pairs(library: Library, card: Card) -> Iterator[Problem]:
    spoken, told = library.captions_of(card)
    if spoken is None or told is None:
        return
    from xiangji.readers.media.captions import paired

    for one, other in paired(spoken, told):
        alone = one or other
        if alone is not None and (one is None or other is None):
            missing = (told if other is None else spoken).path.rpartition("/")[2]
            yield problem("captions-pair", alone.place, value=alone.text or "…", other=missing)


def _check_length(library: Library, card: Card, captions: Captions | None) -> Iterator[Problem]:
    """Report the first cue that ends after the recording. All later cues have the same cause."""
    audio = library.recording(card)
    if captions is None or audio is None or audio.seconds is None:
        return
    for cue in captions.cues:
        if cue.end > audio.seconds + _TOLERANCE:
            length = f"{audio.seconds:.1f}"
            yield problem("captions-beyond", cue.place, value=f"{cue.end:.1f}", length=length)
            return
