"""The catalogue: pages with tabs at the bottom, categories at the side, and cards. It works without scripts.

Each tab is a page of its own, so that the back button, reload and shared links work. A tab with more than `MOST` cards
has pages for each category instead, with at most `MOST` cards on each.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from xiangji import urls
from xiangji.catalogue.shelves import (
    FARM,
    MAKERS,
    NOTE,
    TAB_OF,
    CatalogueShelf,
    CatalogueTab,
    maker_shelves,
    product_shelves,
    tabs_linked,
    tabs_made,
)
from xiangji.images.pictures import THUMB, ShownPicture
from xiangji.library.telephones import number_of
from xiangji.model.fields import Record, field, record
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.parsing.telephone import calls
from xiangji.model.value_types import LINE
from xiangji.model.vocabularies import Shipping
from xiangji.pages.large_print import elder_shop
from xiangji.pages.marks import NOT_SOLD, good_until, is_sold, marks, recalled_lots
from xiangji.records.person import Person
from xiangji.records.product import Product
from xiangji.render.context import RenderContext
from xiangji.render.families import Family
from xiangji.render.outputs import Artifact, Output, Page, sheet_file
from xiangji.render.pagination import cut, leaf
from xiangji.render.pinyin import Spelling
from xiangji.render.scripts import script
from xiangji.views.entries import call_buttons, lowest_price, money, person_entry

T = TypeVar("T")

MOST = 36
"""The most cards on one page. More cards with texts of usual length do not fit into 13 KB."""


_TURN = "谁排在最前面，每周轮换：各类轮着开头，同一类里各家轮着开头，一家一样。"
"""Tells the reader how the order is chosen. `catalogue/rotation.py` makes it."""


@record("小店的选项", "The catalogue's options")
class CatalogueOptions(Record, frozen=True, kw_only=True):
    """`catalogue:` under the plugin in mkdocs.yml."""

    title: str | None = field("题目", LINE, "小店的名字；不写就用品牌文件里的", "name of the shop")
    origin: Origin = NOWHERE


class CatalogueCard(Struct, frozen=True):
    """A card of the catalogue."""

    title: str
    note: str
    price: str
    several: bool
    """Whether there are several prices. `price` is the lowest."""
    facts: tuple[str, ...]
    marks: str
    """CSS classes for the filters: `s` in season, `r` ready to ship, `c` certified."""
    months: str
    href: str
    picture: ShownPicture | None
    wrong: tuple[str, ...] = ()
    """Short warnings about its lots."""
    until: str = ""
    """The last day on which one of its lots is good, as `YYYY-MM-DD`."""


class CardGroup(Struct, frozen=True):
    """Cards under a heading."""

    title: str
    anchor: str
    entries: tuple[CatalogueCard, ...]


class CataloguePage(Struct, frozen=True):
    """One page of a tab: its cards, and the list of categories at the side.

    `current` and `slug` are the name and the part of the address of its category, if it shows only one.
    """

    address: str
    groups: tuple[CardGroup, ...]
    side: tuple[tuple[str, str], ...]
    """The name of each category, and its address or `#anchor`."""
    current: str = ""
    slug: str = ""
    number: int = 1
    count: int = 1


def outputs(context: RenderContext, options: CatalogueOptions) -> Iterator[Output]:
    """Yield the pages of each tab, the shopping note, the large catalogue and the data file for the scripts."""
    day = context.settings.today
    goods = product_shelves(context.library, day) if Product in context.choice else ()
    makers = maker_shelves(context.library, day) if Person in context.choice else ()
    shelves: tuple[CatalogueShelf[Any], ...] = (*goods, *makers)
    used = {shelf.tab for shelf in shelves}
    tabs = [*tabs_linked(used), NOTE]
    for tab, shown in tabs_made(used):
        on_shelf = [each for each in shelves if each.tab is shown]
        parts = _parts(context, replace(shown, address=tab.address), on_shelf)
        # The other pages of a tab that also opens the shop stand below its own address.
        for part in parts if shown is tab else islice(parts, 1):
            yield _page(context, options, shown, tabs, part)
    yield _note(context, options, tabs)
    yield from elder_shop(context, shop_name(context, options), goods)
    yield Artifact(urls.CATALOGUE_DATA, _index(context, goods, makers), "products")


# --- cards -------------------------------------------------------------------------------------


def _good(context: RenderContext, item: Product | Person, page: str) -> CatalogueCard:
    return (
        _person(context, item, page) if isinstance(item, Person) else _product(context, item, page)
    )


def _product(context: RenderContext, product: Product, page: str) -> CatalogueCard:
    day = context.settings.today
    price, several = lowest_price(product)
    facts = []
    sold = is_sold(context, product)
    if product.shipping or not sold:
        facts.append(str(product.shipping) if sold else NOT_SOLD)
    if product.months:
        facts.append(f"{product.months}当季")
    until = certified_until(context, product)
    if until:
        facts.append("有证书" if until == _ENDLESS else f"证书到 {until}")
    filters = (
        ("s", product.months is not None and day.month in product.months),
        ("r", sold and product.shipping is Shipping.READY),
        ("c", bool(until)),
    )
    return CatalogueCard(
        product.name,
        " · ".join(_together(variant.name) for variant in product.variants)
        or product.position
        or "",
        price,
        several,
        tuple(facts),
        " ".join(mark for mark, on in filters if on),
        _months(product),
        urls.relative(urls.product(product.id), page),
        context.shown(product, THUMB, page),
        marks(context, product),
        good_until(context, product),
    )


def _person(context: RenderContext, person: Person, page: str) -> CatalogueCard:
    entry = person_entry(context, person, page)
    picture = context.shown(person, THUMB, page, "portrait")
    return CatalogueCard(entry.title, entry.note, "", False, (), "", "", entry.href, picture)


def _together(text: str) -> str:
    """Return a size with no-break spaces, so that no line break splits it: 500 克罐装."""
    return text.replace(" ", "\u00a0")


_ENDLESS = "9999-12-31"
"""The end of a certificate that has no end."""


def certified_until(context: RenderContext, product: Product) -> str:
    """Return the last day on which a certificate is valid, as `YYYY-MM-DD`. Empty if none is valid today.

    It is `9999-12-31` for a certificate without an end. A card names the day, since it is read long after the build.
    """
    valid = [each for each in product.certificates if each.valid_on(context.settings.today)]
    ends = [each.valid_to.isoformat() if each.valid_to else _ENDLESS for each in valid]
    return max(ends, default="")


def _months(product: Product) -> str:
    return " ".join(map(str, product.months.numbers)) if product.months else ""


# --- pages -------------------------------------------------------------------------------------


def _parts(
    context: RenderContext, tab: CatalogueTab, shelves: Sequence[CatalogueShelf[Any]]
) -> Iterator[CataloguePage]:
    """Yield the pages of a tab: one page if all cards fit, else pages for each category."""
    if sum(len(shelf.items) for shelf in shelves) <= MOST:
        side = tuple((shelf.name, f"#g{at}") for at, shelf in enumerate(shelves, start=1))
        groups = tuple(
            CardGroup(shelf.name, f"g{at}", _goods(context, shelf.items, tab.address))
            for at, shelf in enumerate(shelves, start=1)
        )
        yield CataloguePage(tab.address, groups, side)
        return
    slugs = _slugs(context.spelling, shelves)
    side = tuple(
        (shelf.name, urls.shop_category(part)) for shelf, part in zip(shelves, slugs, strict=True)
    )
    for at, shelf in enumerate(shelves):
        parts = list(_category(context, shelf, slugs[at], side))
        if at == 0:
            # The tab's own address shows the category that is first this week. That category also has its own pages.
            goods = _goods(context, cut(shelf.items, MOST)[0], tab.address)
            yield replace(
                parts[0], address=tab.address, groups=(CardGroup(shelf.name, "g1", goods),)
            )
        yield from parts


def _category(
    context: RenderContext, shelf: CatalogueShelf[Any], name: str, side: tuple[tuple[str, str], ...]
) -> Iterator[CataloguePage]:
    """Yield the pages of one category. `name` is its part of the address."""
    pieces = cut(shelf.items, MOST)
    for number, piece in enumerate(pieces, start=1):
        page = urls.shop_category(name, number)
        yield CataloguePage(
            page,
            (CardGroup(shelf.name, "g1", _goods(context, piece, page)),),
            side,
            shelf.name,
            name,
            number,
            len(pieces),
        )


def _goods(context: RenderContext, items: Sequence[Any], page: str) -> tuple[CatalogueCard, ...]:
    return tuple(_good(context, item, page) for item in items)


def _slugs(spelling: Spelling, shelves: Sequence[CatalogueShelf[Any]]) -> list[str]:
    """Return a part of an address for each category of one tab.

    Categories with the same pinyin get numbers in the order of their names. So the weekly rotation changes no address.
    """
    found: dict[str, str] = {}
    for shelf in sorted(shelves, key=lambda each: each.name):
        spelled = spelling.slug(shelf.name)
        plain = spelled if shelf.tab is FARM else f"{shelf.tab.key}-{spelled}"
        name, number = plain, 2
        while name in found.values():
            name, number = f"{plain}-{number}", number + 1
        found[shelf.name] = name
    return [found[shelf.name] for shelf in shelves]


def _page(
    context: RenderContext,
    options: CatalogueOptions,
    tab: CatalogueTab,
    tabs: Sequence[CatalogueTab],
    part: CataloguePage,
) -> Output:
    shop = shop_name(context, options)
    names = [good.title for group in part.groups for good in group.entries]
    page = part.address
    turn = leaf(page, part.number, part.count, lambda at: urls.shop_category(part.slug, at))
    title = turn.named(f"{shop} · {part.current or tab.name}")
    description = f"{shop}的{part.current or tab.name}：{'、'.join(names[:8])}"
    document = context.render(
        "shop.html",
        page,
        title=title,
        description=description,
        styles=("usual", "lists", "shop"),
        script=script("store", "shop"),
        **_frame(context, options, tab, tabs, page),
        hint=next(
            (each.name for each in context.library.products.values()), context.library.brand.name
        ),
        key=tab.key,
        whole=part.count == 1 and not part.current,
        filters=_filters(context, part) if tab is not MAKERS else (),
        side=[_side(item, part) for item in part.side],
        groups=part.groups,
        leaf=turn,
        turn=_TURN if len(names) > 1 else "",
        empty="这一栏还没有东西。",
    )
    if page == tab.address:
        return Page(page, title, description, f"<p>{description}</p>", document, "products")
    return sheet_file(page, document, "products")


def _frame(
    context: RenderContext,
    options: CatalogueOptions,
    tab: CatalogueTab,
    tabs: Sequence[CatalogueTab],
    page: str,
) -> dict[str, Any]:
    """Return the part of the view that all pages of the shop share: everything around the cards."""
    brand = context.library.brand
    keeper = context.library.producers.get(brand.cooperative or "")
    return {
        "shop": shop_name(context, options),
        "keeper": keeper.name if keeper else brand.village or "",
        "tab": tab.name,
        "sample": brand.sample,
        "index": urls.relative(urls.CATALOGUE_DATA, page),
        "elder": urls.relative(urls.ELDER_SHOP, page),
        "tabs": [
            {
                "text": each.name,
                "icon": each.icon,
                "href": urls.relative(each.address, page),
                "current": each is tab,
            }
            for each in tabs
        ],
    }


def shop_name(context: RenderContext, options: CatalogueOptions) -> str:
    """Return the name of the shop."""
    brand = context.library.brand
    return options.title or brand.shop_name or f"{brand.name}小店"


def _side(item: tuple[str, str], part: CataloguePage) -> dict[str, object]:
    name, target = item
    href = target if target.startswith("#") else urls.relative(target, part.address)
    return {"text": name, "href": href, "current": name == part.current}


def _filters(context: RenderContext, part: CataloguePage) -> list[dict[str, str]]:
    """Return the filters that are useful on a page.

    A filter that matches all cards or none is left out. There are two exceptions. The season filter stays if any card
    has months, since its result changes with the day. On a page of one category, a filter stays if it matches any card.
    """
    entries = [good for group in part.groups for good in group.entries]
    month = context.settings.today.month
    words = (("s", f"{month} 月当季"), ("r", "可发货"), ("c", "有证书"))
    counts = {mark: sum(mark in good.marks.split() for good in entries) for mark, _ in words}
    seasons = any(good.months for good in entries)
    return [
        {"mark": mark, "word": word}
        for mark, word in words
        if 0 < counts[mark] < len(entries)
        or (mark == "s" and seasons)
        or (part.current and counts[mark])
    ]


def _note(context: RenderContext, options: CatalogueOptions, tabs: Sequence[CatalogueTab]) -> Page:
    """Return the page of the shopping note, a list that is stored only on the visitor's phone."""
    page = NOTE.address
    title = f"{shop_name(context, options)} · 意向单"
    description = "记下想要的，发给店主，或者在电话里念。不收钱，不下单，也不用登录。"
    document = context.render(
        "note_shop.html",
        page,
        title=title,
        description=description,
        styles=("usual", "lists", "shop", "step", "note"),
        script=script("store", "note"),
        **_frame(context, options, NOTE, tabs, page),
        lead=description,
        calls=call_buttons(context, "打电话"),
    )
    return Page(page, title, description, f"<p>{description}</p>", document, "products")


