"""Makes the hints in messages about fields and values: what the author probably meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xiangji.kinds.installed import installed_kinds
from xiangji.model.fields import (
    AnyValueType,
    Choice,
    Field,
    ListOf,
    Nested,
    Reference,
    ValueType,
    example_of,
    fields_of,
    fold_key,
    keys_of,
    record_name,
)
from xiangji.model.location import Location
from xiangji.model.nearest import nearest, question
from xiangji.records.brand import Brand

_TABLES = (".csv", ".xlsx")

_QUOTES = ("“”", "‘’", "「」", "『』", "＂＂", "＇＇", "”“", "””", "““")


def nested(kind: AnyValueType) -> type[Any] | None:
    """The class of the nested records of a field, or None."""
    item = kind.item if isinstance(kind, ListOf) else kind
    return item.record if isinstance(item, Nested) else None


def unknown_hint(record: type[Any], key: str) -> tuple[str, str]:
    """The remedy (zh, en) for a key that a record class does not have."""
    for hint in (_inside(record, key), _outside(record, key)):
        if hint is not None:
            return hint
    rows = fields_of(record)
    close = nearest(key, [name for row in rows for name in row.keys])
    if close:
        zh, en = question(key, close)
        return zh, en.rstrip()
    zh = "、".join(row.zh for row in rows)
    en = ", ".join(row.name for row in rows)
    return f"可以写：{zh}。", f"Known fields: {en}."


def _inside(record: type[Any], key: str) -> tuple[str, str] | None:
    """The remedy if the key belongs to a nested record, so that its indentation was lost."""
    for row in fields_of(record):
        inner = nested(row.kind)
        if inner is not None and fold_key(key) in keys_of(inner):
            listed = isinstance(row.kind, ListOf)
            zh = "，第一行前面写“- ”" if listed else ""
            en = ", the first line after `- `" if listed else ""
            return (
                f"“{key}”写在“{row.zh}”底下：比“{row.zh}”多缩进两格{zh}。",
                f"“{key}” stands under “{row.name}”: indent it by two more than that{en}.",
            )
    return None


def _outside(record: type[Any], key: str) -> tuple[str, str] | None:
    """The remedy if the key belongs to an enclosing record, so that it is indented too far."""
    for outer in _around(record):
        if fold_key(key) in keys_of(outer):
            zh, en = record_name(outer)
            return (
                f"“{key}”是{zh}的字段，不在{record_name(record)[0]}里：少缩进一层，和{zh}的其他字段对齐。",
                f"“{key}” is a field of {en.lower()}: indent it less, in line with its others.",
            )
    return None


def _around(record: type[Any]) -> Iterator[type[Any]]:
    """The record classes that contain this one, the nearest first."""
    for outer in _all_records():
        if any(nested(row.kind) is record for row in fields_of(outer)):
            yield outer
            yield from _around(outer)


def _all_records() -> Iterator[type[Any]]:
    waiting: list[type[Any]] = [Brand]  # All other classes are nested in one of these.
    for kind in installed_kinds().kinds:
        waiting += [each.wrapper or kind.record for each in kind.record_files]
    while waiting:
        record = waiting.pop(0)
        yield record
        waiting += [inner for row in fields_of(record) if (inner := nested(row.kind))]


def missing_how(row: Field, place: Location) -> tuple[str, str]:
    """The remedy (zh, en) for a missing required field: all words of a choice, else one example."""
    kind = row.item
    in_table = place.path.endswith(_TABLES)
    if isinstance(kind, Choice):
        zh = "、".join(str(word) for word in kind.words)
        en = ", ".join(word.key for word in kind.words)
        start = f"在“{row.zh}”那一列" if in_table else f"补上“{row.zh}”："
        return f"{start}从 {zh} 里选一个。", f"Add {row.name}: one of {en}."
    if isinstance(kind, Nested):
        return f"补上“{row.zh}”（{row.help_zh}）。", f"Add `{row.name}` ({row.help_en})."
    # An example of a free text would be copied as the answer.
    example = "…" if kind.name in ("line", "prose") else example_of(kind)
    start = f"在“{row.zh}”那一列填上 {example}" if in_table else f"补一行 {row.zh}: {example}"
    return f"{start}（{row.help_zh}）", f"Add {row.name}: {example} ({row.help_en})"


def without_quotes(kind: ValueType | Choice | Reference, text: str) -> str | None:
    """A value without the quotation marks around it, for an id, a word, a date or a number.

    None if it has no quotation marks, or if the field holds free text.
    """
    if kind.name in ("line", "prose") or len(text) < 3 or text[0] + text[-1] not in _QUOTES:
        return None
    return text[1:-1].strip()
