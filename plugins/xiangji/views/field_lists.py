"""Lists of fields for the handbook: every key of a kind of file, generated from the field table."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup
from msgspec import Struct

from xiangji.model.fields import (
    AnyValueType,
    Choice,
    ListOf,
    Nested,
    Reference,
    example_of,
    fields_of,
    record_name,
)
from xiangji.model.value_types import LINE, PROSE
from xiangji.render.context import RenderContext
from xiangji.views.json_schema import FileKind, files, records_inside


class FieldLine(Struct, frozen=True):
    """A field as a row of the list.

    `keys` are its Chinese keys, the preferred one first. `told` explains the field.
    """

    keys: tuple[str, ...]
    english: str
    required: bool
    told: str
    example: str


def fields_html(context: RenderContext, words: str) -> Markup | None:
    """The fields of a kind of file and of the records inside it, as HTML; None if there is no such kind.

    `words` names the kind: `product` or 产品.
    """
    wanted = next(
        (each for each in files() if words in (each.name, record_name(each.record)[0])), None
    )
    if wanted is None:
        return None
    kind = record_name(wanted.record)[0]
    return context.fragment("fields.html", kind=kind, tables=_tables(wanted))


def _tables(kind: FileKind) -> list[dict[str, Any]]:
    records = [kind.record, *records_inside(kind.record)]
    return [
        {
            "title": record_name(each)[0],
            "lines": _lines(each, kind.given if each is kind.record else ()),
        }
        for each in records
    ]


def _lines(record: type[Any], given: tuple[str, ...]) -> list[FieldLine]:
    return [
        FieldLine(
            tuple(key for key in row.keys if not key.isascii()) or (row.zh,),
            row.name,
            row.required and row.name not in given,
            row.help_zh,
            _example(row.kind),
        )
        for row in fields_of(record)
    ]


def _example(kind: AnyValueType) -> str:
    """What may be written in the field: the words of a vocabulary, or one example."""
    item = kind.item if isinstance(kind, ListOf) else kind
    many = "可以几条，" if isinstance(kind, ListOf) else ""
    if isinstance(item, Nested):
        return f"{many}见“{record_name(item.record)[0]}”"
    if isinstance(item, Choice):
        return "、".join(str(word) for word in item.words)
    if isinstance(item, Reference):
        return f"{many}写编号"
    if item in (LINE, PROSE):
        return many + ("一行字" if item is LINE else "可以几行")
    if item.offered:
        return f"{many}{'、'.join(item.offered)}；没有的自己写"
    return f"{many}例如 {example_of(item)}"
