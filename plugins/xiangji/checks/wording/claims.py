"""A sentence that asserts stands on evidence, or its author names it ordinary (`design.md` §5).

An assertion is covered by a line of 断言 or 平常话 of the same record that holds the sentence, or six
characters of it around the asserting words. 待核实 is evidence too: it says that none was found yet. A
figure that a line already holds may be told again without writing a line for it.
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
"""Characters of a sentence that a line must hold at least."""


def check(library: Library, today: date) -> Iterator[Problem]:
    """Assertions without evidence, and evidence for what nobody says."""
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
        # A kind without 断言 of its own may rest on any in the village.
        own = _lines(record) if hasattr(record, "claims") else every
        yield from _record(record, list(kind_passages(record)), own)
    # A slogan has no 断言 of its own: it may rest on any in the village.
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
    """What covers: each line as an `essence`, with … where the author left something out."""
    claims, ordinary = getattr(record, "claims", ()), getattr(record, "ordinary", ())
    texts = [*(claim.text for claim in claims), *ordinary]
    return [line for each in texts if (line := "…".join(_parts(each)))]


def _occurs(text: str, texts: Iterable[str]) -> bool:
    """Whether every part of a line stands in one of the texts; …… may leave something out."""
    return all(any(part in each for each in texts) for part in _parts(text))


def _parts(text: str) -> list[str]:
    return [part for part in map(essence, re.split(r"…+|\.{3,}", text)) if part]


def _unproved(passage: Passage, lines: list[str]) -> Iterator[Problem]:
    """One problem for each sentence with words that nothing covers, at the first of them."""
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
    """Whether one of `lines` holds the (folded) sentence around its words from `start` to `end`."""
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
    """Whether a part of a sentence stands in a line, and not within a longer number."""
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
    """Whether a line with … quotes this sentence."""
    parts = line.split("…")
    return len(parts) > 1 and all(_stands(part, sentence) for part in parts)


def _is_figure(words: str) -> bool:
    """Whether words are a figure so particular that the same again means the same."""
    return bool(re.search(r"\d\d", words) or re.search(r"[一二三四五六七八九十百千]{3}", words))
