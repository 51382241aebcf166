"""Orders the catalogue so that makers take turns to stand first, by a rule that anybody can check.

Week 0 begins on Monday, 1 January 2024. In week *w*, a shelf with *n* makers in the order of their ids begins with
maker number *w* mod *n*, and shows one item of each maker in turn. The shelves of a tab take turns in the same way. The
week is that of the day that the site is built for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

T = TypeVar("T")

_MONDAY = date(2024, 1, 1)


def week_of(day: date) -> int:
    """Return how many whole weeks have passed since Monday, 1 January 2024."""
    return (day - _MONDAY).days // 7


def turned(items: Sequence[T], week: int) -> tuple[T, ...]:
    """Return `items` rotated, so that they begin with item number `week` modulo their number."""
    first = week % len(items) if items else 0
    return (*items[first:], *items[:first])


def rotated(items: Iterable[T], owner: Callable[[T], str], week: int) -> tuple[T, ...]:
    """Return `items` with one of each owner in turn, beginning with the owner whose week it is.

    The items of one owner keep their order.
    """
    piles: dict[str, list[T]] = {}
    for item in items:
        piles.setdefault(owner(item), []).append(item)
    turns = [piles[each] for each in turned(sorted(piles), week)]
    longest = max(map(len, turns), default=0)
    return tuple(pile[at] for at in range(longest) for pile in turns if at < len(pile))
