"""Bytes to text: size, encoding, invisible characters and merge marks, before any parser sees it."""

from __future__ import annotations

import re
import stat
import unicodedata
from itertools import islice
from pathlib import Path

from xiangji.problems import Report
from xiangji.records.location import Location

LARGEST = 1_000_000
"""Bytes; the largest record file is a hundredth of it."""

# Control characters, zero-width characters and bidirectional overrides. Tab, newline and carriage
# return are the parsers' business; U+200D and U+FE0F also stand inside emoji and names, and stay.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200c\u200e\u200f\u2028\u2029"
    "\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)
_MERGE = re.compile(r"^(<{7} .*|={7}|>{7} .*)$", re.MULTILINE)

_MOST = 20
"""Marks told of one file. A binary file under a record's name has a million of them."""


def read_text(file: Path, name: str, report: Report) -> str | None:
    """The text of `file`, or None after reporting why not. `name` is its path in messages."""
    start = Location(name)
    try:
        status = file.stat()
        size = status.st_size
        if not stat.S_ISREG(status.st_mode):  # A pipe would never end.
            report.add("file-unreadable", start, why="不是普通文件 / not a regular file")
            return None
        if size > LARGEST:
            report.add("file-size", start, size=f"{size / 1e6:.1f} MB", limit="1 MB")
            return None
        raw = file.read_bytes()
    except OSError as error:
        report.add("file-unreadable", start, why=error.strerror or type(error).__name__)
        return None
    text = _decode(raw, start, report)
    if text is None:
        return None
    text = _one_newline(text)
    return text if _clean(text, name, report) else None


def _decode(raw: bytes, start: Location, report: Report) -> str | None:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _one_newline(raw[: error.start].decode("utf-8-sig", "replace"))
        place = Location(start.path, *line_column(before, len(before)))
        report.add("file-encoding", place, encoding=_guess(raw))
        return None


def _one_newline(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(raw: bytes) -> str:
    """The encoding to name in the message: a guess, and only that."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    return "GBK / GB18030"


def _clean(text: str, name: str, report: Report) -> bool:
    """Report what no author means to write. True if there was nothing."""
    clean = True
    for match in islice(INVISIBLE.finditer(text), _MOST):
        place = Location(name, *line_column(text, match.start()))
        report.add("yaml-character", place, value=code_point(match[0]))
        clean = False
    marks = list(islice(_MERGE.finditer(text), _MOST))
    if any(mark[0].startswith("<<<<<<<") for mark in marks):
        for mark in marks:
            place = Location(name, *line_column(text, mark.start()))
            report.add("merge-conflict", place, value=mark[0])
        clean = False
    return clean


def code_point(character: str) -> str:
    """A character by number and name, for a message about one that cannot be seen."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def line_column(text: str, offset: int) -> tuple[int, int]:
    """The line and column, from 1, of a character offset."""
    before = text[:offset]
    line = before.count("\n") + 1
    return line, offset - (before.rfind("\n") + 1) + 1
