"""Who stands first: a rule that anybody can check, so that no maker is always at the top.

Makers take turns by the week. Week 0 begins on Monday, 1 January 2024; in week *w* a shelf with *n*
makers, in the order of their ids, begins with maker *w* mod *n*, and goes round them, one thing of
each at a time. The shelves of a tab take turns in the same way. The day is the one the site is built
for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

T = TypeVar("T")

_MONDAY = date(2024, 1, 1)


def week_of(day: date) -> int:
    """How many whole weeks have passed since Monday, 1 January 2024."""
    return (day - _MONDAY).days // 7


def turned(items: Sequence[T], week: int) -> tuple[T, ...]:
    """`items` beginning with the one whose week it is."""
    first = week % len(items) if items else 0
    return (*items[first:], *items[:first])


def rotated(items: Iterable[T], owner: Callable[[T], str], week: int) -> tuple[T, ...]:
    """`items` in turns: one of each owner, beginning with the owner whose week it is. Each owner's
    own items keep their order."""
    piles: dict[str, list[T]] = {}
    for item in items:
        piles.setdefault(owner(item), []).append(item)
    turns = [piles[each] for each in turned(sorted(piles), week)]
    longest = max(map(len, turns), default=0)
    return tuple(pile[at] for at in range(longest) for pile in turns if at < len(pile))
