"""Long lists go on over further pages, so that each stays light on a weak signal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import Struct

from xiangji import urls

T = TypeVar("T")


class PageOfList(Struct, frozen=True):
    """One page of a list, and the links to those beside it; empty where there is none."""

    number: int
    count: int
    before: str
    after: str

    def named(self, title: str) -> str:
        """A title that tells this page from the first."""
        return title if self.number == 1 else f"{title} · 第 {self.number} 页"


def leaf(page: str, number: int, count: int, address: Callable[[int], str]) -> PageOfList:
    """Page `number` of `count`, as it stands at `page`; `address` gives that of any of them."""

    def to(other: int) -> str:
        return urls.relative(address(other), page) if 1 <= other <= count else ""

    return PageOfList(number, count, to(number - 1), to(number + 1))


def cut(items: Sequence[T], most: int) -> list[Sequence[T]]:
    """Pieces of about equal length, none longer than `most`; one empty piece of nothing."""
    count = max(1, -(-len(items) // most))
    length = max(1, -(-len(items) // count))
    return [items[at : at + length] for at in range(0, len(items), length)] or [items]
