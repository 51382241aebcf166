"""A spreadsheet's own files (.xlsx, .xls, .ods) to sheets of cells, through an optional package."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from msgspec import Struct

from xiangji.model.location import Location
from xiangji.problems import Report
from xiangji.readers.tables import workbook_process
from xiangji.readers.tables.cell import Cell, CellFormat, Row
from xiangji.readers.text_file import INVISIBLE, code_point, one_newline, read_bytes

ENDINGS = (".xlsx", ".xls", ".ods")
LARGEST = 5_000_000
"""Bytes; photographs pasted beside the rows are welcome to less."""

_SECONDS = 20
_MOST = 20


class Worksheet(Struct, frozen=True):
    """One sheet of a workbook, with its rows from the first."""

    name: str
    rows: list[Row]


def read_workbook(file: Path, path: str, report: Report) -> list[Worksheet] | None:
    """The sheets of a workbook, or None after reporting why not."""
    place = Location(path)
    if find_spec("python_calamine") is None:
        report.add("table-needs-extra", place, value=file.suffix)
        return None
    if read_bytes(file, path, report, LARGEST) is None:
        return None
    found = _read_apart(file)
    if "error" in found:
        why, why_en = found["error"]
        report.add("workbook-unreadable", place, why=why, why_en=why_en)
        return None
    sheets = [Worksheet(each["name"], _rows(each["rows"], path)) for each in found["sheets"]]
    clean = [_clean(cell, report) for sheet in sheets for row in sheet.rows for cell in row]
    return sheets if all(clean) else None


def chosen_sheet(
    sheets: list[Worksheet], path: str, report: Report, is_headed: Callable[[list[Row]], bool]
) -> Worksheet | None:
    """The one sheet in which a header is found; without any, the first that is not empty. Several are reported."""
    filled = [sheet for sheet in sheets if any(cell.filled for row in sheet.rows for cell in row)]
    headed = [sheet for sheet in filled if is_headed(sheet.rows)]
    if len(headed) > 1:
        names = "、".join(sheet.name for sheet in headed)
        report.add("table-sheets", Location(path), value=names)
        return None
    return next(iter(headed or filled), None)


def _read_apart(file: Path) -> dict[str, Any]:
    """What `workbook_child` says of a workbook; its end without a word is an answer too."""
    import subprocess

    # -P: the folder of that file holds modules with everyday names, which must not be found.
    command = [sys.executable, "-P", workbook_process.__file__, str(file.resolve())]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        found: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"error": (f"{_SECONDS} 秒还没有读完", f"not read after {_SECONDS} seconds")}
    except (OSError, ValueError):
        return {"error": ("读到一半停了，可能坏了", "reading broke off; it may be damaged")}
    return found


def _rows(rows: list[list[list[str]]], path: str) -> list[Row]:
    return [
        [
            Cell(one_newline(text), Location(path, line, column), CellFormat[held])
            for column, (held, text) in enumerate(row, start=1)
        ]
        for line, row in enumerate(rows, start=1)
    ]


def _clean(cell: Cell, report: Report) -> bool:
    """Report what no author means to write. True if there was nothing, or too much to tell."""
    hidden = INVISIBLE.search(cell.text)
    if hidden is None:
        return True
    if len(report.problems) < _MOST:
        report.add("yaml-character", cell.location, value=code_point(hidden[0]))
    return False
