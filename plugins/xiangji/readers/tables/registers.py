"""Reads registers (`products/codes.csv`, `products/pledges.csv`) and other tables into records.

Like batch tables, they may have any known encoding, separator and name of a column. Rows of registers are only added.
"""

from __future__ import annotations

from collections.abc import Callable
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
from xiangji.readers.tables.columns import (
    ROW_NUMBERS,
    Column,
    fits_a_cell,
    header_hint,
    private_hint,
)
from xiangji.readers.tables.csv_file import NEW_FORM, CsvForm, read_csv
from xiangji.readers.tables.marks.sheet_marks import NO_MARKS, Marks, heeded
from xiangji.readers.tables.private_columns import Withholding
from xiangji.readers.tables.skipped_rows import Skipped, why_skipped, without_guides
from xiangji.records.code import PrintedCode
from xiangji.records.conformity import IssuedCertificate

REGISTER = "products/codes.csv"
PLEDGES = "products/pledges.csv"
DRILLS = "products/drills.csv"
"""The list of recall drills. No build reads it, so that a mistake in it cannot delay a recall."""

R = TypeVar("R")

ID_TITLE = "编号"
_ID_TITLES = frozenset([ID_TITLE, "文件夹", "文件夹名", "文件名", "代号", "id", "ID"])

_TOP = 5
"""The number of first rows in which the header may stand. Above it there may be a title."""


class ReadRow(Struct, Generic[R], frozen=True):
    """One row as a node, and its record. The record is None if the row was reported as unreadable."""

    node: Mapping
    record: R | None
    named: bool = True
    """Whether the row has an id of its own. If not, the record has one that was made from its title."""


class OutsideTable(Struct, frozen=True):
    """How a table is read that does not belong to the village yet.

    Rows without an id get the one that `id_for` returns for the text in the field `title`. `withholding` says which
    columns are left out.
    """

    title: str
    id_for: Callable[[str], str]
    withholding: Withholding


class Register(Struct, Generic[R], frozen=True):
    """A register as it was read: its rows in order, its columns, the form of the CSV file, and the rows left out."""

    read: tuple[ReadRow[R], ...] = ()
    columns: tuple[Column, ...] = ()
    form: CsvForm = NEW_FORM
    skipped: tuple[Skipped, ...] = ()

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


def read_rows(
    record: type[R], raw: bytes, path: str, report: Report, outside: OutsideTable | None = None
) -> Register[R]:
    """Read a CSV file whose rows are records of one class."""
    found = read_csv(raw, path, report, partial(is_title, record))
    if not found:
        return Register()
    return rows_of(record, found[0], report, found[1], outside=outside)


def rows_of(
    record: type[R],
    cells: list[Row],
    report: Report,
    form: CsvForm = NEW_FORM,
    marks: Marks = NO_MARKS,
    outside: OutsideTable | None = None,
) -> Register[R]:
    """Read rows of cells, from CSV or a workbook, as records of one class."""
    rows = [row for row in cells if any(cell.filled for cell in row)]
    if not rows:
        return Register()
    at = max(range(min(_TOP, len(rows))), key=lambda n: (_titles(record, rows[n]), -n))
    columns = [_column(record, cell, number) for number, cell in enumerate(rows[at], start=1)]
    if outside:
        columns = outside.withholding.applied(_with_id(record, columns))
    _report_unknown(record, columns, report)
    missing = _missing(record, columns, outside)
    if missing:
        rule = "register-no-address" if record is PrintedCode else "register-no-column"
        report.add(rule, rows[at][0].location, field=missing)
        return Register((), tuple(columns), form)
    skipped = [Skipped(row[0].location.line, "title") for row in rows[:at]]
    body = without_guides(rows[at + 1 :], columns, skipped)
    kept = _kept(record, heeded(body, columns, marks, report), columns, skipped, report)
    found = [_read(record, columns, row, outside, report) for row in kept]
    return Register(tuple(found), tuple(columns), form, tuple(skipped))


