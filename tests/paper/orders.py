"""Carries out the printing order under the key `paper` of a golden case, and returns its problems.

`make` says what is printed. The other keys depend on it. `read_at` is the resolution in dots per inch of the print
check. With a very low one, the codes cannot be read, and the case shows the problem.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xiangji.cache import Cache
from xiangji.conformity.certificate import ConformityCertificate, pledge
from xiangji.model.location import Location
from xiangji.paper import cards, conformity, sheets
from xiangji.paper.coded import unregistrable
from xiangji.paper.delivery import Set, finish
from xiangji.paper.fonts import Fonts, find_fonts
from xiangji.paper.formats import STOCKS, TEMPLATES
from xiangji.paper.labels.label import LabelOrder, copies_of, prepare, prepare_goods, prepare_roll
from xiangji.paper.labels.rolls import misfits_of_roll
from xiangji.paper.labels.setting import set_labels
from xiangji.paper.posters.file import SENT
from xiangji.paper.posters.poster import SHAPES, draft, make
from xiangji.paper.posters.text import find_subjects
from xiangji.problems import Problem
from xiangji.render.context import RenderContext


@dataclass(frozen=True)
class Desk:
    """The loaded village, the fonts, the cache, and the order of the case."""

    context: RenderContext
    fonts: Fonts
    cache: Cache
    order: Mapping[str, Any]

    def told(self, printed: Set, misfits: Sequence[Problem]) -> list[Problem]:
        place = Location(self.context.settings.config_file)
        return finish(printed, misfits, self.order.get("read_at", 300), place)[1]


def paper_problems(context: RenderContext, order: Mapping[str, Any], cache: Path) -> list[Problem]:
    """Return every problem of carrying out a case's order."""
    fonts = find_fonts(context.settings.root)
    return MAKERS[order["make"]](Desk(context, fonts, Cache(cache), order))


def _labels(desk: Desk) -> list[Problem]:
    """Print a label.

    Keys, with defaults in brackets: `lot` or `product`, `template` (jar), `stock` (shop), `size` in mm, `resolution`
    (300), `level` (m), `copies` (1; `counted` means one for each piece of the lot), `anyway` (a reason), `register`.
    """
    asked = desk.order
    template, stock = TEMPLATES[asked.get("template", "jar")], STOCKS[asked.get("stock", "shop")]
    width, height = asked.get("size") or stock.label or (template.width, template.height)
    resolution, level = asked.get("resolution", 300), asked.get("level", "m")
    order = LabelOrder(template, stock, width, height, resolution=resolution, level=level)
    copies, anyway = asked.get("copies", 1), asked.get("anyway", "")
    if "product" in asked:
        product = desk.context.library.products[asked["product"]]
        label, found = prepare_goods(desk.context, product, order, desk.fonts, copies)
    else:
        batch = desk.context.library.batches[asked["lot"]]
        if copies == "counted":
            copies = copies_of(batch, desk.context.library.brand) or 1
        if isinstance(copies, Problem):
            return [copies]
        label, found = prepare(desk.context, batch, order, desk.fonts, copies, anyway)
    if asked.get("register"):
        found += unregistrable(desk.context)
    if label is None:
        return found
    return found + desk.told(*set_labels(desk.context, [label], order, desk.fonts, desk.cache))


def _roll(desk: Desk) -> list[Problem]:
    """Print a roll of `copies` codes with a `name`, on stickers."""
    template, stock = TEMPLATES["code"], STOCKS["shop"]
    order = LabelOrder(template, stock, template.width, template.height)
    labels, found = prepare_roll(
        desk.context, desk.order["name"], desk.order["copies"], order, desk.fonts
    )
    misfits = set_labels(desk.context, labels, order, desk.fonts, desk.cache)[1]
    return found + misfits_of_roll(desk.context, desk.order["name"], misfits)


def _sheet(desk: Desk) -> list[Problem]:
    """Print the A4 sheet of `lot`."""
    batch = desk.context.library.batches[desk.order["lot"]]
    sheet, found = sheets.prepare(desk.context, batch, desk.fonts)
    if sheet is None:
        return found
    return found + desk.told(*sheets.set_sheets(desk.context, [sheet], desk.fonts, desk.cache))


def _card(desk: Desk) -> list[Problem]:
    """Print a card of the `kind` stall, shelf or feedback, for a `lot`, or for a `product` without a lot to sell."""
    library, asked = desk.context.library, desk.order
    batch = library.batches.get(asked.get("lot", ""))
    product = library.products[batch.product if batch else asked["product"]]
    kind = cards.KINDS[asked["kind"]]
    card, found = cards.prepare(desk.context, kind, product, batch, desk.fonts)
    if card is None:
        return found
    return found + desk.told(*cards.set_cards(desk.context, [card], desk.fonts, desk.cache))


def _pledge(desk: Desk) -> list[Problem]:
    """Print a proof of the certificate of `lot`, on the `form` label, a4-8 or a4."""
    context = desk.context
    batch = context.library.batches[desk.order["lot"]]
    given = pledge(context.library, batch, context.settings.today)
    assert isinstance(given, ConformityCertificate), "a case of a refusal orders no paper"
    form = conformity.FORMS[desk.order["form"]]
    made, found = conformity.prepare(context, given.issued(""), batch, form, desk.fonts)
    if made is None:
        return found
    return found + desk.told(*conformity.set_certificate(context, made, desk.fonts, desk.cache))


def _poster(desk: Desk) -> list[Problem]:
    """Make the posters of `name`: the id of a story or product, or the key of a batch."""
    subjects, found = find_subjects(desk.context, desk.order["name"])
    for each in subjects:
        plan, told = draft(desk.context, each, SHAPES["tall"], desk.fonts, SENT)
        found += told + (make(plan, desk.fonts, desk.cache)[1] if plan else [])
    return found


MAKERS: dict[str, Callable[[Desk], list[Problem]]] = {
    "labels": _labels,
    "roll": _roll,
    "sheet": _sheet,
    "card": _card,
    "pledge": _pledge,
    "poster": _poster,
}
"""The functions by the value of `make`."""
