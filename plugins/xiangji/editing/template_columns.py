"""The columns of a template for tables: heading, explanation, example and list of words, from the field table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from xiangji.model.fields import (
    Choice,
    Field,
    ListOf,
    Nested,
    Reference,
    UnreadableValue,
    ValueType,
    example_of,
    fields_of,
    record_name,
)
from xiangji.model.kind import RecordKind
from xiangji.model.value_types import (
    FLAG,
    ID,
    LINE,
    LOT,
    MOMENT,
    MONEY,
    PARTIAL_DAY,
    PROSE,
    QUANTITY,
    SHELF_LIFE,
)
from xiangji.model.vocabularies import EventKind, InspectionLayer
from xiangji.readers.tables.columns import OwnerColumn, fits_a_cell
from xiangji.readers.tables.registers import ID_TITLE
from xiangji.records.batch import Batch

_LATER = frozenset(["claims", "ordinary", "lint_allow", "pictured", "elsewhere"])
"""Fields that are written when a text is reviewed, and not in a table."""

_SHOWN = (LOT, MOMENT, MONEY, PARTIAL_DAY, QUANTITY, SHELF_LIFE)
"""The value types of which an example is shown even where a value is not required."""

Names = Mapping[str, Mapping[str, str]]
"""The names of the village's records by id, by the name of the kind."""


class TemplateColumn(Struct, frozen=True):
    """A column of a template. `words` are offered as a list; `names` explain them if they are ids."""

    heading: str
    help: str
    example: str = ""
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    closed: bool = True
    """Whether only one of the words may be written."""


def template_columns(kind: RecordKind, there: Names) -> list[TemplateColumn]:
    """The columns of the template of a kind, required ones first. `there` has the ids that a reference may name."""
    rows = [row for row in fields_of(kind.record) if _belongs(row)]
    ordered = [*(row for row in rows if row.required), *(row for row in rows if not row.required)]
    columns = [_column(kind, row, there) for row in ordered]
    if kind.record is Batch:
        return [*columns[:1], _owner(there), *columns[1:], *_inspections()]
    is_named = "id" in kind.record.__struct_fields__
    if is_named and not any(row.name == "id" for row in rows):
        columns.insert(0, _identifier(kind))
    return columns


def further_headings(kind: RecordKind) -> tuple[str, ...]:
    """Headings that a table may have and the template does not: the steps in the life of a batch."""
    return tuple(str(each) for each in EventKind) if kind.record is Batch else ()


def _belongs(row: Field) -> bool:
    """Whether a field has a column: its value fits a cell, is no note for the village alone, and belongs to no review."""
    fits = fits_a_cell(row) and not isinstance(row.kind, Nested)
    return fits and not row.private and row.name not in _LATER


def _column(kind: RecordKind, row: Field, there: Names) -> TemplateColumn:
    item = row.item
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    if isinstance(item, Choice):
        words = tuple(str(each) for each in item.words)
    elif isinstance(item, Reference):
        known = there.get(item.to, {})
        words, names = tuple(known), tuple(known.values())
    elif item is FLAG:
        words = ("是", "否")
    free = isinstance(item, ValueType) and bool(item.offered)
    if isinstance(item, ValueType) and free:
        words = item.offered
    listed = isinstance(row.kind, ListOf)
    example = _example(kind, row, words)
    return TemplateColumn(row.zh, _help(row, listed), example, words, names, not (listed or free))


def _help(row: Field, listed: bool) -> str:
    parts = ["必填" if row.required and row.name != "id" else "", row.help_zh]
    if row.name == "id":
        parts = ["小写字母、数字和短横；不写就按拼音起"]
    elif isinstance(row.item, Reference):
        parts.append("写编号")
    if listed:
        parts.append("几个用 、 隔开")
    return "；".join(part for part in parts if part)


def _example(kind: RecordKind, row: Field, words: tuple[str, ...]) -> str:
    item = row.item
    if row.name == "sample":
        return "是"
    if row.name == "id":
        return "shi-li"
    if row.name == kind.title and item is LINE:
        return f"示例{record_name(kind.record)[0]}"
    if isinstance(item, Reference):
        return words[0] if words and row.required else ""
    if isinstance(item, Choice):
        return words[0] if row.required or not isinstance(row.kind, ListOf) else ""
    if item in (LINE, PROSE):
        return f"示例{row.zh}" if row.required else ""
    if not isinstance(item, ValueType) or item is ID or not (row.required or item in _SHOWN):
        return ""
    return row.help_zh if _is_value(item, row.help_zh) else example_of(row.kind)


def _is_value(kind: ValueType, text: str) -> bool:
    """Whether the explanation of a field is a value itself: 500 克."""
    try:
        kind.parse(text)
    except UnreadableValue:
        return False
    return True


def _owner(there: Names) -> TemplateColumn:
    known = there.get("products", {})
    return TemplateColumn(
        str(OwnerColumn.PRODUCT),
        "几样产品记在一张表里的必填；写编号或者名称",
        next(iter(known), ""),
        tuple(known),
        tuple(known.values()),
        closed=False,
    )


def _identifier(kind: RecordKind) -> TemplateColumn:
    named = "文件夹的名字，也是网址的一部分" if kind.name == "products" else "全站唯一"
    return TemplateColumn(ID_TITLE, f"{named}：小写字母、数字和短横；不写就按拼音起", "shi-li")


def _inspections() -> Iterator[TemplateColumn]:
    for number, layer in enumerate(InspectionLayer):
        example = "合格 2026-03-12 质检员" if number == 0 else ""
        yield TemplateColumn(str(layer), "结果、日期、签字，用空格隔开", example)


def names_by_id(records: Iterable[Any], title: str) -> dict[str, str]:
    """The titles of records by id."""
    return {each.id: str(getattr(each, title)) for each in records}
