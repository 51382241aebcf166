"""Checks that each assertion has evidence, or that its author declared it an ordinary line (`design.md` §5).

An assertion is covered by a line of 断言 or 平常话 of the same record that contains the sentence, or six characters of it
around the asserting words. 待核实 counts as evidence too: it says that none was found yet. A figure that a line already
contains may be repeated without another line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from datetime import date
from typing import Any

from xiangji.checks.wording.assertions import Assertion, assertions
from xiangji.checks.wording.passages import Passage, PublishedTexts, QuietTexts, Texts
from xiangji.checks.wording.text_folding import essence, fold, said
from xiangji.library import Library
from xiangji.model.fields import Holds, label
from xiangji.model.location import Location
from xiangji.problems import Problem, problem
from xiangji.readers.site.notes import Note
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand
from xiangji.records.product import Certificate
from xiangji.records.story import Workshop

PART = 6
"""The least number of characters of a sentence that a line must contain."""


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report assertions without evidence, and evidence for sentences that do not occur."""
    every = PublishedTexts(library, today)
    looking = ClaimsCheck(every.heads)
    for texts in every:
        yield from looking.of(texts)
    yield from looking.rest()


class ClaimsCheck:
    """Reports assertions without evidence text by text, and then the evidence of the village that nothing needs.

    The author of a text without a place for 断言 may write it beside any other text of the village. `heads` are all
    texts beside which evidence may stand.
    """

    def __init__(self, heads: Iterable[Texts]) -> None:
        several = [each for each in heads if not each.manual]
        self._shared = [line for each in several for line in _lines(each)]
        self._village = next((each for each in several if isinstance(each.owner, Brand)), None)
        self._common = _lines(self._village) if self._village else []
        self._open = set(_evidence_of(self._village)) if self._village else set()
        """The lines of the village whose sentence did not occur so far."""
        self._quiet = QuietTexts()

    def of(self, texts: Texts) -> Iterator[Problem]:
        """Report assertions without evidence in texts, and evidence for sentences that do not occur in them."""
        if texts.manual:
            return
        lines = [*_lines(texts), *self._common] if texts.has_lines else self._shared
        for passage in texts.passages:
            if passage.text in self._quiet or _needs_no_evidence(passage):
                continue
            records = isinstance(texts.owner, Batch | Workshop) or passage.holds is Holds.MEASURE
            beside = _FIGURES if records else frozenset()
            yield from _unproved(passage, lines, beside, self._quiet)
        if self._open:
            said = [essence(each.text) for each in texts.passages]
            self._open = {each for each in self._open if not _occurs(each, said)}
        if texts.owner is not (self._village.owner if self._village else None):
            said = [essence(each.text) for each in texts.passages] if _evidence_of(texts) else []
            yield from _absent_in(texts, {e for e in _evidence_of(texts) if not _occurs(e, said)})

    def rest(self) -> Iterator[Problem]:
        """Report the evidence of the village whose sentence occurs in no text."""
        if self._village:
            yield from _absent_in(self._village, self._open)


def _evidence_of(texts: Texts) -> list[str]:
    return [*(claim.text for claim in texts.claims), *texts.ordinary]


_FIGURES = frozenset({"share", "scale", "span", "income"})
"""Patterns that find figures. A batch records what was measured, a workshop who came, and neither is a boast."""


def _needs_no_evidence(passage: Passage) -> bool:
    """Whether a passage is evidence itself, or holds no words in which something is asserted."""
    if passage.unchecked or passage.holds not in (Holds.WORDS, Holds.MEASURE):
        return True
    return hasattr(passage.record, "evidence") or isinstance(passage.record, Certificate)


def _absent_in(texts: Texts, missing: Set[str]) -> Iterator[Problem]:
    """Report the evidence beside texts whose sentence is `missing` in them."""
    for claim in texts.claims:
        if claim.text in missing:
            yield _absent(texts.owner, "claims", claim.text, claim.origin.of("text"))
    for line in texts.ordinary:
        if line in missing:
            place = texts.owner.origin.of("ordinary")
            yield _absent(texts.owner, "ordinary", line, place)


def _absent(record: Any, name: str, text: str, place: Location) -> Problem:
    field = label(type(record), name)
    return problem("claim-absent", place, field=field, field_en=name, value=text)


def _lines(about: Texts) -> list[str]:
    """The lines beside texts that cover assertions, each as an `essence`, with … where the author left words out."""
    return [line for each in _evidence_of(about) if (line := "…".join(_parts(each)))]


def _occurs(text: str, texts: Iterable[str]) -> bool:
    """Whether each part of a line occurs in one of the texts. …… in the line separates its parts."""
    return all(any(part in each for each in texts) for part in _parts(text))


def _parts(text: str) -> list[str]:
    return [part for part in map(essence, re.split(r"…+|\.{3,}", text)) if part]


def _unproved(
    passage: Passage, lines: list[str], beside: Set[str], quiet: QuietTexts
) -> Iterator[Problem]:
    """Report each sentence with assertions that no line covers, once, at the first assertion.

    Findings of the patterns `beside` are left out. `quiet` collects the texts that assert nothing.
    """
    folded = fold(passage.text)
    open_: dict[tuple[int, int], list[Assertion]] = {}
    every = list(assertions(folded))
    if not every:
        quiet.add(passage.text)
    for found in every:
        if found.pattern.name in beside or _is_cell(passage, found, folded.offsets[found.start]):
            continue
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


def _is_cell(passage: Passage, found: Assertion, offset: int) -> bool:
    """Whether a figure stands in a table of a hand-written page, which is an account and no boast."""
    if not isinstance(passage.record, Note) or found.pattern.name not in _FIGURES:
        return False
    line = passage.text.rfind("\n", 0, offset) + 1
    return passage.text[line : line + 1] == "|"


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
