"""Reads one workbook and prints its cells as JSON. Runs in a process of its own.

A workbook of a few kilobytes can name a cell a million rows away, and the reader then asks for more
memory than there is, which ends the process: this one, not the one that builds the village. Imports
nothing of ours, since it is started as a plain file.
"""

from __future__ import annotations

import datetime
import json
import sys
from contextlib import suppress
from typing import Any

MEMORY = 1_500_000_000
MOST_CELLS = 400_000
MOST_CHARACTERS = 5_000_000


def main() -> None:
    """Print the sheets of the workbook named on the command line, or why there are none."""
    _bound()
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
        found: dict[str, Any] = {"sheets": [_sheet(book, name) for name in book.sheet_names]}
    except python_calamine.PasswordError:
        found = {"error": ("有密码", "it has a password")}
    except _TooLarge:
        found = {"error": ("格子或者字太多", "it holds too many cells or characters")}
    except Exception as error:  # Whatever the file holds is the file's fault.
        why = str(error).split("\n")[0] or type(error).__name__
        found = {"error": ("不是表格软件的文件，或者坏了", why)}
    json.dump(found, sys.stdout)


class _TooLarge(Exception):
    pass


def _bound() -> None:
    """Bound the memory where the system can; elsewhere a request beyond all memory fails anyway."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _sheet(book: Any, name: str) -> dict[str, Any]:
    sheet = book.get_sheet_by_name(name)
    if sheet.end is None:
        return {"name": name, "rows": []}
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    if height * width > MOST_CELLS:
        raise _TooLarge
    rows = [list(map(_cell, row)) for row in sheet.to_python(skip_empty_area=False)]
    if sum(len(text) for row in rows for _, text in row) > MOST_CHARACTERS:
        raise _TooLarge
    return {"name": name, "rows": rows}


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
