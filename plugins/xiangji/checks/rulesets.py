"""Which edition of the label rules holds for a product (`standards.md` §4.2)."""

from __future__ import annotations

from datetime import date

from xiangji.library import Library
from xiangji.records.product import Product

OLD = "gb7718-2011"
NEW = "gb7718-2025"
IN_FORCE = date(2027, 3, 16)
"""GB 7718-2025, GB 28050-2025 and 总局令第 100 号 hold for what is made from this day on."""


def newest_day(library: Library, product: Product) -> date | None:
    """The day of the product's newest dated batch."""
    days = [each.made_on for each in library.batches_of(product.id) if each.made_on]
    return max(days, default=None)


def label_rules(library: Library, product: Product, today: date) -> str:
    """The rule set for the newest batch; for a product without batches, today's."""
    return NEW if (newest_day(library, product) or today) >= IN_FORCE else OLD
