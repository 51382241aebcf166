"""Makes the printed A4 sheet of a batch, for readers without a network, and a booklet of all current sheets.

One batch is one page. If the text does not fit, the template first reduces the type down to a readable size. Then it
takes a shorter telling. Then it leaves out the oldest steps, and the paper says how many. Each of the last two gives a
problem.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from xiangji.cache import Cache
from xiangji.library.lot_state import LotState, standing_of
from xiangji.model.vocabularies import ConsentMedium
from xiangji.palette import ALARM, palette_of
from xiangji.paper.art import Art, as_ink, brand_art
from xiangji.paper.coded import code_for, unreachable
from xiangji.paper.fonts import Fonts
from xiangji.paper.formats import A4, Piece
from xiangji.paper.glyphs import missing_signs
from xiangji.paper.inks import BLACK, WHITE, Ink, Inks, ink, inks
from xiangji.paper.labels.consented import left_out
from xiangji.paper.labels.text import sheet_address
from xiangji.paper.sheet_text import broken, printed_on, sheet_text, words_in
from xiangji.paper.symbol import Sized
from xiangji.paper.typesetter import Typeset, typeset
from xiangji.problems import Problem, fatal, problem
from xiangji.readers.media.pictures import Media
from xiangji.records.batch import Batch
from xiangji.render.context import RenderContext

CODE_ROOM = 38.0
"""The side in millimetres of the square for the code on a sheet, quiet zone included."""

SHEET = Piece("sheet", "批次表", "batch sheet", *A4)

_PICTURE_WIDTH = 78.0
"""The width of the product's picture, in millimetres."""

SEAL, _MOTIF, _COVER_MOTIF = 24.0, 42.0, 58.0
"""The largest widths in millimetres of the seal and the motif on a sheet, and of the motif on a cover."""

_TINT = 0.09
"""The share of a state's colour in its background, the same as on the page."""


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
        """The file's name, such as `laziji_2026-09A_sheet.pdf`."""
        return f"{self.batch.product}_{self.batch.lot}_sheet.pdf"


class PrintedDocument(Struct, frozen=True):
    """A document and the addresses in its codes, each as often as it is printed."""

    document: Typeset
    addresses: tuple[str, ...]


def current(context: RenderContext) -> list[Batch]:
    """Return the batches whose sheets belong into the booklet on the day of the build.

    They are, for each product and size, the newest batch whose state is normal and the batches after it. All stopped
    batches belong too, since people ask about them for a long time. Expired batches do not.
    """
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
"""The text in the booklet that says how `current` chooses."""


def prepare(
    context: RenderContext, batch: Batch, fonts: Fonts
) -> tuple[PrintedSheet | None, list[Problem]]:
    """Return the sheet of a batch and its problems. The sheet is None if a problem keeps it from being printed."""
    found = unreachable(context)
    address = sheet_address(context, batch)
    if address is None:
        return None, found
    product = context.library.products[batch.product]
    text = sheet_text(context, batch, product, address)
    found += missing_signs(context, batch, product, words_in(text), fonts)
    found += left_out(context, product, ConsentMedium.SHEET)
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
    """Set sheets in one document, one on each page. Returns it with the problems of what did not fit.

    With `booklet`, a text that says how the sheets were chosen, a cover and a table of contents come first.
    """
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
    told = [found for fact in document.told() for found in _problems_of(fact, batches)]
    return PrintedDocument(document, tuple(each.address for each in sheets)), list(
        dict.fromkeys(told)
    )


def _booklet(context: RenderContext, chosen: str) -> dict[str, str]:
    brand = context.library.brand
    cover = {
        "brand": brand.name,
        "village": brand.village_beside,
        "slogan": brand.slogan or "",
        "sample": brand.sample,
        "telephone": brand.telephone or "",
        "chosen": chosen,
    }
    return dict(broken(cover))


def _problems_of(fact: dict[str, Any], batches: Any) -> Iterator[Problem]:
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
    """The colours for white paper, and those of the states `fine` and `wait`. The page background is not printed."""

    inks: Inks
    fine: Ink
    wait: Ink


def paper_inks(context: RenderContext, black_only: bool) -> PaperInks:
    """Return the brand's colours for paper with a white background."""
    palette = palette_of(context.library.brand)
    white = replace(inks(palette, black_only), page=WHITE)
    if black_only:
        return PaperInks(white, BLACK, BLACK)
    return PaperInks(white, _greener(ink(palette.fine)), ink(palette.wait))


def _greener(colour: Ink) -> Ink:
    """Return a green with as much yellow as cyan.

    Printed cyan is bluish. A green converted by the formula of `inks.ink` would be printed as teal.
    """
    cyan, magenta, yellow, black = colour
    return (cyan, magenta, max(yellow, cyan) if magenta < yellow else yellow, black)


def tint(colour: Ink) -> Ink:
    """Return a light tint of a colour."""
    return (colour[0] * _TINT, colour[1] * _TINT, colour[2] * _TINT, colour[3] * _TINT)


def paper_data(context: RenderContext, paper: PaperInks, art: Art) -> dict[str, Any]:
    """Return the data that the templates of sheets, cards and certificates share."""
    drawings = asdict(art)
    del drawings["files"]
    black = paper.inks.black_only
    return {
        "inks": {
            **paper.inks.told(),
            "fine": paper.fine,
            "wait": paper.wait,
            # Not the brand's colour: a recall looks the same in every village.
            "alarm": BLACK if black else ink(ALARM),
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
    """Return the picture of each product for printing, by product: its file name and bytes."""
    found = {}
    for product in dict.fromkeys(each.batch.product for each in sheets):
        media = context.library.picture_for(ConsentMedium.SHEET, context.library.products[product])
        if media is not None:
            found[product] = picture(product, media, _PICTURE_WIDTH, colours, fonts, cache)
    return found


def picture(
    name: str, media: Media, width: float, colours: Inks, fonts: Fonts, cache: Cache
) -> tuple[str, bytes]:
    """Return a picture for printing `width` mm wide: its file name and bytes."""
    return f"{name}.jpg", as_ink(media, colours, width, WHITE, fonts, cache)
