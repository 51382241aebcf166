"""长辈版: the batch sheet and the catalogue in large print, under addresses of their own.

One column, nothing under 24 px, three things to do: look, listen, call. The same facts in the same
order as the usual page, and a way back to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xiangji import urls
from xiangji.pages.digital_label import is_digital
from xiangji.pages.entries import (
    Button,
    call_button,
    money,
    place_name,
    telephone,
)
from xiangji.pages.label import label_rows
from xiangji.pages.output import Artifact, Output, sheet_file
from xiangji.pages.pictures import STRIP, Role
from xiangji.pages.press import Press
from xiangji.pages.states import reasons, state_of
from xiangji.records.batch import Batch
from xiangji.records.product import Product
from xiangji.records.story import Story
from xiangji.records.values import said_date
from xiangji.records.words import InspectionLayer, ProductKind
from xiangji.shelves import Shelf

MOST = 12
"""Products on one page of the large catalogue: each has a picture as wide as the screen."""

WIDE = Role("wide", ((560, 350, 14_000),))

_FOOD = (ProductKind.PRODUCE, ProductKind.PROCESSED)


def elder_sheet(press: Press, batch: Batch, product: Product) -> Output:
    """The large sheet of one batch."""
    library = press.library
    page = urls.elder_sheet(product.id, batch.lot)
    usual = urls.sheet(product.id, batch.lot)
    state = state_of(batch, product, press.settings.today)
    name = f"{product.name} {batch.variant}" if batch.variant else product.name
    story = next(iter(library.stories_of(product.id)), None)
    makers = (batch.producer,) if batch.producer else product.makers
    document = press.render(
        "elder_sheet.html",
        page,
        title=f"{name} 批次 {batch.lot}：{state.word}（长辈版）",
        description=f"{name}，批号 {batch.lot}。{state.word}。{'，'.join(state.sentences)}",
        styles=("sheet", "elder"),
        share=press.share_picture(product),
        canonical=usual,
        picture=press.shown(product, STRIP, page),
        name=name,
        sample=batch.sample or product.sample,
        state=state,
        reasons=reasons(state, batch, library),
        form="数字标签" if is_digital(product) else "批次追溯",
        actions=_actions(press, product, story, page),
        facts=[
            ("谁做的", "、".join(library.producers[each].name for each in makers)),
            (
                "采收" if product.kind is ProductKind.PRODUCE else "做于",
                said_date(batch.made_on) if batch.made_on else "",
            ),
            ("批号", batch.lot),
            ("产地", place_name(library, batch.place or product.place)),
        ],
        checks=[(str(layer), _result(batch, layer)) for layer in InspectionLayer],
        label=[(row.text, row.href) for row in label_rows(press, product, batch)],
        usage=product.usage or "",
        usage_label="怎么吃" if product.kind in _FOOD else "怎么用",
        # A digital label keeps to the label; its story is on another page.
        telling="" if is_digital(product) else _telling(story),
        usual=urls.relative(usual, page),
    )
    made = sheet_file(page, document, batch.origin.location.path)
    # The usual sheet is the one that search engines should know.
    return Artifact(made.uri, made.content, made.source)


def _result(batch: Batch, layer: InspectionLayer) -> str:
    """What the latest check of a layer said, and when; nothing where nobody recorded one."""
    found = [each for each in batch.inspections if each.layer is layer]
    if not found:
        return ""
    last = found[-1]
    return f"{last.result}，{said_date(last.checked_on) if last.checked_on else '日期未记录'}"


def _telling(story: Story | None) -> str:
    tellings = story.tellings if story else None
    return (tellings.short or tellings.medium or "") if tellings else ""


def _actions(press: Press, product: Product, story: Story | None, page: str) -> list[Button]:
    """Look, listen, call: each only where there is something at the other end."""
    found: list[Button] = []
    if is_digital(product):
        return call_button(press, "打电话问", product)
    if story and "stories" in press.choice:
        at = urls.relative(urls.story(story.id), page)
        found.append(Button("看故事", at, "book"))
        if any(card.audio for card in press.library.cards_of(story)):
            found.append(Button("听故事", f"{at}#listen", "listen"))
    elif "products" in press.choice:
        found.append(Button("看产品", urls.relative(urls.product(product.id), page), "basket"))
    return found + call_button(press, "打电话问", product)


# --- catalogue ---------------------------------------------------------------------------------


def elder_shop(press: Press, shop: str, shelves: Sequence[Shelf[Product]]) -> Iterator[Output]:
    """The large catalogue: every product under the next, in the order of the shelves."""
    products = [product for shelf in shelves for product in shelf.items]
    pieces = [products[at : at + MOST] for at in range(0, len(products), MOST)] or [[]]
    for number, piece in enumerate(pieces, start=1):
        page = _address(number)
        title = f"{shop}（长辈版）" + (f" · 第 {number} 页" if number > 1 else "")
        document = press.render(
            "elder_shop.html",
            page,
            title=title,
            description=f"{shop}：大字，一样一样往下看，想要就打电话。",
            styles=("elder",),
            canonical=urls.SHOP,
            shop=shop,
            sample=press.library.brand.sample,
            goods=[_good(press, each, page, at == 0) for at, each in enumerate(piece)],
            call=call_button(press, "打电话", None),
            number=number,
            count=len(pieces),
            before=urls.relative(_address(number - 1), page) if number > 1 else "",
            after=urls.relative(_address(number + 1), page) if number < len(pieces) else "",
            usual=urls.relative(urls.SHOP, page),
        )
        made = sheet_file(page, document, "products")
        yield Artifact(made.uri, made.content, made.source)


def _address(number: int) -> str:
    return urls.ELDER_SHOP if number == 1 else f"{urls.ELDER_SHOP}{number}/"


def _good(press: Press, product: Product, page: str, first: bool) -> dict[str, Any]:
    story = next(iter(press.library.stories_of(product.id)), None)
    number = telephone(press, product)
    at = urls.relative(urls.story(story.id), page) if story and "stories" in press.choice else ""
    heard = story is not None and any(card.audio for card in press.library.cards_of(story))
    return {
        "name": product.name,
        "lead": product.position or "",
        "picture": press.shown(product, WIDE, page),
        "first": first,
        "prices": [(each.name, money(each.price)) for each in product.variants],
        "shipping": str(product.shipping or ""),
        "href": urls.relative(urls.product(product.id), page),
        "listen": f"{at}#listen" if at and heard else "",
        "telephone": number,
        "call": "tel:" + "".join(c for c in number if c.isdigit() or c == "+") if number else "",
    }
