"""A batch table in CSV, row by row to batches, each cell found among those of the same column.

Dates, words and states recur in a column, so what a cell says is remembered as long as a village is read. A
row of which anything is to be said is read by `table` and `reader`, and so is a table that is not plain; a
property test holds the two ways against each other.
"""

from __future__ import annotations

from typing import Any

from xiangji.problems import Report
from xiangji.records.batch import Batch, Inspection, TraceEvent
from xiangji.records.fields import is_absent
from xiangji.records.location import Layout, Location, layout, origin_at, steps
from xiangji.records.node import Mapping, Node
from xiangji.records.packing import made_of
from xiangji.records.words import EventKind, InspectionLayer
from xiangji.sources.cell import Cell, Row
from xiangji.sources.cell_value import understand
from xiangji.sources.codes import any_lost
from xiangji.sources.columns import Column, report_unknown
from xiangji.sources.csv_table import TextRow, Unclosed, csv_rows, csv_text, rows_in
from xiangji.sources.known_form import defaults_of
from xiangji.sources.reader import REFUSED, read_record, read_value
from xiangji.sources.table import (
    HEAD,
    columns_of,
    event_node,
    inspection_node,
    no_batch,
    row_of,
    table_of,
)

_MOST = 1000
"""Cells remembered of one column: dates and words recur, lots do not."""

_ODD = REFUSED
"""A cell of which something is to be said."""

_ANYWHERE = Location("-")
_NO_TEXTS = layout((), b"")
_SLOTS: tuple[str, ...] = Batch.__slots__
_AT = {name: index for index, name in enumerate(_SLOTS)}


class _Otherwise(Exception):
    """The table is not plain."""


class _Part:
    """A record inside a batch, but for its place."""

    __slots__ = ("_told", "_values", "record")

    def __init__(self, record: type[Any], values: tuple[Any, ...], told: Layout) -> None:
        self.record = record
        self._values = values
        self._told = told

    def at(self, path: str, line: int, column: int) -> Any:
        """The record, as it stands in a cell."""
        origin = origin_at(path, line, column, self._told)
        return made_of(self.record, (*self._values, origin))


class _Cells(dict[str, Any]):
    """What cells of a column say: the value of its field, a part, None, or that it is odd."""

    __slots__ = ("_column", "_title")

    def __init__(self, column: Column) -> None:
        super().__init__()
        self._column = column
        self._title = "".join(column.title.text.split())

    def __missing__(self, text: str) -> Any:
        value = self._said(text)
        if len(self) < _MOST:
            self[text] = value
        return value

    def _said(self, text: str) -> Any:
        column, bare = self._column, text.strip()
        if not bare:
            return None
        if not column.title.text:
            raise _Otherwise
        if column.meaning is None:
            return None
        # A header once more has its title there, which begins like it, blanks aside.
        if column.meaning == "lot" and "".join(bare.split()).startswith(self._title):
            return _ODD
        meant = understand(column, Cell(text, _ANYWHERE))
        if meant is None:
            return None
        report, said = Report(), meant.value
        if isinstance(column.meaning, InspectionLayer):
            return _part(Inspection, inspection_node(column.meaning, said, report), report)
        if isinstance(column.meaning, EventKind):
            return _part(TraceEvent, event_node(column.meaning, said), report)
        row = column.field
        if row is None or is_absent(said.text):
            return None
        return read_value(row, row.kind, said.text)


def _part(record: type[Any], node: Node | None, report: Report) -> Any:
    made = None if node is None else read_record(record, node, report, _ANYWHERE)
    if made is None or report.problems or report.lost:
        return _ODD
    *names, last = made.__slots__
    assert last == "origin"
    return _Part(record, tuple(getattr(made, name) for name in names), made.origin.layout)


