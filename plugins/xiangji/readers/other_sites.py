"""Reads records from the data file of another village's site, saved as `village/projects/NAME.json`.

Such files are published as `/data/projects.json`. Each record keeps the address from which it came. Ids are unique only
within one village, so the file name is put before the id, and references to other records are removed.
"""

from __future__ import annotations

from collections.abc import Iterator

from xiangji.model.fields import AnyValueType, Nested, Reference, fields_of
from xiangji.model.kind import RecordKind
from xiangji.model.node import Mapping, Node, Scalar, Sequence
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.value_types import MEDIA, MOMENT
from xiangji.problems import Report

ENDING = ".json"
ADDRESS = "url"
"""The key of a record's page address in a data file."""

FIELD = "elsewhere"
"""The field that holds this address. Kinds without it take no records from other sites."""

_ISO = late_pattern(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?\+08:00$")


def records_of_site(
    kind: RecordKind, node: Node, site: str, report: Report
) -> Iterator[tuple[str, Node]]:
    """Yield id and node of each record of a data file, for `read_record`. `site` is the prefix of the ids."""
    items = _listed(kind, node)
    if items is None:
        report.add("other-site-data", node.location, value=kind.heading, key=kind.name)
        return
    for item in items:
        key, address = (_text(item, name) for name in ("id", ADDRESS))
        if not isinstance(item, Mapping) or not key or not address:
            report.add("other-site-data", item.location, value=kind.heading, key=kind.name)
            continue
        told = _without_references(kind.record, item)
        where = (Scalar(FIELD, item.location), Scalar(address, item.location))
        rest = tuple(each for each in told.entries if each[0].text not in ("id", ADDRESS))
        yield f"{site}-{key}", Mapping((*rest, where), item.location)


def _listed(kind: RecordKind, node: Node) -> tuple[Node, ...] | None:
    """The list of records in a data file, or None."""
    found = node.get(kind.name) if isinstance(node, Mapping) else None
    return found.items if isinstance(found, Sequence) else None


def _text(node: Node, key: str) -> str:
    found = node.get(key) if isinstance(node, Mapping) else None
    return found.text if isinstance(found, Scalar) else ""


def _without_references(record: type, node: Mapping) -> Mapping:
    """The node without references to records or files of the other village, at any depth."""
    types = {row.name: row.item for row in fields_of(record)}
    kept = [
        (key, _inside(types.get(key.text), value))
        for key, value in node.entries
        if not isinstance(types.get(key.text), Reference) and types.get(key.text) is not MEDIA
    ]
    return Mapping(tuple(kept), node.location)


def _inside(kind: AnyValueType | None, value: Node) -> Node:
    if kind is MOMENT and isinstance(value, Scalar):
        # Data files have times in ISO 8601 with the offset +08:00.
        return Scalar(_ISO.sub(r"\1 \2", value.text), value.location)
    if not isinstance(kind, Nested):
        return value
    if isinstance(value, Sequence):
        return Sequence(tuple(_inside(kind, each) for each in value.items), value.location)
    return _without_references(kind.record, value) if isinstance(value, Mapping) else value
