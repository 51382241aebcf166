"""Reads registers (`products/codes.csv`, `products/pledges.csv`) and other tables into records.

Like batch tables, they may have any known encoding, separator and name of a column. Rows of registers are only added.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from xiangji import urls
from xiangji.model.fields import fields_of, fold_key, keys_of
from xiangji.model.nearest import nearest
from xiangji.model.node import Mapping, Node, Scalar
from xiangji.problems import Report
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables.cell import Cell, Row
from xiangji.readers.tables.cell_value import understand
from xiangji.readers.tables.columns import ROW_NUMBERS, Column, header_hint
from xiangji.readers.tables.csv_file import NEW_FORM, CsvForm, read_csv
from xiangji.readers.tables.sheet_marks import NO_MARKS, Marks, heeded
from xiangji.records.code import PrintedCode
from xiangji.records.conformity import IssuedCertificate

REGISTER = "products/codes.csv"
PLEDGES = "products/pledges.csv"
DRILLS = "products/drills.csv"
"""The list of recall drills. No build reads it, so that a mistake in it cannot delay a recall."""

R = TypeVar("R")

_TOP = 5
"""The number of first rows in which the header may stand. Above it there may be a title."""


class ReadRow(Struct, Generic[R], frozen=True):
    """One row as a node, and its record. The record is None if the row was reported as unreadable."""

    node: Mapping
    record: R | None


class Register(Struct, Generic[R], frozen=True):
    """A register as it was read: its rows in order, its columns, and the form of the CSV file."""

    read: tuple[ReadRow[R], ...] = ()
    columns: tuple[Column, ...] = ()
    form: CsvForm = NEW_FORM

    @property
    def rows(self) -> tuple[R, ...]:
        """The records of the rows that can be read."""
        return tuple(each.record for each in self.read if each.record is not None)


def read_register(
    raw: bytes, path: str, site_url: str | None, report: Report
) -> tuple[PrintedCode, ...]:
    """The rows of the register of codes in the order of the file. Addresses become relative to `site_url`."""
    found = read_rows(PrintedCode, raw, path, report)
    return tuple(_within(code, site_url) for code in found.rows)


def read_pledges(raw: bytes, path: str, report: Report) -> tuple[IssuedCertificate, ...]:
    """The issued certificates, in the order of the file."""
    return read_rows(IssuedCertificate, raw, path, report).rows


def read_rows(record: type[R], raw: bytes, path: str, report: Report) -> Register[R]:
    """Read a CSV file whose rows are records of one class."""
    found = read_csv(raw, path, report, partial(is_title, record))
    return rows_of(record, found[0], report, found[1]) if found else Register()


def rows_of(
    record: type[R],
    cells: list[Row],
    report: Report,
    form: CsvForm = NEW_FORM,
    marks: Marks = NO_MARKS,
) -> Register[R]:
    """Read rows of cells, from CSV or a workbook, as records of one class."""
    rows = [row for row in cells if any(cell.filled for cell in row)]
    if not rows:
        return Register()
    at = max(range(min(_TOP, len(rows))), key=lambda n: (_titles(record, rows[n]), -n))
    columns = [_column(record, cell, number) for number, cell in enumerate(rows[at], start=1)]
    _report_unknown(record, columns, report)
    missing = _missing(record, columns)
    if missing:
        rule = "register-no-address" if record is PrintedCode else "register-no-column"
        report.add(rule, rows[at][0].location, field=missing)
        return Register((), tuple(columns), form)
    kept = []
    for row in heeded(rows[at + 1 :], columns, marks, report):
        if any(cell.filled for cell in row[len(columns) :]):
            place = row[len(columns)].location
            report.add("table-row", place, found=len(row), expected=len(columns))
            continue
        node = _node(columns, row)
        kept.append(ReadRow(node, read_record(record, node, report, row[0].location)))
    return Register(tuple(kept), tuple(columns), form)


def _missing(record: type[Any], columns: list[Column]) -> str:
    """The Chinese name of the first required field without a column. Empty if there is none."""
    there = {column.meaning for column in columns}
    return next((r.zh for r in fields_of(record) if r.required and r.name not in there), "")


def _within(code: PrintedCode, site_url: str | None) -> PrintedCode:
    target = None if code.target is None else urls.leads_to(code.target, site_url)
    return replace(code, address=urls.printed(code.address, site_url), target=target)


def is_title(record: type[Any], text: str) -> bool:
    """Whether a text is a name of a field of a record class."""
    return len(text) <= 60 and _plain(record, text) in keys_of(record)


def _plain(record: type[Any], text: str) -> str:
    """A title in the form for comparison. Blanks inside are ignored, because forms write 地　址."""
    key = fold_key(text)
    return key if key in keys_of(record) else fold_key("".join(text.split()))


def _titles(record: type[Any], row: Row) -> int:
    return sum(is_title(record, cell.text) for cell in row)


def _column(record: type[Any], cell: Cell, number: int) -> Column:
    text = " ".join(cell.text.split())
    row = keys_of(record).get(_plain(record, text))
    title = Scalar(row.zh if row else text, cell.location)
    counts = text.lower() in ROW_NUMBERS
    return Column(number, title, row.name if row else None, counts=counts, record=record)


def _report_unknown(record: type[Any], columns: list[Column], report: Report) -> None:
    names = [row.zh for row in fields_of(record)]
    for column in columns:
        title = column.title
        if column.meaning is not None or column.counts or not title.text:
            continue
        close = nearest(title.text, names)
        known = f"能认的列：{'、'.join(names)}。", f"Known columns: {', '.join(names)}."
        hint, hint_en = header_hint(title.text, close) if close else known
        report.add("table-header", title.location, value=title.text, hint=hint, hint_en=hint_en)


def _node(columns: list[Column], row: Row) -> Mapping:
    entries: list[tuple[Scalar, Node]] = []
    for column, cell in zip(columns, row, strict=False):
        meant = understand(column, cell) if column.meaning is not None else None
        if meant is not None:
            entries.append((column.title, meant.value))
    return Mapping(tuple(entries), row[0].location)
