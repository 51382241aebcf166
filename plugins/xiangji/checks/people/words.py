"""Finds copies of words that may not be quoted, whole or in part, in everything that is published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.checks.wording.privacy import published_texts
from xiangji.library import Library
from xiangji.library.copied_words import WordIndex
from xiangji.model.vocabularies import ConsentUse
from xiangji.permission.words import SaidWords, common_names, said_words
from xiangji.problems import Problem, problem
from xiangji.settings import Settings


def check(library: Library, today: date, site: Settings | None = None) -> Iterator[Problem]:
    """Report each part of withheld words that stands in a text that would be published."""
    # A card's words and its captions are mostly the same.
    kept = {(each.card, each.text): each for each in said_words(library)}
    told = [(each, why) for each in kept.values() if (why := _why(each, library, today))]
    index = WordIndex([each.text for each, _ in told], common_names(library))
    if not index:
        return
    for text, place in published_texts(library, today, site):
        for copy in index.copies(text):
            said, (short, short_en) = told[copy.of]
            what = {
                "what": f"卡片 {said.card} {short}",
                "what_en": f"words of card {said.card}, {short_en}",
            }
            yield problem("private-leak", place(copy.start), value=copy.words, **what)


def _why(said: SaidWords, library: Library, today: date) -> tuple[str, str] | None:
    """Why words may not be quoted, in Chinese and English; None if they may."""
    if said.withheld:
        return "不公开的原话", "which are not public"
    teller = library.people.get(said.teller)
    if teller is None or teller.agrees(ConsentUse.QUOTATION, today):
        return None
    state = teller.state(ConsentUse.QUOTATION, today)
    return f"的原话，引语{state}", f"quotation {state.key.replace('_', ' ')}"
