"""The list of a kind, the index of all lists, and links to whatever refers to a record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import Any

from msgspec import Struct

from xiangji import urls
from xiangji.images.pictures import THUMB
from xiangji.kinds.installed import installed_kinds
from xiangji.model.fields import Field, ListOf, Word, fields_of
from xiangji.model.folders import FOLDER
from xiangji.model.kind import RecordKind
from xiangji.pages.lists import list_pages
from xiangji.render.context import Link, RenderContext
from xiangji.render.outputs import Output, Page, sheet_file
from xiangji.views.entries import ListEntry
from xiangji.views.kind_feed import has_feed
from xiangji.views.said import note_of, told

LEAD = "村里除了卖东西，还在做什么：按种类一样一页。"


class Related(Struct, frozen=True):
    """A heading with what stands below it."""

    heading: str
    entries: tuple[ListEntry, ...]


def kind_entry(context: RenderContext, kind: RecordKind, record: Any, page: str) -> ListEntry:
    """A record in a list."""
    address = kind.address_of(record)
    media = context.library.picture(record) if hasattr(record, "picture") else None
    picture = context.pictures.show(media, THUMB, page) if media else None
    href = urls.relative(address, page) if address else ""
    note = "取消了，不办了" if kind.is_off(record) else note_of(context.library, kind, record)
    return ListEntry(kind.title_of(record), note, href, picture)


def _field(kind: RecordKind, name: str) -> Field:
    return next(row for row in fields_of(kind.record) if row.name == name)


def list_of(context: RenderContext, kind: RecordKind) -> Iterator[Output]:
    """The list of a kind, with the numbers that can be counted; and for each word of a vocabulary that is counted, a
    list of the records that say it."""
    records = context.library.listed(kind)
    tallies = counted(context, kind, records)
    yield from _list(context, kind, kind.address, kind.heading, records, tallies)
    for tally in tallies:
        for part in (each for each in tally.parts if each.address):
            title = f"{kind.heading}：{part.text}"
            for made in _list(context, kind, part.address, title, part.records, tallies):
                # Search has each record once, on the list of all.
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
    """Records below headings, as the kind says. One of several words stands below each of them."""
    if kind.arrange is not None:
        return kind.arrange(records, context.settings.today)
    if kind.order:
        records = sorted(records, key=_rank(kind.order), reverse=True)
    if not kind.group:
        return [("", records)]
    row = _field(kind, kind.group)
    found: dict[Any, list[Any]] = {}
    for record in records:
        for word in _items(row, record) or [None]:
            found.setdefault(word, []).append(record)
    headings: dict[str, list[Any]] = {}
    for word in sorted(found, key=_by_vocabulary):
        headings.setdefault(_called(context, row, word), []).extend(found[word])
    rest = headings.pop(UNSAID, [])
    return [*headings.items(), *([(UNSAID, rest)] if rest else [])]


UNSAID = "没有写的"
"""The heading of those whose field says nothing, below all others."""


def _items(row: Field, record: Any) -> list[Any]:
    """The words that a field holds: none, one or several."""
    return [each for each in row.values(record) if each is not None]


def _called(context: RenderContext, row: Field, word: Any) -> str:
    """A word of a field as people read it."""
    if word is None:
        return UNSAID
    return told(context.library, row, (word,) if isinstance(row.kind, ListOf) else word) or str(
        word
    )


def _rank(name: str) -> Callable[[Any], tuple[bool, Any]]:
    """Those that have no value come last."""

    def rank(record: Any) -> tuple[bool, Any]:
        value = getattr(record, name)
        return (value is not None, value) if value is not None else (False, 0)

    return rank


def _by_vocabulary(word: Any) -> tuple[int, str]:
    """Words in the order of their vocabulary; what is none behind them."""
    if isinstance(word, Enum):
        return list(type(word)).index(word), ""
    return 1_000, str(word)


class TallyPart(Struct, frozen=True):
    """A word of a field with the records that say it; `address` is the list of these, if it has one."""

    text: str
    address: str
    records: tuple[Any, ...]


class TallyView(Struct, frozen=True):
    """A tally as a line of a page."""

    label: str
    links: tuple[Link, ...]


class Tally(Struct, frozen=True):
    """How many records say each word of a field. Without a field, how many there are."""

    label: str
    measure: str
    parts: tuple[TallyPart, ...] = ()

    @property
    def text(self) -> str:
        """The whole line."""
        told = "，".join(self.called(each) for each in self.parts)
        return f"{self.label}：{told}" if told else self.label

    def called(self, part: TallyPart) -> str:
        """A word with its number."""
        return f"{part.text} {len(part.records)} {self.measure}"

    def view(self, page: str, whole: Link | None) -> TallyView:
        """The line on the page at an address; `whole` leads back to the list of all, from where all are counted."""
        if not self.parts:
            return TallyView(self.label, (whole,) if whole else ())
        links = (
            Link(self.called(part), _way(part.address, page) if part.address else "")
            for part in self.parts
        )
        return TallyView(self.label, tuple(links))


def _way(address: str, page: str) -> str:
    """A link to a list; none to the one that somebody is on."""
    return "" if page == address else urls.relative(address, page)


def counted(context: RenderContext, kind: RecordKind, records: Sequence[Any]) -> list[Tally]:
    """How many records there are, and of which words: counted, since nobody types such numbers."""
    said = [Tally(f"一共 {len(records)} {kind.measure}", kind.measure)] if kind.tallies else []
    for row in fields_of(kind.record):
        if row.name not in kind.tallies:
            continue
        named: dict[str, list[Any]] = {}
        keys: dict[str, str] = {}
        for word in sorted({w for r in records for w in _items(row, r)}, key=_by_vocabulary):
            name = _called(context, row, word)
            named.setdefault(name, []).extend(r for r in records if word in _items(row, r))
            # What stands below its heading anyway needs no list of its own.
            apart = isinstance(word, Word) and row.name != kind.group
            keys[name] = word.key if apart else ""
        parts = (
            TallyPart(
                name,
                urls.filtered(kind.address, row.name, keys[name]) if keys[name] else "",
                tuple(several),
            )
            for name, several in named.items()
        )
        tally = Tally(row.zh, kind.measure, tuple(parts))
        said += [tally] if tally.parts else []
    return said


def related(context: RenderContext, name: str, key: str, page: str) -> list[Related]:
    """What refers to a record of the kind `name`: a heading for each kind. Pages that families make say for themselves
    what they lead to."""
    found: dict[str, list[ListEntry]] = {}
    for kind, record in context.library.referring(name, key):
        if kind.family or not kind.address_of(record):
            continue
        found.setdefault(kind.heading, []).append(kind_entry(context, kind, record, page))
    return [Related(heading, tuple(entries)) for heading, entries in found.items()]


def index(context: RenderContext) -> Iterator[Output]:
    """One page that leads to all lists of further kinds, each with what it is about."""
    lists = context.library.village_lists()
    shown = [kind for kind in installed_kinds().kinds if kind.name in lists]
    if not shown:
        return

    def entry(kind: RecordKind, page: str) -> ListEntry:
        count = f"{len(context.library.listed(kind))} {kind.measure}"
        return ListEntry(kind.heading, f"{count} · {kind.lead}", urls.relative(kind.address, page))

    groups = [("", shown)]
    title, feed = urls.VILLAGE_TITLE, feed_of(context)
    yield from list_pages(context, urls.VILLAGE, title, LEAD, groups, entry, FOLDER, feed=feed)


def feed_of(context: RenderContext) -> str:
    """The address of the feed of further kinds; nothing where there is none."""
    return urls.VILLAGE_FEED if has_feed(context) else ""
