"""Reports codes that a spreadsheet changed into numbers or dates. The lost digits cannot be guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xiangji.model.location import Location
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.problems import Report
from xiangji.readers.tables.cell import Cell, CellFormat, Row
from xiangji.readers.tables.cell_value import is_text_mark, understand
from xiangji.readers.tables.columns import Column

_CODES = frozenset(["lot", "telephone", "gtin"])
"""Value types that consist of digits but are no numbers."""

_SCIENTIFIC = late_pattern(r"\d(\.\d+)?[Ee]\+\d+")
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_AS_DATE = late_pattern(rf"({_MONTHS})-\d\d|\d{{1,2}}-({_MONTHS})|\d+年\d+月(\d+日)?|\d+月\d+日")
_LOT = late_pattern(r"[A-Za-z0-9._-]+")
_NUMBER = late_pattern(r"[1-9]\d*")


def report_lost(columns: list[Column], rows: list[Row], report: Report) -> set[Location]:
    """Report each code that a spreadsheet changed. Return the locations of the rows whose code was lost."""
    lost: set[Location] = set()
    for column in columns:
        kind = column.field.kind.name if column.field else ""
        if kind not in _CODES:
            continue
        if kind == "lot":
            # A failed cell is reported elsewhere.
            lost |= {
                row[0].location
                for row in rows
                if len(row) >= column.number and row[column.number - 1].failed
            }
        cells = [(row[0].location, cell) for row, cell in _under(column, rows)]
        for row, cell in cells:
            if cell.held is not CellFormat.TEXT:
                told = {"field": column.name, "value": cell.text, "held": cell.held.value}
                report.add(
                    "table-number-code", cell.location, **told, held_en=cell.held.name.lower()
                )
                lost.add(row)
        if kind == "lot":
            texts = [(row, cell) for row, cell in cells if cell.held is CellFormat.TEXT]
            lost |= _report_lots(column, texts, report)
    return lost


def _under(column: Column, rows: list[Row]) -> Iterator[tuple[Row, Cell]]:
    for row in rows:
        if len(row) >= column.number and understand(column, row[column.number - 1]):
            yield row, row[column.number - 1]


def _report_lots(
    column: Column, cells: list[tuple[Location, Cell]], report: Report
) -> set[Location]:
    """Report lots that a spreadsheet changed before it wrote CSV, by comparison with the other lots."""
    zeros, named = _longest([cell.text for _, cell in cells])
    lost = set()
    for row, cell in cells:
        lot = cell.text.strip()
        told = None if is_text_mark(cell, column) else _damage(lot, zeros, named)
        if told:
            report.add("table-lost-zero", cell.location, value=lot, **told)
            lost.add(row)
    return lost


def _longest(texts: list[str]) -> tuple[str, str]:
    """The lots to compare with: the longest with leading zeros, and the shortest with other characters than digits."""
    lots = [text.strip().lstrip("'") for text in texts]
    good = [lot for lot in lots if _LOT.fullmatch(lot) and not _SCIENTIFIC.fullmatch(lot)]
    zeros = max((lot for lot in good if re.fullmatch(r"0\d+", lot)), key=len, default="")
    named = min((lot for lot in good if not lot.isdigit()), key=len, default="")
    return zeros, named


def _damage(lot: str, zeros: str, named: str) -> dict[str, str] | None:
    """How a spreadsheet changed a lot, as details of the message. None if there is no sign of it.

    A bare number is suspect if it is shorter than another lot with leading zeros (12 beside 0012), or shorter than all
    lots with other characters than digits (12 beside 2026-03A). A number of the same length has lost nothing.
    """
    plain = {"more": "", "more_en": ""}
    if _SCIENTIFIC.fullmatch(lot):
        return {"why": "科学计数法", "why_en": "scientific notation", **plain}
    if _AS_DATE.fullmatch(lot):
        return {"why": "变成了日期", "why_en": "into a date", **plain}
    other = next((each for each in (zeros, named) if len(lot) < len(each)), "")
    if not other or not _NUMBER.fullmatch(lot):
        return None
    return {
        "why": f"同一列里有“{other}”，这一个前面的 0 可能丢了",
        "why_en": f"beside “{other}”, a leading zero may be lost",
        "more": f"本来就是 {lot} 的，在前面加一个英文单引号：'{lot}",
        "more_en": f" If it really is {lot}, put an apostrophe before it: '{lot}",
    }
