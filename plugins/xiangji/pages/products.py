"""The page of each product: what it is, who makes it, what its label says and where to buy it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xiangji import urls
from xiangji.catalogue.direct_supply import HEADING, direct_supply
from xiangji.images.pictures import HERO, PictureRole, ShownPicture
from xiangji.label.item import LabelForm, LabelKey
from xiangji.label.items import heading
from xiangji.library.lot_state import standing_of
from xiangji.model.parsing.telephone import calls
from xiangji.model.values import said_date
from xiangji.model.vocabularies import ChannelKind, ProductKind, Shipping
from xiangji.pages.batches.label_rows import label_rows, label_title
from xiangji.pages.lists import list_pages
from xiangji.pages.marks import NOT_SOLD, good_until, is_sold, marks, notices
from xiangji.records.product import Certificate, Channel, Product, Variant
from xiangji.records.story import Story
from xiangji.render.context import RenderContext
from xiangji.render.families import Family, NoOptions
from xiangji.render.navigation import named_in
from xiangji.render.outputs import Output, Page
from xiangji.render.scripts import script
from xiangji.views.delivery import delivery_data, delivery_of, said_delivery
from xiangji.views.entries import (
    Button,
    ListEntry,
    call_button,
    certificate_view,
    claim_views,
    lines,
    lot_row,
    money,
    people_entries,
    place_name,
    product_entry,
    story_entry,
)
from xiangji.views.kind_lists import related, relations
from xiangji.views.said import reference_link
from xiangji.views.together.credits import credit_rows, credited_picture

_LATEST = 6
"""How many batches a product's page lists. A link leads to the list of all."""

SLIDE = PictureRole("slide", ((720, 432, 22_000),))
CONTACT = PictureRole("contact", ((360, 360, 12_000),))

_FOOD = (ProductKind.PRODUCE, ProductKind.PROCESSED)
"""Kinds of food. Their pages show a gap if there are no lots. Crafts are made piece by piece and need no lots."""


def outputs(context: RenderContext, options: NoOptions) -> Iterator[Output]:
    """A page for each product, and the list of them."""
    products = list(context.library.products.values())
    for product in products:
        yield _page(context, product)
    if products or named_in(context.settings, urls.PRODUCTS):
        yield from _list(context, products)


def _page(context: RenderContext, product: Product) -> Page:
    page = urls.product(product.id)
    library = context.library
    description = product.position or (lines(product.intro) or [product.name])[0]
    batches = library.lots_of(product.id)
    lot_heading = heading(LabelKey.LOT, LabelForm.PAGE, product.kind)
    on_shelf = "catalogue" in context.choice and not product.hidden
    document = context.render(
        "product.html",
        page,
        title=product.name,
        description=description,
        styles=("usual", "lists", "product", "step", "duo"),
        share=context.share_picture(product),
        data=_schema(context, product, page, description),
        kind="product",
        slides=_slides(context, product, page),
        id=product.id,
        index=urls.relative(urls.CATALOGUE_DATA, page) if on_shelf else "",
        script=script("store", "good") if on_shelf else None,
        name=product.name,
        months=str(product.months or ""),
        product_kind=str(product.kind),
        shipping=_shipping(context, product),
        sample=product.sample,
        position=product.position,
        **_selling(context, product, page, lot_heading),
        season=product.season,
        variants=[{"name": v.name, "price": money(v.price)} for v in product.variants],
        intro=lines(product.intro),
        usage=product.usage,
        usage_label="怎么吃" if product.kind in _FOOD else "怎么用",
        makers=_makers(context, product, page),
        lists=related(context, "products", product.id, page),
        people=people_entries(context, product.people, page),
        credits=credit_rows(context, "products", product.id, page),
        label_title=label_title(product),
        label=label_rows(context, product),
        lot_heading=lot_heading,
        made_by=heading(LabelKey.MAKERS, LabelForm.HEAD, product.kind),
        maker_heading=heading(LabelKey.MAKERS, LabelForm.PAGE, product.kind),
        nutrition_heading=heading(LabelKey.NUTRITION, LabelForm.PAGE, product.kind),
        nutrition=product.nutrition,
        claims=claim_views(library, product.claims),
        certificates=[certificate_view(context, each, page) for each in product.certificates],
        stories=[story_entry(context, each, page) for each in library.stories_of(product.id)]
        if Story in context.choice
        else [],
        poster="" if product.hidden else context.poster(page),
        since_note=_since_note(product),
        trace="trace" in context.choice and (bool(batches) or product.kind in _FOOD),
        lots=[lot_row(context, each, page) for each in batches[:_LATEST]],
        lots_further=max(len(batches) - _LATEST, 0),
        all_lots=urls.relative(urls.product_lots(product.id), page),
        channels=[way for each in product.channels for way in _ways(context, each, page)],
        buttons=_buttons(context, product, page),
    )
    body = "".join(f"<p>{line}</p>" for line in _searchable(product))
    source, wrong = product.origin.location.path, marks(context, product)
    return Page(page, product.name, description, body, document, source, wrong)


