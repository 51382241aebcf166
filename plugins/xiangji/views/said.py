"""Shows values of fields: as text for people, as links on a page, and as data."""

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
from xiangji.model.headcount import is_few, said_headcount
from xiangji.model.kind import RecordKind
from xiangji.model.parsing.partial_date import PartialDate, said_day
from xiangji.model.parsing.telephone import telephones
from xiangji.model.value_types import (
    FLAG,
    HEADCOUNT,
    LINE,
    MONEY,
    NUMBER,
    NUMBER_HERE,
    PROSE,
    TELEPHONE,
    WEB,
    WEB_FORM,
    YEAR,
    is_file,
)
from xiangji.records.delivery import Delivery
from xiangji.render.context import Link, RenderContext
from xiangji.views.delivery import said_delivery
from xiangji.views.entries import lines, money

UNSHOWN = frozenset(
    "id visibility sample draft order claims ordinary lint_allow sources picture picture_alt digest".split()
)
"""Fields that are no row of a page: they control something, have a place of their own there, or are for machines."""


class FactRow(Struct, frozen=True):
    """A field as a row of a page: its label, and one link (or text) for each item.

    Without links, the page says that nothing is recorded.
    """

    label: str
    links: tuple[Link, ...]
    listed: bool = False
    """Whether each item stands on a line of its own, because it is a record inside the record."""


def fact_rows(
    context: RenderContext, kind: RecordKind, record: Any, page: str, hidden: Collection[str] = ()
) -> list[FactRow]:
    """The rows of a record's page in the order of its fields, without the `hidden` fields."""
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
            found.append(FactRow(row.zh, links, isinstance(row.item, Nested) and len(links) > 1))
    return found


def _is_denied(row: Field, record: Any) -> bool:
    """Whether an author wrote 否 for a flag. The page shows this, while a flag that nobody wrote has no row."""
    return row.kind is FLAG and bool(record.origin.wrote(row.name))


LISTED = ("products", "stories")
"""Kinds to which a page links by an entry with a picture, and not by a name in a row."""


def _is_listed(context: RenderContext, row: Field) -> bool:
    kind = row.item
    return isinstance(kind, Reference) and kind.to in LISTED and kind.to in context.choice


def passages(record: Any) -> list[tuple[str, str]]:
    """The longer texts of a record, each with its heading."""
    rows = [row for row in rows_of(type(record)) if row.kind is PROSE and not row.private]
    return [(row.zh, text) for row in rows if (text := getattr(record, row.name))]


def value_links(context: RenderContext, row: Field, value: Any, page: str) -> Iterator[Link]:
    """A value as links on the page at an address, one for each item. A link without a target is a text."""
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
            yield Link(_nested(context.library, each), _target(context, each, page))
        elif kind is WEB_FORM:  # The number is known to whoever sent the parcel, and not to us.
            yield Link("打开，填上单号", each.replace(NUMBER_HERE, ""))
        elif kind is TELEPHONE:
            yield from (Link(str(number), number.href) for number in telephones(each))
        else:
            yield Link(_measured(row, said(kind, each)), str(each) if kind is WEB else "")


def _target(context: RenderContext, record: Any, page: str) -> str:
    """A link to the one record that a nested record refers to; empty if it refers to none, to several, or to a person.

    Of a person, only what the person agreed to is linked, and that is more than a name can tell.
    """
    named = [
        (row.item.to, key)
        for row in rows_of(type(record))
        if isinstance(row.item, Reference) and not row.private
        for key in row.values(record)
        if key
    ]
    if len(named) != 1 or named[0][0] == "people":
        return ""
    return reference_link(context, *named[0], page).href


def reference_link(context: RenderContext, name: str, key: str, page: str) -> Link:
    """A link to a record by its name. Its target is empty if the record has no page."""
    address = address_of(context, name, key)
    href = urls.relative(address, page) if address else ""
    return Link(name_of(context.library, name, key), href)


def name_of(library: Library, name: str, key: str) -> str:
    """The name or title of a record of the kind `name`.

    A person is found even if no kind for people is installed, so that an id never appears as a name.
    """
    if name == "people":
        return library.people[key].name
    kind = kind_named(name)
    return kind.title_of(library.shelf(name)[key]) if kind else key


