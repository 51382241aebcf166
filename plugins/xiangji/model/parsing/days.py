"""Parses days as people write them: with 号, a weekday, a time of day, or in Chinese numerals."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from msgspec import Struct

from xiangji.model.fields import UnreadableValue, fold_digits
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.numerals import numeral

FIRST_YEAR, LAST_YEAR = 1000, 2999
"""The range of years. Shelf lives and intervals are added to days, and Python's calendar ends in the year 9999."""

_ROOM = 60
"""The longest day, in characters. A longer text is a sentence."""

_WORDS = "零〇一二三四五六七八九十"
_DATE = late_pattern(
    rf"(\d{{4}}|[{_WORDS}]{{4}})\s*(?:-|/|\.|年)\s*(\d{{1,2}}|[{_WORDS}]{{1,3}})\s*(?:-|/|\.|月)\s*"
    rf"(\d{{1,2}}|[{_WORDS}]{{1,3}})"
    rf"(?:\s*[日号](?=(?:\d{{1,2}}|[{_WORDS}两]{{1,3}})[:点时])|\s*(?:日|号|\.(?!\d))?(?![\d{_WORDS}]))"
)
_EIGHT = late_pattern(r"((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_NO_YEAR = late_pattern(
    rf"(?:\d{{1,2}}|[{_WORDS}]{{1,3}})\s*(?:-|/|\.|月)\s*(?:\d{{1,2}}|[{_WORDS}]{{1,3}})\s*[日号]?(?![\d\-/.])"
)
_BEHIND = late_pattern(
    r"[\sT,]*(?:\(?(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])\)?)?[\s,]*"
    r"(?P<time>(?P<part>凌晨|清晨|清早|早上|早晨|上午|中午|正午|下午|午后|傍晚|晚上|夜里|夜间|[早午晚])?\s*"
    rf"(?:(?P<hour>\d{{1,2}}|[{_WORDS}两]{{1,3}})(?::(?P<minute>\d\d)(?::\d\d(?:\.\d{{1,9}})?)?"
    rf"|[点时](?:(?P<spoken>\d{{1,2}}|[{_WORDS}]{{1,3}})分?|(?P<half>半)|整|钟)?))?\s*(?P<noon>[aApP]\.?[mM]\.?)?)"
    r"\s*(?:\+08:?00)?"
)
_LATE = ("下午", "午后", "傍晚", "晚上", "夜里", "夜间", "晚")
_WEEK = "一二三四五六日"


class WrittenDay(Struct, frozen=True):
    """A day with the time written after it.

    `time` is `HH:MM` or empty. `beside` is the text from which the time was parsed.
    """

    day: date
    time: str = ""
    beside: str = ""


def plain_day(text: str) -> date | None:
    """The day of a text such as 2026-05-01, the form of nearly all days. None for every other text."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-" or not text.isascii():
        return None
    numbers = (text[:4], text[5:7], text[8:])
    return _calendar(*numbers) if all(map(str.isdigit, numbers)) else None


@lru_cache(4096)
def written_day(text: str) -> WrittenDay:
    """Parse a day. A missing year is not guessed.

    Raises `UnreadableValue` if the text is no day, has no year, or names another weekday than the calendar.
    """
    if plain := plain_day(text):
        return WrittenDay(plain)
    folded = fold_digits(text)
    match = _DATE.match(folded) or _EIGHT.match(folded)
    if not match or len(folded) > _ROOM:
        missing = len(folded) <= _ROOM and _NO_YEAR.match(folded)
        raise UnreadableValue("value-date-year" if missing else "value-date")
    if match.re is _DATE and not match[3].isdigit() and match[0].rstrip()[-1] not in "日号":
        raise UnreadableValue("value-date")  # 九月十八 without 日 is a day of the old calendar.
    behind = _BEHIND.fullmatch(folded[match.end() :])
    if not behind:
        raise UnreadableValue("value-date")
    day = _calendar(*match.groups())
    weekday = (behind["weekday"] or "").replace("天", "日")
    if weekday and _WEEK[day.weekday()] != weekday:
        raise UnreadableValue("value-date-weekday", day=_WEEK[day.weekday()])
    return WrittenDay(day, _clock(behind), behind["time"].strip())


def _calendar(year: str, month: str, day: str) -> date:
    numbers = [int(each) if each.isdigit() else _spoken(each) for each in (year, month, day)]
    if not FIRST_YEAR <= numbers[0] <= LAST_YEAR:
        raise UnreadableValue("value-date-far")
    try:
        return date(*numbers)
    except ValueError:
        raise UnreadableValue("value-date-impossible") from None


def _spoken(text: str) -> int:
    """The value of a number in Chinese numerals. A year such as 二〇二五 is read digit by digit."""
    if len(text) == 4 and "十" not in text:
        return int(
            "".join(str("〇一二三四五六七八九".index(each.replace("零", "〇"))) for each in text)
        )
    value = numeral(text)
    if value is None or value != int(value):
        raise UnreadableValue("value-date")
    return int(value)


def _clock(found: re.Match[str]) -> str:
    """The time of day as `HH:MM`. Empty if only a part of the day, such as 早上, is named."""
    if found["hour"] is None:
        return ""
    hour = _spoken(found["hour"].replace("两", "二"))
    minute = 30 if found["half"] else _spoken(found["minute"] or found["spoken"] or "0")
    noon = (found["noon"] or "").lower().replace(".", "")
    late = found["part"] in _LATE or noon == "pm" or (found["part"] in ("中午", "午") and hour < 4)
    if found["part"] in ("晚上", "夜里", "夜间", "晚") and hour in (12, *range(5)):
        raise UnreadableValue("value-date")  # It may belong to this day or to the next.
    if late and hour < 12:
        hour += 12
    elif noon == "am" and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        raise UnreadableValue("value-date")
    return f"{hour:02}:{minute:02}"


def dropped_from_day(text: str) -> str:
    """The part of the text that is dropped when a field keeps only the day: the time."""
    return written_day(text).beside


def dropped_from_moment(text: str) -> str:
    """The part of the text that is dropped when a field keeps day and time: a part of the day without a time."""
    found = written_day(text)
    return "" if found.time else found.beside
