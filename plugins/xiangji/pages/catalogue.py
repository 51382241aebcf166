"""The catalogue: tabs at the bottom, categories at the side, cards; all of it there without script.

Each tab is a page of its own, so that back, reload and a shared link behave.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from xiangji import urls
from xiangji.disclosure import has_page
from xiangji.pages.entries import money, person_entry
from xiangji.pages.family import Family
from xiangji.pages.output import Artifact, Output, Page
from xiangji.pages.pictures import CARD, Shown
from xiangji.pages.press import THEME, Press
from xiangji.records.fields import LINE, called, fact
from xiangji.records.location import NOWHERE, Origin
from xiangji.records.people import Person
from xiangji.records.product import Product
from xiangji.records.words import ProductKind, Role


@called("小店的选项", "The catalogue's options")
@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueOptions:
    """`catalogue:` under the plugin in mkdocs.yml."""

    title: str | None = fact("题目", LINE, "小店的名字；不写就用品牌文件里的", "name of the shop")
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: a page with cards in groups."""

    name: str
    icon: str
    address: str


@dataclass(frozen=True, slots=True)
class Good:
    """A card of the catalogue."""

    title: str
    note: str
    price: str
    several: bool
    """Whether there are more prices than this, the lowest."""
    state: str
    href: str
    picture: Shown | None
    group: str


FARM = Tab("农产品", "leaf", urls.SHOP)
CRAFT = Tab("手工艺", "basket", f"{urls.SHOP}crafts/")
CREATIVE = Tab("文创", "brush", f"{urls.SHOP}creative/")
MAKERS = Tab("能工巧匠", "person", f"{urls.SHOP}makers/")

_TAB_OF = {
    ProductKind.PRODUCE: FARM,
    ProductKind.PROCESSED: FARM,
    ProductKind.SERVICE: FARM,
    ProductKind.HANDICRAFT: CRAFT,
    ProductKind.CREATIVE: CREATIVE,
}
_MAKER_ROLES = (Role.ARTISAN, Role.GROWER, Role.AGRI_MAKER)


def outputs(press: Press, options: CatalogueOptions) -> Iterator[Output]:
    """A page for each tab, the search index and the script."""
    on = "products" in press.choice
    sold = [each for each in press.library.products.values() if on and not each.hidden]
    used = {_TAB_OF[each.kind] for each in sold}
    tabs = [tab for tab in (FARM, CRAFT, CREATIVE, MAKERS) if tab is not CREATIVE or tab in used]
    for tab in tabs:
        goods = _makers(press, tab) if tab is MAKERS else _goods(press, sold, tab)
        yield _page(press, options, tab, tabs, goods)
    yield Artifact(urls.CATALOGUE_DATA, _index(press, sold), "products")
    name, script = _script()
    yield Artifact(urls.asset(name), script, "products")


def _goods(press: Press, sold: list[Product], tab: Tab) -> list[Good]:
    page = tab.address
    goods = []
    for product in sold:
        if _TAB_OF[product.kind] is not tab:
            continue
        href = urls.relative(urls.product(product.id), page)
        priced = [variant for variant in product.variants if variant.price]
        first = min(priced, key=lambda variant: variant.price or 0) if priced else None
        goods.append(
            Good(
                product.name,
                " · ".join(variant.name for variant in product.variants) or product.position or "",
                money(first.price) if first else "",
                len(priced) > 1,
                str(product.shipping or ""),
                href,
                press.shown(product, CARD, page),
                product.category or str(product.kind),
            )
        )
    return goods


def _maker_people(press: Press) -> list[Person]:
    """People who make something and agreed to be named."""
    library = press.library
    if "people" not in press.choice:
        return []
    return [
        person
        for person in library.people.values()
        if has_page(person)
        and (any(role in _MAKER_ROLES for role in person.roles) or library.products_by(person.id))
    ]


def _makers(press: Press, tab: Tab) -> list[Good]:
    """A card for each maker, grouped by the first role that makes something."""
    goods = []
    for person in _maker_people(press):
        entry = person_entry(press, person, tab.address)
        role = next((each for each in person.roles if each in _MAKER_ROLES), None)
        group = str(role or "做东西的人")
        goods.append(Good(entry.title, entry.note, "", False, "", entry.href, entry.picture, group))
    return goods


def _page(
    press: Press, options: CatalogueOptions, tab: Tab, tabs: list[Tab], goods: list[Good]
) -> Page:
    brand = press.library.brand
    shop = options.title or brand.shop_name or f"{brand.name}小店"
    keeper = press.library.producers.get(brand.cooperative or "")
    names = list(dict.fromkeys(good.group for good in goods))
    groups = [
        {
            "title": name,
            "anchor": f"g{number}",
            "entries": [good for good in goods if good.group == name],
        }
        for number, name in enumerate(names, start=1)
    ]
    title = f"{shop} · {tab.name}"
    description = f"{shop}的{tab.name}：{'、'.join(good.title for good in goods[:8])}"
    document = press.render(
        "shop.html",
        tab.address,
        title=title,
        description=description,
        styles=("shop",),
        script=urls.asset(_script()[0]),
        shop=shop,
        keeper=keeper.name if keeper else brand.village or "",
        tab=tab.name,
        sample=brand.sample,
        index=urls.relative(urls.CATALOGUE_DATA, tab.address),
        hint=next((each.name for each in press.library.products.values()), brand.name),
        groups=groups,
        empty="这一栏还没有东西。",
        tabs=[
            {
                "text": each.name,
                "icon": each.icon,
                "href": urls.relative(each.address, tab.address),
                "current": each is tab,
            }
            for each in tabs
        ],
    )
    return Page(tab.address, title, description, f"<p>{description}</p>", document, "products")


def _index(press: Press, sold: list[Product]) -> bytes:
    """Everything that can be found by search: addresses are relative to the site's root."""
    entries: list[dict[str, Any]] = []
    for product in sold:
        shown = press.shown(product, CARD, urls.HOME)
        makers = [press.library.producers[each].name for each in product.makers]
        entries.append(
            {
                "name": product.name,
                "note": product.position or "",
                "category": product.category or str(product.kind),
                "makers": "、".join(makers),
                "address": urls.product(product.id),
                "picture": shown.src if shown else "",
            }
        )
    for person in _maker_people(press):
        entry = person_entry(press, person, urls.HOME)
        entries.append(
            {
                "name": entry.title,
                "note": entry.note,
                "category": MAKERS.name,
                "makers": "",
                "address": urls.person(person.id),
                "picture": entry.picture.src if entry.picture else "",
            }
        )
    text = json.dumps({"entries": entries}, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


@cache
def _script() -> tuple[str, bytes]:
    """The search script and its content-addressed name."""
    content = (files(THEME) / "scripts" / "shop.js").read_bytes()
    return f"shop.{hashlib.sha256(content).hexdigest()[:10]}.js", content


FAMILY = Family("catalogue", outputs, CatalogueOptions)
