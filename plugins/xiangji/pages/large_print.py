"""The batch sheet and the catalogue in large print (长辈版), at addresses of their own.

A large page has one column, no text below 24 px, and three actions: look, listen, call. It shows the same facts in the
same order as the usual page, and links back to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xiangji import urls
from xiangji.catalogue.shelves import CatalogueShelf
from xiangji.images.pictures import STRIP, PictureRole
from xiangji.label.item import LabelForm, LabelKey
from xiangji.label.items import TITLE, heading
from xiangji.pages.batches.complaints import ComplaintView
from xiangji.pages.batches.digital_label import is_digital
from xiangji.pages.batches.sheet_facts import telling
from xiangji.pages.batches.states import EATEN
from xiangji.pages.marks import NOT_SOLD, is_sold, notices
from xiangji.pages.recordings import heard
from xiangji.records.product import Product
from xiangji.records.story import Story
from xiangji.render.context import RenderContext
from xiangji.render.outputs import Output, sheet_file
from xiangji.render.pagination import cut, leaf
from xiangji.render.precompiled import SharedView
from xiangji.views.entries import Button, call_buttons, money

MOST = 12
"""The most products on one page of the large catalogue. The picture of each is as wide as the screen."""

WIDE = PictureRole("wide", ((560, 350, 14_000),))


def elder_frame(
    context: RenderContext,
    product: Product,
    story: Story | None,
    page: str,
    fine: bool,
    complaint: ComplaintView | None,
) -> SharedView:
    """Return the part of the view that all large sheets of a product share.

    `page` is the address of one of them, from which relative links start. `fine` says whether it is for lots that are
    fine. `complaint` says how to complain. For other lots nothing is shown that advertises them: no picture, no usage, no telling, no actions.
    """
    digital = is_digital(product)
    return context.lasting(
        page,
        styles=("state", "elder"),
        share=context.share_picture(product) if fine else None,
        picture=context.shown(product, STRIP, page) if fine else None,
        form="数字标签" if digital else "批次追溯",
        label_title=TITLE,
        actions=_actions(context, product, story, page) if fine else (),
        usage=(product.usage or "") if fine else "",
        usage_label="怎么吃" if product.kind in EATEN else "怎么用",
        # A digital label shows only label facts. The story is on another page.
        telling=""
        if digital or not fine
        else telling(context.library.own_story_of(product.id), "short", "medium"),
        complaint=complaint,
        usual="../",
    )


def _actions(
    context: RenderContext, product: Product, story: Story | None, page: str
) -> list[Button]:
    """Return the actions look, listen and call, each only if its target exists."""
    found: list[Button] = []
    if is_digital(product):
        return call_buttons(context, "打电话问", product)
    if story and Story in context.choice:
        at = urls.relative(urls.story(story.id), page)
        found.append(Button("看故事", at, "book"))
        if heard(context, story):
            found.append(Button("听故事", f"{at}#listen", "listen"))
    elif Product in context.choice:
        found.append(Button("看产品", urls.relative(urls.product(product.id), page), "basket"))
    return found + call_buttons(context, "打电话问", product)


# --- catalogue ---------------------------------------------------------------------------------


def elder_shop(
    context: RenderContext, shop: str, shelves: Sequence[CatalogueShelf[Product]]
) -> Iterator[Output]:
    """Yield the pages of the large catalogue: all products in one column, in the order of the shelves."""
    pieces = cut([product for shelf in shelves for product in shelf.items], MOST)
    for number, piece in enumerate(pieces, start=1):
        page = _address(number)
        turn = leaf(page, number, len(pieces), _address)
        document = context.render(
            "elder_shop.html",
            page,
            title=turn.named(f"{shop}（长辈版）"),
            description=f"{shop}：大字，一样一样往下看，想要就打电话。",
            styles=("lists", "elder", "elder_shop"),
            canonical=urls.SHOP,
            shop=shop,
            lot_heading=heading(LabelKey.LOT, LabelForm.PAGE),
            sample=context.library.brand.sample,
            goods=[_good(context, each, page, at == 0) for at, each in enumerate(piece)],
            call=call_buttons(context, "打电话", None),
            leaf=turn,
            usual=urls.relative(urls.SHOP, page),
        )
        yield sheet_file(page, document, "products", listed=False)


def _address(number: int) -> str:
    return urls.further(urls.ELDER_SHOP, number)


def _good(context: RenderContext, product: Product, page: str, first: bool) -> dict[str, Any]:
    story = next(iter(context.library.stories_of(product.id)), None)
    sold = is_sold(context, product)
    lot = heading(LabelKey.LOT, LabelForm.PAGE, product.kind)
    at = urls.relative(urls.story(story.id), page) if story and Story in context.choice else ""
    return {
        "name": product.name,
        "lead": product.position or "",
        "picture": context.shown(product, WIDE, page),
        "first": first,
        "prices": [(each.name, money(each.price)) for each in product.variants],
        "notices": [each for each in notices(context, product, page, lot) if each.loud],
        "shipping": str(product.shipping or "") if sold else NOT_SOLD,
        "href": urls.relative(urls.product(product.id), page),
        "listen": f"{at}#listen" if story and at and heard(context, story) else "",
        "calls": call_buttons(context, "打电话", product),
    }
