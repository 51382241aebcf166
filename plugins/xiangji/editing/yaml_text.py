"""Writes the nodes of records as YAML that people can go on editing: Chinese keys, quotes only where needed."""

from __future__ import annotations

import json
import re
from typing import Any

from xiangji.model.fields import AnyValueType, ListOf, Nested, UnreadableValue, fold_key, keys_of
from xiangji.model.node import Mapping, Node, Scalar, Sequence
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.value_types import COUNT, DAY, MONEY, PARTIAL_DAY, PROSE, QUANTITY

_PLAIN = late_pattern(r"[^\W_][^#:\"'\n\t]*(:\d\d)?", re.DOTALL)
"""Text that begins with a letter, a digit or a Chinese character, and has a colon only within a time of day."""

_OTHER = late_pattern(r"[\d.,_eExX+:-]+|true|false|yes|no|on|off|null|y|n", re.IGNORECASE)
"""Text that other YAML parsers read as a number or a boolean. Dates are written without quotes, as in the handbook."""

_ODD = late_pattern("[\x00-\x1f\x7f\x85\u2028\u2029\ufeff]")
"""Characters that YAML treats as line ends or does not accept."""

_NUMBER = late_pattern(r"[1-9]\d*(\.\d+)?")
_DATE = late_pattern(r"\d{4}-\d\d(-\d\d)?")


def yaml_text(record: type[Any], node: Mapping) -> str:
    """Return a record's node as a YAML document."""
    return "".join(f"{line}\n" for line in _lines(record, node))


def tidy(kind: AnyValueType, text: str) -> str:
    """Return a date in the form 2026-03-12 and a quantity in the form 1200 罐; any other text unchanged."""
    try:
        if kind is DAY or kind is PARTIAL_DAY:
            return str(kind.parse(text).isoformat())
        return str(QUANTITY.parse(text)) if kind is QUANTITY else text
    except UnreadableValue:
        return text


def _lines(record: type[Any], node: Mapping) -> list[str]:
    lines = []
    for key, value in node.entries:
        row = keys_of(record)[fold_key(key.text)]
        lines += _entry(row.zh, row.kind, value)
    return lines


def _entry(name: str, kind: AnyValueType, value: Node) -> list[str]:
    if isinstance(value, Scalar):
        if kind is PROSE and _is_block(value.text):
            return [f"{name}: |", *(f"  {line}".rstrip() for line in value.text.split("\n"))]
        text = tidy(kind, value.text)
        is_number = kind in (MONEY, COUNT) and _NUMBER.fullmatch(text)
        return [f"{name}: {text if is_number else _quoted(text)}"]
    assert isinstance(value, Sequence) and isinstance(kind, ListOf)
    lines = [f"{name}:"]
    for item in value.items:
        if isinstance(item, Scalar):
            lines.append(f"  - {_quoted(item.text)}")
            continue
        assert isinstance(kind.item, Nested)
        assert isinstance(item, Mapping)
        first, *others = _lines(kind.item.record, item)
        lines += [f"  - {first}", *(f"    {line}" for line in others)]
    return lines


def _is_block(text: str) -> bool:
    """Whether a text of several lines can be a literal block below `|`. All other texts are quoted."""
    lines = text.split("\n")
    plain = all(not _ODD.search(line) and line == line.rstrip() for line in lines)
    return len(lines) > 1 and plain and not text.startswith((" ", "\n"))


def _quoted(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and (_DATE.fullmatch(text) or not _OTHER.fullmatch(text))
    # JSON strings are valid double-quoted YAML strings.
    return text if plain and text == text.strip() else json.dumps(text, ensure_ascii=False)
