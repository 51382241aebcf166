"""An Atom feed of the village's further records that have a date, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xiangji import urls
from xiangji.kinds.installed import further_kinds
from xiangji.model.kind import RecordKind
from xiangji.render.context import RenderContext
from xiangji.render.outputs import Artifact
from xiangji.views.atom import FeedEntry, feed_file
from xiangji.views.entries import lines
from xiangji.views.said import passages

MOST = 40
"""Maximum number of entries."""


def feed(context: RenderContext) -> Iterator[Artifact]:
    """The feed at `urls.VILLAGE_FEED`, if there is one (see `has_feed`)."""
    url = context.settings.site_url
    if not url or not has_feed(context):
        return
    found = list(_entries(context))
    found.sort(key=lambda each: (each.day, each.address), reverse=True)
    name = context.library.brand.name
    title = f"{name}：{urls.VILLAGE_TITLE}"
    latest = found[0].day if found else context.settings.today
    entries = found[:MOST]
    yield feed_file(urls.VILLAGE_FEED, title, name, urls.VILLAGE, latest, entries, url, "village")


def has_feed(context: RenderContext) -> bool:
    """Whether there is a feed: `site_url` is set, and a kind with an order has records.

    Every page of a record calls this, so it reads no record: otherwise each page would depend on all records.
    """
    ordered = (each for each in further_kinds(context.library.shelves) if each.order)
    return bool(context.settings.site_url) and any(context.library.shelf(k.name) for k in ordered)


def _entries(context: RenderContext) -> Iterator[FeedEntry]:
    for kind in further_kinds(context.library.shelves):
        for record in context.library.shelf(kind.name).values():
            entry = _entry(kind, record)
            if entry is not None:
                yield entry


def _entry(kind: RecordKind, record: Any) -> FeedEntry | None:
    day = _day(getattr(record, kind.order)) if kind.order else None
    address = kind.address_of(record)
    if day is None or not address:
        return None
    told = [line for _, text in passages(record) for line in lines(text)]
    title = f"{kind.heading}：{kind.title_of(record)}"
    return FeedEntry(title, address, day, told[0] if told else "")


def _day(value: Any) -> date | None:
    """The day of a date or a moment, else None."""
    if isinstance(value, date):
        return value
    day = getattr(value, "day", None)
    return day if isinstance(day, date) else None
