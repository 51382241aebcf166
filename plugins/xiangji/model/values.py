"""Immutable values of fields: quantities, shelf lives, moments, and their form for people.

This module knows nothing of files or pages.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

_UNITS = {"kg": "公斤", "千克": "公斤", "g": "克", "l": "升", "ml": "毫升"}
"""Other names of units. Nothing is converted (斤 stays 斤), because a wrong conversion would accuse a producer."""

_SMALL_UNITS = {"克": 1, "斤": 500, "公斤": 1000, "毫升": 1, "升": 1000}
"""Grams of a unit of weight, or millilitres of a unit of volume, by `Quantity.measure`."""


class Quantity(Struct, frozen=True):
    """An amount with the unit in which it was written. `unit` is empty for a bare number."""

    value: Decimal
    unit: str

    @property
    def measure(self) -> str:
        """The unit under one name, for comparison."""
        return _UNITS.get(self.unit.lower(), self.unit.lower())

    @property
    def measured(self) -> Decimal | None:
        """The amount in grams, or in millilitres for a volume; None for other units."""
        scale = _SMALL_UNITS.get(self.measure)
        return None if scale is None else self.value * scale

    def __str__(self) -> str:
        number = format(self.value.normalize(), "f")
        return f"{number} {self.unit}".strip()


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


@lru_cache(4_000)  # Many batches are made on the same day.
def said_date(day: date) -> str:
    """A date as people read it aloud: 2026 年 3 月 12 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"
