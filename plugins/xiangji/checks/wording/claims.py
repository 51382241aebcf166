"""Checks that each assertion has evidence, or that its author declared it an ordinary line (`design.md` §5).

An assertion is covered by a line of 断言 or 平常话 of the same record that contains the sentence, or six characters of it
around the asserting words. 待核实 counts as evidence too: it says that none was found yet. A figure that a line already
contains may be repeated without another line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from xiangji.checks.kinds import published
from xiangji.checks.wording.assertions import Assertion, assertions
from xiangji.checks.wording.passages import (
    Passage,
    kind_passages,
    product_passages,
    slogan_passages,
    story_passages,
)
from xiangji.checks.wording.text_folding import essence, fold, said
from xiangji.library import Library
from xiangji.model.fields import label
from xiangji.model.location import Location
from xiangji.problems import Problem, problem

PART = 6
"""The least number of characters of a sentence that a line must contain."""


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report assertions without evidence, and evidence for sentences that do not occur."""
    every: list[str] = []
    for story in library.stories.values():
        lines = _lines(story)
        every += lines
        if not story.draft:
            yield from _record(story, list(story_passages(story)), lines)
    for product in library.products.values():
        lines = _lines(product)
        every += lines
        yield from _record(product, list(product_passages(product)), lines)
    further = [record for _, record in published(library, today)]
    every += [line for record in further for line in _lines(record)]
    for record in further:
        # A kind without a field for 断言 may use those of all records of the village.
        own = _lines(record) if hasattr(record, "claims") else every
        yield from _record(record, list(kind_passages(record)), own)
    # The slogan has no field for 断言, so it may use those of all records of the village.
    for passage in slogan_passages(library.brand):
        yield from _unproved(passage, every)


def _record(record: Any, passages: list[Passage], lines: list[str]) -> Iterator[Problem]:
    for passage in passages:
        yield from _unproved(passage, lines)
    texts = [essence(each.text) for each in passages]
    for claim in getattr(record, "claims", ()):
        if not _occurs(claim.text, texts):
            place = claim.origin.of("text")
            yield _absent(record, "claims", claim.text, place)
    for line in getattr(record, "ordinary", ()):
        if not _occurs(line, texts):
            place = record.origin.of("ordinary")
            yield _absent(record, "ordinary", line, place)


def _absent(record: Any, name: str, text: str, place: Location) -> Problem:
    field = label(type(record), name)
    return problem("claim-absent", place, field=field, field_en=name, value=text)


def _lines(record: Any) -> list[str]:
    """The lines of a record that cover assertions, each as an `essence`, with … where the author left words out."""
    claims, ordinary = getattr(record, "claims", ()), getattr(record, "ordinary", ())
    texts = [*(claim.text for claim in claims), *ordinary]
    return [line for each in texts if (line := "…".join(_parts(each)))]


def _occurs(text: str, texts: Iterable[str]) -> bool:
    """Whether each part of a line occurs in one of the texts. …… in the line separates its parts."""
    return all(any(part in each for each in texts) for part in _parts(text))


def _parts(text: str) -> list[str]:
    return [part for part in map(essence, re.split(r"…+|\.{3,}", text)) if part]


def _unproved(passage: Passage, lines: list[str]) -> Iterator[Problem]:
    """Report each sentence with assertions that no line covers, once, at the first assertion."""
    folded = fold(passage.text)
    open_: dict[tuple[int, int], list[Assertion]] = {}
    for found in assertions(folded):
        start, end = found.sentence
        sentence = folded.text[start:end]
        if not covered(sentence, found.start - start, found.end - start, lines):
            open_.setdefault(found.sentence, []).append(found)
    for several in open_.values():
        first = several[0]
        yield problem(
            "claim-unproved",
            passage.place(folded.offsets[first.start]),
            value="”“".join(folded.words(each.start, each.end) for each in several),
            reason=first.pattern.reason,
            kind=first.pattern.name,
        )


def covered(sentence: str, start: int, end: int, lines: Iterable[str]) -> bool:
    """Whether one of `lines` contains the part of a folded sentence around its words from `start` to `end`."""
    words = said(sentence[start:end])
    holding = [line for line in lines if words in line]
    if not holding:
        return False
    at = len(said(sentence[:start]))
    whole = said(sentence)
    length = max(PART, len(words))
    first = max(0, at + len(words) - length)
    parts = [whole[i : i + length] for i in range(first, at + 1)]
    parts = [part for part in parts if len(part) == length] or [whole]
    if _is_figure(words):
        parts.append(words)
    return any(
        any(_stands(part, line) for part in parts) or _holds_with_gaps(line, whole)
        for line in holding
    )


def _stands(part: str, line: str) -> bool:
    """Whether a part of a sentence occurs in a line, and not as part of a longer number."""
    at = line.find(part)
    while at >= 0:
        end = at + len(part)
        cut_before = part[0].isdecimal() and line[at - 1 : at].isdecimal()
        cut_behind = part[-1].isdecimal() and line[end : end + 1].isdecimal()
        if not cut_before and not cut_behind:
            return True
        at = line.find(part, at + 1)
    return False


def _holds_with_gaps(line: str, sentence: str) -> bool:
    """Whether a line with … quotes this sentence: all parts of the line occur in it."""
    parts = line.split("…")
    return len(parts) > 1 and all(_stands(part, sentence) for part in parts)


def _is_figure(words: str) -> bool:
    """Whether words are a figure that is specific enough: two digits, or three Chinese numerals."""
    return bool(re.search(r"\d\d", words) or re.search(r"[一二三四五六七八九十百千]{3}", words))
