"""Decides what an allowance (放行) lifts: only a word with a clause and a proof that can exist, or one that is no claim.

Nobody here can look a certificate up. But a proof that can exist has a form: the number of a certificate or document,
the name of a file in a folder `certificates/`, or a recorded source. 村里都这么说 has none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from xiangji.checks.labelling import check_digits
from xiangji.checks.wording.terms import Term
from xiangji.checks.wording.text_folding import Folded, fold
from xiangji.library import Library
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.review import Allowance
from xiangji.model.vocabularies import NoClaim
from xiangji.problems import Problem, problem

_CLAUSE = late_pattern(
    r"(?:法|指南|办法|规定|条例|标准|细则|解释|GB|law|guide|rules).{0,30}?(?:第.{1,8}条|\d|[一二三四五六七八九十])",
    re.IGNORECASE,
)
"""A law or regulation, with an article after it."""
_DOCUMENT_NUMBER = late_pattern(r"[一-龥]{1,12}[〔\[（(【]\d{4}[〕\]）)】]\s*第?\s*\d{1,5}\s*号")
"""The number of an official document: 黔文旅发〔2023〕12 号."""
_PATENT = late_pattern(r"ZL\d{12}\.?[\dX]")
_NOT = late_pattern(r"[不没别莫勿未非无假骗]|休想|哪能|哪里")

_CLAUSE_MISSING = ("没有写哪部规定的哪一条", "it names no law and article")
_PROOF_MISSING = (
    "这里看不出有证号、文号、文件或来源",
    "no number of a certificate or document, no file and no source can be seen in it",
)
_SENTENCE_MISSING = (
    "没有照抄正文里的那句话",
    "the sentence is missing, or the word is not in it",
)
_NOT_MISSING = (
    "写的是否定，这个词以外没有否定的字",
    "it says negation, and nothing beside the word denies it",
)
_EMPTY = (
    "要么写条款和依据，要么写不是说法和句子",
    "it has neither clause and proof nor a sentence",
)


class Lifted(NamedTuple):
    """A part of a text that an allowance covers. `number` is the allowance's place in `Allowances.every`."""

    number: int
    start: int
    end: int


class Allowances(Struct, frozen=True):
    """The allowances that apply to some texts. `good` are the indexes of those that lift something."""

    every: tuple[Allowance, ...]
    good: frozenset[int]

    def lifted(self, folded: Folded) -> Iterator[Lifted]:
        """Yield each place in a text that an allowance names, whether the allowance is good or not."""
        for index, each in enumerate(self.every):
            if each.no_claim is None:
                for start, end in _places(fold(each.term).text, folded.text):
                    yield Lifted(index, start, end)
                continue
            term, sentence = fold(each.term).text, fold(each.sentence or "").text.rstrip("。.!?;")
            for start, end in _places(sentence, folded.text) if sentence else ():
                for first, last in _places(term, folded.text[start:end]):
                    yield Lifted(index, start + first, start + last)

    def lifts(self, index: int, term: Term) -> bool:
        """Whether an allowance lifts the rule of `term`."""
        allowance = self.every[index]
        if index not in self.good:
            return False
        if allowance.no_claim is None:
            return not term.health
        # What reads as a claim in any context is none only if the sentence denies it.
        return not term.is_health_claim or allowance.no_claim is NoClaim.NEGATION


def read_allowances(every: Iterable[Allowance], library: Library) -> Allowances:
    """The allowances, and which of them have what they need."""
    several = tuple(every)
    good = (i for i, each in enumerate(several) if lacking(each, library) is None)
    return Allowances(several, frozenset(good))


def lacking(allowance: Allowance, library: Library) -> tuple[str, str] | None:
    """What an allowance lacks so that it may lift something, in Chinese and English; None if nothing."""
    if allowance.no_claim is not None:
        term, sentence = fold(allowance.term).text, fold(allowance.sentence or "").text
        if term not in sentence or not sentence:
            return _SENTENCE_MISSING
        # 吃了不咳嗽 has a negation in it and denies nothing.
        beside = sentence.replace(term, "")
        if allowance.no_claim is NoClaim.NEGATION and not _NOT.search(beside):
            return _NOT_MISSING
        return None
    if not allowance.clause and not allowance.proof:
        return _EMPTY
    if not _CLAUSE.search(allowance.clause or ""):
        return _CLAUSE_MISSING
    return None if _can_exist(allowance.proof or "", library) else _PROOF_MISSING


def tell(every: Iterable[Allowance], library: Library) -> Iterator[Problem]:
    """Report allowances that lift nothing, and list the words that are declared no claim."""
    for each in every:
        missing = lacking(each, library)
        place = each.origin.of("term")
        if missing is not None:
            zh, en = missing
            yield problem("lint-allow-proof", place, value=each.term, why=zh, why_en=en)
        elif each.no_claim is not None:
            said = {"word": str(each.no_claim), "word_en": each.no_claim.key}
            yield problem("lint-not-claim", place, value=each.term, text=each.sentence, **said)


def _can_exist(proof: str, library: Library) -> bool:
    """Whether a text names a proof of a kind that exists."""
    plain = check_digits.plain(proof)
    if _DOCUMENT_NUMBER.search(proof) or _PATENT.search(plain):
        return True
    if any(_is_number(each) for each in re.findall(r"[A-Z]{2}[A-Z\d-]*\d[A-Z\d-]*|\d{17}", plain)):
        return True
    if any(name in proof for name in library.papers):
        return True
    known = {paper.number for each in library.products.values() for paper in each.certificates}
    if any(number and check_digits.plain(number) in plain for number in known):
        return True
    words = re.split(r"[\s，,、；;：:（）()]+", proof)
    return any(word in library.sources for word in words) or any(
        source.title in proof for source in library.sources.values()
    )


def _is_number(text: str) -> bool:
    """Whether a text is a licence, or the number of a certificate, in the right form."""
    if check_digits.sc_is_formed(text):
        return check_digits.sc_agrees(text)
    return check_digits.green_is_formed(text) or bool(re.fullmatch(r"\d{17}", text))


def _places(part: str, text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(re.escape(part), text) if part else ():
        yield match.span()
