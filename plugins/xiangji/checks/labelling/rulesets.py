"""Selects the edition of the label rules that applies to a product (`standards.md` §4.2)."""

from __future__ import annotations

from datetime import date

from xiangji.label.item import NEW, OLD
from xiangji.label.versions import counted_from
from xiangji.library import Library
from xiangji.model.parsing.partial_date import earliest
from xiangji.records.product import Product

IN_FORCE = date(2027, 3, 16)
"""GB 7718-2025, GB 28050-2025 and 总局令第 100 号 apply to products made from this day on."""

NUTRIENTS = {
    OLD: ("能量", "蛋白质", "脂肪", "碳水化合物", "钠"),
    NEW: ("能量", "蛋白质", "脂肪", "饱和脂肪", "碳水化合物", "糖", "钠"),
}
"""Rows of a nutrition table, in order: 1+4 before, 1+6 now (`standards.md` §4.4)."""


def nutrient(name: str) -> str:
    """The name of a nutrient in the form for comparison: 饱和脂肪酸 becomes 饱和脂肪."""
    return name.removesuffix("酸").strip()


def rules_on(day: date) -> str:
    """The rule set for products made on `day`."""
    return NEW if day >= IN_FORCE else OLD


def newest_day(library: Library, product: Product) -> date | None:
    """The day of the product's newest dated batch. None if no batch has a day."""
    days = (earliest(counted_from(product, each)) for each in library.lots_of(product.id))
    return max((day for day in days if day), default=None)


def label_rules(library: Library, product: Product, today: date) -> str:
    """The rule set for the day of the newest batch; for a product without dated batches, the rule set of `today`."""
    return rules_on(newest_day(library, product) or today)
