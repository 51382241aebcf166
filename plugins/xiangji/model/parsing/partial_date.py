"""Partial dates: days of which only the month, the year or the date in the old calendar is known.

A partial date is shown as it was written and never completed. Expiry dates are counted from the earliest day that it
can mean, so that no product is said to keep longer than it does.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from msgspec import Struct

from xiangji.model.fields import fold_digits
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.values import said_date


class PartialDate(Struct, frozen=True):
    """A partial date. `said` is the text to show. `year` and `month` are 0 if unknown in the Gregorian calendar."""

    said: str
    year: int = 0
    month: int = 0

    @property
    def first(self) -> date | None:
        """The earliest day that the partial date can mean. None if the year is unknown."""
        return date(self.year, self.month or 1, 1) if self.year else None

    @property
    def last(self) -> date | None:
        """The latest day that the partial date can mean. None if the year is unknown."""
        if not self.year:
            return None
        month = self.month or 12
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def isoformat(self) -> str:
        """The date in ISO 8601 with reduced precision, such as 2025-09. If the year is unknown, the text as written."""
        if not self.year:
            return self.said
        return f"{self.year}-{self.month:02}" if self.month else str(self.year)

    def __str__(self) -> str:
        return self.said


Day = date | PartialDate
"""A full or a partial date."""


def said_day(day: Day) -> str:
    """The text of a full or partial date as pages show it."""
    return day.said if isinstance(day, PartialDate) else said_date(day)


def whole_day(day: Day | None) -> date | None:
    """The day, if it is known in full; None for a partial date."""
    return None if isinstance(day, PartialDate) else day


def earliest(day: Day | None) -> date | None:
    """The earliest day that a full or partial date can mean. None if that is unknown."""
    return day.first if isinstance(day, PartialDate) else day


def latest(day: Day | None) -> date | None:
    """The latest day that a full or partial date can mean. None if that is unknown."""
    return day.last if isinstance(day, PartialDate) else day


# --- reading ---------------------------------------------------------------------------------------

_DIGITS = "〇一二三四五六七八九"
_YEAR = r"(?P<year>\d{4}|[〇零○一二三四五六七八九]{4})"
_PART = r"(?P<part>上旬|中旬|下旬|初|中|底|末)?"
_NUMBER = "[一二三四五六七八九十]{1,3}"
_MONTH = late_pattern(
    rf"{_YEAR}\s*(?:-|/|\.|年)\s*(?P<month>\d{{1,2}}|{_NUMBER})\s*(?:月份?)?{_PART}"
)
_WHOLE_YEAR = late_pattern(rf"{_YEAR}\s*年")
_IN_WORDS = late_pattern(
    rf"{_YEAR}年(?P<month>{_NUMBER})月(?P<day>{_NUMBER}|廿[一二三四五六七八九]?)[日号]"
)
"""二〇二五年九月十八日 is a day of the Gregorian calendar, because days of the old calendar are written without 日."""

_ERA = r"(?:\d{4}|[〇零○一二三四五六七八九]{4}|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])年"
_OLD = late_pattern(
    rf"(?:农历|阴历|旧历|夏历)?(?:{_ERA})?(?:农历|阴历|旧历|夏历)?"
    r"闰?(?:正|冬|腊|[一二三四五六七八九]|十[一二]?)月"
    r"(?:初[一二三四五六七八九十]|二?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|三十|[上中下]旬|[初中底末半])?"
)
"""Dates of the old calendar (农历): 九月十八, 腊月, 农历二〇二五年九月十八."""


def partial_date(text: str) -> Day | None:
    """Parse a partial date, or a full date in Chinese numerals. None if the text is neither.

    Raises ValueError if the month or day does not exist.
    """
    folded = re.sub(r"\s+", " ", fold_digits(text))
    if match := _IN_WORDS.fullmatch(folded):
        return date(_year(match["year"]), _count(match["month"]), _count(match["day"]))
    if match := _MONTH.fullmatch(folded):
        year, month = _year(match["year"]), _count(match["month"])
        if not 1 <= month <= 12:
            raise ValueError(folded)
        return PartialDate(f"{year} 年 {month} 月{match['part'] or ''}", year, month)
    if match := _WHOLE_YEAR.fullmatch(folded):
        year = _year(match["year"])
        return PartialDate(f"{year} 年", year)
    compact = folded.replace(" ", "")
    return PartialDate(compact) if _OLD.fullmatch(compact) else None


def _year(text: str) -> int:
    return int("".join(str(_digit(sign)) for sign in text))


def _digit(sign: str) -> int:
    return int(sign) if sign.isdecimal() else max(_DIGITS.find(sign), 0)


def _count(text: str) -> int:
    """The value of a number up to 39 in digits or Chinese numerals: 九, 十八, 廿三, 三十一."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.replace("廿", "二十").rpartition("十")
    return (_digit(tens) if tens else 1 if ten else 0) * 10 + (_digit(ones) if ones else 0)
