"""Makes the list pages, such as `stories/`: the pages that answer an address without its last part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeVar

from xiangji import urls
from xiangji.render.context import RenderContext
from xiangji.render.outputs import Output, Page, sheet_file
from xiangji.render.pagination import cut, leaf
from xiangji.views.entries import ListEntry

T = TypeVar("T")

MOST = 30
"""The most entries on one page, each with a small picture.

Browsers load about 15 pictures before the reader scrolls, and all of them when the reader scrolls.
"""


def list_pages(
    context: RenderContext,
    address: str,
    title: str,
    description: str,
    groups: Sequence[tuple[str, Sequence[T]]],
    entry: Callable[[T, str], ListEntry],
    source: str,
    empty: str = "",
    told: Callable[[str], Sequence[Any]] | None = None,
    feed: str = "",
) -> Iterator[Output]:
    """Yield a list at `address` and as many further pages as it needs.

    `groups` are pairs of a heading and the items below it. `entry` returns the view of one item for the page at an
    address. `empty` is the text for a list without items. `told` returns the lines above the list, each a label and
    links, for the page at an address. `feed` is the address of an Atom feed of the same items.
    """
    pieces = cut([(heading, item) for heading, items in groups for item in items], MOST)
    for number, piece in enumerate(pieces, start=1):
        page = urls.further(address, number)
        turn = leaf(page, number, len(pieces), lambda other: urls.further(address, other))
        document = context.render(
            "list.html",
            page,
            title=turn.named(title),
            description=description,
            styles=("usual", "lists", "story"),
            lead=description if number == 1 else "",
            told=told(page) if told and number == 1 else (),
            feed=urls.relative(feed, page) if feed else "",
            groups=[
                {"title": heading, "entries": [entry(item, page) for _, item in several]}
                for heading, several in groupby(piece, key=lambda row: row[0])
            ],
            lots=(),
            empty=empty,
            leaf=turn,
        )
        if number == 1:
            yield Page(page, title, description, f"<p>{description}</p>", document, source)
        else:
            yield sheet_file(page, document, source)
