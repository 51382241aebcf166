"""Converts the text of a cell to the value that was meant, independent of how a spreadsheet wrote it.

Examples are a serial number in a date column, a bare number under 产量（罐）, a line break, and an apostrophe that keeps
a formula from running. Each has only one meaning, so it is converted, and `xiangji import` shows the change.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from xiangji.model.fields import AnyValueType, ListOf, UnreadableValue, fold_digits
from xiangji.model.node import Scalar
from xiangji.model.parsing.late_pattern import compiled, late_pattern
from xiangji.model.value_types import DAY, FLAG, LINE, PARTIAL_DAY, PROSE, QUANTITY
from xiangji.readers.tables.cell import Cell
from xiangji.readers.tables.columns import Column

_MARKS = frozenset(["/", "\\", "-", "--", "—", "——", "–", "－", "／"])
"""Strokes that mark an empty cell, as on paper."""

_NOTHING = frozenset(["无", "没有", "未记录", "不详", "未知", "暂无", "待补", "n/a", "null"])
"""Words for an empty value. In free text (备注, 原因) they are kept, because 无 may be the answer there."""

FORMULA = late_pattern(r"'*[=+\-@＝＋－＠]")
"""Matches the start of a text that a spreadsheet may run as a formula. It is written with an apostrophe before it, and
the apostrophe is removed on reading. So the text stays the same and never runs."""

_EPOCH = date(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 73_050
"""The serial numbers that are read as dates (1954 to 2099). Smaller numbers are counts."""


class Understood(NamedTuple):
    """The text of a cell as meant. `changed` says that it differs from the text in the cell."""

    value: Scalar
    changed: bool = False


def understand(column: Column, cell: Cell) -> Understood | None:
    """The meaning of a cell in its column. None if the cell is empty, marked as empty, or failed."""
    text = _unquoted(cell.text.strip(), column)
    row = column.field
    kind = row.kind if row else None
    if not text or cell.failed or _says_nothing(text, kind):
        return None
    if kind is not PROSE and "\n" in text:
        text = compiled(r"\s*\n\s*").sub("、" if isinstance(kind, ListOf) else " ", text)
    meant = text
    if kind is DAY:
        meant = _day(text, cell.shift)
    elif kind is PARTIAL_DAY:
        meant = _month(_day(text, cell.shift))
    elif kind is QUANTITY and column.unit and _lacks_a_unit(text):
        return Understood(Scalar(f"{text} {column.unit}", cell.location))
    return Understood(Scalar(meant, cell.location), meant != text)


def _lacks_a_unit(text: str) -> bool:
    try:
        return not QUANTITY.parse(text).unit
    except UnreadableValue:
        return False


def is_text_mark(cell: Cell, column: Column) -> bool:
    """Whether an apostrophe marks a lot as text: '12 was never 0012."""
    return column.meaning == "lot" and cell.text.strip().startswith("'")


def guarded(text: str) -> str:
    """A text in the form for CSV files, with an apostrophe before it if a spreadsheet could run it."""
    return f"'{text}" if FORMULA.match(text) else text


def _unquoted(text: str, column: Column) -> str:
    """A text without the apostrophe that marks it as text: before a formula, and before any lot."""
    if text.startswith("'") and (FORMULA.match(text) or column.meaning == "lot"):
        return text[1:]
    return text


def _says_nothing(text: str, kind: AnyValueType | None) -> bool:
    return text in _MARKS or (text.lower() in _NOTHING and kind not in (LINE, PROSE, FLAG))


def _month(text: str) -> str:
    """202509 as 2025-09. Any other text is returned unchanged."""
    match = compiled(r"((?:19|20)\d\d)(0[1-9]|1[0-2])").fullmatch(fold_digits(text))
    return f"{match[1]}-{match[2]}" if match else text


def _day(text: str, shift: int) -> str:
    """46093 and 20260312 as dates (YYYY-MM-DD). Any other text is returned unchanged.

    `shift` is the number of days to add to a serial number.
    """
    folded = fold_digits(text)
    if compiled(r"\d{5}(\.\d+)?").fullmatch(folded):
        days = int(folded[:5]) + shift
        if _FIRST_SERIAL <= days <= _LAST_SERIAL:
            return str(_EPOCH + timedelta(days=days))
    if match := compiled(r"((?:19|20)\d\d)(\d\d)(\d\d)").fullmatch(folded):
        try:
            return str(date(*map(int, match.groups())))
        except ValueError:
            return text
    return text
