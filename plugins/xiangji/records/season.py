"""The months in which a product is in season.

A site is read later than it is built. So a season is stored as months, and the reader, or a script on the reader's
phone, decides whether it is the season now.
"""

from __future__ import annotations

import re

from msgspec import Struct

from xiangji.model.fields import UnreadableValue, ValueType, fold_digits
from xiangji.model.parsing.late_pattern import late_pattern


class Months(Struct, frozen=True):
    """Month numbers from 1 to 12, in the order of the season, such as 11, 12, 1."""

    numbers: tuple[int, ...]

    def __contains__(self, month: int) -> bool:
        return month in self.numbers

    def __str__(self) -> str:
        if len(self.numbers) == 12:
            return "全年"
        return "、".join(_said(run) for run in _runs(self.numbers))


def _runs(numbers: tuple[int, ...]) -> list[list[int]]:
    """Return the numbers in runs of consecutive months. January follows December."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] % 12 + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _said(run: list[int]) -> str:
    return f"{run[0]} 月" if len(run) == 1 else f"{run[0]}—{run[-1]} 月"


_SPAN = late_pattern(r"(\d{1,2})月?(?:[-—–~～至到]+(?:次年|第二年|来年)?(\d{1,2})月?)?")


def _months(text: str) -> Months:
    folded = re.sub(r"\s", "", fold_digits(text))
    if folded in ("全年", "一年四季", "四季", "all"):
        return Months(tuple(range(1, 13)))
    found: list[int] = []
    for part in re.split(r"[、,，;；和]", folded):
        match = _SPAN.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not (1 <= first <= 12 and 1 <= last <= 12):
            raise UnreadableValue("value-months")
        found += [(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)]
    return Months(tuple(dict.fromkeys(found)))


MONTHS = ValueType(
    "months",
    "11—2月",
    _months,
    r"^\s*(全年|一年四季|四季|[aA][lL][lL]|[0-9０-９月年次来第二、,，;；和至到\-—–~～\s]+)\s*$",
)
