"""The catalogue: tabs at the bottom, categories at the side, cards; all of it there without script.

Each tab is a page of its own, so that back, reload and a shared link behave. A tab with more cards
than a phone should carry at once has pages for each category, and for each so many cards of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from xiangji import urls
from xiangji.pages.elder import elder_shop
from xiangji.pages.entries import dial, money, person_entry, telephone
from xiangji.pages.family import Family
from xiangji.pages.leaves import cut, leaf
from xiangji.pages.output import Artifact, Output, Page, sheet_file
from xiangji.pages.pictures import THUMB, Shown
from xiangji.pages.pinyin import Spelling
from xiangji.pages.press import Link, Press
from xiangji.pages.recalls import recalled_lots
from xiangji.pages.scripts import script
from xiangji.records.fields import Record, called, fact
from xiangji.records.kinds import LINE
from xiangji.records.location import NOWHERE, Origin
from xiangji.records.people import Person
from xiangji.records.product import Product
from xiangji.records.words import Shipping
from xiangji.shelves import (
    CRAFT,
    CREATIVE,
    FARM,
    MAKERS,
    NOTE,
    TAB_OF,
    Shelf,
    Tab,
    maker_shelves,
    product_shelves,
)

T = TypeVar("T")

MOST = 36
"""Cards on one page: more of them, with words of usual length, would not fit into 13 KB."""


_TURN = "谁排在最前面，每周轮换：各类轮着开头，同一类里各家轮着开头，一家一样。"
"""Why the first card stands first: `rotation.py`."""


@called("小店的选项", "The catalogue's options")
class CatalogueOptions(Record, frozen=True, kw_only=True):
    """`catalogue:` under the plugin in mkdocs.yml."""

    title: str | None = fact("题目", LINE, "小店的名字；不写就用品牌文件里的", "name of the shop")
    origin: Origin = NOWHERE


class Good(Struct, frozen=True):
    """A card of the catalogue."""

    title: str
    note: str
    price: str
    several: bool
    """Whether there are more prices than this, the lowest."""
    facts: tuple[str, ...]
    marks: str
    """Classes that the filters go by: `s` in season, `r` ready to ship, `c` certified."""
    months: str
    href: str
    picture: Shown | None


class Group(Struct, frozen=True):
    """Cards under a heading."""

    title: str
    anchor: str
    entries: tuple[Good, ...]


class Part(Struct, frozen=True):
    """One page of a tab: what stands on it, and the categories beside it."""

    address: str
    groups: tuple[Group, ...]
    side: tuple[tuple[str, str], ...]
    """Name and address, or `#anchor`, of each category."""
    current: str = ""
    slug: str = ""
    number: int = 1
    count: int = 1


def outputs(press: Press, options: CatalogueOptions) -> Iterator[Output]:
    """The pages of each tab, the shopping note, the search index and the scripts."""
    day = press.settings.today
    goods = product_shelves(press.library, day) if Product in press.choice else ()
    makers = maker_shelves(press.library, day) if Person in press.choice else ()
    shelves: tuple[Shelf[Any], ...] = (*goods, *makers)
    used = {shelf.tab for shelf in shelves}
    tabs = [tab for tab in (FARM, CRAFT, CREATIVE, MAKERS) if tab is not CREATIVE or tab in used]
    for tab in tabs:
        for part in _parts(press, tab, [each for each in shelves if each.tab is tab]):
            yield _page(press, options, tab, [*tabs, NOTE], part)
    yield _note(press, options, [*tabs, NOTE])
    yield from elder_shop(press, shop_name(press, options), goods)
    yield Artifact(urls.CATALOGUE_DATA, _index(press, goods, makers), "products")


# --- cards -------------------------------------------------------------------------------------


def _good(press: Press, item: Product | Person, page: str) -> Good:
    return _person(press, item, page) if isinstance(item, Person) else _product(press, item, page)


def _product(press: Press, product: Product, page: str) -> Good:
    day = press.settings.today
    priced = [variant.price for variant in product.variants if variant.price]
    facts = ["有批次召回"] if recalled_lots(press, product) else []
    if product.shipping:
        facts.append(str(product.shipping))
    if product.months:
        facts.append(f"{product.months}当季")
    until = certified_until(press, product)
    if until:
        facts.append("有证书" if until == _ENDLESS else f"证书到 {until}")
    marks = (
        ("s", product.months is not None and day.month in product.months),
        ("r", product.shipping is Shipping.READY),
        ("c", bool(until)),
    )
    return Good(
        product.name,
        " · ".join(_together(variant.name) for variant in product.variants)
        or product.position
        or "",
        money(min(priced)) if priced else "",
        len(priced) > 1,
        tuple(facts),
        " ".join(mark for mark, on in marks if on),
        _months(product),
        urls.relative(urls.product(product.id), page),
        press.shown(product, THUMB, page),
    )


def _person(press: Press, person: Person, page: str) -> Good:
    entry = person_entry(press, person, page)
    picture = press.shown(person, THUMB, page, "portrait")
    return Good(entry.title, entry.note, "", False, (), "", "", entry.href, picture)


def _together(text: str) -> str:
    """A size that no line end may cut: 500 克罐装."""
    return text.replace(" ", "\u00a0")


_ENDLESS = "9999-12-31"


def certified_until(press: Press, product: Product) -> str:
    """The last day on which a certificate holds, `9999-12-31` for one without an end, or nothing.

    A site is read long after it was built, so a card names the day."""
    valid = [each for each in product.certificates if each.valid_on(press.settings.today)]
    ends = [each.valid_to.isoformat() if each.valid_to else _ENDLESS for each in valid]
    return max(ends, default="")


def _months(product: Product) -> str:
    return " ".join(map(str, product.months.numbers)) if product.months else ""


# --- pages -------------------------------------------------------------------------------------


def _parts(press: Press, tab: Tab, shelves: Sequence[Shelf[Any]]) -> Iterator[Part]:
    """The pages of a tab: one for all while it fits, else some for each category."""
    if sum(len(shelf.items) for shelf in shelves) <= MOST:
        side = tuple((shelf.name, f"#g{at}") for at, shelf in enumerate(shelves, start=1))
        groups = tuple(
            Group(shelf.name, f"g{at}", _goods(press, shelf.items, tab.address))
            for at, shelf in enumerate(shelves, start=1)
        )
        yield Part(tab.address, groups, side)
        return
    slugs = _slugs(press.spelling, shelves)
    side = tuple(
        (shelf.name, urls.shop_category(part)) for shelf, part in zip(shelves, slugs, strict=True)
    )
    for at, shelf in enumerate(shelves):
        parts = list(_category(press, shelf, slugs[at], side))
        if at == 0:
            # The tab opens with the category whose week it is; that one keeps its own address.
            goods = _goods(press, cut(shelf.items, MOST)[0], tab.address)
            yield replace(parts[0], address=tab.address, groups=(Group(shelf.name, "g1", goods),))
        yield from parts


def _category(
    press: Press, shelf: Shelf[Any], name: str, side: tuple[tuple[str, str], ...]
) -> Iterator[Part]:
    """The pages of one category."""
    pieces = cut(shelf.items, MOST)
    for number, piece in enumerate(pieces, start=1):
        page = urls.shop_category(name, number)
        yield Part(
            page,
            (Group(shelf.name, "g1", _goods(press, piece, page)),),
            side,
            shelf.name,
            name,
            number,
            len(pieces),
        )


def _goods(press: Press, items: Sequence[Any], page: str) -> tuple[Good, ...]:
    return tuple(_good(press, item, page) for item in items)


def _slugs(spelling: Spelling, shelves: Sequence[Shelf[Any]]) -> list[str]:
    """A part of an address for each category of one tab. Two that are spelled alike get numbers in
    the order of their names, so that the turns of the week move no address."""
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
    press: Press, options: CatalogueOptions, tab: Tab, tabs: Sequence[Tab], part: Part
) -> Output:
    shop = shop_name(press, options)
    names = [good.title for group in part.groups for good in group.entries]
    page = part.address
    turn = leaf(page, part.number, part.count, lambda at: urls.shop_category(part.slug, at))
    title = turn.named(f"{shop} · {part.current or tab.name}")
    description = f"{shop}的{part.current or tab.name}：{'、'.join(names[:8])}"
    document = press.render(
        "shop.html",
        page,
        title=title,
        description=description,
        styles=("usual", "lists", "shop"),
        script=script("store", "shop"),
        **_frame(press, options, tab, tabs, page),
        hint=next(
            (each.name for each in press.library.products.values()), press.library.brand.name
        ),
        key=tab.key,
        whole=part.count == 1 and not part.current,
        filters=_filters(press, part) if tab is not MAKERS else (),
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
    press: Press, options: CatalogueOptions, tab: Tab, tabs: Sequence[Tab], page: str
) -> dict[str, Any]:
    """What every page of the shop shows around its cards."""
    brand = press.library.brand
    keeper = press.library.producers.get(brand.cooperative or "")
    return {
        "shop": shop_name(press, options),
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


def shop_name(press: Press, options: CatalogueOptions) -> str:
    """What the shop is called."""
    brand = press.library.brand
    return options.title or brand.shop_name or f"{brand.name}小店"


def _side(item: tuple[str, str], part: Part) -> dict[str, object]:
    name, target = item
    href = target if target.startswith("#") else urls.relative(target, part.address)
    return {"text": name, "href": href, "current": name == part.current}


def _filters(press: Press, part: Part) -> list[dict[str, str]]:
    """The filters that something on the page answers to; one that shows all or nothing is none."""
    entries = [good for group in part.groups for good in group.entries]
    month = press.settings.today.month
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


def _note(press: Press, options: CatalogueOptions, tabs: Sequence[Tab]) -> Page:
    """The shopping note: a list kept on the visitor's own phone, to paste or to read out."""
    page = NOTE.address
    title = f"{shop_name(press, options)} · 意向单"
    description = "记下想要的，发给店主，或者在电话里念。不收钱，不下单，也不用登录。"
    number = telephone(press)
    document = press.render(
        "note_shop.html",
        page,
        title=title,
        description=description,
        styles=("usual", "lists", "shop", "step", "note"),
        script=script("store", "note"),
        **_frame(press, options, NOTE, tabs, page),
        lead=description,
        telephone=Link(number, dial(number)) if dial(number) else None,
    )
    return Page(page, title, description, f"<p>{description}</p>", document, "products")


