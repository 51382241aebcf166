"""Makes the cards beside the goods: for a market stall, for a shelf, and the feedback card.

A card leads to one batch, so that the feedback on a card can be assigned to the batch. Without a batch, a stall card
and the card of a craft lead to the product. Cards for lots that are not sold are refused, except feedback cards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from xiangji import urls
from xiangji.cache import Cache
from xiangji.label.item import LabelForm, LabelKey
from xiangji.label.items import day_item, heading
from xiangji.label.versions import as_made
from xiangji.library.lot_state import standing_of
from xiangji.model.fields import label
from xiangji.model.values import said_date
from xiangji.model.vocabularies import ConsentMedium
from xiangji.pages.batches.sheet_facts import sheet_facts
from xiangji.pages.batches.states import EATEN, state_of
from xiangji.paper.art import brand_art
from xiangji.paper.coded import code_for, unreachable
from xiangji.paper.fonts import Fonts
from xiangji.paper.formats import A4, BLEED, Grid, Piece
from xiangji.paper.glyphs import missing_in, missing_signs
from xiangji.paper.labels import consented
from xiangji.paper.labels.text import short_address
from xiangji.paper.sheet_text import broken, words_in
from xiangji.paper.sheets import SEAL, PrintedDocument, paper_data, paper_inks, picture
from xiangji.paper.stopped_lots import allowed
from xiangji.paper.symbol import Sized
from xiangji.paper.typesetter import typeset
from xiangji.problems import Problem, fatal, problem
from xiangji.records.batch import Batch
from xiangji.records.product import Product
from xiangji.render.context import RenderContext
from xiangji.views.entries import money, telephone


class CardKind(Piece, frozen=True, kw_only=True):
    """A kind of card.

    `code_room` is the side in millimetres of the square for the code, quiet zone included. `sells` says whether the
    card offers something for sale.
    """

    code_room: float
    sells: bool = True


KINDS = {
    each.key: each
    for each in (
        CardKind("stall", "摊位牌", "stall card", 210, 148, code_room=48),
        CardKind("shelf", "货架卡", "shelf card", 100, 70, code_room=36),
        CardKind("feedback", "意见卡", "feedback card", 105, 148, code_room=28, sells=False),
    )
}

MOTIF = 36.0
"""The largest width of the motif on a card, in millimetres."""

_HEADINGS = (LabelKey.MAKERS, LabelKey.HARVESTED_ON, LabelKey.MADE_ON, LabelKey.LOT)
"""Items of the label that a card shows."""


class DisplayCard(Struct, frozen=True):
    """One card that may be printed, `copies` times."""

    kind: CardKind
    product: Product
    batch: Batch | None
    text: dict[str, Any]
    code: Sized
    copies: int

    @property
    def address(self) -> str:
        """The address in its code."""
        return self.code.symbol.address

    @property
    def file_name(self) -> str:
        """The file's name, such as `laziji_2026-09A_stall.pdf`. It has no lot if the card leads to the product."""
        lot = f"_{self.batch.lot}" if self.batch else ""
        return f"{self.product.id}{lot}_{self.kind.key}.pdf"


def newest_sold(context: RenderContext, product: Product) -> Batch | None:
    """Return the newest batch of a product that may be sold. A batch that waits for its inspection may not."""
    library, today = context.library, context.settings.today
    lots = library.lots_of(product.id)
    return next((each for each in lots if standing_of(library, each, today).state.is_fine), None)


def prepare(
    context: RenderContext,
    kind: CardKind,
    product: Product,
    batch: Batch | None,
    fonts: Fonts,
    copies: int = 1,
    anyway: str = "",
) -> tuple[DisplayCard | None, list[Problem]]:
    """Return the card of a batch, or of a product if `batch` is None, and its problems.

    The card is None if a problem keeps it from being printed. `anyway` is the reason why a card is wanted for a lot
    that is not sold.
    """
    to_product = batch is None and _leads_to_product(context, kind, product)
    found = unreachable(context, not to_product, to_product)
    found += consented.left_out(context, product, ConsentMedium.CARD)
    against = list(_unfit(context, kind, product, batch))
    found += allowed(context, batch, against, anyway) if batch and kind.sells else against
    address = _address(context, kind, product, batch)
    if address is None or (batch is None and not to_product):
        return None, found
    text = card_text(context, kind, product, batch, address)
    if batch is not None:
        found += missing_signs(context, batch, product, words_in(text), fonts)
    else:
        found += missing_in([], words_in(text), fonts, product.origin.of("name"))
    place = batch.origin.of("lot") if batch else product.origin.of("name")
    sized, told = code_for(address, kind.code_room, text["key"], place, kind.named())
    found += told
    if sized is None or fatal(found, strict=False):
        return None, found
    return DisplayCard(kind, product, batch, text, sized, copies), found


