"""Reads the records of further kinds below `village/`.

A village may keep them in each of these forms:

    village/projects.yml                    a list in one file
    village/projects.csv, .xlsx …           the rows of a table
    village/projects/<id>.yml               a file each
    village/projects/<id>/project.yml       a folder each, with its pictures

All forms are read, so that a village can begin with one file and split it later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from xiangji.kinds.installed import further_kinds, kinds_with
from xiangji.model.fields import UnreadableValue, fields_of, fold_key, record_name
from xiangji.model.folders import FOLDER
from xiangji.model.kind import RecordKind
from xiangji.model.location import Location
from xiangji.model.node import Mapping, Node, Sequence
from xiangji.model.value_types import ID
from xiangji.problems import Report
from xiangji.readers.file_names import misnamed
from xiangji.readers.left_out import rename_remedy
from xiangji.readers.other_sites import FIELD, records_of_site
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables.cell import Row
from xiangji.readers.tables.registers import (
    OutsideTable,
    Register,
    is_title,
    read_rows,
    rows_of,
)
from xiangji.readers.tables.workbook import (
    ENDINGS,
    Worksheet,
    chosen_sheet,
    is_text,
    is_workbook,
    read_workbook,
)
from xiangji.readers.village_folder import VillageFolder, names_of_files, shown
from xiangji.readers.yaml.yaml_file import parse_yaml, shape

TABLES = (".csv", *ENDINGS)


class VillageReading(Struct, frozen=True):
    """What the readers of a village share: folder, report, and functions that read a file.

    `text` and `raw` return the text and the bytes of a file, and note that it was read. `raw` also takes the path for
    messages. Both return None after reporting why the file cannot be read.
    """

    folder: VillageFolder
    report: Report
    text: Callable[[Path], str | None]
    raw: Callable[[Path, str], bytes | None]
    root: Path


def read_kinds(how: VillageReading) -> dict[str, tuple[Any, ...]]:
    """The records of each further kind that has records, by the name of the kind."""
    root = how.root / FOLDER
    # The name of a kind's folder or file begins with its name.
    there = [each.name.partition(".")[0] for each in root.iterdir()] if root.is_dir() else []
    for each in kinds_with(there).broken:
        place = Location("mkdocs.yml")
        how.report.add("kind-broken", place, value=each.name, source=each.source, why=each.why)
    if not root.is_dir():
        return {}
    # Files of the other kinds do not belong here. `left_out` reports them, because they are not read.
    read = ((kind.name, tuple(read_kind(kind, how))) for kind in further_kinds(there))
    return {name: records for name, records in read if records}


def read_kind(kind: RecordKind, how: VillageReading) -> list[Any]:
    """The records of a kind, in the order of their files."""
    found: list[Any] = []
    stem = f"{FOLDER}/{kind.name}"
    if (file := how.folder.either(stem)) is not None:
        found += _listed(kind, file, how)
    for table in _tables(kind, how):
        found += _table(kind, table, how)
    for file in how.folder.yaml_files(stem):
        found += _single(kind, file, file.stem, how)
    for folder in how.folder.folders(stem):
        found += _foldered(kind, folder, how)
    if any(row.name == FIELD for row in fields_of(kind.record)):
        for file in how.folder.data_files(stem):
            found += _of_another_site(kind, file, how)
    return found


def _of_another_site(kind: RecordKind, file: Path, how: VillageReading) -> Iterator[Any]:
    """The records of a data file that another site publishes."""
    place = Location(how.folder.name(file))
    node = _parsed(file, how)
    if node is None or not good_name(file.stem, place, how.report):
        return
    for key, facts in records_of_site(kind, node, file.stem, how.report):
        record = read_record(kind.record, facts, how.report, place, id=key)
        if record is not None:
            yield record


def _tables(kind: RecordKind, how: VillageReading) -> list[Path]:
    """The tables of a kind, in the order of `TABLES`. Some programs write endings in upper case."""
    there = sorted((how.root / FOLDER).iterdir())
    wanted = [f"{kind.name}{ending}" for ending in TABLES]
    return [
        each
        for name in wanted
        for each in there
        if each.stem == kind.name and each.name.lower() == name and each.is_file()
    ]


def _listed(kind: RecordKind, file: Path, how: VillageReading) -> Iterator[Any]:
    """Read a list of records at the top of a file, or below one key with the name of the kind."""
    place = Location(how.folder.name(file))
    before = len(how.report.problems)
    node = _parsed(file, how)
    if node is None and len(how.report.problems) == before:
        return  # The file is empty or contains only comments.
    items = None if node is None else _items(kind, node)
    if items is None:
        if node is not None:
            found, found_en = shape(node)
            said = {"field": kind.heading, "found": found, "found_en": found_en}
            how.report.add("shape-list", node.location, **said)
        how.report.lose(kind.record)
        return
    for item in items:
        record = read_record(kind.record, item, how.report, place)
        if record is not None:
            yield record


def _items(kind: RecordKind, node: Node) -> tuple[Node, ...] | None:
    if isinstance(node, Sequence):
        return node.items
    names = {fold_key(each) for each in (kind.name, kind.heading, *record_name(kind.record))}
    if isinstance(node, Mapping) and len(node.entries) == 1:
        key, value = node.entries[0]
        if fold_key(key.text) in names and isinstance(value, Sequence):
            return value.items
    return None


def _table(kind: RecordKind, file: Path, how: VillageReading) -> Iterator[Any]:
    path = how.folder.name(file)
    raw = how.raw(file, path)
    if raw is None:
        how.report.lose(kind.record)
        return
    before = len(how.report.problems)
    yield from table_of(kind, file, path, raw, how.report).rows
    if len(how.report.problems) > before:
        how.report.lose(kind.record)  # The id of an unread row is unknown.


def table_of(
    kind: RecordKind,
    file: Path,
    path: str,
    raw: bytes,
    report: Report,
    outside: OutsideTable | None = None,
) -> Register[Any]:
    """The rows of a table of a kind. Whether it is a workbook or CSV is decided by its content.

    `outside` is given for a table that does not belong to the village yet.
    """
    named = file.suffix.lower() in ENDINGS
    if is_workbook(raw) or (named and not is_text(raw)):
        sheet = _sheet(kind, file, path, report)
        if sheet is None:
            return Register()
        return rows_of(kind.record, sheet.rows, report, marks=sheet.marks, outside=outside)
    return read_rows(kind.record, raw, path, report, outside)


def _sheet(kind: RecordKind, file: Path, path: str, report: Report) -> Worksheet | None:
    """The one sheet that has column titles of the kind."""
    sheets = read_workbook(file, path, report) or []
    return chosen_sheet(sheets, path, report, lambda rows: _titles(kind, rows))


def _titles(kind: RecordKind, rows: list[Row]) -> bool:
    return any(sum(is_title(kind.record, cell.text) for cell in row) > 1 for row in rows[:5])


def _single(kind: RecordKind, file: Path, name: str, how: VillageReading) -> Iterator[Any]:
    """Read a file with one record. Its id is `name`, unless the record has another id."""
    before = len(how.report.problems)
    node = _parsed(file, how)
    place = Location(how.folder.name(file))
    if node is None and len(how.report.problems) > before:
        how.report.lose(kind.record, name)
        return
    record = read_record(kind.record, node, how.report, place, id=name)
    if record is None:
        how.report.lose(kind.record, name)
    elif record.origin.wrote("id") or good_name(name, place, how.report):
        yield record


def _foldered(kind: RecordKind, folder: Path, how: VillageReading) -> Iterator[Any]:
    inside = f"{FOLDER}/{kind.name}/{folder.name}"
    file = how.folder.either(f"{inside}/{kind.one}")
    if file is not None:
        yield from _single(kind, file, folder.name, how)
        return
    wanted = f"{kind.one}.yml"
    near = misnamed(wanted, names_of_files(folder))
    if near is not None:
        how.report.lose(kind.record, folder.name)
        place = Location(how.folder.name(folder / near))
        said = {"value": near, "better": wanted, "folder": inside}
        how.report.add("file-name", place, **said, **rename_remedy(wanted))


def good_name(name: str, place: Location, report: Report) -> bool:
    """Whether a file or folder name can be part of an address. It is reported if not."""
    try:
        ID.parse(name)
    except UnreadableValue:
        report.add("folder-name", place, value=shown(name))
        return False
    return True


def _parsed(file: Path, how: VillageReading) -> Node | None:
    text = how.text(file)
    return None if text is None else parse_yaml(text, how.folder.name(file), how.report)
