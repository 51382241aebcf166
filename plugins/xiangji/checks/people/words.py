"""Finds copies of words that may not be quoted, whole or in part, in everything that is published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.checks.people.neighbours import withheld_of
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
            where, where_en = f"卡片 {said.card} ", f"words of card {said.card}"
            if said.about:
                where, where_en = f"关于 {said.about} 的见证", f"a statement about {said.about}"
            what = {"what": f"{where}{short}", "what_en": f"{where_en}, {short_en}"}
            yield problem("private-leak", place(copy.start), value=copy.words, **what)


def _why(said: SaidWords, library: Library, today: date) -> tuple[str, str] | None:
    """Why words may not be quoted, in Chinese and English; None if they may."""
    if said.withheld:
        return "不公开的原话", "which are not public"
    about = library.people.get(said.about)
    if about is not None and withheld_of(about, today):
        return "，写的那个人没有同意", "to which that person did not agree"
    teller = library.people.get(said.teller)
    if teller is None or teller.agrees(ConsentUse.QUOTATION, today):
        return None
    state = teller.state(ConsentUse.QUOTATION, today)
    return f"的原话，引语{state}", f"quotation {state.key.replace('_', ' ')}"
