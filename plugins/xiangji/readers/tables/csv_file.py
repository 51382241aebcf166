"""Reads CSV files of spreadsheets into rows of cells with text and location.

Chinese Excel writes GB18030 without a mark. Other programs use semicolons or tabs as separators. An encoding or a
separator is accepted if the text then contains known column titles.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import accumulate, islice

from msgspec import Struct

from xiangji.model.location import Location
from xiangji.problems import Report
from xiangji.readers.tables.cell import Cell, Row
from xiangji.readers.tables.columns import is_title
from xiangji.readers.text_file import clean_text, decode_text, one_newline

SEPARATORS = (",", ";", "\t")
_HEAD = 5
_UNCLOSED = {"field": "表格", "value": '"……', "example": '"有逗号的文字"'}


class CsvForm(Struct, frozen=True):
    """Encoding, separator and newline of a CSV file, so that added rows are written in the same form."""

    encoding: str = "utf-8-sig"
    separator: str = ","
    newline: str = "\r\n"


NEW_FORM = CsvForm()
"""The form of new tables. Excel reads Chinese text correctly only with the byte order mark."""


def read_csv(
    raw: bytes, path: str, report: Report, known: Callable[[str], bool] = is_title
) -> tuple[list[Row], CsvForm] | None:
    """The rows of a CSV file and its form, or None after reporting why it cannot be read.

    `known` returns whether a text is a column title of such a table.
    """
    found = csv_text(raw, path, report, known)
    if found is None:
        return None
    text, form = found
    return list(csv_rows(text, path, report, form.separator)), form


def csv_text(
    raw: bytes, path: str, report: Report, known: Callable[[str], bool] = is_title
) -> tuple[str, CsvForm] | None:
    """The text of a CSV file and its form, with the arguments of `read_csv`."""
    decoded = _decode(raw, path, report, known)
    if decoded is None or not clean_text(decoded[0], path, report):
        return None
    text, encoding = decoded
    newline = "\r\n" if b"\r\n" in raw or b"\n" not in raw else "\n"
    return text, CsvForm(encoding, separator_of(text, known), newline)


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
    decode_text(raw, Location(path), report)  # Reports the place and the probable encoding.
    return None


def _is_utf8(line: bytes) -> bool:
    """Whether a line is certainly UTF-8.

    A file with lines in both encodings is refused, because as GB18030 the UTF-8 lines would be read as nonsense.
    """
    try:
        return any(ord(character) > 0x7FF for character in line.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def separator_of(text: str, known: Callable[[str], bool] = is_title) -> str:
    """The separator that gives the most known column titles. A comma if there are none."""
    return max(SEPARATORS, key=lambda sign: _titles(text, sign, known))


def _titles(text: str, separator: str, known: Callable[[str], bool]) -> int:
    """The greatest number of known column titles in one of the first rows."""
    reader = csv.reader(io.StringIO(text[:100_000], newline="\n"), delimiter=separator)
    most = 0
    with suppress(csv.Error):  # Reported when the rows are read.
        for row in islice(reader, _HEAD):
            most = max(most, sum(map(known, row)))
    return most


def csv_rows(text: str, path: str, report: Report, separator: str = ",") -> Iterator[Row]:
    """Yield the rows of cells. The location of a cell is the line and column of its first character."""
    try:
        for row in rows_in(text, separator):
            yield row.cells(path)
    except Unclosed as unclosed:
        report.add("table-cell", Location(path, unclosed.line), **_UNCLOSED)


class Unclosed(Exception):
    """Raised for a cell of more than 131,072 characters, in which a quote was probably never closed."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class TextRow:
    """A row as the texts of its cells. `content` is its text in the file, which begins on `line` (from 1)."""

    __slots__ = ("content", "line", "separator", "texts")

    def __init__(self, texts: list[str], line: int, content: str, separator: str) -> None:
        self.texts = texts
        self.line = line
        self.content = content
        self.separator = separator

    def starts(self) -> list[tuple[int, int]]:
        """The start of each cell: the number of lines below the first line of the row, and the column (from 1)."""
        if '"' in self.content:
            return _starts(self.content, self.separator)
        ends = accumulate(map(len, self.texts), initial=1)
        return [(0, end + number) for number, end in enumerate(ends)]

    def cells(self, path: str) -> Row:
        """The cells with their locations."""
        pairs = zip(self.texts, self.starts(), strict=False)
        return [Cell(text, Location(path, self.line + down, at)) for text, (down, at) in pairs]


def rows_in(text: str, separator: str) -> Iterator[TextRow]:
    """Yield the rows of a CSV file. Raises `Unclosed` if a quote is never closed."""
    lines = text.split("\n")
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=separator)
    before = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            raise Unclosed(before + 1) from None
        if row is None:
            return
        after = reader.line_num
        content = lines[before] if after == before + 1 else "\n".join(lines[before:after])
        yield TextRow(row, before + 1, content, separator)
        before = after


def _starts(content: str, separator: str) -> list[tuple[int, int]]:
    """The start of each cell of a row with quotes.

    As in the csv module, a quote opens only at the beginning of a cell or after a closing quote.
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
