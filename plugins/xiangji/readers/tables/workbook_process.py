"""Reads a workbook in a separate process and prints its cells as JSON.

A workbook of a few kilobytes can have a cell in row one million. The library then asks for more memory than there is,
which ends the process. A separate process keeps the build running.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

MEMORY = 1_500_000_000
MOST_CELLS = 400_000
MOST_CHARACTERS = 5_000_000
MOST_BLANK = 2_000
"""The most blank rows between two filled rows."""


def main() -> None:
    """Print the sheets of the workbook named on the command line, or an error.

    An error is a key of `_UNREADABLE` in `readers.tables.workbook`, and a detail for its message.
    """
    _limit_memory()
    sys.path.insert(0, sys.argv[2])  # The same package as in the calling process.
    import python_calamine

    from xiangji.readers.tables.marks.workbook_marks import TooMuch, marks_of, merged_of

    try:
        marks = marks_of(sys.argv[1])
        with open(sys.argv[1], "rb") as content:  # noqa: PTH123
            # The content decides the format, not the ending.
            book = python_calamine.CalamineWorkbook.from_filelike(content)
        merged = merged_of(sys.argv[1]) if marks is None else {}
        found = _found(book, marks, merged)
    except python_calamine.PasswordError:
        found = {"error": ("password", "")}
    except _TooFar as far:
        found = {"error": ("far", str(far))}
    except (_TooLarge, TooMuch):
        found = {"error": ("large", "")}
    except Exception as error:  # Any error is caused by the file.
        found = {"error": ("broken", str(error).split("\n")[0] or type(error).__name__)}
    json.dump(found, sys.stdout)


class _TooLarge(Exception):
    pass


class _TooFar(Exception):
    """Raised if a cell is far below all others, with the name of the cell."""


def _limit_memory() -> None:
    """Limit the memory where the system supports it. Elsewhere a request for too much memory fails anyway."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _found(
    book: Any, marks: dict[str, Any] | None, merged: dict[str, list[list[int]]]
) -> dict[str, Any]:
    """All sheets with their rows and marks. `shallow` says that the formatting could not be read.

    `merged` has the merged ranges of each sheet of an .ods file, of which nothing else is known.
    """
    told = marks or {"date1904": False, "sheets": {}}
    sheets = []
    for each in book.sheets_metadata:
        if str(each.typ).endswith("WorkSheet"):
            hidden = not str(each.visible).endswith(".Visible")
            known = told["sheets"].get(each.name, {})
            sheet = _sheet(book, each.name, known, merged.get(each.name))
            sheets.append(sheet | {"hidden": hidden})
    return {"sheets": sheets, "date1904": told["date1904"], "shallow": marks is None}


def _sheet(
    book: Any, name: str, marks: dict[str, Any], merged: list[list[int]] | None
) -> dict[str, Any]:
    """The rows of a sheet down to the last filled one. A cell with only blanks does not count as filled.

    Raises `_TooFar` or `_TooLarge` if a limit is exceeded.
    """
    sheet = book.get_sheet_by_name(name)
    rows: list[list[tuple[str, str]]] = []
    cells = characters = 0
    for number, values in enumerate(_filled(sheet)):
        if not values:
            continue
        if number - len(rows) > MOST_BLANK:
            raise _TooFar(f"{_letters(len(values))}{number + 1}")
        rows += [[] for _ in range(number - len(rows))]
        rows.append(list(map(_cell, values)))
        cells += len(values)
        characters += sum(len(text) for _, text in rows[-1])
        if cells > MOST_CELLS or characters > MOST_CHARACTERS:
            raise _TooLarge
    for line, column, held, text in marks.pop("cells", ()):
        _put(rows, line, column, (held, text))
    for line, column, shown in marks.pop("parts", ()):
        _cut(rows, line, column, shown)
    width = max(map(len, rows), default=0)
    if len(rows) * width > MOST_CELLS:
        raise _TooLarge
    if not marks:
        marks = {"merged": merged or [_counted(each) for each in sheet.merged_cell_ranges or ()]}
    whole = [row + [("TEXT", "")] * (width - len(row)) for row in rows]
    return {"name": name, "rows": whole, "marks": marks}


def _cut(rows: list[list[tuple[str, str]]], line: int, column: int, shown: int) -> None:
    """Keep of a date what its cell shows: people who know only the month see no day, and the file invents the first."""
    if line <= len(rows) and column <= len(rows[line - 1]):
        held, text = rows[line - 1][column - 1]
        if held == "DATE" and text[4:5] == "-":
            rows[line - 1][column - 1] = (held, text[:shown] + ("年" if shown == 4 else ""))


def _put(rows: list[list[tuple[str, str]]], line: int, column: int, cell: tuple[str, str]) -> None:
    """Put a cell that the library read as empty into its place."""
    if line - len(rows) > MOST_BLANK or column > MOST_BLANK:
        raise _TooFar(f"{_letters(column)}{line}")
    rows += [[] for _ in range(line - len(rows))]
    row = rows[line - 1]
    row += [("TEXT", "")] * (column - len(row))
    row[column - 1] = cell


def _counted(merged: Any) -> list[int]:
    """Convert a range counted from 0 to first row, first column, last row, last column, counted from 1."""
    (top, left), (bottom, right) = merged
    return [top + 1, left + 1, bottom + 1, right + 1]


def _filled(sheet: Any) -> Iterator[list[Any]]:
    """Yield each row from row 1 up to its last filled cell."""
    if sheet.end is None:
        return
    before = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        end = len(row)
        while end and (
            row[end - 1] == "" or (isinstance(row[end - 1], str) and row[end - 1].isspace())
        ):
            end -= 1
        yield [*before, *row[:end]] if end else []


def _letters(column: int) -> str:
    """The name of a column in a spreadsheet. Column 1 is A."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _cell(value: Any) -> tuple[str, str]:
    """The type (a name of `CellFormat`) and the text of a value: a number without `.0`, a date as 2026-03-12."""
    if isinstance(value, bool):
        return "TEXT", "是" if value else "否"
    if isinstance(value, int | float):
        return "NUMBER", _number(value)
    if isinstance(value, datetime.datetime):
        bare = (value.hour, value.minute) == (0, 0)
        return "DATE", str(value.date()) if bare else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, datetime.date):
        return "DATE", str(value)
    if isinstance(value, datetime.time):
        return "DATE", value.strftime("%H:%M")
    return "TEXT", str(value)


def _number(value: float) -> str:
    """A number as the spreadsheet shows it: at most fifteen digits, and whole numbers without exponent."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")


if __name__ == "__main__":
    main()
