"""What stands on a printed label: the items that the law wants, split over its panels, and the telling.

The items are those of the digital label (`pages/label.py`), so paper and page cannot disagree.
"""

from __future__ import annotations

import re

from msgspec import Struct

from xiangji import urls
from xiangji.pages.label import NutritionTable, Row, food_rows, label_rows, nutrition_table
from xiangji.pages.press import Press
from xiangji.pages.states import EATEN
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand
from xiangji.records.fields import fields_of
from xiangji.records.product import Product
from xiangji.records.values import Quantity, said_date

LEAST_HEIGHT = 1.8
"""Millimetres: the least height of what the law wants on a label (`standards.md` §4.2, from memory
there). Smaller packages may have smaller type; how large a package is we do not know, so this holds
for all."""

_NET_HEIGHTS = ((50, 2.0), (200, 3.0), (1_000, 4.0))
"""Grams or millilitres up to which the digits of the net content are so many millimetres high."""

_NET_LARGEST = 6.0

_FRONT = ("食品名称", "品名", "净含量", "规格")
"""Items that stand on the front in their own form: name and net content belong on one face."""

_DATES = ("生产日期", "采收日期", "保质期", "到期日", "批号")
"""Items that stand beside the code."""

_HELP = {each.name: each.help_zh for each in fields_of(Product)}

_LEGAL_NAMES = {
    "许可证号": _HELP["licence"],
    "产品标准": _HELP["standard"],
    "到期日": "保质期到期日",
}
"""Names as the standard has them, where pages for readers have shorter ones."""


class LabelText(Struct, frozen=True, kw_only=True):
    """Everything that is set on one label; nothing stands for what it does not have. `tellings` are
    the story in few words, longest first."""

    key: str
    name: str
    lot: str
    address: str
    dates: tuple[Row, ...]
    sample: bool
    variant: str = ""
    net: str = ""
    net_height: float = LEAST_HEIGHT
    rows: tuple[Row, ...] = ()
    nutrition: NutritionTable | None = None
    tellings: tuple[str, ...] = ()
    maker: str = ""
    food: bool = False

    def words(self) -> str:
        """Every sign that is set, for the glyph check."""
        table = self.nutrition
        parts = [self.name, self.variant, self.lot, self.net, self.maker, self.address]
        parts += [part for row in (*self.rows, *self.dates) for part in (row.text, row.href)]
        parts += [part for row in (table.rows if table else ()) for part in row]
        return "".join([*parts, *self.tellings])


def label_text(press: Press, batch: Batch, product: Product, address: str) -> LabelText:
    """The text of a batch's label whose code holds `address`."""
    rows = [_legal(row) for row in _rows(press, product, batch)]
    net = next((row.href for row in rows if row.text == "净含量"), "")
    maker = next((row.href for row in rows if row.text == "生产者"), "")
    dates = [row for row in rows if row.text in _DATES_NAMED]
    others = [row for row in rows if row.text not in (*_FRONT, *_DATES_NAMED)]
    story = next(iter(press.library.stories_of(product.id)), None)
    tellings = story.tellings if story else None
    told = (tellings.medium, tellings.short) if tellings else ()
    return LabelText(
        key=batch.key,
        name=product.name,
        variant=batch.variant or "",
        lot=batch.lot,
        net=net,
        net_height=net_height(_net_quantity(product, batch)),
        rows=tuple(others),
        dates=tuple(dates),
        nutrition=nutrition_table(product, batch) if product.nutrition else None,
        tellings=tuple(each for each in told if each),
        maker=maker,
        address=address,
        sample=batch.sample or product.sample,
        food=product.kind in EATEN,
    )


def roll_text(brand: Brand, identifier: str, address: str) -> LabelText:
    """The text beside a code that was printed before anybody knew for which batch."""
    return LabelText(
        key=f"c/{identifier}",
        name=brand.name,
        lot=identifier,
        address=address,
        dates=(Row("编号", identifier),),
        sample=brand.sample,
    )


_DATES_NAMED = tuple(_LEGAL_NAMES.get(each, each) for each in _DATES)


def _legal(row: Row) -> Row:
    return Row(_LEGAL_NAMES.get(row.text, row.text), row.href)


def _rows(press: Press, product: Product, batch: Batch) -> list[Row]:
    if product.kind in EATEN:
        return food_rows(press, product, batch)
    made = Row("生产日期", said_date(batch.made_on) if batch.made_on else "")
    # Nothing is missed on a basket that nobody measured.
    facts = [row for row in label_rows(press, product, batch) if row.href]
    maker = [row for row in food_rows(press, product, batch) if row.text == "生产者"]
    return [*facts, *maker, made, Row("批号", batch.lot)]


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


def sheet_address(press: Press, batch: Batch) -> str | None:
    """What a label's code holds; None where the site has no address yet."""
    return press.absolute(urls.sheet(batch.product, batch.lot))
