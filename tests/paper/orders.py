"""What a golden case orders on paper: the key `paper` of a case, and the problems that come of it.

`make` says what; every other key belongs to it. `read_at` are the dots per inch at which the finished
file is read back: so few that nobody could read it shows what happens then.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xiangji.cache import Cache
from xiangji.pages.press import Press
from xiangji.paper import cards, pledges, sheets
from xiangji.paper.delivery import Set, finish
from xiangji.paper.fonts import Fonts, find_fonts
from xiangji.paper.formats import STOCKS, TEMPLATES
from xiangji.paper.labels import Order, prepare, set_labels
from xiangji.paper.poster_file import SENT
from xiangji.paper.poster_text import find_subjects
from xiangji.paper.posters import SHAPES, draft, make
from xiangji.pledge import Pledge, pledge
from xiangji.problems import Problem
from xiangji.records.location import Location


@dataclass(frozen=True)
class Desk:
    """What every kind of order needs."""

    press: Press
    fonts: Fonts
    cache: Cache
    order: Mapping[str, Any]

    def told(self, printed: Set, misfits: Sequence[Problem]) -> list[Problem]:
        place = Location(self.press.settings.config_file)
        return finish(printed, misfits, self.order.get("read_at", 300), place)[1]


def paper_problems(press: Press, order: Mapping[str, Any], cache: Path) -> list[Problem]:
    """Every problem that carrying out a case's order tells."""
    fonts = find_fonts(press.settings.root)
    return MAKERS[order["make"]](Desk(press, fonts, Cache(cache), order))


def _labels(desk: Desk) -> list[Problem]:
    """`lot`, `template` (jar), `stock` (shop), `size` in mm, `resolution`, `level`, `copies`."""
    asked = desk.order
    template, stock = TEMPLATES[asked.get("template", "jar")], STOCKS[asked.get("stock", "shop")]
    width, height = asked.get("size") or stock.label or (template.width, template.height)
    resolution, level = asked.get("resolution", 300), asked.get("level", "m")
    order = Order(template, stock, width, height, resolution=resolution, level=level)
    batch = desk.press.library.batches[asked["lot"]]
    label, found = prepare(desk.press, batch, order, desk.fonts, asked.get("copies", 1))
    if label is None:
        return found
    return found + desk.told(*set_labels(desk.press, [label], order, desk.fonts, desk.cache))


def _sheet(desk: Desk) -> list[Problem]:
    """`lot`: its sheet on A4."""
    batch = desk.press.library.batches[desk.order["lot"]]
    sheet, found = sheets.prepare(desk.press, batch, desk.fonts)
    if sheet is None:
        return found
    return found + desk.told(*sheets.set_sheets(desk.press, [sheet], desk.fonts, desk.cache))


def _card(desk: Desk) -> list[Problem]:
    """`kind` (stall, shelf, feedback), of a `lot` or of a `product` that has none to sell."""
    library, asked = desk.press.library, desk.order
    batch = library.batches.get(asked.get("lot", ""))
    product = library.products[batch.product if batch else asked["product"]]
    kind = cards.KINDS[asked["kind"]]
    card, found = cards.prepare(desk.press, kind, product, batch, desk.fonts)
    if card is None:
        return found
    return found + desk.told(*cards.set_cards(desk.press, [card], desk.fonts, desk.cache))


def _pledge(desk: Desk) -> list[Problem]:
    """`lot`, on `form` (label, a4-8, a4): a proof of its certificate."""
    press = desk.press
    batch = press.library.batches[desk.order["lot"]]
    given = pledge(press.library, batch, press.settings.today)
    assert isinstance(given, Pledge), "a case of a refusal orders no paper"
    form = pledges.FORMS[desk.order["form"]]
    made, found = pledges.prepare(press, given.issued(""), batch, form, desk.fonts)
    if made is None:
        return found
    return found + desk.told(*pledges.set_certificate(press, made, desk.fonts, desk.cache))


def _poster(desk: Desk) -> list[Problem]:
    """`name`: of a story, a product or a lot."""
    subjects, found = find_subjects(desk.press, desk.order["name"])
    for each in subjects:
        plan, told = draft(desk.press, each, SHAPES["tall"], desk.fonts, SENT)
        found += told + (make(plan, desk.fonts, desk.cache)[1] if plan else [])
    return found


MAKERS: dict[str, Callable[[Desk], list[Problem]]] = {
    "labels": _labels,
    "sheet": _sheet,
    "card": _card,
    "pledge": _pledge,
    "poster": _poster,
}
"""By the word after `make`."""