# --- data --------------------------------------------------------------------------------------


def _index(press: Press, goods: Sequence[Shelf[Product]], makers: Sequence[Shelf[Person]]) -> bytes:
    """Everything that can be found by search: addresses are relative to the site's root."""
    entries = [_entry(press, each) for shelf in goods for each in shelf.items]
    for shelf in makers:
        for person in shelf.items:
            good = _person(press, person, urls.HOME)
            entry = {
                "name": good.title,
                "note": good.note,
                "category": shelf.name,
                "tab": MAKERS.key,
                "address": urls.person(person.id),
                "picture": good.picture.src if good.picture else "",
                "pinyin": press.spelling.syllables(good.title),
            }
            entries.append({key: value for key, value in entry.items() if value})
    text = json.dumps({"entries": entries}, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def _entry(press: Press, product: Product) -> dict[str, Any]:
    """A product for search, filters and the shopping note; what is not recorded is left out."""
    good = _product(press, product, urls.HOME)
    makers = "、".join(press.library.producers[each].name for each in product.makers)
    category = product.category or str(product.kind)
    entry = {
        "id": product.id,
        "name": product.name,
        "note": good.note,
        "category": category,
        "tab": TAB_OF[product.kind].key,
        "makers": makers,
        "address": urls.product(product.id),
        "picture": good.picture.src if good.picture else "",
        "pinyin": press.spelling.syllables(f"{product.name} {category} {makers}"),
        "price": good.price,
        "several": good.several,
        "shipping": str(product.shipping or ""),
        "ready": product.shipping is Shipping.READY,
        "months": list(product.months.numbers) if product.months else [],
        "certified": certified_until(press, product),
        "variants": [[each.name, money(each.price)] for each in product.variants],
        "telephone": telephone(press, product),
        "recalled": [each.lot for each in recalled_lots(press, product)],
    }
    return {key: value for key, value in entry.items() if value}


FAMILY = Family("catalogue", outputs, CatalogueOptions)
