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

from xiangji.checks.wording.assertions import Assertion, assertions
from xiangji.checks.wording.passages import Passage, Texts, published_texts
from xiangji.checks.wording.text_folding import essence, fold, said
from xiangji.library import Library
from xiangji.model.fields import Holds, label
from xiangji.model.location import Location
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand
from xiangji.records.product import Certificate

PART = 6
"""The least number of characters of a sentence that a line must contain."""


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report assertions without evidence, and evidence for sentences that do not occur."""
    yield from in_texts(published_texts(library, today), library)


def in_texts(every: Iterable[Texts], library: Library) -> Iterator[Problem]:
    """Report assertions without evidence in texts, and evidence for sentences that do not occur in them.

    The author of a text without a place for 断言 may write it beside any other text of the village.
    """
    several = [each for each in every if not each.manual]
    shared = [line for each in several for line in _lines(each)]
    of_village = next((each for each in several if isinstance(each.owner, Brand)), None)
    common = _lines(of_village) if of_village else []
    quiet: set[str] = set()
    for texts in several:
        lines = [*_lines(texts), *common] if texts.has_lines else shared
        for passage in texts.passages:
            if passage.text in quiet or _needs_no_evidence(passage):
                continue
            records = isinstance(texts.owner, Batch) or passage.holds is Holds.MEASURE
            yield from _unproved(passage, lines, _FIGURES if records else frozenset(), quiet)
        yield from _unused(texts, several if texts is of_village else ())


_FIGURES = frozenset({"share", "scale", "span", "income"})
"""Patterns that find figures. A batch records what was measured and how much went where, which is no boast."""


def _needs_no_evidence(passage: Passage) -> bool:
    """Whether a passage is evidence itself, or holds no words in which something is asserted."""
    if passage.unchecked or passage.holds not in (Holds.WORDS, Holds.MEASURE):
        return True
    return hasattr(passage.record, "evidence") or isinstance(passage.record, Certificate)


def _unused(texts: Texts, several: Iterable[Texts]) -> Iterator[Problem]:
    """Report evidence whose sentence occurs neither in these texts nor in `several`."""
    if not texts.claims and not texts.ordinary:
        return
    every = [each.text for some in (texts, *several) for each in some.passages]
    said = list(map(essence, every))
    record = texts.owner
    for claim in texts.claims:
        if not _occurs(claim.text, said):
            yield _absent(record, "claims", claim.text, claim.origin.of("text"))
    for line in texts.ordinary:
        if not _occurs(line, said):
            yield _absent(record, "ordinary", line, record.origin.of("ordinary"))


def _absent(record: Any, name: str, text: str, place: Location) -> Problem:
    field = label(type(record), name)
    return problem("claim-absent", place, field=field, field_en=name, value=text)


def _lines(about: Texts) -> list[str]:
    """The lines beside texts that cover assertions, each as an `essence`, with … where the author left words out."""
    if not about.claims and not about.ordinary:
        return []
    texts = [*(claim.text for claim in about.claims), *about.ordinary]
    return [line for each in texts if (line := "…".join(_parts(each)))]


def _occurs(text: str, texts: Iterable[str]) -> bool:
    """Whether each part of a line occurs in one of the texts. …… in the line separates its parts."""
    return all(any(part in each for each in texts) for part in _parts(text))


def _parts(text: str) -> list[str]:
    return [part for part in map(essence, re.split(r"…+|\.{3,}", text)) if part]


def _unproved(
    passage: Passage, lines: list[str], beside: frozenset[str], quiet: set[str]
) -> Iterator[Problem]:
    """Report each sentence with assertions that no line covers, once, at the first assertion.

    Findings of the patterns `beside` are left out. `quiet` collects the texts that assert nothing, because batches repeat the same few words.
    """
    folded = fold(passage.text)
    open_: dict[tuple[int, int], list[Assertion]] = {}
    every = list(assertions(folded))
    if not every:
        quiet.add(passage.text)
    for found in every:
        if found.pattern.name in beside:
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
