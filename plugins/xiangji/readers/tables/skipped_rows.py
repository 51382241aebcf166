"""Recognises the rows of a table that are no records: sums, repeated headers, and the guide rows of our templates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from msgspec import Struct

from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.readers.tables.cell import Cell, Row
from xiangji.readers.tables.columns import Column

GUIDE_TITLE = "填表说明"
"""The title of the column in our templates that marks the rows which explain how to fill in the others."""

GUIDE_MARKS = ("填法", "示例")
"""The beginnings of the marks in that column."""

_SUM = late_pattern(r"\S{0,8}(?:合计|小计|总计|共计|累计)[:：]?")
"""The title of a sum, with what is summed before it: 合计, 四月小计, 本年累计."""


class Skipped(Struct, frozen=True):
    """A row that is no record. `why` is `title`, `header`, `sum` or `guide`."""

    line: int
    why: str


def is_sum(text: str) -> bool:
    """Whether a cell is a title of a sum, such as 合计."""
    return "计" in text and _SUM.fullmatch("".join(text.split())) is not None


def is_guide(row: Row, columns: Sequence[Column]) -> bool:
    """Whether a row of a template explains the others or is its example."""
    return any(
        column.title.text == GUIDE_TITLE and cell.text.strip().startswith(GUIDE_MARKS)
        for column, cell in zip(columns, row, strict=False)
    )


def why_skipped(
    row: Row, columns: Sequence[Column], keys: Collection[object], title: Callable[[Cell], str]
) -> str:
    """Why a row is no record; empty for a record.

    `keys` are the meanings of the columns that every record fills in. `title` returns the title that a header cell has.
    """
    pairs = [(cell, column) for cell, column in zip(row, columns, strict=False) if cell.filled]
    if all(title(cell) == column.title.text for cell, column in pairs):
        return "header"
    sums = [(cell, column) for cell, column in pairs if is_sum(cell.text)]
    beside = any(column.meaning is None for _, column in sums)
    named = [cell for cell, column in pairs if column.meaning in keys and not is_sum(cell.text)]
    return "sum" if sums and (beside or not named) else ""


def without_guides(body: list[Row], columns: Sequence[Column], skipped: list[Skipped]) -> list[Row]:
    """The rows without those that a template explains itself with, which are added to `skipped`."""
    if not any(column.title.text == GUIDE_TITLE for column in columns):
        return body
    kept = []
    for row in body:
        if is_guide(row, columns):
            skipped.append(Skipped(row[0].location.line, "guide"))
        else:
            kept.append(row)
    return kept
