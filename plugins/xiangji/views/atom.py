"""Writes an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from markupsafe import escape
from msgspec import Struct

from xiangji import urls
from xiangji.render.outputs import Artifact


class FeedEntry(Struct, frozen=True):
    """One entry of a feed, for one page.

    `state` is part of the entry's id: the same page in another state is a new entry.
    """

    title: str
    address: str
    day: date
    summary: str
    state: str = ""


def feed_file(
    uri: str,
    title: str,
    author: str,
    above: str,
    updated: date,
    entries: Iterable[FeedEntry],
    url: str,
    source: str,
) -> Artifact:
    """The feed file at address `uri` of a site at `url`.

    `above` is the page that lists the same entries. `source` is the file that an author edits to change the feed.
    """
    own = escape(urls.absolute(uri, url))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
        f"<title>{escape(title)}</title>",
        f"<id>{own}</id>",
        f'<link rel="self" href="{own}"/>',
        f'<link rel="alternate" href="{escape(urls.absolute(above, url))}"/>',
        f"<updated>{_moment(updated)}</updated>",
        f"<author><name>{escape(author)}</name></author>",
        *(line for each in entries for line in _entry(each, url)),
        "</feed>",
        "",
    ]
    return Artifact(uri, "\n".join(lines).encode(), source)


def _entry(entry: FeedEntry, url: str) -> Iterator[str]:
    address = escape(urls.absolute(entry.address, url))
    mark = f"#{entry.state}" if entry.state else ""
    yield "<entry>"
    yield f"<title>{escape(entry.title)}</title>"
    yield f"<id>{address}{mark}</id>"
    yield f'<link rel="alternate" href="{address}"/>'
    yield f"<updated>{_moment(entry.day)}</updated>"
    yield f"<summary>{escape(entry.summary)}</summary>"
    yield "</entry>"


def _moment(day: date) -> str:
    """Noon in China on a day: the hour is not recorded, and at noon it is the same day in nearly every time zone."""
    return f"{day.isoformat()}T12:00:00+08:00"
