"""Pages that list things to go to: what remains when somebody cuts the end off an address."""

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
"""Things on one page, each with a small picture: browsers fetch some fifteen before anybody
scrolls, and all of them when somebody does."""


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
    """A list at `address` and as many further pages as it needs.

    `groups` are headings with what stands under each, `entry` makes the view of one thing for the
    page at an address, `empty` is said when there is nothing, `told` makes the lines above all that is there (each a label and links), and `feed` is the address of a feed of the same.
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
