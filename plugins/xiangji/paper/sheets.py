"""The A4 sheet of a batch, for whoever has the paper in the hand and no network; and all current
sheets as one booklet.

One batch is one page. What does not fit is never cut in silence: type gets smaller down to a size that
can be read, then the story gets shorter, then the oldest steps are left to the web page, and the paper
says how many.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from xiangji.cache import Cache
from xiangji.library.lot_state import LotState, standing_of
from xiangji.palette import palette_of
from xiangji.paper.art import Art, as_ink, brand_art
from xiangji.paper.coded import code_for, unreachable
from xiangji.paper.fonts import Fonts
from xiangji.paper.formats import A4, Piece
from xiangji.paper.glyphs import missing_signs
from xiangji.paper.inks import BLACK, WHITE, Ink, Inks, ink, inks
from xiangji.paper.labels.text import sheet_address
from xiangji.paper.sheet_text import broken, printed_on, sheet_text, words_in
from xiangji.paper.symbol import Sized
from xiangji.paper.typesetter import Typeset, typeset
from xiangji.problems import Problem, fatal, problem
from xiangji.readers.media.pictures import Media
from xiangji.records.batch import Batch
from xiangji.render.context import RenderContext

CODE_ROOM = 38.0
"""Millimetres along a side that the code of a sheet may take, quiet zone included."""

SHEET = Piece("sheet", "批次表", "batch sheet", *A4)

_PICTURE_WIDTH = 78.0
"""Millimetres."""

SEAL, _MOTIF, _COVER_MOTIF = 24.0, 42.0, 58.0
"""Millimetres: the largest that seal and motif are on a sheet, and the motif on a cover."""

_TINT = 0.09
"""How much of its colour the ground of a state has, as on the page."""


class PrintedSheet(Struct, frozen=True):
    """The sheet of one batch that may be printed: its text as the template reads it, and its code."""

    batch: Batch
    text: dict[str, Any]
    code: Sized

    @property
    def address(self) -> str:
        """The address in its code."""
        return self.code.symbol.address

    @property
    def file_name(self) -> str:
        """Such as `laziji_2026-09A_sheet.pdf`."""
        return f"{self.batch.product}_{self.batch.lot}_sheet.pdf"


class PrintedDocument(Struct, frozen=True):
    """A finished document and the addresses in its codes, each as often as it is there."""

    document: Typeset
    addresses: tuple[str, ...]


def current(context: RenderContext) -> list[Batch]:
    """The batches whose sheets are current on the press's day: of each product and size the newest
    whose state is normal and those made after it; and everything stopped, which is asked about
    longest. What is expired is not current."""
    library, today = context.library, context.settings.today
    found = []
    for product in library.products.values():
        done: set[str | None] = set()
        for batch in library.lots_of(product.id):  # newest first
            state = standing_of(library, batch, today).state
            if state.is_stopped and state is not LotState.EXPIRED:
                found.append(batch)
            elif state is not LotState.EXPIRED and batch.variant not in done:
                found.append(batch)
                if state is LotState.NORMAL:
                    done.add(batch.variant)
    return found


HOW_CHOSEN = (
    "这里有：每种产品、每种规格最新一批状态正常的，和比它更新的；停售、召回、待查的也都在。过期的不在，"
    "可以在网页上查。"
)
"""How `current` chooses, as the booklet says it."""


def prepare(
    context: RenderContext, batch: Batch, fonts: Fonts
) -> tuple[PrintedSheet | None, list[Problem]]:
    """The sheet of a batch, or None with what keeps it from being printed."""
    found = unreachable(context)
    address = sheet_address(context, batch)
    if address is None:
        return None, found
    product = context.library.products[batch.product]
    text = sheet_text(context, batch, product, address)
    found += missing_signs(context, batch, product, words_in(text), fonts)
    place = batch.origin.of("lot")
    sized, told = code_for(address, CODE_ROOM, batch.key, place, SHEET.named())
    found += told
    if sized is None or fatal(found, strict=False):
        return None, found
    return PrintedSheet(batch, text, sized), found


# --- typesetting -----------------------------------------------------------------------------------


def set_sheets(
    context: RenderContext,
    sheets: Sequence[PrintedSheet],
    fonts: Fonts,
    cache: Cache,
    black_only: bool = False,
    booklet: str | None = None,
) -> tuple[PrintedDocument, list[Problem]]:
    """Sheets in one document, a page each, and what was left to the web page. With `booklet`, which
    says how the sheets were chosen, a cover and a list of contents come first."""
    paper = paper_inks(context, black_only)
    # The cover shows the motif largest.
    motif = _COVER_MOTIF if booklet is not None else _MOTIF
    art = brand_art(context.library, paper.inks, fonts, cache, SEAL, motif)
    pictures = {} if black_only else _pictures(context, sheets, paper.inks, fonts, cache)
    data = {
        **paper_data(context, paper, art),
        "title": "、".join(dict.fromkeys(each.text["name"] for each in sheets)),
        "sheets": [
            {
                **each.text,
                "picture": pictures.get(each.batch.product, ("", b""))[0]
                if each.text["fine"]
                else "",
                "symbol": each.code.told(),
            }
            for each in sheets
        ],
        "booklet": _booklet(context, booklet) if booklet is not None else None,
    }
    files = {**art.files, **dict(pictures.values())}
    document = typeset("sheet", data, fonts, files)
    batches = context.library.batches
    told = [found for fact in document.told() for found in _told(fact, batches)]
    return PrintedDocument(document, tuple(each.address for each in sheets)), list(
        dict.fromkeys(told)
    )


def _booklet(context: RenderContext, chosen: str) -> dict[str, str]:
    brand = context.library.brand
    cover = {
        "brand": brand.name,
        "village": brand.village or "",
        "slogan": brand.slogan or "",
        "sample": brand.sample,
        "telephone": brand.telephone or "",
        "chosen": chosen,
    }
    return dict(broken(cover))


def _told(fact: dict[str, Any], batches: Any) -> Iterator[Problem]:
    batch = batches.get(fact.get("key"))
    if batch is None:
        return
    place = batch.origin.of("lot")
    match fact["kind"]:
        case "overflow":
            yield problem("sheet-overflow", place, value=batch.key, over=fact["over"])
        case "left":
            parts = {"count": fact["count"], "most": fact["most"]}
            yield problem("sheet-left", place, value=batch.key, **parts)
        case "telling":
            yield problem("sheet-telling-dropped", place, value=batch.key)


# --- what every printed thing of an office printer shares ------------------------------------------


class PaperInks(Struct, frozen=True):
    """The inks of white paper: nothing is printed where the page has its own colour."""

    inks: Inks
    fine: Ink
    wait: Ink


def paper_inks(context: RenderContext, black_only: bool) -> PaperInks:
    """The brand's inks, for paper that stays white where nothing stands."""
    palette = palette_of(context.library.brand)
    white = replace(inks(palette, black_only), page=WHITE)
    if black_only:
        return PaperInks(white, BLACK, BLACK)
    return PaperInks(white, _greener(ink(palette.fine)), ink(palette.wait))


