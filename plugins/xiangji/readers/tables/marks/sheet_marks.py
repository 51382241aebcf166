"""Applies the formatting of a sheet to its rows: fills merged cells, and reports struck, hidden and coloured cells.

A text in a cell merged over three rows holds for each of them. A quantity merged over two lots is their sum and cannot
be divided, so it is reported. Hidden rows are read, and reported because people who open the file do not see them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from xiangji.model.location import Location
from xiangji.model.value_types import QUANTITY
from xiangji.problems import Report
from xiangji.readers.tables.cell import Cell, CellFormat, Row
from xiangji.readers.tables.columns import Column

_SHOWN = 6
_FAILURES = {CellFormat.FORMULA: "cell-formula", CellFormat.PICTURE: "cell-picture"}
_Place = tuple[int, int]
"""Row and column of a sheet (both from 1)."""


class Marks(Struct, frozen=True):
    """The formatting of a sheet. A merged range is first row, first column, last row, last column."""

    merged: tuple[tuple[int, int, int, int], ...] = ()
    struck: frozenset[_Place] = frozenset()
    notes: frozenset[_Place] = frozenset()
    rows: frozenset[int] = frozenset()
    """Hidden rows."""
    columns: frozenset[int] = frozenset()
    """Hidden columns."""
    looks: dict[_Place, str] = {}
    """The colours of the cells that have a fill or a text colour."""


NO_MARKS = Marks()


def marks_from(told: dict[str, Any]) -> Marks:
    """The marks in the output of `workbook_process`."""
    return Marks(
        tuple((a, b, c, d) for a, b, c, d in told.get("merged", ())),
        frozenset((row, column) for row, column in told.get("struck", ())),
        frozenset((row, column) for row, column in told.get("notes", ())),
        frozenset(told.get("rows", ())),
        frozenset(told.get("columns", ())),
        {(row, column): look for row, column, look in told.get("looks", ())},
    )


def heeded(body: list[Row], columns: Sequence[Column], marks: Marks, report: Report) -> list[Row]:
    """The rows below the header with merged cells filled in. All other formatting is reported."""
    read = [each for each in columns if each.meaning is not None]
    _tell_failed(body, read, report)
    if marks == NO_MARKS or not body:
        return body
    body = _filled(body, read, marks, report)
    _tell_struck(body, read, marks, report)
    _tell_hidden(body, read, marks, report)
    _tell_looks(body, read, marks, report)
    return body


def cell_name(line: int, column: int) -> str:
    """The name of a cell in a spreadsheet, such as E2. `line` and `column` count from 1."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return f"{name}{line}"


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    return "、".join(every[:_SHOWN]) + (f" …（{len(every)}）" if len(every) > _SHOWN else "")


def _is_key(column: Column) -> bool:
    """Whether a column has the ids of the records."""
    return column.meaning in ("lot", "id")


def _tell_failed(body: list[Row], read: list[Column], report: Report) -> None:
    """Report cells whose value is lost."""
    for row in body:
        for cell, column in _pairs(row, read):
            if cell.failed:
                name = (
                    ""
                    if cell.held is CellFormat.TEXT
                    else cell_name(cell.location.line, cell.location.column)
                )
                title = column.title.text
                report.add(
                    _FAILURES.get(cell.held, "cell-error"),
                    cell.location,
                    value=cell.text.strip()[:40],
                    where=f"{name}（“{title}”）" if name else f"“{title}”这一格",
                    where_en=f"{name} (“{title}”)" if name else f"The cell under “{title}”",
                )


def _pairs(row: Row, read: list[Column]) -> Iterable[tuple[Cell, Column]]:
    return ((row[each.number - 1], each) for each in read if len(row) >= each.number)


# --- merged cells ------------------------------------------------------------------------------


