"""The register of printed codes, `products/codes.csv`: rows to records.

It is read as a table of batches is: any encoding, separator and known name of a column.
"""

from __future__ import annotations

import dataclasses

from xiangji import urls
from xiangji.nearest import nearest
from xiangji.problems import Report
from xiangji.records.code import Code
from xiangji.records.fields import fields_of, fold_key, keys_of
from xiangji.records.node import Mapping, Node, Scalar
from xiangji.sources.cell import Cell, Row
from xiangji.sources.cell_value import understand
from xiangji.sources.columns import Column
from xiangji.sources.csv_table import read_csv
from xiangji.sources.reader import read_record

REGISTER = "products/codes.csv"

_TOP = 5
"""The header stands in one of so many rows; above it a title."""

_ROW_NUMBERS = frozenset(["序号", "行号", "no", "no.", "#"])


def read_register(raw: bytes, path: str, site_url: str | None, report: Report) -> tuple[Code, ...]:
    """The rows of the register, with addresses within the site, in the order of the file."""
    found = read_csv(raw, path, report, _is_title)
    rows = [row for row in found[0] if any(cell.filled for cell in row)] if found else []
    if not rows:
        return ()
    at = max(range(min(_TOP, len(rows))), key=lambda n: (_titles(rows[n]), -n))
    columns = [_column(cell, number) for number, cell in enumerate(rows[at], start=1)]
    _report_unknown(columns, report)
    if all(column.meaning != "address" for column in columns):
        report.add("register-no-address", rows[at][0].location)
        return ()
    codes = []
    for row in rows[at + 1 :]:
        if any(cell.filled for cell in row[len(columns) :]):
            place = row[len(columns)].location
            report.add("table-row", place, found=len(row), expected=len(columns))
            continue
        code = read_record(Code, _node(columns, row), report, row[0].location)
        if code is not None:
            codes.append(_within(code, site_url))
    return tuple(codes)


def _within(code: Code, site_url: str | None) -> Code:
    target = None if code.target is None else urls.leads_to(code.target, site_url)
    return dataclasses.replace(code, address=urls.printed(code.address, site_url), target=target)


def _is_title(text: str) -> bool:
    return len(text) <= 60 and _plain(text) in keys_of(Code)


def _plain(text: str) -> str:
    """A title as it is compared: 地　址 is 地址, as forms space it out."""
    key = fold_key(text)
    return key if key in keys_of(Code) else fold_key("".join(text.split()))


def _titles(row: Row) -> int:
    return sum(_is_title(cell.text) for cell in row)


def _column(cell: Cell, number: int) -> Column:
    text = " ".join(cell.text.split())
    row = keys_of(Code).get(_plain(text))
    title = Scalar(row.zh if row else text, cell.location)
    counts = text.lower() in _ROW_NUMBERS
    return Column(number, title, row.name if row else None, counts=counts, record=Code)


def _report_unknown(columns: list[Column], report: Report) -> None:
    names = [row.zh for row in fields_of(Code)]
    for column in columns:
        title = column.title
        if column.meaning is not None or column.counts or not title.text:
            continue
        close = nearest(title.text, names)
        hint = f"是不是“{close}”？改一下表头。" if close else f"能认的列：{'、'.join(names)}。"
        hint_en = (
            f"Did you mean “{close}”? Change the header."
            if close
            else f"Known columns: {', '.join(names)}."
        )
        report.add("table-header", title.location, value=title.text, hint=hint, hint_en=hint_en)


def _node(columns: list[Column], row: Row) -> Mapping:
    entries: list[tuple[Scalar, Node]] = []
    for column, cell in zip(columns, row, strict=False):
        meant = understand(column, cell) if column.meaning is not None else None
        if meant is not None:
            entries.append((column.title, meant.value))
    return Mapping(tuple(entries), row[0].location)