def _leads_to_product(context: RenderContext, kind: CardKind, product: Product) -> bool:
    """Whether a card without a lot leads to the product.

    A stall card does, since a stall sells every lot. Any card does for crafts without lots. Food has lots.
    """
    if kind.key == "stall":
        return True
    return product.kind not in EATEN and not context.library.count_of(product.id)


def _unfit(
    context: RenderContext, kind: CardKind, product: Product, batch: Batch | None
) -> Iterator[Problem]:
    if batch is None and not _leads_to_product(context, kind, product):
        place = product.origin.of("name")
        yield problem("card-no-lot", place, product=product.name, **kind.named())
    if batch is None or not kind.sells:
        return
    state = state_of(context.library, batch, context.settings.today)
    if not state.fine:
        told = {"state": state.short, "state_en": state.key.replace("_", " ")}
        place = batch.origin.of("status")
        yield problem("card-stopped", place, value=batch.key, **told, **kind.named())


def _address(
    context: RenderContext, kind: CardKind, product: Product, batch: Batch | None
) -> str | None:
    """Return the URL in the code: the sheet, for a shelf card its large print, or the product without a lot."""
    if batch is None:
        return context.absolute(urls.product(product.id))
    if kind.key == "shelf":
        return context.absolute(urls.elder_sheet(product.id, batch.lot))
    return context.absolute(urls.sheet(product.id, batch.lot))


def card_text(
    context: RenderContext, kind: CardKind, product: Product, batch: Batch | None, address: str
) -> dict[str, Any]:
    """Return the data of one card for the template."""
    library = context.library
    facts = sheet_facts(context, batch, product) if batch else {}
    first = {row.item: row.value for row in facts.get("first", ())}
    named = {key: heading(key, LabelForm.HEAD, product.kind, batch=batch) for key in _HEADINGS}
    day = day_item(product, batch) if batch else LabelKey.MADE_ON
    # A shelf card shows the size of the batch; a stall card shows every size.
    own = [v for v in product.variants if batch and v.name == batch.variant]
    variants = (own or product.variants) if kind.key == "shelf" else product.variants
    story = library.own_story_of(product.id)
    told = story.tellings if story else None
    makers = "、".join(library.producers[each].name for each in product.makers)
    state = state_of(library, batch, context.settings.today) if batch else None
    stopped = state if state and not state.fine and kind.sells else None
    named_as = as_made(product, batch).name if batch else product.name
    text = {
        "name": facts["name"] if kind.key == "feedback" and facts else named_as,
        "sample": facts.get("sample", product.sample),
        # A card of a lot that is not sold shows the state and no advertising.
        "lead": f"{stopped.word}（{said_date(context.settings.today)}查）"
        if stopped
        else consented.allowed(context, product.position or "", ConsentMedium.CARD),
        "sold": not stopped,
        # Without a recorded price there is a line to write one on.
        "prices": []
        if stopped
        else [[each.name, money(each.price)] for each in variants] or [["", ""]],
        "tellings": list(
            consented.all_allowed(context, (told.medium, told.short), ConsentMedium.CARD)
        )
        if told and not stopped
        else [],
        "maker_heading": named[LabelKey.MAKERS],
        "makers": first.get(LabelKey.MAKERS) or makers,
        "made_heading": named[day],
        "made_on": first.get(day, ""),
        "lot_heading": named[LabelKey.LOT],
        "lot": batch.lot if batch else "",
        "scan": "扫码看这一批" if batch else "扫码看这个产品",
        "large": batch is not None,
        "eaten": product.kind in EATEN,
        "telephone": telephone(context, product),
        "brand": library.brand.name,
        "village": library.brand.village_beside,
    }
    key = batch.key if batch else product.id
    return {**broken(text), "key": key, "short": short_address(address)}


# --- typesetting -----------------------------------------------------------------------------------


