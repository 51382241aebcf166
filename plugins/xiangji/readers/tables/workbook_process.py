"""Reads one workbook and prints its cells as JSON. Runs in a process of its own.

A workbook of a few kilobytes can name a cell a million rows away, and the reader then asks for more
memory than there is, which ends the process: this one, not the one that builds the village. Imports
nothing of ours, since it is started as a plain file.
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
    """Print the sheets of the workbook named on the command line, or why there are none."""
    _bound()
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
        found: dict[str, Any] = {"sheets": [_sheet(book, name) for name in book.sheet_names]}
    except python_calamine.PasswordError:
        found = {"error": ("有密码", "it has a password")}
    except _TooFar as far:
        found = {
            "error": (
                f"最后有字的格子是 {far}，离上面的太远",
                f"the last cell, {far}, is too far below the others",
            )
        }
    except _TooLarge:
        found = {"error": ("格子或者字太多", "it holds too many cells or characters")}
    except Exception as error:  # Whatever the file holds is the file's fault.
        why = str(error).split("\n")[0] or type(error).__name__
        found = {"error": ("不是表格软件的文件，或者坏了", why)}
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


def _sheet(book: Any, name: str) -> dict[str, Any]:
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
    width = max(map(len, rows), default=0)
    if len(rows) * width > MOST_CELLS:
        raise _TooLarge
    return {"name": name, "rows": [row + [("TEXT", "")] * (width - len(row)) for row in rows]}


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