def _greener(colour: Ink) -> Ink:
    """Cyan leans to blue: a green mixed by plain arithmetic comes out of a press as teal, so yellow
    is brought up to it."""
    cyan, magenta, yellow, black = colour
    return (cyan, magenta, max(yellow, cyan) if magenta < yellow else yellow, black)


def tint(colour: Ink) -> Ink:
    """A trace of a colour."""
    return (colour[0] * _TINT, colour[1] * _TINT, colour[2] * _TINT, colour[3] * _TINT)


def paper_data(context: RenderContext, paper: PaperInks, art: Art) -> dict[str, Any]:
    """What every template of this kind reads first."""
    drawings = asdict(art)
    del drawings["files"]
    black = paper.inks.black_only
    return {
        "inks": {
            **paper.inks.told(),
            "fine": paper.fine,
            "wait": paper.wait,
            "fine_tint": WHITE if black else tint(paper.fine),
            "wait_tint": WHITE if black else tint(paper.wait),
        },
        "art": drawings,
        "printed_on": printed_on(context),
    }


def _pictures(
    context: RenderContext,
    sheets: Sequence[PrintedSheet],
    colours: Inks,
    fonts: Fonts,
    cache: Cache,
) -> dict[str, tuple[str, bytes]]:
    """The picture of each product as ink, by product: its file name and bytes."""
    found = {}
    for product in dict.fromkeys(each.batch.product for each in sheets):
        media = context.library.picture(context.library.products[product])
        if media is not None:
            found[product] = picture(product, media, _PICTURE_WIDTH, colours, fonts, cache)
    return found


def picture(
    name: str, media: Media, width: float, colours: Inks, fonts: Fonts, cache: Cache
) -> tuple[str, bytes]:
    """A picture `width` mm wide as ink: its file name and bytes."""
    return f"{name}.jpg", as_ink(media, colours, width, WHITE, fonts, cache)
