"""Splits long lists over several pages, so that each page loads on a slow connection."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import Struct

from xiangji import urls

T = TypeVar("T")


class PageOfList(Struct, frozen=True):
    """One page of a list, with links to the previous and the next page. A link is empty if there is no such page."""

    number: int
    count: int
    before: str
    after: str

    def named(self, title: str) -> str:
        """The title of this page of the list. Pages after the first get their number."""
        return title if self.number == 1 else f"{title} · 第 {self.number} 页"


def leaf(page: str, number: int, count: int, address: Callable[[int], str]) -> PageOfList:
    """Page `number` of `count`, as seen from the address `page`.

    `address` returns the address of a page by its number.
    """

    def to(other: int) -> str:
        return urls.relative(address(other), page) if 1 <= other <= count else ""

    return PageOfList(number, count, to(number - 1), to(number + 1))


def cut(items: Sequence[T], most: int) -> list[Sequence[T]]:
    """`items` in slices of about equal length, none longer than `most`. Without items, one empty slice."""
    count = max(1, -(-len(items) // most))
    length = max(1, -(-len(items) // count))
    return [items[at : at + length] for at in range(0, len(items), length)] or [items]
