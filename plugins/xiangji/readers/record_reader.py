"""Reads nodes into records by the field table of the record class. All kinds of records use it.

It returns a record or None, and reports each mistake, with the nearest known name for a misspelt one.
"""

from __future__ import annotations

from collections.abc import Mapping as Dict
from typing import Any, TypeVar

from xiangji.model.fields import (
    AnyValueType,
    Choice,
    Field,
    ListOf,
    Nested,
    Reference,
    UnreadableValue,
    ValueType,
    Word,
    example_of,
    fields_of,
    fold_key,
    is_absent,
    keys_of,
    record_name,
)
from xiangji.model.location import Location, Origin
from xiangji.model.lookalike import strange_signs
from xiangji.model.nearest import nearest, suggestion
from xiangji.model.node import Mapping, Node, Scalar, Sequence
from xiangji.model.parsing.late_pattern import compiled
from xiangji.problems import Report
from xiangji.readers.hints import missing_how, nested, unknown_hint, without_quotes
from xiangji.readers.yaml.yaml_file import report_not_facts, shape

R = TypeVar("R")

_FAILED = object()
"""Marks a value that was reported as wrong. None means that no value was written."""


def read_record(
    record: type[R], node: Node | None, report: Report, place: Location, **given: Any
) -> R | None:
    """Read one record. Return None if a required field is missing or cannot be read.

    `place` is the location if the file is empty. `given` has values that do not come from the node, such as an id from
    the name of the folder.
    """
    if node is None:
        node = Mapping((), place)
    if not isinstance(node, Mapping):
        report_not_facts(node, record_name(record)[0], report)
        report.lose(record, given.get("id", "*"))
        return None
    written = _by_field(record, node, report)
    values: dict[str, Any] = {}
    for row in fields_of(record):
        if row.name in written:
            values[row.name] = _read(row, row.kind, written[row.name][1], report)
        elif row.required and row.name not in given:
            _report_missing(record, row, node.location, report)
            values[row.name] = _FAILED
    failed = [name for name, value in values.items() if value is _FAILED]
    if failed and any(row.required and row.name in failed for row in fields_of(record)):
        _lose(record, written, given, report)
        return None
    for name in failed:
        del values[name]
    return record(**{**given, **values, "origin": _origin(node.location, written)})


def _origin(place: Location, written: Dict[str, tuple[Scalar, Node]]) -> Origin:
    """The locations of a record's fields, and of the first characters of their texts."""
    places = {}
    same = True
    for name, (_, value) in written.items():
        places[name] = value.location
        if isinstance(value, Scalar) and value.begins is not value.location:
            same = False
    if (
        same
    ):  # Nearly always so. Sharing the mapping saves memory, because a village may have a million.
        return Origin(place, places, places)
    scalars = [(name, value) for name, (_, value) in written.items() if isinstance(value, Scalar)]
    return Origin(place, places, {name: each.begins for name, each in scalars if each.begins})


def _lose(
    record: type[Any],
    written: Dict[str, tuple[Scalar, Node]],
    given: Dict[str, Any],
    report: Report,
) -> None:
    """Note the id of a record that cannot be read, so that references to it are not reported as unknown."""
    for name in ("id", "lot"):
        node = written[name][1] if name in written else None
        key = node.text.strip() if isinstance(node, Scalar) else given.get(name)
        if name == "lot" and "product" in given:
            key = f"{given['product']}/{key or '*'}"
        if key:
            report.lose(record, key)


def _by_field(record: type[Any], node: Mapping, report: Report) -> Dict[str, tuple[Scalar, Node]]:
    """The entries of `node` by English field name. Unknown and repeated keys are reported."""
    known = keys_of(record)
    written: dict[str, tuple[Scalar, Node]] = {}
    for key, value in node.entries:
        row = known.get(fold_key(key.text))
        if row is None:
            zh, en = record_name(record)
            hint, hint_en = unknown_hint(record, key.text)
            report.add(
                "field-unknown",
                key.location,
                record=zh,
                record_en=en,
                value=key.text,
                hint=hint,
                hint_en=hint_en,
            )
            for stranger in fields_of(record):
                inner = nested(stranger.kind)
                if inner and not isinstance(value, Scalar) and nearest(key.text, stranger.keys):
                    report.lose(inner)
        elif row.name in written:
            other = written[row.name][0].text
            report.add("field-twice", key.location, value=key.text, other=other)
        elif not (isinstance(value, Scalar) and is_absent(value.text)):
            written[row.name] = (key, value)
    return written


