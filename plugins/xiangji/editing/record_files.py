"""Adds new records of a further kind to the village: one YAML file each, `village/<kind>/<id>.yml`.

Whatever would be written is first read again, and must give the same record. Existing files are never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from xiangji.editing.batch_files import Addition, ImportPlan, differing
from xiangji.editing.yaml_text import yaml_text
from xiangji.model.fields import ListOf, fold_key, keys_of
from xiangji.model.folders import FOLDER
from xiangji.model.kind import RecordKind
from xiangji.model.location import Location
from xiangji.model.node import Mapping, Node, Scalar, Sequence
from xiangji.output.single_file import look_at
from xiangji.problems import Report
from xiangji.readers.record_reader import items_in, read_record
from xiangji.readers.tables.registers import ReadRow
from xiangji.readers.yaml.yaml_file import parse_yaml


def plan_files(root: Path, kind: RecordKind, new: Iterable[ReadRow[Any]]) -> ImportPlan:
    """Plan what to write so that the village has the `new` records as well."""
    additions = []
    for row in new:
        record: Any = row.record
        file = root / FOLDER / kind.name / f"{record.id}.yml"
        there = _in_the_way(file, kind)
        if there is not None:
            return ImportPlan(
                obstacle="records-file-there", about=there.relative_to(root).as_posix()
            )
        text = yaml_text(kind.record, _as_file(kind, row.node))
        report = Report()
        node = parse_yaml(text, file.name, report)
        again = read_record(kind.record, node, report, Location(file.name), id=record.id)
        if again is None or report.problems or differing(record, again):
            return ImportPlan(obstacle="records-not-same", about=record.id)
        additions.append(Addition(file, text.encode()))
    return ImportPlan(tuple(additions))


def _in_the_way(file: Path, kind: RecordKind) -> Path | None:
    """Return an existing file for a record of this name, even one that could not be read; None if there is none."""
    folder = file.with_suffix("")
    places = (
        file,
        file.with_suffix(".yaml"),
        folder / f"{kind.one}.yml",
        folder / f"{kind.one}.yaml",
    )
    return next((place for place in places if look_at(place) is not None), None)


def _as_file(kind: RecordKind, node: Mapping) -> Mapping:
    """Return a row as in its own file: without the id, which is the file's name, and with lists as sequences."""
    entries: list[tuple[Scalar, Node]] = []
    for key, value in node.entries:
        row = keys_of(kind.record)[fold_key(key.text)]
        if row.name == "id":
            continue
        if isinstance(row.kind, ListOf) and isinstance(value, Scalar):
            items = items_in(value, row.kind)
            value = Sequence(items, value.location) if len(items) > 1 else value
        entries.append((key, value))
    return Mapping(tuple(entries), node.location)