def cells(width: float, height: float) -> Grid:
    """Return the grid of cards on A4, without gaps: one cut separates two cards, and four A6 cards fill the sheet.

    Labels need gaps for their bleed. Cards are white at the edges. `width` and `height` are in millimetres.
    """
    columns, rows = int(A4[0] // width), int(A4[1] // height)
    left, top = (A4[0] - columns * width) / 2, (A4[1] - rows * height) / 2
    return Grid(
        columns=columns, rows=rows, left=left, top=top, step_x=width, step_y=height, marks=True
    )


def set_cards(
    context: RenderContext,
    cards: Sequence[DisplayCard],
    fonts: Fonts,
    cache: Cache,
    black_only: bool = False,
    on_a4: bool = True,
) -> tuple[PrintedDocument, list[Problem]]:
    """Set cards of one kind in one document. Returns it with the problems of cards whose text does not fit.

    With `on_a4`, a page has many cards and cutting lines. Else a page has one card with bleed, for a print shop.
    """
    kind = cards[0].kind
    paper = paper_inks(context, black_only)
    art = brand_art(context.library, paper.inks, fonts, cache, SEAL, MOTIF)
    pictures: dict[str, tuple[str, bytes]] = {}
    for each in cards if kind.sells and not black_only else ():
        media = context.library.picture_for(ConsentMedium.CARD, each.product)
        if media is not None:
            made = picture(each.product.id, media, 60, paper.inks, fonts, cache)
            pictures[each.product.id] = made
    data = {
        **paper_data(context, paper, art),
        "title": f"{kind.zh}：{'、'.join(dict.fromkeys(each.text['name'] for each in cards))}",
        "kind": kind.key,
        "width": kind.width,
        "height": kind.height,
        "bleed": 0 if on_a4 else BLEED,
        "sheet": {**asdict(cells(kind.width, kind.height)), "width": A4[0], "height": A4[1]}
        if on_a4
        else None,
        "cards": [_data(each, pictures) for each in cards],
    }
    document = typeset("card", data, fonts, {**art.files, **dict(pictures.values())})
    places = {each.text["key"]: each for each in cards}
    told = [
        _overflow(places[fact["key"]], fact)
        for fact in document.told()
        if fact["kind"] == "overflow"
    ]
    addresses = tuple(each.address for each in cards for _ in range(each.copies))
    return PrintedDocument(document, addresses), list(dict.fromkeys(told))


def _data(card: DisplayCard, pictures: dict[str, tuple[str, bytes]]) -> dict[str, Any]:
    shown = pictures.get(card.product.id, ("", b""))[0] if card.text["sold"] else ""
    return {
        **card.text,
        "picture": shown,
        "symbol": card.code.told(),
        "copies": card.copies,
    }


def set_fitting(
    context: RenderContext,
    cards: Sequence[DisplayCard],
    fonts: Fonts,
    cache: Cache,
    black_only: bool = False,
    on_a4: bool = True,
) -> tuple[PrintedDocument, list[Problem], list[Problem]]:
    """Set cards of one kind, without those whose text does not fit if there are others.

    Returns the document, the problems that keep it from being written, and those of the cards that were left out.
    """
    printed, told = set_cards(context, cards, fonts, cache, black_only, on_a4)
    failed = {value for each in told for name, value in each.details if name == "value"}
    rest = [each for each in cards if each.text["key"] not in failed]
    if not told or not rest:
        return printed, told, []
    printed, more = set_cards(context, rest, fonts, cache, black_only, on_a4)
    return printed, more, told


def _overflow(card: DisplayCard, fact: dict[str, Any]) -> Problem:
    place = card.batch.origin.of("lot") if card.batch else card.product.origin.of("name")
    told = {"value": card.text["key"], "over": fact["over"], **_longest(card)}
    return problem("card-overflow", place, **told, **card.kind.named())


def _longest(card: DisplayCard) -> dict[str, str]:
    """Name the longest text of a card, which is the first to be shortened."""
    text, sold = card.text, card.kind.sells
    parts = {label(Product, "name"): text["name"]}
    if sold:
        parts[label(Product, "variants")] = "".join(name for name, _ in text["prices"])
        parts[label(Product, "makers")] = text["makers"]
    if card.kind.key == "stall":
        parts[label(Product, "position")] = text["lead"]
    longest = max(parts, key=lambda each: len(parts[each]))
    return {"cause": longest, "count": str(len(parts[longest].replace("\u200b", "")))}
