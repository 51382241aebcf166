"""Counts how often each maker stands first in the catalogue over a number of weeks.

It counts on the shelves themselves, week by week, so the report says what visitors see.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import TypeVar

from msgspec import Struct

from xiangji.catalogue.shelves import CatalogueShelf, maker_shelves, product_shelves
from xiangji.library import Library

T = TypeVar("T")

SEEN_AT_ONCE = 3
"""The number of cards that fit on the first screen of a small phone."""


class Exposure(Struct, frozen=True):
    """How often one maker stands first on one shelf, over a number of weeks."""

    tab: str
    shelf: str
    maker: str
    """The maker's name, as the site shows it."""
    goods: int
    """The number of cards of this maker on the shelf."""
    first: int
    """Weeks in which one of these cards stands first on the shelf."""
    early: int
    """Weeks in which one of these cards is among the first `SEEN_AT_ONCE`."""
    top: int
    """Weeks in which one of these cards is the first card of the whole tab."""
    weeks: int


def exposure(library: Library, begin: date, weeks: int) -> tuple[Exposure, ...]:
    """Return the counts for each maker of the disclosed `library`, in `weeks` weeks from the day `begin`."""

    def producer(identifier: str) -> str:
        found = library.producers.get(identifier)
        return found.name if found else ""

    days = [begin + timedelta(weeks=week) for week in range(weeks)]
    goods = [product_shelves(library, day) for day in days]
    makers = [maker_shelves(library, day) for day in days]
    return (
        *_counted(goods, lambda each: each.makers[0] if each.makers else "", producer),
        *_counted(makers, lambda each: each.id, lambda key: library.people[key].name),
    )


def _counted(
    weeks: list[tuple[CatalogueShelf[T], ...]],
    owner: Callable[[T], str],
    named: Callable[[str], str],
) -> Iterator[Exposure]:
    found = [{(each.tab, each.name): each for each in week} for week in weeks]
    for place, shelf in (found[0] if found else {}).items():
        first: Counter[str] = Counter()
        early: Counter[str] = Counter()
        top: Counter[str] = Counter()
        for week in found:
            owners = [owner(item) for item in week[place].items]
            first[owners[0]] += 1
            early.update(set(owners[:SEEN_AT_ONCE]))
            opening = next(each for each in week.values() if each.tab is shelf.tab)
            top[owners[0]] += opening.name == shelf.name
        goods = Counter(owner(item) for item in shelf.items)
        for key in sorted(goods):
            counts = (goods[key], first[key], early[key], top[key], len(weeks))
            yield Exposure(shelf.tab.name, shelf.name, named(key), *counts)
