"""长辈版: the batch sheet and the catalogue in large print, under addresses of their own.

One column, nothing under 24 px, three things to do: look, listen, call. The same facts in the same
order as the usual page, and a way back to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xiangji import urls
from xiangji.model.label import TITLE, heading
from xiangji.model.label_item import Form, Key
from xiangji.pages.digital_label import is_digital
from xiangji.pages.entries import Button, call_button, dial, money, telephone
from xiangji.pages.leaves import cut, leaf
from xiangji.pages.listening import heard
from xiangji.pages.output import Output, sheet_file
from xiangji.pages.pictures import STRIP, Role
from xiangji.pages.press import Press
from xiangji.pages.recalls import recalled_lots
from xiangji.pages.sheet_facts import telling
from xiangji.pages.states import EATEN
from xiangji.pages.stencil import Part
from xiangji.records.product import Product
from xiangji.records.story import Story
from xiangji.shelves import Shelf

MOST = 12
"""Products on one page of the large catalogue: each has a picture as wide as the screen."""

WIDE = Role("wide", ((560, 350, 14_000),))


def elder_frame(press: Press, product: Product, story: Story | None, page: str) -> Part:
    """What the large sheets of a product have in common, seen from the one at `page`."""
    digital = is_digital(product)
    return press.lasting(
        page,
        styles=("state", "elder"),
        share=press.share_picture(product),
        picture=press.shown(product, STRIP, page),
        form="数字标签" if digital else "批次追溯",
        label_title=TITLE,
        actions=_actions(press, product, story, page),
        usage=product.usage or "",
        usage_label="怎么吃" if product.kind in EATEN else "怎么用",
        # A digital label keeps to the label; its story is on another page.
        telling="" if digital else telling(story, "short", "medium"),
        usual="../",
    )


def _actions(press: Press, product: Product, story: Story | None, page: str) -> list[Button]:
    """Look, listen, call: each only where there is something at the other end."""
    found: list[Button] = []
    if is_digital(product):
        return call_button(press, "打电话问", product)
    if story and Story in press.choice:
        at = urls.relative(urls.story(story.id), page)
        found.append(Button("看故事", at, "book"))
        if heard(press, story):
            found.append(Button("听故事", f"{at}#listen", "listen"))
    elif Product in press.choice:
        found.append(Button("看产品", urls.relative(urls.product(product.id), page), "basket"))
    return found + call_button(press, "打电话问", product)


# --- catalogue ---------------------------------------------------------------------------------


def elder_shop(press: Press, shop: str, shelves: Sequence[Shelf[Product]]) -> Iterator[Output]:
    """The large catalogue: every product under the next, in the order of the shelves."""
    pieces = cut([product for shelf in shelves for product in shelf.items], MOST)
    for number, piece in enumerate(pieces, start=1):
        page = _address(number)
        turn = leaf(page, number, len(pieces), _address)
        document = press.render(
            "elder_shop.html",
            page,
            title=turn.named(f"{shop}（长辈版）"),
            description=f"{shop}：大字，一样一样往下看，想要就打电话。",
            styles=("lists", "elder", "elder_shop"),
            canonical=urls.SHOP,
            shop=shop,
            lot_heading=heading(Key.LOT, Form.PAGE),
            sample=press.library.brand.sample,
            goods=[_good(press, each, page, at == 0) for at, each in enumerate(piece)],
            call=call_button(press, "打电话", None),
            leaf=turn,
            usual=urls.relative(urls.SHOP, page),
        )
        yield sheet_file(page, document, "products", listed=False)


def _address(number: int) -> str:
    return urls.further(urls.ELDER_SHOP, number)


def _good(press: Press, product: Product, page: str, first: bool) -> dict[str, Any]:
    story = next(iter(press.library.stories_of(product.id)), None)
    number = telephone(press, product)
    at = urls.relative(urls.story(story.id), page) if story and Story in press.choice else ""
    return {
        "name": product.name,
        "lead": product.position or "",
        "picture": press.shown(product, WIDE, page),
        "first": first,
        "prices": [(each.name, money(each.price)) for each in product.variants],
        "recalled": [each.lot for each in recalled_lots(press, product)],
        "shipping": str(product.shipping or ""),
        "href": urls.relative(urls.product(product.id), page),
        "listen": f"{at}#listen" if story and at and heard(press, story) else "",
        "telephone": number,
        "call": dial(number),
    }