def _report_missing(record: type[Any], row: Field, place: Location, report: Report) -> None:
    zh, en = record_name(record)
    how, how_en = missing_how(row, place)
    report.add(
        "field-missing",
        place,
        record=zh,
        record_en=en,
        field=row.zh,
        field_en=row.name,
        how=how,
        how_en=how_en,
    )


def _read(row: Field, kind: AnyValueType, node: Node, report: Report) -> Any:
    """The value of a node by its value type, or `_FAILED`."""
    if isinstance(kind, ListOf):
        return _read_list(row, kind, node, report)
    if isinstance(kind, Nested):
        value = read_record(kind.record, node, report, node.location)
        return _FAILED if value is None else value
    if not isinstance(node, Scalar):
        found, found_en = shape(node)
        example = example_of(kind)
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


def _read_scalar(
    row: Field, kind: ValueType | Choice | Reference, node: Scalar, report: Report
) -> Any:
    text = node.text.strip()
    better = without_quotes(kind, text)
    if better is not None:
        report.add("value-quotes", node.location, field=row.zh, value=text, better=better)
        return _FAILED
    if isinstance(kind, Reference):
        return text
    if isinstance(kind, Choice):
        word = kind.words.of(text)
        if word is None:
            _report_choice(row, kind, node, report)
            return _FAILED
        return word
    try:
        value = kind.parse(node.text if kind.name == "prose" else text)
        if kind.dropped and (left := kind.dropped(text)):
            details = {"field": row.zh, "value": text, "left": left, "kept": value}
            report.add("value-dropped", node.location, **details)
        if kind.offered and (near := _almost(value, kind.offered)):
            report.add("value-near", node.location, field=row.zh, value=value, near=near)
        return value
    except UnreadableValue as slip:
        details = {"field": row.zh, "value": text, "example": kind.example, **slip.details}
        report.add(slip.rule, node.location, **details)
        signs = strange_signs(text)
        if signs:
            report.add("sign-strange", node.location, field=row.zh, value=text, signs=signs)
        return _FAILED


def _almost(text: str, offered: tuple[str, ...]) -> str | None:
    """An offered word from which a text differs in one sign of three or more: mostly a slip."""
    if len(text) < 3 or text in offered:
        return None
    alike = (each for each in offered if len(each) == len(text))
    return next(
        (each for each in alike if sum(a != b for a, b in zip(each, text, strict=True)) == 1), None
    )


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
        items = items_in(node, kind)
    else:
        found, found_en = shape(node)
        report.add("shape-list", node.location, field=row.zh, found=found, found_en=found_en)
        if isinstance(kind.item, Nested):
            report.lose(kind.item.record)
        return _FAILED
    items = tuple(i for i in items if not (isinstance(i, Scalar) and _says_none(kind.item, i.text)))
    values = [_read(row, kind.item, item, report) for item in items]
    return tuple(value for value in values if value is not _FAILED)


def _says_none(kind: AnyValueType, text: str) -> bool:
    """Whether an item of a list only says that nothing is known, or that there is none."""
    return is_absent(text) or (isinstance(kind, Reference) and text.strip() in kind.nobody)


def items_in(node: Scalar, kind: ListOf) -> tuple[Scalar, ...]:
    """Split a text with several items: 甲、乙.

    Items of a value type may contain commas and blanks. References and words of a vocabulary are split there too;
    words that are only offered are split at commas, since people may write others with blanks.
    """
    separators = r"[、；;，,\s]+"
    if isinstance(kind.item, ValueType):
        separators = r"[、；;，,]" if kind.item.offered else r"[、；;]"
    parts = (part.strip() for part in compiled(separators).split(node.text))
    return tuple(Scalar(part, node.location) for part in parts if part)


def plain(node: Node) -> Any:
    """A node as strings, lists and dicts, for data that is no record."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}
