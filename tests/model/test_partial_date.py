"""A day of which only a part is known: read in every way that villages write it, never made whole."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangji.model.fields import UnreadableValue
from xiangji.model.parsing.partial_date import PartialDate, earliest, latest, said_day, whole_day
from xiangji.model.value_types import PARTIAL_DAY

MONTH = PartialDate("2025 年 9 月", 2025, 9)


@pytest.mark.parametrize(
    "text",
    ["2025-09", "2025/9", "2025.9", "2025年9月", "２０２５年０９月", "2025年9月份", "二〇二五年九月",
     "二零二五年九月", "2025年九月"],
)  # fmt: skip
def test_a_month(text: str) -> None:
    assert PARTIAL_DAY.parse(text) == MONTH
    assert re.search(PARTIAL_DAY.pattern, text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-09-18", date(2025, 9, 18)),
        ("二〇二五年九月十八日", date(2025, 9, 18)),
        ("二〇二五年十二月三十一号", date(2025, 12, 31)),
        ("二〇二五年十月廿三日", date(2025, 10, 23)),
    ],
)
def test_a_whole_day_stays_one(text: str, day: date) -> None:
    assert PARTIAL_DAY.parse(text) == day
    assert whole_day(day) == earliest(day) == latest(day) == day


@pytest.mark.parametrize(
    "text",
    ["九月十八", "农历九月十八", "2025年农历九月十八", "二〇二五年九月十八", "腊月", "冬月初八",
     "闰六月十五", "乙巳年正月", "2025年腊月廿三"],
)  # fmt: skip
def test_the_old_calendar_stays_as_it_was_said(text: str) -> None:
    found = PARTIAL_DAY.parse(text)
    assert isinstance(found, PartialDate)
    assert (str(found), said_day(found), found.isoformat()) == (text, text, text)
    assert (earliest(found), latest(found), whole_day(found)) == (None, None, None)
    assert re.search(PARTIAL_DAY.pattern, text)


def test_what_is_known_of_a_month_and_of_a_year() -> None:
    assert (MONTH.first, MONTH.last) == (date(2025, 9, 1), date(2025, 9, 30))
    assert MONTH.isoformat() == "2025-09"
    year = PARTIAL_DAY.parse("2024年")
    assert (str(year), year.first, year.last) == ("2024 年", date(2024, 1, 1), date(2024, 12, 31))
    assert str(PARTIAL_DAY.parse("2025年9月上旬")) == "2025 年 9 月上旬"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("2025-13", "value-date-impossible"),
        ("二〇二五年十三月", "value-date-impossible"),
        ("二〇二五年二月三十日", "value-date-impossible"),
        ("0999-09", "value-date-far"),
        ("2025", "value-partial-date"),
        ("9月18日", "value-date-year"),
        ("去年腊月", "value-partial-date"),
        ("九月三十二", "value-date-year"),
        ("秋天", "value-partial-date"),
    ],
)
def test_what_is_no_day(text: str, rule: str) -> None:
    with pytest.raises(UnreadableValue) as slip:
        PARTIAL_DAY.parse(text)
    assert slip.value.rule == rule


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_a_day_lies_within_its_month_and_its_year(day: date) -> None:
    for text in (f"{day.year}-{day.month:02}", f"{day.year}年"):
        found = PARTIAL_DAY.parse(text)
        assert found.first <= day <= found.last
        assert (found.last + timedelta(1)).day == 1
        assert (
            PARTIAL_DAY.parse(found.isoformat() + ("年" if "-" not in found.isoformat() else ""))
            == found
        )


@given(
    st.text(max_size=20)
    | st.text("0123456789〇一二三四五六七八九十廿年月日农历初正冬腊闰-/. ", max_size=14)
)
def test_any_text_is_a_day_or_told(text: str) -> None:
    try:
        found = PARTIAL_DAY.parse(text)
    except UnreadableValue:
        return
    assert said_day(found)
    first, last = earliest(found), latest(found)
    assert (first is None) == (last is None)
    assert first is None or last is None or first <= last
