"""Adds new records of a kind to the village: one YAML file each, or as items of the list that holds them.

Whatever would be written is first read again, and must give the same record. Existing files are never overwritten, and
of a file with a list only lines are added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from xiangji.editing.batch_files import Addition, ImportPlan, differing
from xiangji.editing.list_items import with_items
from xiangji.editing.yaml_text import yaml_text
from xiangji.model.fields import ListOf, Nested, fields_of, fold_key, keys_of
from xiangji.model.kind import RecordFile, RecordKind
from xiangji.model.location import Location
from xiangji.model.node import Mapping, Node, Scalar, Sequence
from xiangji.output.single_file import look_at, read_content
from xiangji.problems import Report
from xiangji.readers.record_reader import items_in, read_record
from xiangji.readers.tables.registers import ReadRow
from xiangji.readers.yaml.yaml_file import parse_yaml


def single_file(kind: RecordKind) -> RecordFile | None:
    """Return the kind of file that holds a single record of a kind and gives it its id; None if there is none."""
    files = (each for each in kind.record_files if each.ending == "yml" and not each.listed)
    return next((each for each in files if each.given == ("id",)), None)


def can_be_added(kind: RecordKind) -> bool:
    """Whether records of a kind can be added from a table. A row has no cell for records inside a record."""
    if any(row.required and isinstance(row.item, Nested) for row in fields_of(kind.record)):
        return False
    return kind.within is not None or single_file(kind) is not None


def place_of_records(kind: RecordKind) -> str:
    """Return where new records of a kind are written, with … for the id."""
    single = single_file(kind)
    if kind.within or single is None:
        return kind.source
    if kind.is_further:
        return f"{kind.source}/"
    return f"{single.places[0].replace('*', '…')}.yml"


def plan_records(root: Path, kind: RecordKind, new: Iterable[ReadRow[Any]]) -> ImportPlan:
    """Plan what to write so that the village has the `new` records as well."""
    rows = list(new)
    if kind.within and rows:
        return _plan_items(root, kind, rows)
    return plan_files(root, kind, rows)


def plan_files(root: Path, kind: RecordKind, new: Iterable[ReadRow[Any]]) -> ImportPlan:
    """Plan one file for each of the `new` records."""
    additions = []
    for row in new:
        record: Any = row.record
        files = list(_files(root, kind, record.id))
        there = next((each for each in files if look_at(each) is not None), None)
        if there is not None:
            return ImportPlan(
                obstacle="records-file-there", about=there.relative_to(root).as_posix()
            )
        file = files[0]
        text = yaml_text(kind.record, _as_file(kind, row.node))
        report = Report()
        node = parse_yaml(text, file.name, report)
        again = read_record(kind.record, node, report, Location(file.name), id=record.id)
        if again is None or report.problems or differing(record, again):
            return ImportPlan(obstacle="records-not-same", about=record.id)
        additions.append(Addition(file, text.encode()))
    return ImportPlan(tuple(additions))


def _files(root: Path, kind: RecordKind, name: str) -> Iterator[Path]:
    """Yield the files in which a record of this name may lie, the one to write first."""
    single = single_file(kind)
    for place in single.places if single else ():
        for ending in (".yml", ".yaml"):
            yield root / f"{place.replace('*', name, 1)}{ending}"


def _as_file(kind: RecordKind, node: Mapping) -> Mapping:
    """Return a row as in its own file: without the id, which is the file's name, and with lists as sequences."""
    entries = [each for each in _listed(kind, node).entries if _name(kind, each[0]) != "id"]
    return Mapping(tuple(entries), node.location)


def _listed(kind: RecordKind, node: Mapping) -> Mapping:
    """Return a row with its lists as sequences."""
    entries: list[tuple[Scalar, Node]] = []
    for key, value in node.entries:
        row = keys_of(kind.record)[fold_key(key.text)]
        if isinstance(row.kind, ListOf) and isinstance(value, Scalar):
            items = items_in(value, row.kind)
            value = Sequence(items, value.location) if len(items) > 1 else value
        entries.append((key, value))
    return Mapping(tuple(entries), node.location)


def _name(kind: RecordKind, key: Scalar) -> str:
    return keys_of(kind.record)[fold_key(key.text)].name


def _plan_items(root: Path, kind: RecordKind, new: list[ReadRow[Any]]) -> ImportPlan:
    """Plan to append the records to the list that holds them."""
    assert kind.within is not None
    within = kind.within
    stem = within.file.rpartition(".")[0]
    files = (root / f"{stem}{ending}" for ending in (".yml", ".yaml"))
    file = next((each for each in files if look_at(each) is not None), root / within.file)
    raw = read_content(file)
    path = file.relative_to(root).as_posix()
    if raw is None:
        return ImportPlan(obstacle="records-no-list", about=path)
    text = raw.decode()
    report = Report()
    before = _read(within.record, text, path, report)
    row = next(each for each in fields_of(within.record) if each.name == within.field)
    node = parse_yaml(text.removeprefix("\ufeff"), path, report)
    items = [_listed(kind, each.node) for each in new]
    content = with_items(text, node, row, items)
    after = None if content is None else _read(within.record, content, path, report)
    if content is None or before is None or after is None or report.problems:
        return ImportPlan(obstacle="records-list", about=path)
    wanted = (*getattr(before, within.field), *(each.record for each in new))
    found = getattr(after, within.field)
    same = len(wanted) == len(found) and not any(map(differing, wanted, found))
    if not same or set(differing(before, after)) - {within.field}:
        return ImportPlan(obstacle="records-list", about=path)
    return ImportPlan((Addition(file, content.encode()),))


def _read(record: type[Any], text: str, path: str, report: Report) -> Any:
    node = parse_yaml(text.removeprefix("\ufeff").replace("\r\n", "\n"), path, report)
    return read_record(record, node, report, Location(path))
