"""The list page of a kind, the index of all lists, and links to the records that refer to a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from enum import Enum
from typing import Any

from msgspec import Struct

from xiangji import urls
from xiangji.images.pictures import THUMB
from xiangji.kinds.installed import kinds_with
from xiangji.model.fields import Field, ListOf, Reference, ValueType, Word, fields_of
from xiangji.model.folders import FOLDER
from xiangji.model.headcount import said_sum
from xiangji.model.kind import RecordKind
from xiangji.model.value_types import DAY, MOMENT, YEAR
from xiangji.model.values import Moment
from xiangji.pages.lists import list_pages
from xiangji.render.context import Link, RenderContext
from xiangji.render.outputs import Output, Page, sheet_file
from xiangji.views.entries import ListEntry
from xiangji.views.kind_feed import has_feed
from xiangji.views.said import note_of, told

LEAD = "村里除了卖东西，还在做什么：按种类一样一页。"


class Related(Struct, frozen=True):
    """A heading and the entries below it."""

    heading: str
    entries: tuple[ListEntry, ...]


def kind_entry(
    context: RenderContext, kind: RecordKind, record: Any, page: str, relation: str = ""
) -> ListEntry:
    """A record as an entry in a list. `relation` stands in place of its note."""
    address = kind.address_of(record)
    media = context.library.picture(record) if hasattr(record, "picture") else None
    picture = context.pictures.show(media, THUMB, page) if media else None
    href = urls.relative(address, page) if address else ""
    note = kind.notice_of(record, context.settings.today)
    note = note or relation or note_of(context.library, kind, record)
    return ListEntry(kind.title_of(record), note, href, picture)


def _field(kind: RecordKind, name: str) -> Field:
    return next(row for row in fields_of(kind.record) if row.name == name)


def list_of(context: RenderContext, kind: RecordKind) -> Iterator[Output]:
    """The list pages of a kind with its counts, and a list for each word of a vocabulary that the kind counts."""
    records = context.library.listed(kind)
    tallies = counted(context, kind, records)
    yield from _list(context, kind, kind.address, kind.heading, records, tallies)
    for tally in tallies:
        for part in (each for each in tally.parts if each.address):
            title = f"{kind.heading}：{part.text}"
            for made in _list(context, kind, part.address, title, part.records, tallies):
                # Only the list of all records goes into the search index, so that search finds each record once.
                whole = isinstance(made, Page)
                yield sheet_file(made.address, made.content, made.source) if whole else made


def _list(
    context: RenderContext,
    kind: RecordKind,
    address: str,
    title: str,
    records: Sequence[Any],
    tallies: Sequence[Tally],
) -> Iterator[Output]:
    def entry(record: Any, page: str) -> ListEntry:
        return kind_entry(context, kind, record, page)

    def told(page: str) -> list[TallyView]:
        whole = Link("全部", urls.relative(kind.address, page)) if page != kind.address else None
        return [each.view(page, whole) for each in tallies]

    groups, feed = groups_of(context, kind, records), feed_of(context)
    lead, source = kind.lead, kind.source
    return list_pages(context, address, title, lead, groups, entry, source, told=told, feed=feed)


def groups_of(
    context: RenderContext, kind: RecordKind, records: Sequence[Any]
) -> Sequence[tuple[str, Sequence[Any]]]:
    """Records in groups with headings, as the kind declares. A record with several words is in the group of each."""
    if kind.arrange is not None:
        return kind.arrange(records, context.settings.today)
    if kind.order:
        records = sorted(records, key=_rank(kind.order), reverse=True)
    if not kind.group:
        return [("", records)]
    row = _field(kind, kind.group)
    found: dict[Any, list[Any]] = {}
    for record in records:
        for word in _values(row, record) or [None]:
            found.setdefault(word, []).append(record)
    headings: dict[str, list[Any]] = {}
    for word in sorted(found, key=_by_vocabulary):
        headings.setdefault(_words_of(context, row, word), []).extend(found[word])
    rest = headings.pop(UNSAID, [])
    return [*headings.items(), *([(UNSAID, rest)] if rest else [])]


UNSAID = "没有写的"
"""The heading of the last group: records whose field has no value."""


def _values(row: Field, record: Any) -> list[Any]:
    """The values of a field: none, one or several."""
    return [each for each in row.values(record) if each is not None]


def _words_of(context: RenderContext, row: Field, word: Any) -> str:
    """A value of a field as people read it."""
    if word is None:
        return UNSAID
    return told(context.library, row, (word,) if isinstance(row.kind, ListOf) else word) or str(
        word
    )


def _rank(name: str) -> Callable[[Any], tuple[bool, Any]]:
    """A sort key by one field. With `reverse=True`, records without a value come last."""

    def rank(record: Any) -> tuple[bool, Any]:
        value = getattr(record, name)
        return (value is not None, value) if value is not None else (False, 0)

    return rank


def _in_row(row: Field, word: Any) -> tuple[int, str]:
    """A sort key: words of a field in the order of its vocabulary, also where that is only offered."""
    if isinstance(row.item, ValueType) and word in row.item.offered:
        return row.item.offered.index(word), ""
    return _by_vocabulary(word)


def _by_vocabulary(word: Any) -> tuple[int, str]:
    """A sort key: words in the order of their vocabulary, years the latest first, other values after them."""
    if isinstance(word, Enum):
        return list(type(word)).index(word), ""
    if isinstance(word, int):
        return -word, ""
    return 1_000, str(word)


MOST_PARTS = 24
"""How many words of a field a list counts above its entries, those with most records: a village may have 1,000
products, and the page of each leads to its own list."""


class TallyPart(Struct, frozen=True):
    """A word of a field, and the records that have it. `address` is the list of these records, if it has one."""

    text: str
    address: str
    records: tuple[Any, ...]


class TallyView(Struct, frozen=True):
    """A tally as a line on a page."""

    label: str
    links: tuple[Link, ...]


class Tally(Struct, frozen=True):
    """The number of records for each word of a field. Without a field, the label tells the number of all records."""

    label: str
    measure: str
    parts: tuple[TallyPart, ...] = ()

    @property
    def text(self) -> str:
        """The whole line as text."""
        told = "，".join(self.called(each) for each in self.parts)
        return f"{self.label}：{told}" if told else self.label

    def called(self, part: TallyPart) -> str:
        """A word with its number of records."""
        return f"{part.text} {len(part.records)} {self.measure}"

    def view(self, page: str, whole: Link | None) -> TallyView:
        """The line as links on the page at an address. `whole` links back to the list of all records."""
        if not self.parts:
            return TallyView(self.label, (whole,) if whole else ())
        shown = self.parts
        if len(shown) > MOST_PARTS:
            shown = tuple(sorted(shown, key=lambda part: len(part.records), reverse=True))
        links = (
            Link(self.called(part), _link_to_list(part.address, page) if part.address else "")
            for part in shown[:MOST_PARTS]
        )
        return TallyView(self.label, tuple(links))


def _link_to_list(address: str, page: str) -> str:
    """A link to a list; empty if the visitor is already on it."""
    return "" if page == address else urls.relative(address, page)


def counted(context: RenderContext, kind: RecordKind, records: Sequence[Any]) -> list[Tally]:
    """The number of all records and of each counted word. It is always computed, never written by an author."""
    said = [Tally(_whole(kind, records), kind.measure)] if kind.tallies else []
    for row in fields_of(kind.record):
        if row.name not in kind.tallies:
            continue
        parts = tuple(_parts(context, kind, row, records))
        label = "年份" if row.item in _DAYS else row.zh
        said += [Tally(label, kind.measure, parts)] if parts else []
    return said


def _parts(
    context: RenderContext, kind: RecordKind, row: Field, records: Sequence[Any]
) -> Iterator[TallyPart]:
    """Yield the words of a field with the records that have them. Words with one name and no list are one."""
    found: dict[Any, list[Any]] = {}
    for record in records:
        for word in dict.fromkeys(_counted_words(row, record)):
            found.setdefault(word, []).append(record)
    named: dict[tuple[str, str], dict[int, Any]] = {}
    for word in sorted(found, key=lambda each: _in_row(row, each)):
        name = f"{word} 年" if row.item in _DAYS else _words_of(context, row, word)
        several = named.setdefault((name, _list_key(kind, row, word)), {})
        several.update((id(each), each) for each in found[word])
    for (name, key), several in named.items():
        address = urls.filtered(kind.address, row.name, key) if key else ""
        yield TallyPart(name, address, tuple(several.values()))


def _counted_words(row: Field, record: Any) -> Iterator[Any]:
    """Yield the values of a field by which a record is counted. A day counts by its year."""
    for value in _values(row, record):
        yield _year(value) if row.item in _DAYS else value


def _year(value: Any) -> int:
    """The year of a day or moment, or the year itself."""
    day = value.day if isinstance(value, Moment) else value
    year: int = day.year if isinstance(day, date) else day
    return year


_DAYS = (DAY, MOMENT, YEAR)


def _list_key(kind: RecordKind, row: Field, word: Any) -> str:
    """The last part of the address of the list of the records that have a word; empty if there is no such list.

    A word that is already a heading in the list needs none, nor does one that no vocabulary offers. People have none, since two aliases may be the same.
    """
    if row.name == kind.group:
        return ""
    if isinstance(word, Word):
        return word.key
    if isinstance(row.item, ValueType) and word in row.item.offered:
        return row.item.offered_keys[row.item.offered.index(word)]
    if isinstance(row.item, Reference):
        return "" if row.item.to == "people" else str(word)
    return str(word) if row.item in _DAYS else ""


def _whole(kind: RecordKind, records: Sequence[Any]) -> str:
    """The number of all records, and the sums of the fields that the kind sums."""
    sums = (
        said_sum(told, [getattr(each, name) for each in records])
        for name, told in kind.sums.items()
    )
    return "，".join((f"一共 {len(records)} {kind.measure}", *(each for each in sums if each)))


def related(context: RenderContext, name: str, key: str, page: str) -> list[Related]:
    """Links to the records that refer to the record `key` of kind `name`, with a heading for each kind.

    Kinds with a page family are left out, since their pages decide themselves what they link to.
    """
    found: dict[str, tuple[RecordKind, list[Any]]] = {}
    for kind, record in context.library.referring(name, key):
        if not kind.family and kind.address_of(record):
            found.setdefault(kind.name, (kind, []))[1].append(record)
    return [
        Related(
            kind.heading,
            tuple(_first(context, kind, records, page, (name, key))),
        )
        for kind, records in found.values()
    ]


def relations(context: RenderContext, name: str, key: str, page: str) -> list[Link]:
    """What records have to do with the record `key` of kind `name`, as far as their kinds say it, each with its link."""
    today = context.settings.today
    return [
        Link(said, urls.relative(kind.address_of(record), page))
        for kind, record in context.library.referring(name, key)
        if kind.relation and (said := kind.relation(record, name, key, today))
    ]


def _list_about(kind: RecordKind, name: str, key: str) -> str:
    """The list of the records of a kind that belong to the record `key` of the kind `name`, else that of all."""
    for row in fields_of(kind.record):
        item = row.item
        if row.name in kind.tallies and isinstance(item, Reference) and item.to == name:
            own = _list_key(kind, row, key)
            return urls.filtered(kind.address, row.name, own) if own else kind.address
    return kind.address


MOST_RELATED = 12
"""How many records of a kind another page links to one by one: a team may have helped on a thousand days."""


def _first(
    context: RenderContext, kind: RecordKind, records: list[Any], page: str, to: tuple[str, str]
) -> Iterator[ListEntry]:
    """Yield the entries of the latest records that refer `to` a record, and one to the list if there are more."""
    if kind.order:
        records = sorted(records, key=_rank(kind.order), reverse=True)
    for record in records[:MOST_RELATED]:
        relation = kind.relation(record, *to, context.settings.today) if kind.relation else ""
        yield kind_entry(context, kind, record, page, relation)
    if len(records) > MOST_RELATED:
        told = f"一共 {len(records)} {kind.measure}，都在“{kind.heading}”里"
        yield ListEntry(told, "", urls.relative(_list_about(kind, *to), page))


def index(context: RenderContext, more: Sequence[Link] = ()) -> Iterator[Output]:
    """The page that links to all lists of further kinds, with a line about each, and above them to `more` addresses."""
    lists = context.library.village_lists()
    shown = [kind for kind in kinds_with(lists).kinds if kind.name in lists]
    if not shown:
        return

    def entry(kind: RecordKind, page: str) -> ListEntry:
        count = f"{len(context.library.listed(kind))} {kind.measure}"
        return ListEntry(kind.heading, f"{count} · {kind.lead}", urls.relative(kind.address, page))

    def told(page: str) -> list[TallyView]:
        links = tuple(Link(each.text, urls.relative(each.href, page)) for each in more)
        return [TallyView("还有", links)] if links else []

    groups = [("", shown)]
    title, feed = urls.VILLAGE_TITLE, feed_of(context)
    yield from list_pages(
        context, urls.VILLAGE, title, LEAD, groups, entry, FOLDER, told=told, feed=feed
    )


def feed_of(context: RenderContext) -> str:
    """The address of the feed of further kinds; empty if there is none."""
    return urls.VILLAGE_FEED if has_feed(context) else ""
