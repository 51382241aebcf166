"""Arranges products and makers into the catalogue's tabs and shelves, in the order of each shelf.

Both the catalogue pages and the exposure report use this module, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Generic, TypeVar

from msgspec import Struct

from xiangji import urls
from xiangji.catalogue.rotation import rotated, turned, week_of
from xiangji.kinds.person import may_be_named
from xiangji.library import Library
from xiangji.model.vocabularies import PersonRole, ProductKind
from xiangji.records.person import Person
from xiangji.records.product import Product

T = TypeVar("T")


class CatalogueTab(Struct, frozen=True):
    """One tab of the catalogue. `key` is written into data files."""

    key: str
    name: str
    icon: str
    address: str


FARM = CatalogueTab("farm", "农产品", "leaf", urls.SHOP)
CRAFT = CatalogueTab("crafts", "手工艺", "basket", f"{urls.SHOP}crafts/")
CREATIVE = CatalogueTab("creative", "文创", "brush", f"{urls.SHOP}creative/")
MAKERS = CatalogueTab("makers", "能工巧匠", "person", f"{urls.SHOP}makers/")
NOTE = CatalogueTab("note", "意向单", "bookmark", urls.SHOPPING_NOTE)

TAB_OF = {
    ProductKind.PRODUCE: FARM,
    ProductKind.PROCESSED: FARM,
    ProductKind.SERVICE: FARM,
    ProductKind.HANDICRAFT: CRAFT,
    ProductKind.CREATIVE: CREATIVE,
}
_MAKER_ROLES = tuple(map(str, (PersonRole.ARTISAN, PersonRole.GROWER, PersonRole.AGRI_MAKER)))
_OTHER = "做东西的人"


class CatalogueShelf(Struct, Generic[T], frozen=True):
    """The items of one category, in the order in which they stand on the day of the build."""

    tab: CatalogueTab
    name: str
    items: tuple[T, ...]


def tabs_linked(used: Collection[CatalogueTab]) -> list[CatalogueTab]:
    """Return the tabs with something in them; without goods the first. An empty tab has no link."""
    goods = [tab for tab in (FARM, CRAFT, CREATIVE) if tab in used] or [FARM]
    return [*goods, MAKERS] if MAKERS in used else goods


def tabs_made(used: Collection[CatalogueTab]) -> list[tuple[CatalogueTab, CatalogueTab]]:
    """Return the tabs that have pages, each with the tab that its page shows.

    An empty tab keeps its page, so that its address goes on working. A shop without farm produce opens with the next
    tab that has goods.
    """
    front = next((tab for tab in (FARM, CRAFT, CREATIVE) if tab in used), FARM)
    made = [tab for tab in (CRAFT, CREATIVE, MAKERS) if tab is not CREATIVE or tab in used]
    return [(FARM, front), *((tab, tab) for tab in made)]


def product_shelves(library: Library, day: date) -> tuple[CatalogueShelf[Product], ...]:
    """Return the shelves of the products that are not hidden, by tab, in this week's order (see `rotation`)."""
    sold = [each for each in library.products.values() if not each.hidden]

    def place(product: Product) -> tuple[CatalogueTab, str]:
        return TAB_OF[product.kind], product.category or str(product.kind)

    return _shelves(sold, place, lambda each: each.makers[0] if each.makers else "", day)


def maker_shelves(library: Library, day: date) -> tuple[CatalogueShelf[Person], ...]:
    """Return the shelves of people who may be named and who make something, by their first role of a maker."""
    makers = [
        person
        for person in library.people.values()
        if may_be_named(person)
        and (any(role in _MAKER_ROLES for role in person.roles) or library.products_by(person.id))
    ]

    def place(person: Person) -> tuple[CatalogueTab, str]:
        role = next((each for each in person.roles if each in _MAKER_ROLES), None)
        return MAKERS, str(role or _OTHER)

    return _shelves(makers, place, lambda each: each.id, day)


def _shelves(
    items: Iterable[T],
    place: Callable[[T], tuple[CatalogueTab, str]],
    owner: Callable[[T], str],
    day: date,
) -> tuple[CatalogueShelf[T], ...]:
    found: dict[tuple[CatalogueTab, str], list[T]] = {}
    for item in items:
        found.setdefault(place(item), []).append(item)
    week = week_of(day)
    shelves = [
        CatalogueShelf(tab, name, rotated(pile, owner, week)) for (tab, name), pile in found.items()
    ]
    tabs = dict.fromkeys(each.tab for each in shelves)
    return tuple(
        shelf
        for tab in tabs
        for shelf in turned([each for each in shelves if each.tab is tab], week)
    )
