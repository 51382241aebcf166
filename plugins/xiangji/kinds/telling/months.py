"""Groups records by month: lists of a thousand videos or streams have a heading for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

T = TypeVar("T")


def by_month(
    records: Iterable[T], day_of: Callable[[T], date], heading: Callable[[list[T]], str]
) -> list[tuple[str, list[T]]]:
    """Group records by month, the latest first. `heading` tells what follows the month: how many there were."""
    months: dict[tuple[int, int], list[T]] = {}
    for each in sorted(records, key=day_of, reverse=True):
        day = day_of(each)
        months.setdefault((day.year, day.month), []).append(each)
    return [
        (f"{year} 年 {month} 月：{heading(several)}", several)
        for (year, month), several in months.items()
    ]