def address_of(context: RenderContext, name: str, key: str) -> str:
    """The address of a record's page; empty if it has none."""
    record = context.library.shelf(name).get(key)
    kind = kind_named(name)
    if record is None or kind is None or (kind.family and kind.family not in context.choice):
        return ""
    return kind.address_of(record)


def said(kind: AnyValueType, value: Any) -> str:
    """A value as people read it. The value must not be a reference or a nested record."""
    if kind is MONEY:
        return f"¥{money(value)}"
    if kind is HEADCOUNT:
        return said_headcount(value)
    if kind is YEAR:
        return f"{value} 年"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date | PartialDate):
        return said_day(value)
    return str(value)


def _nested(library: Library, record: Any) -> str:
    """A nested record as one line of text."""
    if isinstance(record, Delivery):  # Its numbers alone would say nothing.
        return " · ".join(said_delivery(record))
    parts = []
    rows = rows_of(type(record))
    # Of several texts that may be missing, a reader could not tell which one stands there.
    called = [row for row in rows if row.item is LINE and not (row.required or row.private)]
    for row in rows:
        kind = row.item
        value = getattr(record, row.name)
        if value in (None, (), False) or row.private or is_file(kind):
            continue
        if kind is FLAG:
            parts.append(row.zh)  # The label is shown, because 是 alone would say nothing.
            continue
        values = value if isinstance(row.kind, ListOf) else (value,)
        text = _measured(row, "、".join(_inside(library, kind, each) for each in values))
        parts.append(f"{row.zh}：{text}" if len(called) > 1 and row in called else text)
    return " · ".join(part for part in parts if part)


def _measured(row: Field, text: str) -> str:
    return f"{text} {row.measure}" if row.measure else text


def _inside(library: Library, kind: AnyValueType, value: Any) -> str:
    if isinstance(kind, Nested):
        return _nested(library, value)
    if isinstance(kind, Reference):
        return name_of(library, kind.to, value)
    return said(kind, value)


def note_of(library: Library, kind: RecordKind, record: Any) -> str:
    """The line below a record in lists: the value of the field that its kind declares."""
    if not kind.note:
        return ""
    row = next(each for each in rows_of(type(record)) if each.name == kind.note)
    return told(library, row, getattr(record, kind.note))


def told(library: Library, row: Field, value: Any) -> str:
    """A value as one line of text; empty if there is no value.

    Records and people appear by name, each name once. Of a longer text only the first line is used.
    """
    item = row.item
    values = value if isinstance(row.kind, ListOf) else (value,)
    if item is PROSE:
        return next((line for each in values if each for line in lines(each)), "")
    texts = (_inside(library, item, each) for each in values if each not in (None, False))
    return "" if is_file(item) else "、".join(dict.fromkeys(texts))


# --- data ---------------------------------------------------------------------------------------


def as_data(context: RenderContext, record: Any) -> dict[str, Any]:
    """A record as data under its English keys.

    Private fields, empty fields and files are left out. A reference is the id of the record; for people it is the
    public name or alias.
    """
    made: dict[str, Any] = {}
    for row in rows_of(type(record)):
        value = getattr(record, row.name)
        kind = row.item
        if row.private or value in (None, ()) or is_file(kind) or row.name in _NO_DATA:
            continue
        values = value if isinstance(row.kind, ListOf) else (value,)
        told = [_datum(context, kind, each) for each in values]
        made[row.name] = told if isinstance(row.kind, ListOf) else told[0]
    return made


_NO_DATA = frozenset("visibility draft order lint_allow ordinary picture_alt".split())


def _datum(context: RenderContext, kind: AnyValueType, value: Any) -> Any:
    if isinstance(kind, Nested):
        return as_data(context, value)
    if isinstance(kind, Reference) and kind.to == "people":
        return context.library.people[value].name
    if isinstance(value, Word):
        return value.key
    if kind is HEADCOUNT and is_few(value):
        return said_headcount(value)
    if isinstance(value, Decimal):
        return format(value, "f") if kind is NUMBER else money(value)
    if isinstance(value, bool | int):
        return value
    return value.isoformat() if isinstance(value, date | PartialDate) else _iso_text(value)


def _iso_text(value: Any) -> str:
    """A moment in ISO 8601; any other value as text."""
    day = getattr(value, "day", None)
    if not isinstance(day, date):
        return str(value)
    return f"{day.isoformat()}T{value.time}+08:00" if value.time else day.isoformat()
