"""Reads workbooks (.xlsx, .xlsm, .xls, .et, .ods) into sheets of cells. The content decides the format."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct

from xiangji.model.location import Location
from xiangji.model.lookalike import private_sign
from xiangji.problems import Report
from xiangji.readers.tables import workbook_process
from xiangji.readers.tables.cell import Cell, CellFormat, Row
from xiangji.readers.tables.marks.sheet_marks import NO_MARKS, Marks, marks_from
from xiangji.readers.text_file import INVISIBLE, code_point, one_newline, read_bytes

LISTS_SHEET = "选项（下拉用）"
"""The sheet of our templates with the words of drop-down lists, which are no records."""

ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".ods")
LARGEST = 5_000_000
"""The size limit of a workbook in bytes. Photos pasted into it count too."""

_SECONDS = 20
_MOST = 20
_FROM_1904 = 1462
"""Days between the two epochs of workbooks, 1900 and 1904."""

_PACKED = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"
_SAVE = (
    "在 WPS 或 Excel 里打开它，用“文件、另存为”存成 .xlsx。",
    "Open it in a spreadsheet and save it as .xlsx.",
)
_UNREADABLE = {
    "password": (
        "有密码", "it has a password",
        "在 WPS 或 Excel 里打开它，去掉密码，再保存。", "Open it in a spreadsheet, take off the password and save it.",
    ),
    "far": (
        "最后有字的格子是 {about}，离上面的太远", "the last cell, {about}, is too far below the others",
        "在表格软件里按 Ctrl+End 跳到那里，删掉它；或者只选中有字的格子，复制到一张新表里，另存为 .xlsx。",
        "Go there with Ctrl+End and delete it; or copy only the filled cells into a new sheet and save that as .xlsx.",
    ),
    "large": (
        "格子或者字太多", "it holds too many cells or characters",
        "只选中有字的格子，复制到一张新表里，另存为 .xlsx；一年一张表也行。",
        "Copy only the filled cells into a new sheet and save that as .xlsx; or keep a table for each year.",
    ),
    "slow": (f"{_SECONDS} 秒还没有读完", f"not read after {_SECONDS} seconds", *_SAVE),
    "stopped": (
        "读到一半停了，最远的格子太远，或者文件坏了", "reading broke off: its last cell is too far away, or it is damaged",
        "在表格软件里按 Ctrl+End，看最远的格子在哪里；只选中有字的格子，复制到一张新表里，另存为 .xlsx。",
        "See with Ctrl+End where its last cell is; copy only the filled cells into a new sheet and save that as .xlsx.",
    ),
    "html": ("里面是网页或者 XML，只是名字像表格", "it is a web page, or XML, under the name of a workbook", *_SAVE),
    "empty": (
        "是空的，一个字节也没有", "it is empty",
        "多半没有存好或者没有下载完：重新存一次，再放进来。", "It was not saved or downloaded whole: do that again.",
    ),
    "broken": ("不是表格软件的文件，或者坏了", "{about}", *_SAVE),
}  # fmt: skip


class Worksheet(Struct, frozen=True):
    """One sheet of a workbook: its rows from row 1, its formatting, and whether it is hidden."""

    name: str
    rows: list[Row]
    marks: Marks = NO_MARKS
    hidden: bool = False


def is_workbook(raw: bytes) -> bool:
    """Whether the bytes of a file begin like a workbook, whatever its name is."""
    return raw.startswith((_PACKED, _COMPOUND))


def is_text(raw: bytes) -> bool:
    """Whether the bytes are plain text, because many programs give CSV files the ending .xls."""
    begin = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return bool(begin) and b"\0" not in begin and not is_workbook(raw) and not _is_page(begin)


def _is_page(begin: bytes) -> bool:
    return begin.startswith(b"<")


def read_workbook(file: Path, path: str, report: Report) -> list[Worksheet] | None:
    """The sheets of a workbook, or None after reporting why it cannot be read."""
    raw = read_bytes(file, path, report, LARGEST)
    if raw is None:
        return None
    known = _unreadable_key(raw)
    found: dict[str, Any] = {"error": (known, "")} if known else _read_in_process(file)
    if "error" in found:
        _tell_unreadable(path, report, *found["error"])
        return None
    if found["shallow"]:
        report.add("workbook-shallow", Location(path), value=file.suffix)
    shift = _FROM_1904 if found["date1904"] else 0
    sheets = [
        Worksheet(each["name"], _rows(each["rows"], path, shift), marks_from(each["marks"]), each["hidden"])
        for each in found["sheets"]
    ]  # fmt: skip
    clean = [_clean(cell, report) for sheet in sheets for row in sheet.rows for cell in row]
    return sheets if all(clean) else None


def _unreadable_key(raw: bytes) -> str:
    """Why a workbook cannot be read, from its bytes alone: a key of `_UNREADABLE`, or empty."""
    if not raw:
        return "empty"
    if raw.startswith(_COMPOUND) and "EncryptedPackage".encode("utf-16-le") in raw:
        return "password"
    return "html" if _is_page(raw[:4096].lstrip()) else ""


def _tell_unreadable(path: str, report: Report, word: str, about: str) -> None:
    why, why_en, do, do_en = _UNREADABLE[word]
    said = {"why": why.format(about=about), "why_en": why_en.format(about=about)}
    report.add("workbook-unreadable", Location(path), **said, do=do, do_en=do_en)


def chosen_sheet(
    sheets: list[Worksheet], path: str, report: Report, is_headed: Callable[[list[Row]], bool]
) -> Worksheet | None:
    """The one visible sheet with a header. If no sheet has a header, the first visible sheet that is not empty.

    None if there is no such sheet, or after reporting that several sheets have a header. Hidden sheets with a header
    are reported and not read, because people who open the file do not see them.
    """
    own = [sheet for sheet in sheets if sheet.name != LISTS_SHEET]
    filled = [sheet for sheet in own if any(cell.filled for row in sheet.rows for cell in row)]
    headed = [sheet for sheet in filled if is_headed(sheet.rows)]
    hidden = "、".join(sheet.name for sheet in headed if sheet.hidden)
    if hidden:
        report.add("sheet-hidden", Location(path), value=hidden)
    shown = [sheet for sheet in headed if not sheet.hidden]
    if len(shown) > 1:
        names = "、".join(sheet.name for sheet in shown)
        report.add("table-sheets", Location(path), value=names)
        return None
    if headed:
        return next(iter(shown), None)
    return next((sheet for sheet in filled if not sheet.hidden), None)


def _read_in_process(file: Path) -> dict[str, Any]:
    """The output of `workbook_process` for a workbook. If the process ends without output, the result is an error."""
    import subprocess

    package = Path(workbook_process.__file__).parents[2]
    # -P: modules in the folder of that file must not hide modules of the standard library.
    command = [sys.executable, "-P", workbook_process.__file__, str(file.resolve()), str(package)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        found: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return {"error": ("slow", "")}
    except (OSError, ValueError):
        return {"error": ("stopped", "")}
    return found


def _rows(rows: list[list[list[str]]], path: str, shift: int) -> list[Row]:
    return [
        [
            Cell(one_newline(text), Location(path, line, column), CellFormat[held], shift)
            for column, (held, text) in enumerate(row, start=1)
        ]
        for line, row in enumerate(rows, start=1)
    ]


def _clean(cell: Cell, report: Report) -> bool:
    """Report invisible and private-use characters. False if the cell contains an invisible character."""
    hidden = INVISIBLE.search(cell.text)
    private = private_sign(cell.text)
    if private is not None and len(report.problems) < _MOST:
        report.add("sign-private", cell.location, value=code_point(private[0]))
    if hidden is None:
        return True
    if len(report.problems) < _MOST:
        report.add("yaml-character", cell.location, value=code_point(hidden[0]))
    return False
