"""Sets all labels of an order in one document, and tells what did not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from xiangji.cache import Cache
from xiangji.label.item import LabelForm, LabelKey
from xiangji.label.items import heading
from xiangji.model.location import Location
from xiangji.model.vocabularies import ConsentMedium
from xiangji.palette import palette_of
from xiangji.paper.art import Art, brand_art
from xiangji.paper.fonts import Fonts
from xiangji.paper.formats import (
    BLEED,
    Grid,
    code_panel,
)
from xiangji.paper.inks import Inks, inks
from xiangji.paper.labels.label import Label, LabelOrder
from xiangji.paper.labels.text import (
    LEAST_HEIGHT,
    short_address,
)
from xiangji.paper.sheets import picture
from xiangji.paper.typesetter import Typeset, typeset
from xiangji.problems import Problem, problem
from xiangji.readers.tables.registers import REGISTER
from xiangji.records.batch import Batch
from xiangji.records.product import Product
from xiangji.render.context import RenderContext

_SLUG_ROOM = 7.0
"""The margin in millimetres that the line of text on a sheet needs. Some die-cut sheets have no margin."""

_PARTS = {
    "front": ("正面的字", "the text of the front"),
    "facts": ("标签内容", "the label's facts"),
    "code": ("码旁边的字", "the text beside the code"),
}


class LabelSheets(Struct, frozen=True):
    """The document of several labels."""

    document: Typeset
    labels: tuple[Label, ...]

    @property
    def addresses(self) -> list[str]:
        """The addresses in all codes, each as often as it is printed."""
        return [each.address for each in self.labels for _ in range(each.copies)]

    @property
    def count(self) -> int:
        """The number of labels, copies included."""
        return sum(each.copies for each in self.labels)


def set_labels(
    context: RenderContext, labels: Sequence[Label], order: LabelOrder, fonts: Fonts, cache: Cache
) -> tuple[LabelSheets, list[Problem]]:
    """Set labels of one size in one document. Returns it with the problems of what did not fit.

    All codes have the module size of the longest address, so that all labels of an order look alike.
    """
    palette = palette_of(context.library.brand)
    colours = inks(palette, order.black_only or order.stock.black)
    art = brand_art(context.library, colours, fonts, cache)
    scenes = _scenes(context, labels, colours, fonts, cache)
    data = label_data(labels, order, colours, art, {key: name for key, (name, _) in scenes.items()})
    drawn = typeset("label", data, fonts, {**art.files, **dict(scenes.values())})
    batches = context.library.batches
    told = [
        _told(fact, batches.get(fact["key"]), context.library.products.get(fact["key"]), order)
        for fact in drawn.told()
        if fact["kind"] in ("overflow", "telling")
    ]
    if order.grid or any(each.copies > 1 for each in labels):
        drawn = _imposed(drawn, labels, order, fonts)
    return LabelSheets(drawn, tuple(labels)), list(dict.fromkeys(told))


_SCENE = 120
"""The width in millimetres of a product's picture for labels: high enough to fill the height of the largest."""


def _scenes(
    context: RenderContext, labels: Sequence[Label], colours: Inks, fonts: Fonts, cache: Cache
) -> dict[str, tuple[str, bytes]]:
    """Return file name and bytes of the product's picture for each label that has one, by the label's key.

    What stands on a label belongs to its product. In black alone there is none, since a thermal printer has no tones.
    """
    found: dict[str, tuple[str, bytes]] = {}
    for each in labels if not colours.black_only else ():
        key = each.text.key
        batch = context.library.batches.get(key)
        product = context.library.products.get(batch.product if batch else key)
        media = context.library.picture_for(ConsentMedium.LABEL, product) if product else None
        if media is not None and product is not None:
            found[key] = picture(product.id, media, _SCENE, colours, fonts, cache)
    return found