def _selling(
    context: RenderContext, product: Product, page: str, lot_heading: str
) -> dict[str, Any]:
    """Return the notices about lots that are not fine, whether there is a lot to sell, and how it is sent."""
    preordered = product.shipping is Shipping.PREORDER
    sold = is_sold(context, product)
    return {
        "delivery": [*_said_sending(context, product)] if sold else [],
        "shipping_note": product.shipping_note,
        "notices": notices(context, product, page, lot_heading),
        "sold": sold,
        "until": "" if preordered else good_until(context, product),
        "not_sold": NOT_SOLD,
    }


def _since_note(product: Product) -> str:
    """Return from which day the present label is valid, or an empty text if there was no earlier version."""
    if not product.earlier or product.since is None:
        return ""
    return f"{said_date(product.since)}起做的照这样写；以前做的不一样，看各批次的页面。"


def _searchable(product: Product) -> list[str]:
    from markupsafe import escape

    texts = [product.position or "", *lines(product.intro), "、".join(product.ingredients)]
    return [str(escape(text)) for text in texts if text]


def _shipping(context: RenderContext, product: Product) -> dict[str, str] | None:
    if not is_sold(context, product):
        return {"word": NOT_SOLD, "tone": "off"}
    if product.shipping is None:
        return None
    tone = "ready" if product.shipping is Shipping.READY else "off"
    return {"word": str(product.shipping), "tone": tone}


def _makers(context: RenderContext, product: Product, page: str) -> list[dict[str, object]]:
    producers = [context.library.producers[each] for each in product.makers]
    return [
        {
            "kind": str(each.kind),
            "link": reference_link(context, "producers", each.id, page),
            "place": place_name(context.library, each.place),
            "relations": relations(context, "producers", each.id, page),
        }
        for each in producers
    ]


_WAYS = {
    ChannelKind.SHOP_LINK: ("去小店", "shop"),
    ChannelKind.TELEPHONE: ("打电话", "phone"),
    ChannelKind.WECHAT: ("加微信", "chat"),
    ChannelKind.STALL: ("去摊位", "pin"),
}


def _ways(context: RenderContext, channel: Channel, page: str) -> Iterator[dict[str, object]]:
    """Yield the ways to buy through a channel: one for each telephone number, else one."""
    found = calls(channel.value) if channel.kind is ChannelKind.TELEPHONE else ()
    for each in found:
        yield _way(context, channel, each.said, each.number.href, page)
    if not found:
        shop = channel.kind is ChannelKind.SHOP_LINK
        leads = shop and channel.value.startswith(("https://", "http://"))
        yield _way(context, channel, channel.value, channel.value if leads else "", page)


def _way(
    context: RenderContext, channel: Channel, value: str, href: str, page: str
) -> dict[str, object]:
    verb, icon = _WAYS[channel.kind]
    media = context.library.picture(channel)
    return {
        "verb": verb,
        "icon": icon,
        "value": value,
        "note": channel.note or "",
        "href": href,
        "picture": context.pictures.show(media, CONTACT, page, f"{channel.value} 的二维码")
        if media
        else None,
    }


def _slides(context: RenderContext, product: Product, page: str) -> list[ShownPicture]:
    """Return the pictures to swipe through. Those after the first are smaller, to save data."""
    first = context.shown(product, HERO, page)
    rest = [context.shown(photo, SLIDE, page) for photo in product.pictures]
    return [each for each in (first, *rest) if each]


