"""Nodes to records, by the field table. One reader for every kind of record.

It returns a record or None and reports everything that is wrong on the way, with the nearest known
name for a slip of the pen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Dict
from typing import Any, TypeVar

from xiangji.nearest import nearest, suggestion
from xiangji.problems import Report
from xiangji.records.fields import (
    AnyKind,
    Choice,
    Field,
    Kind,
    ListOf,
    Nested,
    Reference,
    Unreadable,
    Word,
    fields_of,
    fold_key,
    keys_of,
)
from xiangji.records.location import Location, Origin
from xiangji.records.node import Mapping, Node, Scalar, Sequence
from xiangji.sources.yaml_file import report_not_facts, shape

R = TypeVar("R")

_FAILED = object()
"""A value that was reported; None would be a value that was not written."""

NAMES: dict[str, tuple[str, str]] = {
    "Brand": ("品牌文件", "The brand file"),
    "Seal": ("印章", "The seal"),
    "Colours": ("颜色", "The colours"),
    "Producer": ("生产者", "The producer"),
    "Partner": ("伙伴", "The partner"),
    "Place": ("地点", "The place"),
    "Source": ("来源", "The source"),
    "PeopleFile": ("人物名单", "The list of people"),
    "Person": ("人物", "The person"),
    "Consent": ("同意", "The consent"),
    "Workshop": ("工作坊", "The workshop"),
    "Card": ("卡片", "The card"),
    "Account": ("说法", "The account"),
    "Visual": ("视觉元素", "The visual element"),
    "Vote": ("表决", "The vote"),
    "Ratification": ("村里议定", "The ratification"),
    "Story": ("故事", "The story"),
    "Claim": ("断言", "The claim"),
    "Step": ("步骤", "The step"),
    "Tellings": ("短讲法", "The short tellings"),
    "Product": ("产品", "The product"),
    "Variant": ("规格", "The variant"),
    "Channel": ("购买方式", "The channel"),
    "Nutrient": ("营养成分", "The nutrient"),
    "Certificate": ("证书", "The certificate"),
    "Batch": ("批次", "The batch"),
    "TraceEvent": ("经过", "The event"),
    "Inspection": ("检验", "The inspection"),
}


def record_name(record: type[Any]) -> tuple[str, str]:
    """What a record class is called in messages, in Chinese and English."""
    return NAMES.get(record.__name__, (record.__name__, record.__name__))


def read_record(
    record: type[R], node: Node | None, report: Report, place: Location, **given: Any
) -> R | None:
    """Read one record.

    `place` stands in where the file is empty; `given` are values that do not come from the node
    (an id from the folder's name). Returns None when a required field is missing or unreadable.
    """
    if node is None:
        node = Mapping((), place)
    if not isinstance(node, Mapping):
        report_not_facts(node, record_name(record)[0], report)
        return None
    written = _by_field(record, node, report)
    values: dict[str, Any] = {}
    for row in fields_of(record):
        if row.name in written:
            values[row.name] = _read(row, row.kind, written[row.name][1], report)
        elif row.required and row.name not in given:
            _report_missing(record, row, node.location, report)
            values[row.name] = _FAILED
    failed = {name for name, value in values.items() if value is _FAILED}
    if any(row.required and row.name in failed for row in fields_of(record)):
        return None
    kept = {name: value for name, value in values.items() if value is not _FAILED}
    places = {name: value.location for name, (_, value) in written.items()}
    return record(**{**given, **kept, "origin": Origin(node.location, places)})


def _by_field(record: type[Any], node: Mapping, report: Report) -> Dict[str, tuple[Scalar, Node]]:
    """The entries of `node` under their English field names; strangers and doubles reported."""
    known = keys_of(record)
    written: dict[str, tuple[Scalar, Node]] = {}
    for key, value in node.entries:
        row = known.get(fold_key(key.text))
        if row is None:
            zh, en = record_name(record)
            hint, hint_en = _unknown_hint(record, key.text)
            report.add(
                "field-unknown",
                key.location,
                record=zh,
                record_en=en,
                value=key.text,
                hint=hint,
                hint_en=hint_en,
            )
        elif row.name in written:
            other = written[row.name][0].text
            report.add("field-twice", key.location, value=key.text, other=other)
        elif not (isinstance(value, Scalar) and value.text.strip() in ("", "~", "null")):
            written[row.name] = (key, value)
    return written


def _unknown_hint(record: type[Any], key: str) -> tuple[str, str]:
    rows = fields_of(record)
    names = [name for row in rows for name in row.keys]
    close = nearest(key, names)
    if close:
        return f"是不是想写“{close}”？", f"Did you mean “{close}”?"
    zh = "、".join(row.zh for row in rows)
    en = ", ".join(row.name for row in rows)
    return f"可以写：{zh}。", f"Known fields: {en}."


def _report_missing(record: type[Any], row: Field, place: Location, report: Report) -> None:
    zh, en = record_name(record)
    report.add(
        "field-missing",
        place,
        record=zh,
        record_en=en,
        field=row.zh,
        field_en=row.name,
        example=_example(row.kind),
        help=row.help_zh,
        help_en=row.help_en,
    )


def _read(row: Field, kind: AnyKind, node: Node, report: Report) -> Any:
    """The value of a node under a kind, or `_FAILED`."""
    if isinstance(kind, ListOf):
        return _read_list(row, kind, node, report)
    if isinstance(kind, Nested):
        value = read_record(kind.record, node, report, node.location)
        return _FAILED if value is None else value
    if not isinstance(node, Scalar):
        found, found_en = shape(node)
        example = _example(kind)
        report.add(
            "shape-text",
            node.location,
            field=row.zh,
            found=found,
            found_en=found_en,
            example=example,
        )
        return _FAILED
    return _read_scalar(row, kind, node, report)


def _read_scalar(row: Field, kind: Kind | Choice | Reference, node: Scalar, report: Report) -> Any:
    text = node.text.strip()
    if isinstance(kind, Reference):
        return text
    if isinstance(kind, Choice):
        word = kind.words.of(text)
        if word is None:
            _report_choice(row, kind, node, report)
            return _FAILED
        return word
    try:
        return kind.parse(node.text if kind.name == "prose" else text)
    except Unreadable as slip:
        details = {"field": row.zh, "value": text, "example": kind.example, **slip.details}
        report.add(slip.rule, node.location, **details)
        return _FAILED


def _report_choice(row: Field, kind: Choice, node: Scalar, report: Report) -> None:
    members: list[Word] = list(kind.words)
    near, near_en = suggestion(
        node.text.strip(), [m.value for m in members] + [m.key for m in members]
    )
    report.add(
        "value-choice",
        node.location,
        field=row.zh,
        value=node.text.strip(),
        near=near,
        near_en=near_en,
        choices="、".join(m.value for m in members),
        choices_en=", ".join(m.key for m in members),
    )


def _read_list(row: Field, kind: ListOf, node: Node, report: Report) -> Any:
    if isinstance(node, Sequence):
        items: tuple[Node, ...] = node.items
    elif isinstance(node, Scalar) and not isinstance(kind.item, Nested):
        items = _split(node, kind)
    else:
        found, found_en = shape(node)
        report.add("shape-list", node.location, field=row.zh, found=found, found_en=found_en)
        return _FAILED
    values = [_read(row, kind.item, item, report) for item in items]
    return tuple(value for value in values if value is not _FAILED)


def _split(node: Scalar, kind: ListOf) -> tuple[Scalar, ...]:
    """One text that holds several items: 甲、乙. Names of things may hold commas and blanks,
    ids and words may not."""
    separators = r"[、；;]" if isinstance(kind.item, Kind) else r"[、；;，,\s]+"
    parts = (part.strip() for part in re.split(separators, node.text))
    return tuple(Scalar(part, node.location) for part in parts if part)


def _example(kind: AnyKind) -> str:
    if isinstance(kind, Kind):
        return kind.example
    if isinstance(kind, Choice):
        return str(next(iter(kind.words)))
    if isinstance(kind, ListOf):
        return _example(kind.item)
    return "…"


def plain(node: Node) -> Any:
    """A node as plain strings, lists and dicts, where no record is wanted."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}
