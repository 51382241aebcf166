"""Prepares the texts of a printed label: the items that the law requires, divided over its panels, and the telling.

The items are those of `label/items.py`, as on the digital label, so paper and page always agree.
"""

from __future__ import annotations

import re

from msgspec import Struct

from xiangji import urls
from xiangji.label.item import LabelForm, LabelKey, LabelRow
from xiangji.label.items import heading, label_of, net_of
from xiangji.library.labelled import labelled
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import ConsentMedium
from xiangji.pages.batches.label_rows import NutritionTable, nutrition_table, printed_rows, rules_of
from xiangji.pages.batches.states import EATEN
from xiangji.paper.labels.consented import all_allowed
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand
from xiangji.records.product import Product
from xiangji.render.context import RenderContext

LEAST_HEIGHT = 1.8
"""The least height of type in millimetres for what the law requires (`standards.md` §4.2, from memory there).

The law allows smaller type on small packages. The size of the package is not recorded, so this applies to all.
"""

_NET_HEIGHTS = ((50, 2.0), (200, 3.0), (1_000, 4.0))
"""The least height in millimetres of the digits of the net content, up to an amount in grams or millilitres."""

_NET_LARGEST = 6.0
"""The same for larger amounts."""

_FRONT = (LabelKey.NAME, LabelKey.NET, LabelKey.VARIANT)
"""Items that the front shows in a form of its own. Name and net content must be on the same face."""

_DATES = (LabelKey.HARVESTED_ON, LabelKey.MADE_ON, LabelKey.LIFE, LabelKey.UNTIL, LabelKey.LOT)
"""Items that are printed beside the code."""

_NOT_MISSED = (LabelKey.MATERIAL, LabelKey.SIZE, LabelKey.STORAGE)
"""Items of crafts that are left out if nothing is recorded."""

_NUMBER = "编号"
"""The heading of the number of a code that is not bound to a batch yet."""


class LabelText(Struct, frozen=True, kw_only=True):
    """All texts of one label. A field is empty if the label does not have it.

    `net_height` is in millimetres. `tellings` are sorted longest first. `food` says whether the product is eaten.
    """

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
    asks_net: bool = False
    """Whether the label has a place for the net content, so that a missing one is said."""
    rows: tuple[LabelRow, ...] = ()
    nutrition: NutritionTable | None = None
    tellings: tuple[str, ...] = ()
    maker: str = ""
    food: bool = False
    scan: str = "扫码看这一批"

    def words(self) -> str:
        """Return all texts that are set, to check the fonts for their characters."""
        table = self.nutrition
        parts = [self.name, self.variant, self.lot_heading, self.lot, self.net_heading, self.net]
        parts += [self.maker, self.address]
        parts += [part for row in (*self.rows, *self.dates) for part in (row.heading, row.value)]
        parts += [table.heading] if table else []
        parts += [part for row in (table.rows if table else ()) for part in row]
        return "".join([*parts, *self.tellings])


def label_text(context: RenderContext, batch: Batch, product: Product, address: str) -> LabelText:
    """Return the texts of a batch's label. `address` is the URL in its code."""
    rows = _rows(context, product, batch)
    said = {row.item: row.value for row in rows}
    about = labelled(context.library, product, batch)
    tabled = any(each.product.nutrition for each in (about, *about.others))
    return LabelText(
        key=batch.key,
        name=about.product.name,
        variant=batch.variant or "",
        lot_heading=printed(LabelKey.LOT, product, batch),
        lot=batch.lot,
        net_heading=printed(LabelKey.NET, product, batch),
        net=said.get(LabelKey.NET, ""),
        asks_net=LabelKey.NET in said,
        net_height=net_height(net_of(about)),
        rows=tuple(row for row in rows if row.item not in (*_FRONT, *_DATES)),
        dates=tuple(row for row in rows if row.item in _DATES),
        nutrition=nutrition_table(product, batch, LabelForm.PRINTED) if tabled else None,
        tellings=_tellings(context, product),
        maker=said.get(LabelKey.MAKERS, ""),
        address=address,
        sample=batch.sample or product.sample,
        food=product.kind in EATEN,
    )


def goods_text(context: RenderContext, product: Product, address: str) -> LabelText:
    """Return the texts of a label for goods without lots. `address` is the URL of the product, which its code holds."""
    rows = label_of(LabelForm.PRINTED, labelled(context.library, product))
    kept = tuple(row for row in rows if row.value or row.item not in _NOT_MISSED)
    return LabelText(
        key=product.id,
        name=product.name,
        lot_heading="",
        lot="",
        rows=kept,
        dates=(),
        tellings=_tellings(context, product),
        maker=next((row.value for row in rows if row.item is LabelKey.MAKERS), ""),
        address=address,
        sample=product.sample,
        scan="扫码看这个产品",
    )


def _tellings(context: RenderContext, product: Product) -> tuple[str, ...]:
    """Return the medium and the short telling of the product's own story, else its one line."""
    story = context.library.own_story_of(product.id)
    tellings = story.tellings if story else None
    told = (tellings.medium, tellings.short) if tellings else ()
    return all_allowed(context, told, ConsentMedium.LABEL) or all_allowed(
        context, [product.position], ConsentMedium.LABEL
    )


def roll_text(brand: Brand, identifier: str, address: str) -> LabelText:
    """Return the texts beside a roll code, which is printed before its batch is known."""
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
    """Return the heading of an item on the printed label of a batch."""
    return heading(key, LabelForm.PRINTED, product.kind, rules_of(batch), batch)


def _rows(context: RenderContext, product: Product, batch: Batch) -> list[LabelRow]:
    rows = printed_rows(context, product, batch)
    if product.kind in EATEN:
        return rows
    return [row for row in rows if row.value or row.item not in _NOT_MISSED]


def net_height(net: Quantity | None) -> float:
    """Return the least height in millimetres of the digits of a net content. For a count it is that of other text."""
    amount = net.measured if net else None
    if amount is None:
        return LEAST_HEIGHT
    return next((high for most, high in _NET_HEIGHTS if amount <= most), _NET_LARGEST)


def short_address(full: str) -> str:
    """Return a URL as people type it: without its scheme, with zero-width spaces where it may be broken."""
    return re.sub(r"([/.])(?=.)", "\\1\u200b", full.partition("://")[2])


def goods_address(context: RenderContext, product: Product) -> str | None:
    """Return the URL in the code of goods without lots. None without `site_url`."""
    return context.absolute(urls.product(product.id))


def sheet_address(context: RenderContext, batch: Batch) -> str | None:
    """Return the URL in the code of a batch's label. None without `site_url`."""
    return context.absolute(urls.sheet(batch.product, batch.lot))