def _buttons(context: RenderContext, product: Product, page: str) -> list[Button]:
    buttons = []
    shelved = "catalogue" in context.choice
    if shelved:
        buttons.append(Button("小店", urls.relative(urls.SHOP, page), "shop"))
    call = call_button(context, "打电话问", product)
    if not call and not product.hidden:
        buttons.append(Button("怎么买", "#buy", "basket"))
    buttons += call
    # The last button is the main one: the list of what one wants, where there is something to sell.
    if shelved and not product.hidden and is_sold(context, product):
        note = urls.relative(urls.SHOPPING_NOTE, page)
        buttons.append(Button("写进意向单", note, "bookmark", counted=True))
    return buttons


def _schema(
    context: RenderContext, product: Product, page: str, description: str
) -> dict[str, Any]:
    """Return the schema.org Product as JSON-LD (`standards.md` §3.1). An offer needs a recorded price."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.name,
        "description": description,
        "sku": product.id,
        "brand": {"@type": "Brand", "name": context.library.brand.name},
    }
    if address := context.absolute(page):
        data["url"] = address
    if picture := context.share_picture(product):
        data["image"] = credited_picture(context, "products", product.id, picture)
    if product.category:
        data["category"] = product.category
    makers = [context.library.producers[each].name for each in product.makers]
    if makers:
        data["manufacturer"] = [{"@type": "Organization", "name": each} for each in makers]
    if product.gtin:
        data["gtin"] = product.gtin
    today = context.settings.today
    valid = [each for each in product.certificates if each.valid_on(today)]
    if valid:
        data["hasCertification"] = [_certification(each) for each in valid]
    prices = [variant for variant in product.variants if variant.price]
    if prices and not product.hidden and is_sold(context, product):
        sent = delivery_data(delivery_of(context.library, product))
        data["offers"] = [
            _offer(product, variant, f"{variant.price:.2f}") | _sent(sent) for variant in prices
        ]
    return data


def _sent(details: list[dict[str, Any]]) -> dict[str, Any]:
    return {"shippingDetails": details} if details else {}


_AVAILABLE = {
    Shipping.READY: "InStock",
    Shipping.PREORDER: "PreOrder",
    Shipping.LOCAL_ONLY: "InStoreOnly",
    Shipping.OUT_OF_SEASON: "OutOfStock",
    Shipping.SOLD_OUT: "SoldOut",
}


def _offer(product: Product, variant: Variant, price: str) -> dict[str, str]:
    offer = {"@type": "Offer", "name": variant.name, "price": price, "priceCurrency": "CNY"}
    if variant.gtin:
        offer["gtin"] = variant.gtin
    if product.shipping:
        offer["availability"] = f"https://schema.org/{_AVAILABLE[product.shipping]}"
    return offer


def _certification(paper: Certificate) -> dict[str, Any]:
    """A valid certificate as a Certification of schema.org. A sample says so by its name."""
    sample = "（示例）" if paper.sample and "示例" not in paper.name else ""
    told: dict[str, Any] = {
        "@type": "Certification",
        "name": f"{paper.name}{sample}",
        "issuedBy": {"@type": "Organization", "name": paper.issuer},
    }
    told |= {"certificationIdentification": paper.number} if paper.number else {}
    told |= {"validFrom": paper.valid_from.isoformat()} if paper.valid_from else {}
    return told | ({"expires": paper.valid_to.isoformat()} if paper.valid_to else {})


def _list(context: RenderContext, products: list[Product]) -> Iterator[Output]:
    description = f"{context.library.brand.name}的全部产品，和做它们用的原料。"
    groups = [(str(kind), [each for each in products if each.kind is kind]) for kind in ProductKind]

    def entry(product: Product, page: str) -> ListEntry:
        return product_entry(context, product, page)

    empty = "" if products else "还没有写进来的产品。"
    return list_pages(
        context, urls.PRODUCTS, "全部产品", description, groups, entry, "products", empty
    )


FAMILY = Family("products", outputs)


def _said_sending(context: RenderContext, product: Product) -> Iterator[str]:
    """How a product is sent, and that it comes straight from its place of origin if every lot that is sold proves it."""
    yield from said_delivery(delivery_of(context.library, product))
    library, today = context.library, context.settings.today
    sold = [
        each
        for each in (library.lots_of(product.id) if product.direct else ())
        if standing_of(library, each, today).state.is_fine
    ]
    if sold and all(direct_supply(library.places, product, each).proved for each in sold):
        yield HEADING
