"""Days as people write them, and what of that is kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangji.model.fields import UnreadableValue
from xiangji.model.parsing.days import written_day
from xiangji.model.value_types import DAY, MOMENT, PARTIAL_DAY

DAY_OF = date(2025, 9, 18)


@pytest.mark.parametrize(
    ("text", "time", "beside"),
    [
        ("2025-09-18 08:30", "08:30", "08:30"),
        ("2025-09-18T08:30:15+08:00", "08:30", "08:30:15"),
        ("2025年9月18号", "", ""),
        ("2025年9月18日上午", "", "上午"),
        ("2025年9月18日 上午8点半", "08:30", "上午8点半"),
        ("2025-09-18 下午三点", "15:00", "下午三点"),
        ("2025-09-18 14时30分", "14:30", "14时30分"),
        ("2025-09-18 8:30 PM", "20:30", "8:30 PM"),
        ("2025-9-18（周四）", "", ""),
        ("20250918", "", ""),
        ("2025.9.18.", "", ""),
        ("二〇二五年九月十八日", "", ""),
    ],
)
def test_a_day_with_more_beside_it(text: str, time: str, beside: str) -> None:
    found = written_day(text)
    assert (found.day, found.time, found.beside) == (DAY_OF, time, beside)
    assert DAY.parse(text) == DAY_OF and MOMENT.parse(text).time == time
    assert DAY.dropped and DAY.dropped(text) == beside
    assert MOMENT.dropped and MOMENT.dropped(text) == ("" if time else beside)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("9月18号", "value-date-year"),
        ("九月十八", "value-date-year"),
        ("9-18", "value-date-year"),
        ("25-9-18", "value-date"),
        ("2025-09", "value-date"),
        ("2025-09-18 星期五", "value-date-weekday"),
        ("2025-09-18T08:30:00Z", "value-date"),
        ("2025-09-18左右", "value-date"),
        ("2025-09-18至20", "value-date"),
        ("2025-09-18 24:00", "value-date"),
        ("2025-09-18 晚上12点", "value-date"),
        ("2025-02-30", "value-date-impossible"),
        ("20261312", "value-date-impossible"),
    ],
)
def test_no_day(text: str, rule: str) -> None:
    with pytest.raises(UnreadableValue) as slip:
        DAY.parse(text)
    assert slip.value.rule == rule


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_the_weekday_of_every_day_is_its_own(day: date) -> None:
    named = [
        f"{day.year}-{day.month}-{day.day} 星期{'一二三四五六日'[(day + timedelta(at)).weekday()]}"
        for at in (0, 1)
    ]
    assert DAY.parse(named[0]) == day
    with pytest.raises(UnreadableValue):
        DAY.parse(named[1])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("2026-13-01", "value-date-impossible"),
        ("2026-02-30", "value-date-impossible"),
        ("0000-01-01", "value-date-far"),
        ("9999-01-01", "value-date-far"),
        ("2026-W01-1", "value-date"),
        ("2026-5-011", "value-date"),
    ],
)
def test_a_plain_form_that_is_no_day_is_told_as_ever(text: str, rule: str) -> None:
    with pytest.raises(UnreadableValue) as told:
        written_day(text)
    assert told.value.rule == rule
    with pytest.raises(UnreadableValue) as told:
        PARTIAL_DAY.parse(text)
    assert told.value.rule == ("value-partial-date" if rule == "value-date" else rule)
