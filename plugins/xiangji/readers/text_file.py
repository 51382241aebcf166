"""Reads text files: checks size, encoding, invisible characters and merge conflict marks before parsing."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
from pathlib import Path

from xiangji.model.location import Location
from xiangji.model.lookalike import private_sign
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.problems import Report
from xiangji.regular_file import NotRegular, TooLarge, read_regular

LARGEST = 1_000_000
"""Bytes. The largest known record file has a hundredth of this size."""

# Control characters, zero-width characters and bidirectional overrides. The parsers handle tab, newline and carriage
# return. U+200D and U+FE0F are allowed, because emoji and names contain them.
INVISIBLE = late_pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f"
    "\u2028\u2029\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e00ff]"
)
_MERGE = late_pattern(r"^(<{7} .*|={7}|>{7} .*)$", re.MULTILINE)
_BETWEEN = "=" * 7

_MOST = 20
"""The most marks reported for one file. A binary file under the name of a record may have a million of them."""


def read_text(file: Path, name: str, report: Report) -> str | None:
    """The text of `file`, or None after reporting why it cannot be read. `name` is its path in messages."""
    raw = read_bytes(file, name, report)
    return None if raw is None else text_of(raw, name, report)


def text_of(raw: bytes, name: str, report: Report) -> str | None:
    """The text in the bytes of a file, or None after reporting why it cannot be read."""
    text = decode_text(raw, Location(name), report)
    if text is None:
        return None
    text = one_newline(text)
    return text if clean_text(text, name, report) else None


def read_bytes(file: Path | str, name: str, report: Report, largest: int = LARGEST) -> bytes | None:
    """The bytes of a regular file of at most `largest` bytes, or None after reporting why it cannot be read."""
    start = Location(name)
    try:
        return read_regular(file, largest)
    except TooLarge as error:
        limit = f"{largest / 1e6:.0f} MB"
        report.add("file-size", start, size=f"{error.size / 1e6:.1f} MB", limit=limit)
    except NotRegular:
        report.add("file-unreadable", start, why="不是普通文件", why_en="not a regular file")
    except OSError as error:
        why_en = error.strerror or type(error).__name__
        why = "没有读取权限" if isinstance(error, PermissionError) else "打不开"
        report.add("file-unreadable", start, why=why, why_en=why_en)
    return None


def decode_text(raw: bytes, start: Location, report: Report) -> str | None:
    """Decode UTF-8, or return None after reporting the first invalid byte."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = one_newline(raw[: error.start].decode("utf-8-sig", "replace"))
        place = Location(start.path, *line_column(before, len(before)))
        report.add("file-encoding", place, encoding=_guess(raw))
        return None


def one_newline(text: str) -> str:
    """A text with `\\n` in place of `\\r\\n` and `\\r`."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _guess(raw: bytes) -> str:
    """The probable encoding, for the message only."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return "?"
    return "GBK / GB18030"


def clean_text(text: str, name: str, report: Report) -> bool:
    """Report invisible characters, private-use characters and merge conflicts. Return whether the text can be used.

    A private-use character is reported, but the text is still used.
    """
    clean = True
    for match in islice(INVISIBLE.finditer(text), _MOST):
        place = Location(name, *line_column(text, match.start()))
        report.add("yaml-character", place, value=code_point(match[0]))
        clean = False
    private = private_sign(text)
    if private is not None:
        place = Location(name, *line_column(text, private.start()))
        report.add("sign-private", place, value=code_point(private[0]))
    return _merged(text, name, report) and clean


def _merged(text: str, name: str, report: Report) -> bool:
    """Report each merge conflict once, at its first mark, even if some marks are missing. True if there is none."""
    marks = list(islice(_MERGE.finditer(text), _MOST))
    if name.endswith(".md") and all(mark[0] == _BETWEEN for mark in marks):
        return True  # Markdown underlines headings with =.
    while marks:
        ends = (n for n, mark in enumerate(marks) if mark[0][0] == ">")
        last = next(ends, len(marks) - 1)
        found = [(text.count("\n", 0, mark.start()) + 1, mark[0][:7]) for mark in marks[: last + 1]]
        zh = "、".join(f"第 {line} 行 {mark}" for line, mark in found)
        en = ", ".join(f"line {line} {mark}" for line, mark in found)
        report.add("merge-conflict", Location(name, found[0][0]), marks=zh, marks_en=en)
        marks = marks[last + 1 :]
        if not marks:
            return False
    return True


def code_point(character: str) -> str:
    """The code point and Unicode name of a character, for messages about invisible characters."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def line_column(text: str, offset: int) -> tuple[int, int]:
    """The line and column (both from 1) of a character offset."""
    before = text[:offset]
    line = before.count("\n") + 1
    return line, offset - (before.rfind("\n") + 1) + 1