class KnownTables:
    """What the cells of the tables said that were read so far."""

    def __init__(self) -> None:
        self._columns: dict[tuple[Any, ...], _Cells] = {}

    def batches(self, raw: bytes, path: str, report: Report, product: str) -> list[Batch]:
        """The batches of a product in the bytes of a CSV file, after reporting all of the others."""
        found = csv_text(raw, path, report)
        if found is None:
            return []
        text, separator = found[0], found[1].separator
        rows: list[Batch | Mapping]
        try:
            rows = self._rows(text, separator, path, report, product)
        except (_Otherwise, Unclosed):
            rows = [*table_of(csv_rows(text, path, report, separator), report).nodes]
        batches = (
            read_record(Batch, row, report, row.location, product=product)
            if isinstance(row, Mapping)
            else row
            for row in rows
        )
        return [batch for batch in batches if batch is not None]

    def _rows(
        self, text: str, separator: str, path: str, report: Report, product: str
    ) -> list[Batch | Mapping]:
        """Batches, and the nodes of rows of which something is to be said. Nothing is reported of a
        table that is not plain."""
        filled = [row for row in rows_in(text, separator) if any(map(str.strip, row.texts))]
        if not filled:
            return []
        columns, _, begins = columns_of([row.cells(path) for row in filled[:HEAD]])
        plain = _Plain(columns, [self._cells(each) for each in columns], path, product)
        made = [plain.row(row) or plain.odd(row) for row in filled[begins:]]
        if any_lost(plain.lots):
            raise _Otherwise
        report_unknown(columns, report)
        found: list[Batch | Mapping] = []
        for each in made:
            if isinstance(each, Batch):
                found.append(each)
            elif each:
                node = row_of(columns, each, report, lost=False).node
                found += [node] if node else []
        return found

    def _cells(self, column: Column) -> _Cells:
        key = column.title.text, column.meaning, column.unit
        if key not in self._columns:
            self._columns[key] = _Cells(column)
        return self._columns[key]


class _Plain:
    """The rows of one table, as far as they are plain."""

    def __init__(self, columns: list[Column], known: list[_Cells], path: str, product: str) -> None:
        fields = [column.meaning for column in columns if column.field]
        if "lot" not in fields or len(set(fields)) < len(fields):
            raise _Otherwise
        self._columns = columns
        self._known = known
        self._path = path
        self.lots: list[str] = []
        """The lots as written, of all rows that are batches."""
        self._ways = [(str(each.meaning), _AT.get(str(each.meaning), -1)) for each in columns]
        self._lot = next(at for at, each in enumerate(columns) if each.meaning == "lot")
        given = {**defaults_of(Batch), "product": product}
        self._empty = [given.get(name) for name in _SLOTS]

    def row(self, row: TextRow) -> Batch | None:
        """The batch in a row; None where something is to be said of it, or where it is none: what
        has no lot that can be read may be a sum."""
        texts, starts, line = row.texts, row.starts(), row.line
        if any(map(str.strip, texts[len(self._ways) :])):
            raise _Otherwise
        if len(starts) < len(texts):
            return None
        values = self._empty.copy()
        names: list[str] = []
        places: list[int] = []
        parts: dict[str, list[Any]] = {"inspections": [], "events": []}
        for (name, slot), known, text, start in zip(
            self._ways, self._known, texts, starts, strict=False
        ):
            value = known[text]
            if value is None:
                continue
            if value is _ODD:
                return None
            down, column = start
            if slot < 0:
                list_of = "events" if value.record is TraceEvent else "inspections"
                parts[list_of].append(value.at(self._path, line + down, column))
            else:
                values[slot] = value
                names.append(name)
                places += (down, column - 1)
        if values[_AT["lot"]] is None:
            return None
        for name, several in parts.items():
            if several:
                values[_AT[name]] = tuple(several)
                names.append(name)
                places += (several[0].origin.line - line, several[0].origin.column - 1)
        self.lots.append(texts[self._lot])
        told = layout(tuple(names), steps(places), _NO_TEXTS)
        values[_AT["origin"]] = origin_at(self._path, line, 1, told)
        return made_of(Batch, values)

    def odd(self, row: TextRow) -> Row | None:
        """The cells of a row that is to be read the long way; None where it is no batch."""
        cells = row.cells(self._path)
        if no_batch(cells, self._columns):
            return None
        if self._lot < len(cells) and understand(self._columns[self._lot], cells[self._lot]):
            self.lots.append(cells[self._lot].text)
        return cells