def _imposed(drawn: Typeset, labels: Sequence[Label], order: LabelOrder, fonts: Fonts) -> Typeset:
    """Return a document with the copies of all labels on the stock. `drawn` has each label once, on its own page."""
    cells = order.grid
    data = {
        "title": _title(labels),
        "width": order.width,
        "height": order.height,
        "bleed": _bleed(order),
        "slug": order.slug if cells and cells.top >= _SLUG_ROOM else "",
        "sheet": _sheet(order, cells) if cells else None,
        "order": [at + 1 for at, each in enumerate(labels) for _ in range(each.copies)],
    }
    return typeset("impose", data, fonts, {"labels.pdf": drawn.pdf()})


def _title(labels: Sequence[Label]) -> str:
    return "、".join(dict.fromkeys(each.text.name for each in labels))


def _bleed(order: LabelOrder) -> float:
    """Return the bleed in mm: what print shops ask for, less than half the gap between labels cut by hand, else 0."""
    cells = order.grid
    return BLEED if order.stock.key == "shop" else 1.5 if cells and cells.marks else 0.0


def _told(
    fact: dict[str, Any], batch: Batch | None, product: Product | None, order: LabelOrder
) -> Problem:
    """Return the problem for a report of the template. For a roll, its location is the register."""
    of_goods = product.origin.of("name") if product else Location(REGISTER)
    place = batch.origin.of("lot") if batch else of_goods
    if fact["kind"] == "telling":
        return problem("label-telling-dropped", place, value=fact["key"], **order.named())
    if fact["word"]:
        word = fact["word"].replace("\u200b", "")
        return problem("label-wide", place, value=fact["key"], word=word, **order.named())
    part, part_en = _part(fact["part"])
    told = {"part": part, "part_en": part_en, "over": fact["over"], **order.instead()}
    return problem("label-overflow", place, value=fact["key"], **told, **order.named())


def _part(name: str) -> tuple[str, str]:
    """Return the words for a part of a label in problems, Chinese and English."""
    if name == "nutrition":
        return heading(LabelKey.NUTRITION, LabelForm.PRINTED), "the nutrition table"
    return _PARTS[name]


def label_data(
    labels: Sequence[Label],
    order: LabelOrder,
    colours: Inks,
    art: Art,
    scenes: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the data for the template of labels. `scenes` are the files of the products' pictures by label."""
    pictures = asdict(art)
    del pictures["files"]
    return {
        "title": _title(labels),
        "width": order.width,
        "height": order.height,
        "bleed": _bleed(order),
        "least": LEAST_HEIGHT,
        "layout": order.arrangement,
        "module": min(each.code.module for each in labels),
        "side": max(each.code.side for each in labels),
        "resolution": order.resolution,
        "roll": order.stock.black,
        "code_panel": code_panel(order.width),
        "inks": colours.told(),
        "art": pictures,
        "until": heading(LabelKey.UNTIL, LabelForm.PRINTED),
        "labels": [
            {**_label(each), "picture": (scenes or {}).get(each.text.key, "")} for each in labels
        ],
    }


def _sheet(order: LabelOrder, cells: Grid) -> dict[str, Any]:
    assert order.stock.sheet is not None
    width, height = order.stock.sheet
    return {**asdict(cells), "width": width, "height": height}


def _label(label: Label) -> dict[str, Any]:
    text = label.text
    rows = [{"name": row.heading, "value": row.value} for row in text.rows]
    table = text.nutrition
    return {
        "key": text.key,
        "name": text.name,
        "variant": text.variant,
        "lot_heading": text.lot_heading,
        "lot": text.lot,
        "net_heading": text.net_heading,
        "net": text.net,
        "net_height": text.net_height,
        "asks_net": text.asks_net,
        "rows": rows,
        "dates": [{"name": row.heading, "value": row.value} for row in text.dates],
        "nutrition": asdict(table) if table else None,
        "tellings": text.tellings,
        "maker": text.maker,
        "short": short_address(text.address),
        "widest": max(short_address(text.address).split("\u200b"), key=len),
        "sample": text.sample,
        "scan": text.scan,
        "symbol": label.code.symbol.told(),
    }
