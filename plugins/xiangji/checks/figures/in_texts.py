"""Checks figures in texts: shares fit their numbers, groups fit their whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from xiangji.checks.figures.texts import is_quoted, texts_of, texts_of_batch
from xiangji.checks.wording.passages import Passage
from xiangji.checks.wording.text_folding import fold
from xiangji.library import Library
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report figures in texts that do not add up."""
    for passage in texts_of(library, today):
        yield from _figures(passage, today)
        yield from _of_tables(passage)


def of_batch(library: Library, batch: Batch, today: date) -> Iterator[Problem]:
    """The same for the texts of a batch."""
    for passage in texts_of_batch(batch):
        yield from _figures(passage, today)


def _figures(passage: Passage, today: date) -> Iterator[Problem]:
    """Report the figures of a text line by line, since nearly every line has none, and folding takes time."""
    text = _WRAPPED.sub(" ", passage.text) if "\n" in passage.text else passage.text
    for line in _LINE.finditer(text):
        if _SIGN.search(line[0]) and _CHINESE.search(line[0]):
            yield from _of_line(passage, line[0], line.start(), today)


_WRAPPED = late_pattern(r"(?<=[一-鿿0-9，、,])\n(?=[一-鿿0-9（“])(?!\d{1,2}[.、)）])")
"""A line break within a sentence."""
_LINE = late_pattern(r"[^\n]{8,}")
_CHINESE = late_pattern(r"[一-鿿]")
_SIGN = late_pattern(
    r"[%％折岁]|[0-9一二三四五六七八九]成|分之|一半|半数|原[价價]|其中|同意|赞成|男|至今|距今|已有|到今年"
)
"""What every figure that can be recomputed has in its line."""


def _of_tables(passage: Passage) -> Iterator[Problem]:
    """Report the cells of Markdown tables that do not fit their rows or columns."""
    if passage.name != "body" or not _TABLE.search(passage.text):
        return
    from xiangji.checks.figures.tables import wrong_cells

    for cell in wrong_cells(passage.text):
        yield problem("table-figure", passage.place(cell.at), value=cell.text, right=cell.right)


_TABLE = late_pattern(r"^[ |:-]*-[ |:-]*\|[ |:-]*$", re.MULTILINE)


def _of_line(passage: Passage, line: str, start: int, today: date) -> Iterator[Problem]:
    # Their patterns take time to compile, and few villages have a line that needs them.
    from xiangji.checks.figures.groups import wrong_sums
    from xiangji.checks.figures.shares import may_have_shares, wrong_shares

    folded = fold(line)
    # Somebody's words stay as they were said, so that only a hint can be given.
    quoted = is_quoted(passage)
    if may_have_shares(line):
        rule = "share-said" if quoted else "share-wrong"
        for share in wrong_shares(folded.text):
            at = passage.place(start + folded.offsets[share.start])
            words = folded.words(share.start, share.end)
            yield problem(rule, at, value=words, right=share.right)
    for each in () if quoted else wrong_sums(folded.text, today):
        at = passage.place(start + folded.offsets[each.start])
        words = folded.words(each.start, each.end)
        yield problem("sum-wrong", at, value=words, why=each.why, why_en=each.why_en)
