"""Reads one workbook and prints its cells as JSON. Runs in a process of its own.

A workbook of a few kilobytes can name a cell a million rows away, and the reader then asks for more
memory than there is, which ends the process: this one, not the one that builds the village.
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
"""Blank rows between two that are filled."""


def main() -> None:
    """Print the sheets of the workbook named on the command line, or why there are none: a word, and what it is
    about. `readers.tables.workbook` has the sentences."""
    _bound()
    sys.path.insert(0, sys.argv[2])  # The same program as the one that asks.
    import python_calamine

    from xiangji.readers.tables.workbook_marks import TooMuch, marks_of

    try:
        marks = marks_of(sys.argv[1])
        with open(sys.argv[1], "rb") as content:  # noqa: PTH123
            # By what is in it, whatever its ending says.
            book = python_calamine.CalamineWorkbook.from_filelike(content)
        found = _found(book, marks)
    except python_calamine.PasswordError:
        found = {"error": ("password", "")}
    except _TooFar as far:
        found = {"error": ("far", str(far))}
    except (_TooLarge, TooMuch):
        found = {"error": ("large", "")}
    except Exception as error:  # Whatever the file holds is the file's fault.
        found = {"error": ("broken", str(error).split("\n")[0] or type(error).__name__)}
    json.dump(found, sys.stdout)


class _TooLarge(Exception):
    pass


class _TooFar(Exception):
    """A cell stands far below all others; its name."""


def _bound() -> None:
    """Bound the memory where the system can; elsewhere a request beyond all memory fails anyway."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _found(book: Any, marks: dict[str, Any] | None) -> dict[str, Any]:
    """All sheets with their rows and marks; `shallow` where nobody could tell what stands beside the values."""
    told = marks or {"date1904": False, "sheets": {}}
    sheets = []
    for each in book.sheets_metadata:
        if str(each.typ).endswith("WorkSheet"):
            hidden = not str(each.visible).endswith(".Visible")
            sheet = _sheet(book, each.name, told["sheets"].get(each.name, {}))
            sheets.append(sheet | {"hidden": hidden})
    return {"sheets": sheets, "date1904": told["date1904"], "shallow": marks is None}


def _sheet(book: Any, name: str, marks: dict[str, Any]) -> dict[str, Any]:
    """The rows of a sheet down to the last in which something stands. A blank that was typed a million rows below
    the table is no part of it."""
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
    width = max(map(len, rows), default=0)
    if len(rows) * width > MOST_CELLS:
        raise _TooLarge
    if not marks:
        marks = {"merged": [_counted(each) for each in sheet.merged_cell_ranges or ()]}
    whole = [row + [("TEXT", "")] * (width - len(row)) for row in rows]
    return {"name": name, "rows": whole, "marks": marks}


def _put(rows: list[list[tuple[str, str]]], line: int, column: int, cell: tuple[str, str]) -> None:
    """Put what the reader took for empty into its place."""
    if line - len(rows) > MOST_BLANK or column > MOST_BLANK:
        raise _TooFar(f"{_letters(column)}{line}")
    rows += [[] for _ in range(line - len(rows))]
    row = rows[line - 1]
    row += [("TEXT", "")] * (column - len(row))
    row[column - 1] = cell


def _counted(merged: Any) -> list[int]:
    """A range as the reader gives it, from 0, as rows and columns from 1."""
    (top, left), (bottom, right) = merged
    return [top + 1, left + 1, bottom + 1, right + 1]


def _filled(sheet: Any) -> Iterator[list[Any]]:
    """Each row from the first one, as far as something stands in it."""
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
    """A column's name in a spreadsheet; the first is A."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _cell(value: Any) -> tuple[str, str]:
    """A value's kind and its text: a number without `.0`, a date as 2026-03-12."""
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
    """As the spreadsheet shows it: fifteen digits, and no exponent where it shows none."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")


if __name__ == "__main__":
    main()
