"""Adds new batches to a product's folder, as rows of its table or as one YAML file each, or to the ledger of all products.

Existing rows of a table are never rewritten: new rows are appended in the table's encoding and with its separator.
Whatever would be written is first read again, and must give the same records.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from xiangji.editing.table_rows import appended
from xiangji.editing.undo import write_edits
from xiangji.editing.yaml_text import tidy, yaml_text
from xiangji.model.fields import fields_of
from xiangji.model.location import Location
from xiangji.output.single_file import read_content
from xiangji.problems import Report
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables.batch_table import Table, TableRow, read_csv_table, tables_in
from xiangji.readers.tables.cell_value import guarded
from xiangji.readers.tables.columns import Column, Meaning, OwnerColumn
from xiangji.readers.tables.csv_file import NEW_FORM
from xiangji.readers.tables.workbook import ENDINGS
from xiangji.readers.yaml.yaml_file import parse_yaml
from xiangji.records.batch import Batch


class NewBatch(Struct, frozen=True):
    """A row that could be read, and the record that it makes."""

    row: TableRow
    batch: Batch


class Addition(Struct, frozen=True):
    """A file and its complete new content."""

    file: Path
    content: bytes


class ImportPlan(Struct, frozen=True):
    """What will be written. If nothing can be, `obstacle` is the key of a message and `about` fills its placeholder."""

    additions: tuple[Addition, ...] = ()
    obstacle: str = ""
    about: str = ""
    place: Path | None = None
    """The file or folder that is in the way."""


def place_of(folder: Path) -> Path:
    """Return where a product keeps its batches: its table or workbook, the folder of its YAML files, or the ledger."""
    own, shared = tables_in(folder), tables_in(folder.parent)
    if own:
        return own[0]
    if any((folder / "batches").glob("*.y*ml")):
        return folder / "batches"
    return shared[0] if shared else folder / "batches.csv"


def plan(products: Path, new: list[NewBatch]) -> ImportPlan:
    """Plan what to write so that the products below the folder `products` have the `new` batches as well."""
    by_place: dict[Path, list[NewBatch]] = {}
    for each in new:
        by_place.setdefault(place_of(products / each.batch.product), []).append(each)
    additions: list[Addition] = []
    for place, some in by_place.items():
        planned = _planned(place, some, place.parent == products)
        if planned.obstacle:
            return replace(planned, place=place)
        additions += planned.additions
    return ImportPlan(tuple(additions))


def _planned(place: Path, new: list[NewBatch], is_ledger: bool) -> ImportPlan:
    if place.suffix.lower() in ENDINGS:
        return ImportPlan(obstacle="import-workbook")
    if place.suffix.lower() == ".csv":
        return _rows_added(place, new, is_ledger)
    return _files_added(place, new)


def write(root: Path, planned: ImportPlan) -> None:
    """Write what was planned: complete files, each replaced atomically, and kept for an undo. Raises `OSError`."""
    files = {each.file.relative_to(root).as_posix(): each.content for each in planned.additions}
    write_edits(root, "import", files)


def differing(one: Any, other: Any) -> list[str]:
    """Return the names of the fields in which two records of a class differ."""
    rows = fields_of(type(one))
    pairs = ((row, getattr(one, row.name), getattr(other, row.name)) for row in rows)
    return [row.name for row, mine, yours in pairs if _said(mine) != _said(yours)]


def _said(value: Any) -> Any:
    """Return a value without the source locations that it was read from."""
    if isinstance(value, tuple):
        return tuple(map(_said, value))
    rows = fields_of(type(value)) if hasattr(value, "origin") else ()
    return tuple(_said(getattr(value, row.name)) for row in rows) if rows else value


# --- a table ---------------------------------------------------------------------------------


def _rows_added(file: Path, new: list[NewBatch], is_ledger: bool) -> ImportPlan:
    raw = read_content(file) or b""
    table = read_csv_table(raw, file.name, Report())
    form = table.form if raw else NEW_FORM
    header: list[list[str]] = []
    meanings: list[Meaning | None] = [column.meaning for column in table.columns]
    if not meanings:
        columns = _used(new)
        meanings = [column.meaning for column in columns]
        header = [[column.name for column in columns]]
    missing = {name: None for each in new for name in _missing(meanings, each.row)}
    if is_ledger and OwnerColumn.PRODUCT not in meanings:
        missing[str(OwnerColumn.PRODUCT)] = None
    if missing:
        return ImportPlan(obstacle="import-column", about="、".join(missing))
    rows = header + [_cells(meanings, each) for each in new]
    content = appended(raw, rows, form)
    again = read_csv_table(content, file.name, report := Report())
    lost = _changed(new, _records(again, new, report))
    if lost:
        return ImportPlan(obstacle="import-not-same", about=lost)
    return ImportPlan((Addition(file, content),))


def _used(new: list[NewBatch]) -> list[Column]:
    """Return the columns of the imported table that are not empty, in their order, without that of the product."""
    used = {column.number: column for each in new for column, _ in each.row.cells}
    columns = (used[number] for number in sorted(used))
    return [column for column in columns if column.meaning is not OwnerColumn.PRODUCT]


def _missing(meanings: list[Meaning | None], row: TableRow) -> list[str]:
    free = list(meanings)
    missing = []
    for column, _ in row.cells:
        if column.meaning in free:
            free.remove(column.meaning)
        elif column.meaning is not OwnerColumn.PRODUCT:
            missing.append(column.name)
    return missing


def _cells(meanings: list[Meaning | None], new: NewBatch) -> list[str]:
    """Return a row's texts under the columns of another table; two columns of the same meaning keep their order."""
    row = new.row
    cells = [new.batch.product if each is OwnerColumn.PRODUCT else "" for each in meanings]
    free = list(enumerate(meanings))
    for column, value in row.cells:
        if column.meaning is OwnerColumn.PRODUCT:
            continue
        index = next(index for index, meaning in free if meaning == column.meaning)
        free.remove((index, column.meaning))
        text = tidy(column.field.kind, value.text) if column.field else value.text
        cells[index] = f"'{text}" if row.marked and column.meaning == "lot" else guarded(text)
    return cells


def _records(table: Table, new: list[NewBatch], report: Report) -> dict[str, Batch]:
    """Return the batches of a table by key. Rows that name no product are taken for the product of the new batches."""
    found = {}
    for row in table.rows:
        product = row.product.text.strip() if row.product else new[0].batch.product
        batch = row.node and read_record(Batch, row.node, report, row.location, product=product)
        if batch:
            found[batch.key] = batch
    return found


def _changed(new: Iterable[NewBatch], again: dict[str, Batch]) -> str:
    """Return the first lot that would not be read as intended; an empty string if there is none."""
    for each in new:
        key = each.batch.key
        if key not in again or differing(each.batch, again[key]):
            return each.batch.lot
    return ""


# --- one file a batch ------------------------------------------------------------------------


def _files_added(folder: Path, new: list[NewBatch]) -> ImportPlan:
    additions = []
    for each in new:
        file = folder / f"{each.batch.lot}.yml"
        if file.exists():
            return ImportPlan(obstacle="import-file-there", about=file.name)
        node = each.row.node
        assert node is not None
        text = yaml_text(Batch, node)
        report = Report()
        again = read_record(Batch, parse_yaml(text, file.name, report), report, Location(file.name))
        if again is None or differing(each.batch, again):
            return ImportPlan(obstacle="import-not-same", about=each.batch.lot)
        additions.append(Addition(file, text.encode()))
    return ImportPlan(tuple(additions))
