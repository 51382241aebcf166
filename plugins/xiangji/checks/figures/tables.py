"""Recomputes tables of Markdown texts: columns of shares, and rows of totals.

What a column of shares is of is found by its rows: if most of them are one column over another, or of the sum of a
column, then the others are wrong. In a table of one row only headings such as 总数 tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from xiangji.checks.figures.numbers import Share, shares
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.numerals import numeral

_SHARE_HEAD = late_pattern(r"占|比例|比重|百分|率|%")
_PART_HEAD = late_pattern(r"占|比例|比重|百分|(?:合格|到会|回收|满意|成活|入社|支持)率")
_WHOLE_HEAD = late_pattern(r"总|共|应到|全|发出|抽检|送检|检了")
_NOT_SUMMED = late_pattern(r"价|均|率|比|%|号|年|日期|岁|龄")
_TOTAL = late_pattern(r"^[\s*]*(?:合计|总计|共计|总数|小计)[\s*]*$")
_NUMBER = late_pattern(r"^(\d[\d,]{0,11}(?:\.\d{1,4})?)([一-鿿]{0,2})$")
_CELL = late_pattern(r"(?<=\|)[^|\n]*(?=\|)")


class WrongCell(Struct, frozen=True):
    """A cell that does not fit its table: where it is in the text, what it says, and what is right."""

    at: int
    text: str
    right: str


class _Cell(Struct, frozen=True):
    text: str
    at: int

    @property
    def number(self) -> Decimal | None:
        """The number of a cell with or without a unit. None if there is none."""
        match = _NUMBER.match(re.sub(r"[\s*]", "", self.text))
        return numeral(match[1]) if match else None

    @property
    def share(self) -> Share | None:
        """The share of a cell that has nothing else."""
        found = shares(re.sub(r"[\s*]", "", self.text).replace("％", "%"))
        return found[0] if len(found) == 1 else None


_Row = list[_Cell]


def wrong_cells(text: str) -> Iterator[WrongCell]:
    """The cells of the tables in a Markdown text that do not fit their rows or columns."""
    for table in _tables(text):
        head, rows = table[0], [each for each in table[1:] if len(each) == len(table[0])]
        body = [row for row in rows if not _TOTAL.match(row[0].text)]
        for column, title in enumerate(head):
            if _SHARE_HEAD.search(title.text) and all(row[column].share for row in body):
                yield from _shares(head, body, column)
            elif not _NOT_SUMMED.search(title.text):
                yield from _totals(rows, body, column)


def _tables(text: str) -> Iterator[list[_Row]]:
    """The tables of a text: a head, and rows behind the line of hyphens."""
    lines = [(match[0], match.start()) for match in re.finditer(r"[^\n]*\n?", text)]
    at = 0
    while at < len(lines) - 1:
        if "|" in lines[at][0] and re.fullmatch(r"[\s|:-]*-[\s|:-]*", lines[at + 1][0]):
            end = at + 2
            while end < len(lines) and "|" in lines[end][0]:
                end += 1
            yield [_cells(*lines[n]) for n in (at, *range(at + 2, end))]
            at = end
        else:
            at += 1


def _cells(line: str, start: int) -> _Row:
    """The cells of a line, with where each begins."""
    bare = line.strip()
    shift = line.index(bare) if bare else 0
    edged = bare if bare.startswith("|") else "|" + bare
    shift -= len(edged) - len(bare) if edged != bare else 0
    edged = edged if edged.endswith("|") else edged + "|"
    found = []
    for match in _CELL.finditer(edged):
        blank = len(match[0]) - len(match[0].lstrip())
        found.append(_Cell(match[0].strip(), start + shift + match.start() + blank))
    return found


def _shares(head: _Row, body: list[_Row], column: int) -> Iterator[WrongCell]:
    """The shares of a column that are not of what most of them are of."""
    ways = list(_ways(head, body, column))
    best = max(ways, key=lambda each: _fitting(body, column, each[1]), default=None)
    if best is None:
        return
    told, fractions = best
    fits = _fitting(body, column, fractions)
    alone = told and len(ways) == 1 and _PART_HEAD.search(head[column].text)
    if fits < max(2, len(body) // 2 + 1) and not alone:
        return
    for row, fraction in zip(body, fractions, strict=True):
        share = row[column].share
        if share and not share.holds(fraction):
            right = f"{round(fraction * 100, 1).normalize():f}%"
            yield WrongCell(row[column].at, row[column].text, right)


def _ways(head: _Row, body: list[_Row], column: int) -> Iterator[tuple[bool, list[Decimal]]]:
    """What a column of shares may be: one column over another, or a column over its sum.

    Of each whether the headings say so, and the fraction for each row.
    """
    numbers = {}
    for other in range(len(head)):
        found = [row[other].number for row in body]
        if other != column and all(found):
            numbers[other] = [each for each in found if each]
    for part, parts in numbers.items():
        for whole, wholes in numbers.items():
            if part != whole and all(p <= w for p, w in zip(parts, wholes, strict=True)):
                titled = bool(_WHOLE_HEAD.search(head[whole].text))
                yield titled, [p / w for p, w in zip(parts, wholes, strict=True)]
        if len(parts) > 1:
            yield False, [each / sum(parts) for each in parts]


def _fitting(body: list[_Row], column: int, fractions: list[Decimal]) -> int:
    told = (row[column].share for row in body)
    return sum(bool(each and each.holds(f)) for each, f in zip(told, fractions, strict=True))


def _totals(rows: list[_Row], body: list[_Row], column: int) -> Iterator[WrongCell]:
    """The total of a column that is not the sum of its rows. Without subtotals, and with every row filled."""
    totals = [row for row in rows if _TOTAL.match(row[0].text)]
    found = [row[column].number for row in body]
    if len(totals) != 1 or rows[-1] is not totals[0] or len(body) < 2 or None in found:
        return
    total = totals[0][column].number
    right = sum((each for each in found if each is not None), Decimal(0))
    if total is not None and total != right:
        cell = totals[0][column]
        yield WrongCell(cell.at, cell.text, f"{right.normalize():f}")
