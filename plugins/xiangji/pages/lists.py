"""Pages that list things to go to: what remains when somebody cuts the end off an address.

A long list goes on over further pages, so that the first stays light on a weak signal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeVar

from xiangji import urls
from xiangji.pages.entries import Entry, Lot
from xiangji.pages.output import Output, Page, sheet_file
from xiangji.pages.press import Press

T = TypeVar("T")

MOST = 30
"""Things on one page, each with a small picture: browsers fetch some fifteen before anybody
scrolls, and all of them when somebody does."""
_MOST_LOTS = 200
"""Batches on one page: a line of text each."""


def list_pages(
    press: Press,
    address: str,
    title: str,
    description: str,
    groups: Sequence[tuple[str, Sequence[T]]],
    entry: Callable[[T, str], Entry],
    source: str,
    empty: str = "",
) -> Iterator[Output]:
    """A list at `address` and as many further pages as it needs.

    `groups` are headings with what stands under each, `entry` makes the view of one thing for the
    page at an address, `empty` is said when there is nothing.
    """
    rows = [(heading, item) for heading, items in groups for item in items]
    pieces = [rows[at : at + MOST] for at in range(0, len(rows), MOST)] or [[]]
    for number, piece in enumerate(pieces, start=1):
        page = urls.further(address, number)
        named = title if number == 1 else f"{title} · 第 {number} 页"
        document = press.render(
            "list.html",
            page,
            title=named,
            description=description,
            styles=("story",),
            lead=description if number == 1 else "",
            groups=[
                {"title": heading, "entries": [entry(item, page) for _, item in several]}
                for heading, several in groupby(piece, key=lambda row: row[0])
            ],
            lots=(),
            empty=empty,
            **turning(address, page, number, len(pieces)),
        )
        if number == 1:
            yield Page(page, named, description, f"<p>{description}</p>", document, source)
        else:
            yield sheet_file(page, document, source)


def lot_pages(
    press: Press,
    address: str,
    title: str,
    description: str,
    first: Callable[[str], Sequence[Entry]],
    lots: Callable[[str], Sequence[Lot]],
    source: str,
) -> Iterator[Output]:
    """The batches of a product, newest first. `first` is what they are batches of; both are made
    for the page at an address."""
    count = max(1, -(-len(lots(address)) // _MOST_LOTS))
    for number in range(1, count + 1):
        page = urls.further(address, number)
        document = press.render(
            "list.html",
            page,
            title=title if number == 1 else f"{title} · 第 {number} 页",
            description=description,
            styles=("story", "product"),
            lead=description if number == 1 else "",
            groups=[{"title": "", "entries": first(page)}],
            lots=lots(page)[(number - 1) * _MOST_LOTS : number * _MOST_LOTS],
            empty="",
            **turning(address, page, number, count),
        )
        yield sheet_file(page, document, source)


def turning(address: str, page: str, number: int, count: int) -> dict[str, Any]:
    """What a template needs to lead to the pages before and after this one."""

    def to(other: int) -> str:
        there = 1 <= other <= count
        return urls.relative(urls.further(address, other), page) if there else ""

    return {"number": number, "count": count, "before": to(number - 1), "after": to(number + 1)}