def _filled(body: list[Row], read: list[Column], marks: Marks, report: Report) -> list[Row]:
    """The rows with the value of each cell that is merged over several rows written into each of them."""
    by_line = {row[0].location.line: at for at, row in enumerate(body)}
    rows = list(body)
    told = []
    for top, left, bottom, right in sorted(marks.merged):
        column = next((each for each in read if left == each.number), None)
        lines = [line for line in range(top, bottom + 1) if line in by_line] if bottom > top else []
        if column is None or top not in by_line or len(lines) < 2:
            continue
        cell = rows[by_line[top]][left - 1]
        name = f"{cell_name(top, left)}:{cell_name(bottom, right)}"
        if not cell.filled or cell.failed:
            continue
        if _is_key(column) or (column.field and column.field.kind is QUANTITY):
            rule = "merged-key" if _is_key(column) else "merged-quantity"
            said = {"field": column.title.text, "value": cell.text.strip()[:40]}
            report.add(rule, cell.location, name=name, **said)
            continue
        told.append(name)
        for line in lines[1:]:
            rows[by_line[line]] = _with(rows[by_line[line]], left, cell)
    if told:
        report.add("cell-merged", Location(body[0][0].location.path), value=_listed(told))
    return rows


def _with(row: Row, number: int, cell: Cell) -> Row:
    """A row with the value of `cell` in column `number`. The location stays that of the row's own cell."""
    there = row[number - 1].location
    return [*row[: number - 1], replace(cell, location=there), *row[number:]]


# --- struck, hidden, coloured --------------------------------------------------------------------


def _tell_struck(body: list[Row], read: list[Column], marks: Marks, report: Report) -> None:
    for row in body:
        line = row[0].location.line
        pairs = [(cell, each) for cell, each in _pairs(row, read) if cell.filled]
        struck = [(cell, each) for cell, each in pairs if (line, each.number) in marks.struck]
        key = next((cell for cell, each in struck if _is_key(each)), None)
        if key is not None or (struck and len(struck) == len(pairs)):
            place = key or struck[0][0]
            report.add("row-struck", place.location, line=line, value=place.text.strip()[:40])
            continue
        for cell, column in struck:
            name = cell_name(line, column.number)
            said = {"field": column.title.text, "value": cell.text.strip()[:40]}
            report.add("cell-struck", cell.location, name=name, **said)


def _tell_hidden(body: list[Row], read: list[Column], marks: Marks, report: Report) -> None:
    """Report hidden rows and columns, which are read, and notes on cells, which are not read."""
    place = Location(body[0][0].location.path)
    lines = {row[0].location.line for row in body}
    rows = sorted(lines & marks.rows)
    columns = [each for each in read if each.number in marks.columns]
    if rows or columns:
        names = [f"第 {line} 行" for line in rows] + [
            f"“{each.title.text}”一列" for each in columns
        ]
        names_en = [f"row {line}" for line in rows]
        names_en += [f"column “{each.title.text}”" for each in columns]
        report.add(
            "cells-hidden", place, value=_listed(names), value_en=", ".join(names_en[:_SHOWN])
        )
    notes = sorted(each for each in marks.notes if each[0] in lines)
    if notes:
        report.add("cell-notes", place, value=_listed(cell_name(*each) for each in notes))


def _tell_looks(body: list[Row], read: list[Column], marks: Marks, report: Report) -> None:
    """Report rows with a colour that most other rows do not have, because it probably has a meaning."""
    if not marks.looks:
        return
    unlike: set[int] = set()
    for column in read:
        looks = {
            row[0].location.line: marks.looks.get((row[0].location.line, column.number), "")
            for row in body
            if len(row) >= column.number and row[column.number - 1].filled
        }
        counts = Counter(looks.values())
        usual = max(counts, key=lambda look: (counts[look], look == ""), default="")
        # A colour on every other row is only for reading and has no meaning.
        rare = {each for each, n in counts.items() if each != usual and n * 5 <= len(looks) * 2}
        pair = len(looks) == 2
        unlike |= {
            line
            for line, look in looks.items()
            if look in rare or (pair and look and look != usual)
        }
    if unlike:
        names = _listed(f"第 {line} 行" for line in sorted(unlike))
        names_en = ", ".join(map(str, sorted(unlike)[:_SHOWN]))
        place = Location(body[0][0].location.path, min(unlike))
        report.add("rows-coloured", place, value=names, value_en=names_en)
