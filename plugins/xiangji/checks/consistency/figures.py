"""Checks figures in texts: shares fit their numbers, groups fit their whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.checks.consistency.groups import wrong_sums
from xiangji.checks.consistency.shares import may_have_shares, wrong_shares
from xiangji.checks.consistency.texts import is_quoted, texts_of, texts_of_batch
from xiangji.checks.wording.passages import Passage
from xiangji.checks.wording.text_folding import fold
from xiangji.library import Library
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report figures in texts that do not add up."""
    for passage in texts_of(library, today):
        yield from _figures(passage, today)


def of_batch(library: Library, batch: Batch, today: date) -> Iterator[Problem]:
    """The same for the texts of a batch."""
    for passage in texts_of_batch(batch):
        yield from _figures(passage, today)


def _figures(passage: Passage, today: date) -> Iterator[Problem]:
    text = passage.text
    if len(text) < 8 or not any(each.isnumeric() for each in text):
        return
    folded = fold(text)
    # Somebody's words stay as they were said, so that only a hint can be given.
    quoted = is_quoted(passage)
    if may_have_shares(text):
        rule = "share-said" if quoted else "share-wrong"
        for share in wrong_shares(folded.text):
            at = passage.place(folded.offsets[share.start])
            words = folded.words(share.start, share.end)
            yield problem(rule, at, value=words, right=share.right)
    for each in () if quoted else wrong_sums(folded.text, today):
        at = passage.place(folded.offsets[each.start])
        words = folded.words(each.start, each.end)
        yield problem("sum-wrong", at, value=words, why=each.why, why_en=each.why_en)