# --- data --------------------------------------------------------------------------------------


def _index(
    context: RenderContext,
    goods: Sequence[CatalogueShelf[Product]],
    makers: Sequence[CatalogueShelf[Person]],
) -> bytes:
    """Return all products and makers of the catalogue as JSON for its scripts. Addresses start at the site's root."""
    entries = [_entry(context, each) for shelf in goods for each in shelf.items]
    for shelf in makers:
        for person in shelf.items:
            good = _person(context, person, urls.HOME)
            entry = {
                "name": good.title,
                "note": good.note,
                "category": shelf.name,
                "tab": MAKERS.key,
                "address": urls.person(person.id),
                "picture": good.picture.src if good.picture else "",
                "pinyin": context.spelling.syllables(good.title),
            }
            entries.append({key: value for key, value in entry.items() if value})
    text = json.dumps({"entries": entries}, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _entry(context: RenderContext, product: Product) -> dict[str, Any]:
    """Return a product's data for search, filters and the shopping note. Empty values are left out."""
    good = _product(context, product, urls.HOME)
    makers = "、".join(context.library.producers[each].name for each in product.makers)
    category = product.category or str(product.kind)
    sold = is_sold(context, product)
    entry = {
        "id": product.id,
        "name": product.name,
        "note": good.note,
        "category": category,
        "tab": TAB_OF[product.kind].key,
        "makers": makers,
        "address": urls.product(product.id),
        "picture": good.picture.src if good.picture else "",
        "pinyin": context.spelling.syllables(f"{product.name} {category} {makers}"),
        "price": good.price,
        "several": good.several,
        "shipping": str(product.shipping or "") if sold else NOT_SOLD,
        "ready": sold and product.shipping is Shipping.READY,
        "unsold": not sold,
        "months": list(product.months.numbers) if product.months else [],
        "certified": certified_until(context, product),
        "variants": [[each.name, money(each.price)] for each in product.variants],
        "calls": [
            [each.said, each.number.dialled] for each in calls(number_of(context.library, product))
        ],
        "marks": list(good.wrong),
        "until": good.until,
        "recalled": [each.lot for each in recalled_lots(context, product)],
    }
    return {key: value for key, value in entry.items() if value}


FAMILY = Family("catalogue", outputs, CatalogueOptions)
