"""What stands on a label, by kind of product: `standards.md` §4.2 for food, §4.1 for produce.

Every item that belongs there is listed; one that nobody recorded is shown as missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from xiangji.checks.rulesets import NEW, NUTRIENTS, nutrient, rules_on
from xiangji.pages.entries import place_name
from xiangji.pages.press import Link, Press
from xiangji.pages.states import last_day
from xiangji.records.batch import Batch
from xiangji.records.product import Product
from xiangji.records.values import said_date
from xiangji.records.words import ProductKind

_WARNING = "儿童青少年应避免过量摄入盐油糖"
"""GB 28050-2025 asks for this sentence below every nutrition table (`standards.md` §4.4)."""

# A row is a Link whose `href` is the value: what it says, and what is recorded.
Row = Link


class NutritionTable(Struct, frozen=True):
    """The rows of a nutrition table, those that the rules ask for first; and what stands below."""

    rows: tuple[tuple[str, str, str], ...]
    warning: str


def label_title(product: Product) -> str:
    """The heading of the label's facts."""
    if product.kind in (ProductKind.HANDICRAFT, ProductKind.CREATIVE):
        return "材料和尺寸"
    return "标签上的内容"


def label_rows(press: Press, product: Product, batch: Batch | None = None) -> list[Row]:
    """The label of a product, and of one batch of it when given."""
    if product.kind is ProductKind.PROCESSED:
        rows = _processed(press, product, batch)
    elif product.kind is ProductKind.PRODUCE:
        rows = _produce(press, product, batch)
    else:
        rows = [
            Row("材料", product.material or ""),
            Row("尺寸", product.size or ""),
            Row("保养", product.storage or ""),
        ]
    return rows


def _processed(press: Press, product: Product, batch: Batch | None) -> list[Row]:
    rows = [
        Row("配料", "、".join(product.ingredients)),
        Row("致敏物质", "、".join(product.allergens)),
        Row("净含量", net_content(product, batch)),
        *date_rows(product, batch),
        Row("贮存", product.storage or ""),
        *maker_rows(press, product, batch),
        Row("许可证号", product.licence or ""),
        Row("产品标准", product.standard or ""),
        *breed_rows(product),
    ]
    return rows


def _produce(press: Press, product: Product, batch: Batch | None) -> list[Row]:
    place = (batch.place if batch else None) or product.place
    return [
        *breed_rows(product),
        Row("产地", place_name(press.library, place)),
        *date_rows(product, batch),
        Row("贮存", product.storage or ""),
        *maker_rows(press, product, batch),
    ]


def net_content(product: Product, batch: Batch | None) -> str:
    """The net content of a batch's size, else the product's."""
    net = product.net_content
    variant = next((v for v in product.variants if batch and v.name == batch.variant), None)
    if variant and variant.net_content:
        net = variant.net_content
    return str(net) if net else ""


def breed_rows(product: Product) -> list[Row]:
    """Variety and grade, which only some produce has (`standards.md` §4.2): not missed elsewhere."""
    rows = (Row("品种", product.variety or ""), Row("等级", product.grade or ""))
    return [row for row in rows if row.href]


def date_rows(product: Product, batch: Batch | None) -> list[Row]:
    """Shelf life, and the last good day of a batch."""
    life = str(product.shelf_life) if product.shelf_life else ""
    if batch is None:
        return [Row("保质期", life)]
    until = last_day(batch, product)
    return [Row("保质期", life), Row("到期日", said_date(until) if until else "")]


def maker_rows(press: Press, product: Product, batch: Batch | None) -> list[Row]:
    """Who answers for it, with address and telephone."""
    identifiers = (batch.producer,) if batch and batch.producer else product.makers
    producers = [press.library.producers[each] for each in identifiers]
    address = "；".join(each.address or "" for each in producers if each.address)
    phone = "、".join(each.telephone or "" for each in producers if each.telephone)
    return [
        Row("生产者", "、".join(each.name for each in producers)),
        Row("地址", address),
        Row("联系方式", phone),
    ]


# --- as the law lists it ---------------------------------------------------------------------


def food_rows(press: Press, product: Product, batch: Batch) -> list[Row]:
    """The mandatory items, in the order of GB 7718-2025 (4.2 to 4.11), allergens beside the
    ingredients as 4.12 allows; of fresh produce those of 农产品质量安全法 art. 38."""
    return [*_food(press, product, batch)]


def _food(press: Press, product: Product, batch: Batch) -> Iterator[Row]:
    processed = product.kind is ProductKind.PROCESSED
    place = place_name(press.library, batch.place or product.place)
    yield Row("食品名称" if processed else "品名", product.name)
    if processed:
        yield Row("配料", "、".join(product.ingredients))
        yield Row("致敏物质", "、".join(product.allergens))
        yield Row("净含量", net_content(product, batch))
        if batch.variant:
            yield Row("规格", batch.variant)
    else:
        yield Row("产地", place)
    yield from maker_rows(press, product, batch)
    yield Row("生产日期" if processed else "采收日期", _day(batch))
    yield from date_rows(product, batch)
    yield Row("批号", batch.lot)
    yield Row("贮存条件", product.storage or "")
    if processed:
        yield Row("许可证号", product.licence or _maker_licence(press, product, batch))
        yield Row("产品标准", product.standard or "")
        yield Row("产地", place)
    yield from breed_rows(product)


def _day(batch: Batch) -> str:
    return said_date(batch.made_on) if batch.made_on else ""


def _maker_licence(press: Press, product: Product, batch: Batch) -> str:
    """A small workshop is registered itself, not each of its products."""
    makers = (batch.producer,) if batch.producer else product.makers
    held = [press.library.producers[each].licence for each in makers]
    return "、".join(each for each in held if each)


def nutrition_table(product: Product, batch: Batch) -> NutritionTable | None:
    """The table by the rules of the day of making; None for what is not processed.

    Without a row of its own a nutrient that must stand there is shown as missing; without any row
    the whole table is."""
    if product.kind is not ProductKind.PROCESSED:
        return None
    rules = rules_on(batch.made_on) if batch.made_on else NEW
    given = {nutrient(each.name): each for each in product.nutrition}
    rows = []
    for name in dict.fromkeys([*NUTRIENTS[NEW], *given]) if given else ():
        each = given.get(name)
        if each:
            rows.append((each.name, each.per_100g, each.nrv or ""))
        elif name in NUTRIENTS[rules]:
            rows.append((name, "", ""))
    return NutritionTable(tuple(rows), _WARNING if rules == NEW and rows else "")
