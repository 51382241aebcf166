"""Immutable values of fields: quantities, shelf lives, moments, and their form for people.

This module knows nothing of files or pages.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from xiangji.model.parsing.units import Dimension, unit_named


class Quantity(Struct, frozen=True):
    """An amount with the unit it was written in; `unit` is empty for a bare number.

    `parts` is what it is put together of, where a label has to say so: 200 克（5×40 克）. `reckoned` says that it
    was written as a sum, a product or a part of one.
    """

    value: Decimal
    unit: str
    parts: str = ""
    reckoned: bool = False

    @property
    def measure(self) -> str:
        """The unit by one name, for comparing. Nothing is converted for it: 斤 stays 斤, since a slip of ours would
        accuse."""
        known = unit_named(self.unit)
        return known.name if known else self.unit.lower()

    @property
    def measured(self) -> Decimal | None:
        """Grams, or millilitres of a volume; None of what is counted."""
        known = unit_named(self.unit)
        weighed = known is not None and known.dimension in (Dimension.MASS, Dimension.VOLUME)
        return self.value * known.scale if known and weighed else None

    def __str__(self) -> str:
        number = format(self.value.normalize(), "f")
        parts = f"（{self.parts}）" if self.parts else ""
        return f"{number} {self.unit}".strip() + parts


class ShelfLife(Struct, frozen=True):
    """How long a product keeps, counted from the day it was made."""

    days: int = 0
    months: int = 0

    def __str__(self) -> str:
        return f"{self.months} 个月" if self.months else f"{self.days} 天"

    def last_day(self, made_on: date) -> date:
        """The last day on which the product is still good.

        The day of making counts as the first day, so the result is never later than by any other way of counting:
        twelve months from 2026-03-12 end on 2027-03-11.
        """
        if not self.months:
            return made_on + timedelta(days=self.days - 1)
        return _last_day(made_on, self.months)


@lru_cache(4_000)
def _last_day(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    if first.day > longest:
        return date(year, month + 1, longest)
    return date(year, month + 1, first.day) - timedelta(days=1)


class Moment(Struct, frozen=True, order=True):
    """A day, with the time of day if it was noted (`HH:MM`, China standard time)."""

    day: date
    time: str = ""

    def __str__(self) -> str:
        return f"{said_date(self.day)} {self.time}".strip()


class Position(Struct, frozen=True):
    """Where something is, in degrees north and east. It is kept to about 100 m, so that it marks no house."""

    north: Decimal
    east: Decimal

    def __str__(self) -> str:
        return f"{self.north}, {self.east}"


@lru_cache(4_000)  # Many batches are made on the same day.
def said_date(day: date) -> str:
    """A date as people read it aloud: 2026 年 3 月 12 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
