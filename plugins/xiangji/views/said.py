"""Values of fields as people read them, as links of a page, and as data."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

from xiangji import urls
from xiangji.kinds.installed import kind_named
from xiangji.library import Library
from xiangji.model.fields import AnyValueType, Field, ListOf, Nested, Reference, Word
from xiangji.model.fields import fields_of as rows_of
from xiangji.model.kind import RecordKind
from xiangji.model.value_types import FLAG, MONEY, PROSE, TELEPHONE, WEB, is_file
from xiangji.model.values import said_date
from xiangji.render.context import Link, RenderContext
from xiangji.views.entries import dial, lines, money

UNSHOWN = frozenset(
    "id visibility sample draft order claims ordinary lint_allow sources picture picture_alt".split()
)
"""Fields that are no row of a page: they decide something, or have a place of their own on it."""


class FactRow(Struct, frozen=True):
    """A field as a row of a page: what it is called, and what it says, one link (or text) for each item. Without any
    it says that nothing is recorded."""

    label: str
    links: tuple[Link, ...]


def fact_rows(
    context: RenderContext, kind: RecordKind, record: Any, page: str, hidden: Collection[str] = ()
) -> list[FactRow]:
    """The rows of a record's page, in the order of its fields, but for the `hidden` ones."""
    found = []
    for row in rows_of(type(record)):
        if row.private or row.name in (*UNSHOWN, *hidden, kind.title) or row.kind is PROSE:
            continue
        if _is_listed(context, row):
            continue
        links = tuple(value_links(context, row, getattr(record, row.name), page))
        if not links and row.name in kind.expected and _is_denied(row, record):
            links = (Link(said(row.kind, False), ""),)
        if links or row.name in kind.expected:
            found.append(FactRow(row.zh, links))
    return found


def _is_denied(row: Field, record: Any) -> bool:
    """Whether an author wrote 否: somebody recorded that, where nothing else did."""
    return row.kind is FLAG and bool(record.origin.wrote(row.name))


LISTED = ("products", "stories")
"""What a page leads to with a picture and a line, and not by a name in a row."""


def _is_listed(context: RenderContext, row: Field) -> bool:
    kind = row.item
    return isinstance(kind, Reference) and kind.to in LISTED and kind.to in context.choice


def passages(record: Any) -> list[tuple[str, str]]:
    """The longer texts of a record, each with its heading."""
    rows = [row for row in rows_of(type(record)) if row.kind is PROSE and not row.private]
    return [(row.zh, text) for row in rows if (text := getattr(record, row.name))]


def value_links(context: RenderContext, row: Field, value: Any, page: str) -> Iterator[Link]:
    """A value as it stands on the page at an address: a link for each item, nothing where it says nothing."""
    kind = row.item
    if is_file(kind) or (kind is FLAG and not value):
        return
    values = value if isinstance(row.kind, ListOf) else (value,)
    if isinstance(kind, Reference) and kind.to == "people":
        yield from context.people_links(tuple(each for each in values if each), page)
        return
    for each in values:
        if each is None:
            continue
        if isinstance(kind, Reference):
            yield reference_link(context, kind.to, each, page)
        elif isinstance(kind, Nested):
            yield Link(_nested(context.library, each), "")
        else:
            yield Link(said(kind, each), _leads_to(kind, each))


def _leads_to(kind: AnyValueType, value: Any) -> str:
    """Where a value leads by itself: a number is called, an address is gone to."""
    if kind is TELEPHONE:
        return dial(value)
    return str(value) if kind is WEB else ""


def reference_link(context: RenderContext, name: str, key: str, page: str) -> Link:
    """A record that another refers to, by its name; linked where it has a page."""
    address = address_of(context, name, key)
    href = urls.relative(address, page) if address else ""
    return Link(name_of(context.library, name, key), href)


def name_of(library: Library, name: str, key: str) -> str:
    """What a record of a kind is called. Whatever is installed, nobody's id stands for a name."""
    if name == "people":
        return library.people[key].name
    kind = kind_named(name)
    return kind.title_of(library.shelf(name)[key]) if kind else key


def address_of(context: RenderContext, name: str, key: str) -> str:
    """The page of a record; empty where it has none."""
    record = context.library.shelf(name).get(key)
    kind = kind_named(name)
    if record is None or kind is None or (kind.family and kind.family not in context.choice):
        return ""
    return kind.address_of(record)


def said(kind: AnyValueType, value: Any) -> str:
    """A value of a field that refers to nothing, as people read it."""
    if kind is MONEY:
        return f"¥{money(value)}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return said_date(value)
    return str(value)


def _nested(library: Library, record: Any) -> str:
    """A record inside another on one line."""
    parts = []
    for row in rows_of(type(record)):
        kind = row.item
        value = getattr(record, row.name)
        if value in (None, (), False) or row.private or is_file(kind):
            continue
        if kind is FLAG:
            parts.append(row.zh)  # 是 alone would say nothing.
            continue
        values = value if isinstance(row.kind, ListOf) else (value,)
        parts += ["、".join(_inside(library, kind, each) for each in values)]
    return " · ".join(part for part in parts if part)


def _inside(library: Library, kind: AnyValueType, value: Any) -> str:
    if isinstance(kind, Nested):
        return _nested(library, value)
    if isinstance(kind, Reference):
        return name_of(library, kind.to, value)
    return said(kind, value)


def note_of(library: Library, kind: RecordKind, record: Any) -> str:
    """The line below a record in lists: what its kind's field says."""
    if not kind.note:
        return ""
    row = next(each for each in rows_of(type(record)) if each.name == kind.note)
    return told(library, row, getattr(record, kind.note))


def told(library: Library, row: Field, value: Any) -> str:
    """A value as text on one line: records by name, people by the one that may stand there, each once; of a longer
    text the first line, nothing where it says nothing."""
    item = row.item
    values = value if isinstance(row.kind, ListOf) else (value,)
    if item is PROSE:
        return next((line for each in values if each for line in lines(each)), "")
    texts = (_inside(library, item, each) for each in values if each not in (None, False))
    return "" if is_file(item) else "、".join(dict.fromkeys(texts))


# --- data ---------------------------------------------------------------------------------------


def as_data(context: RenderContext, record: Any) -> dict[str, Any]:
    """A record as data under its English keys: nothing private, nothing that was not written, no files; what it
    refers to by id, people by the name that may stand there."""
    made: dict[str, Any] = {}
    for row in rows_of(type(record)):
        value = getattr(record, row.name)
        kind = row.item
        if row.private or value in (None, ()) or is_file(kind) or row.name in _DECIDING:
            continue
        values = value if isinstance(row.kind, ListOf) else (value,)
        told = [_datum(context, kind, each) for each in values]
        made[row.name] = told if isinstance(row.kind, ListOf) else told[0]
    return made


_DECIDING = frozenset("visibility draft order lint_allow ordinary picture_alt".split())


def _datum(context: RenderContext, kind: AnyValueType, value: Any) -> Any:
    if isinstance(kind, Nested):
        return as_data(context, value)
    if isinstance(kind, Reference) and kind.to == "people":
        return context.library.people[value].name
    if isinstance(value, Word):
        return value.key
    if isinstance(value, Decimal):
        return money(value)
    if isinstance(value, bool | int):
        return value
    return value.isoformat() if isinstance(value, date) else _stamp(value)


def _stamp(value: Any) -> str:
    """A moment in the form of ISO 8601; any other value as its text."""
    day = getattr(value, "day", None)
    if not isinstance(day, date):
        return str(value)
    return f"{day.isoformat()}T{value.time}+08:00" if value.time else day.isoformat()
