"""CSV as spreadsheets write it: bytes to rows of cells, each with its text and its place.

Excel in China writes GB18030 without saying so; other programs put semicolons or tabs between the
cells. Both are read where they can only be meant so: when the text then holds headers we know.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

from xiangji.problems import Report
from xiangji.records.location import Location
from xiangji.sources.cell import Cell, Row
from xiangji.sources.columns import is_title
from xiangji.sources.text_file import clean_text, decode_text, one_newline

SEPARATORS = (",", ";", "\t")
_HEAD = 5
_UNCLOSED = {"field": "表格", "value": '"……', "example": '"有逗号的文字"'}


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How a table is written, so that rows added to it are like those before."""

    encoding: str = "utf-8-sig"
    separator: str = ","
    newline: str = "\r\n"


NEW_FORM = CsvForm()
"""For a table that is not there yet: Excel takes it for Chinese text only with the mark."""


def read_csv(
    raw: bytes, path: str, report: Report, known: Callable[[str], bool] = is_title
) -> tuple[list[Row], CsvForm] | None:
    """The rows of a CSV file and how it is written, or None after reporting why not. `known` says
    whether a text names a column of such a table."""
    decoded = _decode(raw, path, report, known)
    if decoded is None or not clean_text(decoded[0], path, report):
        return None
    text, encoding = decoded
    separator = separator_of(text, known)
    newline = "\r\n" if b"\r\n" in raw or b"\n" not in raw else "\n"
    rows = list(csv_rows(text, path, report, separator))
    return rows, CsvForm(encoding, separator, newline)


def _decode(
    raw: bytes, path: str, report: Report, known: Callable[[str], bool]
) -> tuple[str, str] | None:
    try:
        text = raw.decode("utf-8-sig")
        encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8"
        return one_newline(text), encoding
    except UnicodeDecodeError:
        pass
    if not any(map(_is_utf8, raw.splitlines())):
        try:
            text = one_newline(raw.decode("gb18030"))
        except UnicodeDecodeError:
            pass
        else:
            if _titles(text, separator_of(text, known), known):
                return text, "gb18030"
    decode_text(raw, Location(path), report)  # Says where, and what it looks like.
    return None


def _is_utf8(line: bytes) -> bool:
    """Whether a line can only be UTF-8: pasted together from two files, a table would be read as
    GB18030 to the end, and publish nonsense."""
    try:
        return any(ord(character) > 0x7FF for character in line.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def separator_of(text: str, known: Callable[[str], bool] = is_title) -> str:
    """What stands between the cells: the sign that gives the most headers; a comma if none does."""
    return max(SEPARATORS, key=lambda sign: _titles(text, sign, known))


def _titles(text: str, separator: str, known: Callable[[str], bool]) -> int:
    """How many known headers the best of the first rows holds."""
    reader = csv.reader(io.StringIO(text[:100_000], newline="\n"), delimiter=separator)
    most = 0
    with suppress(csv.Error):  # Told when the rows are read.
        for row in islice(reader, _HEAD):
            most = max(most, sum(map(known, row)))
    return most


def csv_rows(text: str, path: str, report: Report, separator: str = ",") -> Iterator[Row]:
    """Rows of cells. A cell's place is the line and the character it begins at."""
    lines = text.split("\n")
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=separator)
    while True:
        first = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error:  # A cell of more than 131,072 characters: a quote was never closed.
            report.add("table-cell", Location(path, first), **_UNCLOSED)
            return
        if row is None:
            return
        content = "\n".join(lines[first - 1 : reader.line_num])
        cells = zip(row, _starts(content, separator), strict=False)
        yield [Cell(text, Location(path, first + down, at)) for text, (down, at) in cells]


def _starts(content: str, separator: str) -> list[tuple[int, int]]:
    """Where each cell of a row begins: lines below the row's first, and column from 1.

    As the csv module reads: a quote opens only at the beginning of a cell, or after it closed.
    """
    starts, quoted, fresh, line, before = [(0, 1)], False, True, 0, 0
    for offset, character in enumerate(content, start=1):
        if character == '"' and (quoted or fresh):
            quoted, fresh = not quoted, True
            continue
        if character == "\n":
            line, before = line + 1, offset
        fresh = character == separator and not quoted
        if fresh:
            starts.append((line, offset + 1 - before))
    return starts
