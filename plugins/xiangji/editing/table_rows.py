"""Appends rows to a CSV table in its encoding and with its separator; the bytes before them do not change."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from msgspec import Struct

from xiangji.model.fields import ListOf, fields_of
from xiangji.problems import Report
from xiangji.readers.tables.cell_value import guarded
from xiangji.readers.tables.csv_file import NEW_FORM, CsvForm
from xiangji.readers.tables.registers import read_rows

R = TypeVar("R")


def appended(before: bytes, rows: Iterable[Sequence[str]], form: CsvForm) -> bytes:
    """Return the bytes of a table with `rows` appended, each on a line of its own."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=form.separator, lineterminator=form.newline).writerows(rows)
    gap = form.newline if before and not before.endswith((b"\n", b"\r")) else ""
    encoding = "utf-8" if before and form.encoding == "utf-8-sig" else form.encoding
    return before + (gap + out.getvalue()).encode(encoding)


class Appended(Struct, frozen=True):
    """The new bytes of a register, or the reason why there are none.

    `obstacle` is the key of a message; `about` fills its placeholder.
    """

    content: bytes = b""
    obstacle: str = ""
    about: str = ""


def with_rows(before: bytes | None, rows: Sequence[R], record: type[R], path: str) -> Appended:
    """Append rows to a register. `before` are the bytes of the file; None or blank if there is no file yet.

    The rows are written under the columns that the file has, in their order. The result is first read again, and must
    give the same rows, both old and new.
    """
    old = before or b""
    values = [_cells(row) for row in rows]
    if not old.strip(b"\xef\xbb\xbf \t\r\n"):
        names = {field.name: field.zh for field in fields_of(record)}
        lines = [[each[name] for name in names] for each in values]
        return Appended(appended(b"", [list(names.values()), *lines], NEW_FORM))
    table = read_rows(record, old, path, Report())
    meanings = [column.meaning for column in table.columns]
    missing = [
        field.zh
        for field in fields_of(record)
        if field.name not in meanings and any(each[field.name] for each in values)
    ]
    if missing:
        return Appended(obstacle="register-column", about="、".join(missing))
    cells = [[each[str(name)] if name is not None else "" for name in meanings] for each in values]
    content = appended(old, cells, table.form)
    again = read_rows(record, content, path, Report()).rows
    wanted = (*table.rows, *rows)
    if [_cells(each) for each in again] != [_cells(each) for each in wanted]:
        return Appended(obstacle="register-not-same", about=f"{len(table.rows)} + {len(rows)}")
    return Appended(content)


def _cells(row: Any) -> dict[str, str]:
    """Return the fields of a row as they are written into a table."""
    found = {}
    for field in fields_of(type(row)):
        value = getattr(row, field.name)
        if isinstance(field.kind, ListOf):
            text = "、".join(map(str, value))
        elif isinstance(value, bool):
            text = "是" if value else ""
        else:
            text = "" if value is None else str(value)
        found[field.name] = guarded(text)
    return found
