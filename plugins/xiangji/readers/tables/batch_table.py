"""Reads a table of batches in CSV or a workbook: one row per batch, with Chinese column titles.

A column may be named after a field of the batch, after an inspection layer (自检 …: result, date and signer in one
cell), or after a kind of event (采收, 加工 …: date and remark in one cell). Rows become the same nodes as YAML, so
`record_reader` checks both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from xiangji.model.location import Location
from xiangji.model.node import Mapping, Node, Scalar, Sequence
from xiangji.model.vocabularies import EventKind, InspectionLayer
from xiangji.problems import Report
from xiangji.readers.tables.cell import Row
from xiangji.readers.tables.cell_parts import event_node, inspection_nodes
from xiangji.readers.tables.cell_value import is_text_mark, understand
from xiangji.readers.tables.columns import (
    Column,
    OwnerColumn,
    column_of,
    is_title,
    report_unknown,
)
from xiangji.readers.tables.csv_file import NEW_FORM, CsvForm, csv_rows, read_csv, separator_of
from xiangji.readers.tables.damaged_codes import report_lost
from xiangji.readers.tables.marks.sheet_marks import NO_MARKS, Marks, heeded
from xiangji.readers.tables.private_columns import Withholding
from xiangji.readers.tables.skipped_rows import Skipped, why_skipped, without_guides
from xiangji.readers.tables.workbook import (
    ENDINGS,
    Worksheet,
    chosen_sheet,
    is_text,
    is_workbook,
    read_workbook,
)
from xiangji.readers.tables.workbook import LARGEST as LARGEST_WORKBOOK
from xiangji.readers.text_file import LARGEST, read_bytes

BATCH_TABLES = ("batches.csv", *(f"batches{ending}" for ending in ENDINGS))
"""The file names of batch tables, in the order of reading."""

_TOP = 5
"""The number of first rows in which the header may stand. Above it there may be a title."""

HEAD = _TOP + 1
"""The same with the second row of a header of two rows."""


class CellCorrection(Struct, frozen=True):
    """A cell whose meaning differs from its text, such as 46093 in a date column."""

    title: str
    written: str
    meant: str


class TableRow(Struct, frozen=True):
    """One row: its cells as meant, and the node of its record. The node is None if the lot was reported as damaged."""

    location: Location
    cells: tuple[tuple[Column, Scalar], ...]
    node: Mapping | None
    changes: tuple[CellCorrection, ...] = ()
    marked: bool = False
    """Whether an apostrophe before the lot marks it as text, so that it has lost no zeros."""
    product: Scalar | None = None
    """The product that the row names, in a table with such a column."""


class Table(Struct, frozen=True):
    """A table as it was read: columns, rows, skipped rows, name of the sheet, and form of the CSV file."""

    columns: tuple[Column, ...] = ()
    rows: tuple[TableRow, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    sheet: str = ""
    form: CsvForm = NEW_FORM

    @property
    def nodes(self) -> list[Mapping]:
        """The nodes of the rows that can be read as batches."""
        return [row.node for row in self.rows if row.node is not None]


def tables_in(folder: Path) -> list[Path]:
    """The batch tables in the folder of a product, in the order of reading.

    Some programs write endings in upper case: `batches.XLSX`.
    """
    try:
        names = sorted(each.name for each in folder.iterdir())
    except OSError:
        return []
    found = (folder / each for name in BATCH_TABLES for each in names if _is_table(each, name))
    return [each for each in found if each.is_file()]


def _is_table(name: str, wanted: str) -> bool:
    return name.lower() == wanted and name.startswith("batches.")


def read_table(
    file: Path, path: str, report: Report, withholding: Withholding | None = None
) -> Table:
    """The table in a file. Its content decides whether it is CSV or a workbook. `path` is its name in messages.

    `withholding` says which columns are left out, of a table that does not belong to the village yet.
    """
    named = file.suffix.lower() in ENDINGS
    raw = read_bytes(file, path, report, LARGEST_WORKBOOK if named else LARGEST)
    if raw is None:
        return Table()
    if is_workbook(raw) or (named and not is_text(raw)):
        sheets = read_workbook(file, path, report)
        return _sheet_table(sheets, path, report, withholding) if sheets else Table()
    return read_csv_table(raw, path, report, withholding)


def read_csv_table(
    raw: bytes, path: str, report: Report, withholding: Withholding | None = None
) -> Table:
    """The table in the bytes of a CSV file."""
    found = read_csv(raw, path, report)
    return _table(found[0], report, form=found[1], withholding=withholding) if found else Table()


def table_of(rows: Iterable[Row], report: Report) -> Table:
    """The table in rows of cells that were read already."""
    return _table(list(rows), report)


def read_batch_table(text: str, path: str, report: Report) -> list[Mapping]:
    """The nodes of the batches in the text of a CSV file."""
    return table_of(csv_rows(text, path, report, separator_of(text)), report).nodes


def _sheet_table(
    sheets: list[Worksheet], path: str, report: Report, withholding: Withholding | None
) -> Table:
    chosen = chosen_sheet(sheets, path, report, lambda rows: _header(_filled(rows))[1] > 1)
    if chosen is None:
        return Table()
    rows, marks = chosen.rows, chosen.marks
    return _table(rows, report, sheet=chosen.name, marks=marks, withholding=withholding)


def _filled(rows: list[Row]) -> list[Row]:
    return [row for row in rows if any(cell.filled for cell in row)]


def _header(rows: list[Row]) -> tuple[int, int]:
    """The index of the header among the first rows, and the number of known titles in it.

    The header is the first row with two known titles, else the first with one, else the first row.
    """
    counts = [sum(is_title(cell.text) for cell in row) for row in rows[:_TOP]]
    for least in (2, 1):
        for index, count in enumerate(counts):
            if count >= least:
                return index, count
    return 0, 0


def _table(
    rows: list[Row],
    report: Report,
    sheet: str = "",
    form: CsvForm = NEW_FORM,
    marks: Marks = NO_MARKS,
    withholding: Withholding | None = None,
) -> Table:
    """Make a table from rows of cells. Empty rows are skipped. Unknown columns are reported."""
    filled = _filled(rows)
    if not filled:
        return Table(sheet=sheet, form=form)
    columns, at, begins = columns_of(filled)
    skipped = [Skipped(row[0].location.line, "title") for row in filled[:at]]
    body = without_guides(filled[begins:], columns, skipped)
    if withholding:
        columns = withholding.applied(columns)
    report_unknown(columns, report)
    if not any(column.meaning == "lot" for column in columns):
        report.add("table-no-lot", filled[at][0].location)
        body = []
    kept: list[Row] = []
    body = heeded(body, columns, marks, report)
    for row in body:
        why = why_skipped(row, columns, ("lot",), lambda cell: column_of(cell, 0).title.text)
        if why:
            skipped.append(Skipped(row[0].location.line, why))
        elif _fits(row, columns, report):
            kept.append(row)
    _report_untitled(columns, kept, report)
    lost = _lost(columns, kept, report)
    found = [row_of(columns, row, report, row[0].location in lost) for row in kept]
    return Table(tuple(columns), tuple(found), tuple(skipped), sheet, form)


def _lost(columns: list[Column], rows: list[Row], report: Report) -> set[Location]:
    """The rows whose lot was damaged. Lots are compared with the other lots of the same product."""
    owner = next((each for each in columns if each.meaning is OwnerColumn.PRODUCT), None)
    if owner is None:
        return report_lost(columns, rows, report)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        name = row[owner.number - 1].text.strip() if len(row) >= owner.number else ""
        groups.setdefault(name, []).append(row)
    return {place for each in groups.values() for place in report_lost(columns, each, report)}


def columns_of(filled: list[Row]) -> tuple[list[Column], int, int]:
    """The columns, the index of the header, and the index of the first row after the header.

    Only the first `HEAD` rows of `filled` are needed for this.
    """
    at, _ = _header(filled)
    columns = [column_of(cell, number) for number, cell in enumerate(filled[at], start=1)]
    if len(filled) > at + 1 and _is_second_header(filled[at + 1], columns):
        return _merged(columns, filled[at + 1]), at, at + 2
    return columns, at, at + 1


def _is_second_header(row: Row, columns: list[Column]) -> bool:
    """Whether a row is the second row of the header: 自检 and 县检 below a merged cell 检验."""
    pairs = [(cell, column) for cell, column in zip(row, columns, strict=False) if cell.filled]
    lots = any(column.meaning == "lot" for _, column in pairs)
    return not lots and all(is_title(cell.text) for cell, _ in pairs) and len(pairs) > 1


def _merged(columns: list[Column], row: Row) -> list[Column]:
    """The columns, with the titles of the second header row where it has one."""
    below = {number: cell for number, cell in enumerate(row, start=1) if cell.filled}
    return [
        column_of(below[each.number], each.number) if each.number in below else each
        for each in columns
    ]


def _fits(row: Row, columns: list[Column], report: Report) -> bool:
    """Whether each filled cell has a column. It is reported if not."""
    if any(cell.filled for cell in row[len(columns) :]):
        place = row[len(columns)].location
        report.add("table-row", place, found=len(row), expected=len(columns))
        return False
    return True


def _report_untitled(columns: list[Column], rows: list[Row], report: Report) -> None:
    """Report columns that have values but no title, at their first filled cell."""
    for column in [each for each in columns if not each.title.text]:
        cells = (row[column.number - 1] for row in rows if len(row) >= column.number)
        cell = next((each for each in cells if each.filled), None)
        if cell is not None:
            hint, hint_en = "给这一列写上表头。", "Give this column a header."
            report.add("table-header", cell.location, value="（空）", hint=hint, hint_en=hint_en)


def row_of(columns: list[Column], row: Row, report: Report, lost: bool) -> TableRow:
    """Make a table row. With `lost`, its lot was reported as damaged, so that it has no node."""
    entries: list[tuple[Scalar, Node]] = []
    inspections: list[Node] = []
    events: list[Node] = []
    cells = []
    changes = []
    product = None
    for column, value, change in _meant(columns, row):
        cells.append((column, value))
        changes += [change] if change else []
        if isinstance(column.meaning, InspectionLayer):
            inspections += inspection_nodes(column.meaning, value, report)
        elif isinstance(column.meaning, EventKind):
            events.append(event_node(column.meaning, value))
        elif column.meaning is OwnerColumn.PRODUCT:
            product = value
        else:
            entries.append((column.title, value))
    for name, nodes in (("inspections", inspections), ("events", events)):
        if nodes:
            place = nodes[0].location
            entries.append((Scalar(name, place), Sequence(tuple(nodes), place)))
    node = None if lost else Mapping(tuple(entries), row[0].location)
    marked = any(is_text_mark(cell, each) for each, cell in zip(columns, row, strict=False))
    return TableRow(row[0].location, tuple(cells), node, tuple(changes), marked, product)


def _meant(
    columns: list[Column], row: Row
) -> Iterator[tuple[Column, Scalar, CellCorrection | None]]:
    """Yield the cells with a value: column, value as meant, and the correction if the value was changed."""
    for column, cell in zip(columns, row, strict=False):
        if column.meaning is None:
            continue
        meant = understand(column, cell)
        if meant is not None:
            written = cell.text.strip()
            change = CellCorrection(column.title.text, written, meant.value.text)
            yield column, meant.value, change if meant.changed else None
