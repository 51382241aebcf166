"""A table of batches as cooperatives keep it: one row a batch, Chinese headers, in CSV.

A column may be named after a field of the batch, after an inspection layer (自检 …: result, date and
signer in one cell), or after a kind of event (采收, 加工 …: date and remark in one cell). Rows become
the same nodes that YAML gives, so one reader checks both.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from xiangji.nearest import nearest
from xiangji.problems import Report
from xiangji.records.batch import Batch
from xiangji.records.fields import Field, ListOf, Nested, fields_of, fold_key, keys_of
from xiangji.records.location import Location
from xiangji.records.node import Mapping, Node, Scalar, Sequence
from xiangji.records.words import EventKind, InspectionLayer, InspectionResult

_DATE = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?(?:\s+\d{1,2}:\d{2})?")


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds: a field, an inspection layer or a kind of event."""

    title: Scalar
    meaning: str | InspectionLayer | EventKind | None


def read_batch_table(text: str, path: str, report: Report) -> list[Mapping]:
    """The rows of a batch table. Empty rows are passed over; unknown columns are reported once."""
    rows = _cells(text, path, report)
    header = next(rows, None)
    if header is None:
        return []
    columns = [_column(cell, report) for cell in header]
    found = []
    for row in rows:
        filled = [cell for cell in row if cell.text.strip()]
        if not filled:
            continue
        if len(row) > len(columns) and any(cell.text.strip() for cell in row[len(columns) :]):
            extra = row[len(columns)].location
            report.add("table-row", extra, found=len(row), expected=len(columns))
            continue
        found.append(_row(columns, row, report))
    return [row for row in found if row is not None]


def _cells(text: str, path: str, report: Report) -> Iterator[list[Scalar]]:
    """Rows of scalars. A cell's place is the line and the character it begins at."""
    lines = text.split("\n")
    reader = csv.reader(io.StringIO(text, newline="\n"))
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
        cells = zip(row, _starts(content), strict=False)
        yield [Scalar(text, Location(path, first + down, at)) for text, (down, at) in cells]


_UNCLOSED = {"field": "表格", "value": '"……', "example": '"有逗号的文字"'}


def _starts(content: str) -> list[tuple[int, int]]:
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
        fresh = character == "," and not quoted
        if fresh:
            starts.append((line, offset + 1 - before))
    return starts


def _column(cell: Scalar, report: Report) -> _Column:
    text = cell.text.strip()
    if text.endswith((")", "）")):  # A remark for people: 产量（罐）
        text = re.split(r"[(（]", text, maxsplit=1)[0].strip()
    title = Scalar(text, cell.location)
    row = keys_of(Batch).get(fold_key(text))
    if row is not None and not _fits_a_cell(row):
        row = None
    if row is not None or not text:
        return _Column(title, row.name if row else None)
    word = InspectionLayer.of(text) or EventKind.of(text)
    if word is not None:
        return _Column(title, word)  # type: ignore[arg-type]
    hint, hint_en = _header_hint(text)
    report.add("table-header", cell.location, value=text, hint=hint, hint_en=hint_en)
    return _Column(title, None)


def _fits_a_cell(row: Field) -> bool:
    """Not a list of records: 检验 over a column is the step, not the inspections."""
    return not (isinstance(row.kind, ListOf) and isinstance(row.kind.item, Nested))


def _header_hint(title: str) -> tuple[str, str]:
    names = [row.zh for row in fields_of(Batch) if _fits_a_cell(row)]
    names += [str(word) for words in (InspectionLayer, EventKind) for word in words]
    close = nearest(title, names)
    if close:
        return f"是不是“{close}”？改一下表头。", f"Did you mean “{close}”? Change the header."
    known = "、".join(names)
    return f"能认的列：{known}。", f"Known columns: {known}."


def _row(columns: list[_Column], row: list[Scalar], report: Report) -> Mapping | None:
    """One row as a record's node; None after reporting that its lot is lost."""
    entries: list[tuple[Scalar, Node]] = []
    inspections: list[Node] = []
    events: list[Node] = []
    for column, cell in zip(columns, row, strict=False):
        text = cell.text.strip()
        if not text or column.meaning is None:
            continue
        if isinstance(column.meaning, InspectionLayer):
            node = _inspection(column.meaning, cell, report)
            inspections += [node] if node else []
        elif isinstance(column.meaning, EventKind):
            events.append(_event(column.meaning, cell))
        elif column.meaning == "lot" and re.fullmatch(r"\d(\.\d+)?[Ee]\+\d+", text):
            report.add("table-lost-zero", cell.location, value=text)
            return None
        else:
            entries.append((column.title, cell))
    for name, nodes in (("inspections", inspections), ("events", events)):
        if nodes:
            place = nodes[0].location
            entries.append((Scalar(name, place), Sequence(tuple(nodes), place)))
    return Mapping(tuple(entries), row[0].location)


def _inspection(layer: InspectionLayer, cell: Scalar, report: Report) -> Node | None:
    """`合格 2026-03-12 炒制班长`: result first, then a date, and whoever signed."""
    match = re.match(r"\s*([^\s\d；;，,]+)[\s；;，,]*(.*)$", cell.text, re.DOTALL)
    if match is None or InspectionResult.of(match[1]) is None:
        example = "合格 2026-03-12 质检员"
        report.add(
            "table-cell", cell.location, field=layer, value=cell.text.strip(), example=example
        )
        return None
    values = {"layer": str(layer), "result": match[1]}
    return _mapping(values, match[2], "checked_on", "signer", cell.location)


def _event(kind: EventKind, cell: Scalar) -> Node:
    """`2026-03-12 07:30 糍粑辣椒 60 公斤`: a date, then a remark."""
    return _mapping({"kind": str(kind)}, cell.text, "at", "note", cell.location)


def _mapping(values: dict[str, str], rest: str, day: str, remark: str, place: Location) -> Mapping:
    """`values`, with the first date in `rest` under `day` and the other words under `remark`."""
    date = _DATE.search(rest)
    if date:
        values[day] = date[0]
        rest = rest[: date.start()] + rest[date.end() :]
    words = rest.strip(" \t；;，,、")
    if words:
        values[remark] = words
    return Mapping(tuple((Scalar(k, place), Scalar(v, place)) for k, v in values.items()), place)
