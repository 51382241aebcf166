"""Counts which households and which roles have how many of the places where visitors look first.

The places are the home page, the stories, recordings and videos, the shop, and the first place of each shelf in a year.
A household is a producer with its people. Nobody is named who is not a producer: of people only their roles are counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from enum import Enum
from typing import Any

from msgspec import Struct

from xiangji import urls
from xiangji.appearances.made import render_context
from xiangji.catalogue.shelves import product_shelves
from xiangji.kinds.installed import installed_kinds, kind_of
from xiangji.library import Library
from xiangji.library.kinds import referred
from xiangji.library.settled import settle
from xiangji.pages import notes
from xiangji.records.product import Product
from xiangji.records.story import Story
from xiangji.settings import Settings

WEEKS = 52
"""The number of weeks in which the first places of shelves are counted."""

_VIDEO = ("VideoObject", "BroadcastEvent")
"""The types in schema.org of the kinds whose records are films or live broadcasts."""


class FairnessArea(Enum):
    """Where there are places to share out. The value is the key of its heading."""

    HOME = "home"
    STORY = "story"
    VIDEO = "video"
    SHOP = "shop"
    FIRST = "first"


class FairnessRow(Struct, frozen=True):
    """The places of one household or one role.

    `by` is `household` or `role`. `name` is that of the producer or the role; empty for places of nobody's household.
    `people` is the number of people in it. `places` are counts by area, `shares` are percentages of all counts there.
    """

    by: str
    name: str
    people: int
    places: Mapping[str, int]
    shares: Mapping[str, int]


class _Place(Struct, frozen=True):
    """A place that a visitor sees: the ids of the producers and the people whom it shows."""

    area: FairnessArea
    producers: frozenset[str]
    people: frozenset[str]


def fairness(library: Library, settings: Settings) -> tuple[FairnessRow, ...]:
    """Return the places of each household and of each role in what is published. Those without a place stand there too.

    Who belongs to which household is read from the whole library: an alias has no household, and its place counts.
    """
    whole = settle(library)
    context = render_context(whole, settings)
    shown, households = context.library, _Households(whole)
    places = [*_on_home(shown, _home(context)), *_elsewhere(shown, settings)]
    roles = {key: {str(each) for each in person.roles} for key, person in whole.people.items()}
    by_household = [(each.area, households.of(each)) for each in places]
    by_role = [(e.area, {r for key in e.people for r in roles.get(key, ())}) for e in places]
    names = {key: each.name for key, each in shown.producers.items()} | {"": ""}
    counts = Counter(role for several in roles.values() for role in several)
    homeless = {"": len(whole.people.keys() - households.members)}
    return (
        *_rows("household", names, by_household, households.sizes | homeless),
        *_rows("role", {each: each for each in sorted(counts)}, by_role, counts),
    )


class _Households:
    """The producers with the people who belong to each, by either record."""

    def __init__(self, library: Library) -> None:
        self._of: dict[str, set[str]] = {}
        for producer in library.producers.values():
            for key in producer.people:
                self._of.setdefault(key, set()).add(producer.id)
        for person in library.people.values():
            if person.producer:
                self._of.setdefault(person.id, set()).add(person.producer)
        self.members = frozenset(self._of)
        self.sizes = Counter(each for several in self._of.values() for each in several)

    def of(self, place: _Place) -> set[str]:
        """Return the households that a place shows: those that it names, and those of its people.

        Of a place that shows nobody's household it is the empty id.
        """
        found = {*place.producers, *(h for key in place.people for h in self._of.get(key, ()))}
        return found or {""}


def _rows(
    by: str,
    names: Mapping[str, str],
    places: Iterable[tuple[FairnessArea, set[str]]],
    people: Mapping[str, int],
) -> Iterator[FairnessRow]:
    counts: Counter[tuple[str, FairnessArea]] = Counter()
    for area, keys in places:
        counts.update((key, area) for key in keys if key in names)
    wholes = {area: sum(counts[key, area] for key in names) for area in FairnessArea}
    for key, name in sorted(names.items(), key=lambda each: _rank(each[0], counts)):
        own = {area.value: counts[key, area] for area in FairnessArea}
        if key or any(own.values()):
            shares = {a.value: _percent(own[a.value], wholes[a]) for a in FairnessArea}
            yield FairnessRow(by, name, people.get(key, 0), own, shares)


def _rank(key: str, counts: Mapping[tuple[str, FairnessArea], int]) -> tuple[bool, int, str]:
    """A sort key: most places first, places of no household last."""
    total = sum(counts.get((key, area), 0) for area in FairnessArea if area is not _YEAR)
    return not key, -total, key


_YEAR = FairnessArea.FIRST
"""The area whose places are weeks, which are not added to the others."""


def _percent(count: int, whole: int) -> int:
    return round(100 * count / whole) if whole else 0


# --- places ---------------------------------------------------------------------------------------


def _home(context: Any) -> str:
    """Return the HTML of the home page; empty if the village has written none."""
    found = (each.document for each in notes.pages(context) if each.address == urls.HOME)
    document = next(found, "")
    return document if isinstance(document, str) else document.decode()


def _on_home(library: Library, document: str) -> Iterator[_Place]:
    """Yield a place for each record to whose page the home page links."""
    at = {
        kind.address_of(record): record
        for kind in installed_kinds().kinds
        if not kind.numerous
        for record in library.shelf(kind.name).values()
    }
    linked = dict.fromkeys(re.findall(r'href="(?:\./)?([^"#?]+)', document))
    for address in linked:
        if address and address in at:
            yield _place(FairnessArea.HOME, library, at[address])


def _elsewhere(library: Library, settings: Settings) -> Iterator[_Place]:
    """Yield a place for each story, recording, video and product of the shop, and for each week at the head of a shelf."""
    for story in library.stories.values():
        yield _place(FairnessArea.STORY, library, story)
    for workshop in library.workshops.values():
        for card in workshop.cards:
            if card.teller and library.recording(card):
                yield _Place(FairnessArea.VIDEO, frozenset(), frozenset({card.teller}))
    for kind in installed_kinds().kinds:
        if kind.schema_type in _VIDEO:
            for record in library.shelf(kind.name).values():
                yield _place(FairnessArea.VIDEO, library, record)
    for week in range(WEEKS):
        for shelf in product_shelves(library, settings.today + timedelta(weeks=week)):
            for product in shelf.items if week == 0 else ():
                yield _place(FairnessArea.SHOP, library, product)
            first = frozenset(shelf.items[0].makers[:1])
            yield _Place(FairnessArea.FIRST, first, frozenset())


def _place(area: FairnessArea, library: Library, record: Any) -> _Place:
    """Return the place of a record: the producers and people whom it names, and the makers of the products it names."""
    if isinstance(record, Story):
        made = [maker for each in library.products_of(record) for maker in each.makers]
        return _Place(area, frozenset(made), frozenset((*record.tellers, *record.recorders)))
    if isinstance(record, Product):
        return _Place(area, frozenset(record.makers), frozenset(record.people))
    named = [*referred(record), (_kind_name(record), record.id)]
    goods = [library.products[key] for kind, key in named if kind == "products"]
    makers = {maker for each in goods for maker in each.makers}
    producers = {key for kind, key in named if kind == "producers"}
    people = {key for kind, key in named if kind == "people"}
    return _Place(area, frozenset(producers | makers), frozenset(people))


def _kind_name(record: Any) -> str:
    kind = kind_of(type(record))
    return kind.name if kind else ""
