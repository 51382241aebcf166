"""What stands on a printed label: the items that the law wants, split over its panels, and the telling.

The items are those of `label/items.py`, as on the digital label, so paper and page cannot disagree.
"""

from __future__ import annotations

import re

from msgspec import Struct

from xiangji import urls
from xiangji.label.item import LabelForm, LabelKey, LabelRow
from xiangji.label.items import heading
from xiangji.model.values import Quantity
from xiangji.pages.batches.label_rows import NutritionTable, nutrition_table, printed_rows, rules_of
from xiangji.pages.batches.states import EATEN
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand
from xiangji.records.product import Product
from xiangji.render.context import RenderContext

LEAST_HEIGHT = 1.8
"""Millimetres: the least height of what the law wants on a label (`standards.md` §4.2, from memory
there). Smaller packages may have smaller type; how large a package is we do not know, so this holds
for all."""

_NET_HEIGHTS = ((50, 2.0), (200, 3.0), (1_000, 4.0))
"""Grams or millilitres up to which the digits of the net content are so many millimetres high."""

_NET_LARGEST = 6.0

_FRONT = (LabelKey.NAME, LabelKey.NET, LabelKey.VARIANT)
"""Items that stand on the front in their own form: name and net content belong on one face."""

_DATES = (LabelKey.MADE_ON, LabelKey.LIFE, LabelKey.UNTIL, LabelKey.LOT)
"""Items that stand beside the code."""

_NOT_MISSED = (LabelKey.MATERIAL, LabelKey.SIZE, LabelKey.STORAGE)
"""Items that are left out of a basket that nobody measured."""

_NUMBER = "编号"
"""What stands before the number of a code that was printed for no batch yet."""


class LabelText(Struct, frozen=True, kw_only=True):
    """Everything that is set on one label; nothing stands for what it does not have. `tellings` are
    the story in few words, longest first."""

    key: str
    name: str
    lot_heading: str
    lot: str
    address: str
    dates: tuple[LabelRow, ...]
    sample: bool
    variant: str = ""
    net_heading: str = ""
    net: str = ""
    net_height: float = LEAST_HEIGHT
    rows: tuple[LabelRow, ...] = ()
    nutrition: NutritionTable | None = None
    tellings: tuple[str, ...] = ()
    maker: str = ""
    food: bool = False

    def words(self) -> str:
        """Every sign that is set, for the glyph check."""
        table = self.nutrition
        parts = [self.name, self.variant, self.lot_heading, self.lot, self.net_heading, self.net]
        parts += [self.maker, self.address]
        parts += [part for row in (*self.rows, *self.dates) for part in (row.heading, row.value)]
        parts += [table.heading] if table else []
        parts += [part for row in (table.rows if table else ()) for part in row]
        return "".join([*parts, *self.tellings])


def label_text(context: RenderContext, batch: Batch, product: Product, address: str) -> LabelText:
    """The text of a batch's label whose code holds `address`."""
    rows = _rows(context, product, batch)
    said = {row.item: row.value for row in rows}
    story = next(iter(context.library.stories_of(product.id)), None)
    tellings = story.tellings if story else None
    told = (tellings.medium, tellings.short) if tellings else ()
    return LabelText(
        key=batch.key,
        name=product.name,
        variant=batch.variant or "",
        lot_heading=printed(LabelKey.LOT, product, batch),
        lot=batch.lot,
        net_heading=printed(LabelKey.NET, product, batch),
        net=said.get(LabelKey.NET, ""),
        net_height=net_height(_net_quantity(product, batch)),
        rows=tuple(row for row in rows if row.item not in (*_FRONT, *_DATES)),
        dates=tuple(row for row in rows if row.item in _DATES),
        nutrition=nutrition_table(product, batch, LabelForm.PRINTED) if product.nutrition else None,
        tellings=tuple(each for each in told if each),
        maker=said.get(LabelKey.MAKERS, ""),
        address=address,
        sample=batch.sample or product.sample,
        food=product.kind in EATEN,
    )


def roll_text(brand: Brand, identifier: str, address: str) -> LabelText:
    """The text beside a code that was printed before anybody knew for which batch."""
    return LabelText(
        key=f"c/{identifier}",
        name=brand.name,
        lot_heading=heading(LabelKey.LOT, LabelForm.PRINTED),
        lot=identifier,
        address=address,
        dates=(LabelRow(LabelKey.LOT, _NUMBER, identifier),),
        sample=brand.sample,
    )


def printed(key: LabelKey, product: Product, batch: Batch) -> str:
    """What an item is called on the printed label of a batch."""
    return heading(key, LabelForm.PRINTED, product.kind, rules_of(batch))


def _rows(context: RenderContext, product: Product, batch: Batch) -> list[LabelRow]:
    rows = printed_rows(context, product, batch)
    if product.kind in EATEN:
        return rows
    return [row for row in rows if row.value or row.item not in _NOT_MISSED]


def _net_quantity(product: Product, batch: Batch) -> Quantity | None:
    variant = next((each for each in product.variants if each.name == batch.variant), None)
    return (variant.net_content if variant else None) or product.net_content


def net_height(net: Quantity | None) -> float:
    """Millimetres that the digits of a net content have at least; of a count, as other text."""
    amount = net.measured if net else None
    if amount is None:
        return LEAST_HEIGHT
    return next((high for most, high in _NET_HEIGHTS if amount <= most), _NET_LARGEST)


def short_address(full: str) -> str:
    """An address as somebody types it: without its scheme, with places to break it."""
    return re.sub(r"([/.])(?=.)", "\\1\u200b", full.partition("://")[2])


def sheet_address(context: RenderContext, batch: Batch) -> str | None:
    """What a label's code holds; None where the site has no address yet."""
    return context.absolute(urls.sheet(batch.product, batch.lot))