def _kept(
    record: type[Any],
    body: list[Row],
    columns: list[Column],
    skipped: list[Skipped],
    report: Report,
) -> list[Row]:
    """The rows that are records. The others are added to `skipped`, or reported if they have too many cells."""
    keys = [row.name for row in fields_of(record) if row.required]
    kept = []
    for row in body:
        why = why_skipped(row, columns, keys, lambda cell: _column(record, cell, 0).title.text)
        if why:
            skipped.append(Skipped(row[0].location.line, why))
        elif any(cell.filled for cell in row[len(columns) :]):
            place = row[len(columns)].location
            report.add("table-row", place, found=len(row), expected=len(columns))
        else:
            kept.append(row)
    return kept


def _read(
    record: type[R], columns: list[Column], row: Row, outside: OutsideTable | None, report: Report
) -> ReadRow[R]:
    node = _node(columns, row)
    given: dict[str, str] = {}
    named = True
    if outside:
        node, given, named = _identified(record, columns, node, outside)
    return ReadRow(node, read_record(record, node, report, row[0].location, **given), named)


def _identified(
    record: type[Any], columns: list[Column], node: Mapping, outside: OutsideTable
) -> tuple[Mapping, dict[str, str], bool]:
    """A row with an id, and the id as given from outside of the record if it has no such field."""
    values = {key.text: value for key, value in node.entries if isinstance(value, Scalar)}
    titles = {each.meaning: each.title.text for each in columns}
    own = values.get(titles.get("id", ""))
    title = values.get(titles.get(outside.title, ""))
    if own is None and title is None:
        return node, {}, True
    made = own or Scalar(outside.id_for(title.text if title else ""), node.location)
    row = keys_of(record).get("id")
    if row is not None:
        if own is not None:
            return node, {}, True
        entries = ((Scalar(row.zh, made.location), made), *node.entries)
        return Mapping(entries, node.location), {}, False
    others = tuple(each for each in node.entries if each[1] is not own)
    return Mapping(others, node.location), {"id": made.text.strip()}, own is not None


def _with_id(record: type[Any], columns: list[Column]) -> list[Column]:
    """The columns, with one for the id even if the records get their ids from the names of files."""
    if "id" in keys_of(record):
        return columns
    return [
        replace(each, title=Scalar(ID_TITLE, each.title.location), meaning="id")
        if each.meaning is None and each.title.text in _ID_TITLES
        else each
        for each in columns
    ]


def _missing(record: type[Any], columns: list[Column], outside: OutsideTable | None) -> str:
    """The Chinese name of the first required field without a column. Empty if there is none."""
    there = {column.meaning for column in columns} | ({"id"} if outside else set())
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
    if row is not None and not fits_a_cell(row):
        row = None
    title = Scalar(row.zh if row else text, cell.location)
    counts = text.lower() in ROW_NUMBERS
    return Column(number, title, row.name if row else None, counts=counts, record=record)


def _report_unknown(record: type[Any], columns: list[Column], report: Report) -> None:
    names = [row.zh for row in fields_of(record) if fits_a_cell(row)]
    for column in columns:
        title = column.title
        if column.meaning is not None or column.counts or column.private or not title.text:
            continue
        close = nearest(title.text, names)
        known = f"能认的列：{'、'.join(names)}。", f"Known columns: {', '.join(names)}."
        private = private_hint(title.text)
        hint, hint_en = header_hint(title.text, close) if close else private or known
        report.add("table-header", title.location, value=title.text, hint=hint, hint_en=hint_en)


def _node(columns: list[Column], row: Row) -> Mapping:
    entries: list[tuple[Scalar, Node]] = []
    for column, cell in zip(columns, row, strict=False):
        meant = understand(column, cell) if column.meaning is not None else None
        if meant is not None:
            entries.append((column.title, meant.value))
    return Mapping(tuple(entries), row[0].location)
