"""What the scalar kinds accept: every printed form is read back, whoever typed it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

from xiangji.model import vocabularies
from xiangji.model.fields import (
    Choice,
    ListOf,
    Nested,
    UnreadableValue,
    Word,
    fields_of,
    fold_key,
    keys_of,
)
from xiangji.model.value_types import (
    COLOUR,
    COUNT,
    DAY,
    FLAG,
    ID,
    LINE,
    LOT,
    MEDIA,
    MOMENT,
    MONEY,
    PROSE,
    QUANTITY,
    SHELF_LIFE,
    TELEPHONE,
    WEB,
)
from xiangji.model.values import Moment, Quantity, ShelfLife, said_date
from xiangji.records import batch, brand, delivery, person, product, story
from xiangji.rules import RULES

property_test = settings(deadline=None, max_examples=120)

KINDS = (
    LINE,
    PROSE,
    ID,
    LOT,
    DAY,
    MOMENT,
    COUNT,
    MONEY,
    QUANTITY,
    SHELF_LIFE,
    FLAG,
    WEB,
    TELEPHONE,
    COLOUR,
    MEDIA,
)

FULL_WIDTH = str.maketrans("0123456789-/.:,", "０１２３４５６７８９－／．：，")
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))


def wide(text: str) -> str:
    return text.translate(FULL_WIDTH)


def refusal(kind: Any, text: str) -> str:
    with pytest.raises(UnreadableValue) as caught:
        kind.parse(text)
    return caught.value.rule


@property_test
@given(st.sampled_from(KINDS), st.text())
def test_a_text_is_read_or_refused_by_a_known_rule(kind: Any, text: str) -> None:
    try:
        kind.parse(text)
    except UnreadableValue as slip:
        assert slip.rule in RULES


@pytest.mark.parametrize(
    "text",
    [
        "1" + " " * 300_000 + "1",
        "https://" + "." * 300_000 + "<",
        "2026" + " " * 300_000 + "x",
        "1" + "T" * 300_000 + "x",
        "1" * 300_000 + " 公斤斤斤斤斤斤斤斤斤",
        "a-" * 150_000 + "!",
        "1,111" * 60_000 + "x",
    ],
    ids=lambda text: f"{text[:9]}…{text[-1]}",
)
def test_a_long_text_is_answered_at_once(text: str) -> None:
    """No timing is asserted: a reader that goes quadratic takes minutes here."""
    for kind in KINDS:
        try:
            kind.parse(text)
        except UnreadableValue as slip:
            assert slip.rule in RULES


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_example_of_every_kind_is_accepted(kind: Any) -> None:
    kind.parse(kind.example)


@property_test
@given(days)
def test_days_come_back_from_every_form(day: date) -> None:
    forms = (
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        said_date(day),
    )
    for form in forms:
        assert DAY.parse(form) == day
        assert DAY.parse(wide(form)) == day
        assert DAY.parse(f" {form}\u3000") == day


@property_test
@given(days, st.none() | st.times())
def test_moments_come_back_from_their_printed_form(day: date, time: Any) -> None:
    moment = Moment(day, time.strftime("%H:%M") if time else "")
    for form in (str(moment), f"{day.isoformat()} {moment.time}", f"{day}T{moment.time or '0:00'}"):
        read = MOMENT.parse(form)
        assert read.day == day
        assert read.time == moment.time or (form[10:] == "T0:00" and read.time == "00:00")
        assert MOMENT.parse(wide(form)) == read


def test_an_hour_that_no_clock_has_is_refused() -> None:
    assert refusal(MOMENT, "2026-03-12 24:00") == "value-date"
    assert refusal(MOMENT, "2026-03-12 23:60") == "value-date"
    assert MOMENT.parse("2026-03-12 9:05") == Moment(date(2026, 3, 12), "09:05")


amounts = st.decimals(0, 10**12, places=3, allow_nan=False, allow_infinity=False)
units = st.sampled_from(["", "罐", "公斤", "kg", "克", "只", "L", "毫升"])


@property_test
@given(amounts, units)
def test_quantities_come_back_from_their_printed_form(value: Decimal, unit: str) -> None:
    quantity = Quantity(value, unit)
    for form in (str(quantity), f"{value:,}{unit}", wide(str(value)) + unit):
        read = QUANTITY.parse(form)
        assert (read.value, read.unit) == (value, unit)
    assert "E" not in str(quantity)


@property_test
@given(st.decimals(Decimal("0.01"), 10**9, places=2))
def test_prices_come_back_from_every_form(price: Decimal) -> None:
    for form in (str(price), f"{price:,}", f"¥{price}", f"￥ {price}", f"{price} 元", f"{price}元"):
        assert MONEY.parse(form) == price
        assert MONEY.parse(wide(form)) == price


@property_test
@given(st.integers(0, 10**12))
def test_counts_come_back(count: int) -> None:
    assert COUNT.parse(str(count)) == COUNT.parse(wide(str(count))) == count
    assert COUNT.parse(f"{count:,}") == count


@pytest.mark.parametrize("text", ["1e3", "1_000", "Infinity", "NaN", "0x10", "一百", "", "1 2"])
def test_only_digits_are_a_number(text: str) -> None:
    assert refusal(COUNT, text) == "value-number"


shelf_lives = st.builds(ShelfLife, days=st.integers(1, 9999)) | st.builds(
    ShelfLife, months=st.integers(1, 1200)
)


@property_test
@given(shelf_lives)
def test_shelf_lives_come_back_from_their_printed_form(life: ShelfLife) -> None:
    assert SHELF_LIFE.parse(str(life)) == SHELF_LIFE.parse(wide(str(life))) == life


@pytest.mark.parametrize(
    ("text", "life"),
    [
        ("2周", ShelfLife(days=14)),
        ("１ 星期", ShelfLife(days=7)),
        ("1年", ShelfLife(months=12)),
        ("18 months", ShelfLife(months=18)),
        ("100年", ShelfLife(months=1200)),
    ],
)
def test_shelf_lives_in_other_words(text: str, life: ShelfLife) -> None:
    assert SHELF_LIFE.parse(text) == life


@pytest.mark.parametrize("text", ["0天", "101年", "9999年", "1201个月", "-3天", "半天", "12"])
def test_no_shelf_life(text: str) -> None:
    assert refusal(SHELF_LIFE, text) == "value-shelf-life"


@property_test
@given(shelf_lives, days, st.integers(0, 40))
def test_the_last_day_never_goes_back(life: ShelfLife, made_on: date, later: int) -> None:
    """What was made later, or keeps longer, is never over earlier."""
    last = life.last_day(made_on)
    assert last >= made_on
    assert life.last_day(made_on + timedelta(days=later)) >= last
    longer = (
        ShelfLife(months=life.months + later) if life.months else ShelfLife(days=life.days + later)
    )
    assert longer.last_day(made_on) >= last


@pytest.mark.parametrize(
    ("months", "made_on", "last"),
    [
        (12, date(2026, 3, 12), date(2027, 3, 11)),
        (1, date(2026, 1, 31), date(2026, 2, 28)),
        (1, date(2028, 1, 31), date(2028, 2, 29)),
        (1, date(2026, 2, 1), date(2026, 2, 28)),
        (12, date(2028, 2, 29), date(2029, 2, 28)),
        (1, date(2026, 12, 1), date(2026, 12, 31)),
        (1, date(2026, 11, 30), date(2026, 12, 29)),
    ],
)
def test_the_last_day_at_the_end_of_months(months: int, made_on: date, last: date) -> None:
    assert ShelfLife(months=months).last_day(made_on) == last


def test_the_day_of_making_is_the_first_day() -> None:
    assert ShelfLife(days=1).last_day(date(2026, 3, 12)) == date(2026, 3, 12)
    assert ShelfLife(days=7).last_day(date(2026, 3, 12)) == date(2026, 3, 18)


VOCABULARIES = [
    w for w in vars(vocabularies).values() if isinstance(w, type) and issubclass(w, Word)
]


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda each: each.__name__)
def test_words_are_known_in_both_languages(vocabulary: Any) -> None:
    for word in vocabulary:
        for text in (str(word), word.key, word.key.replace("_", "-"), f" {word.key.upper()} "):
            assert vocabulary.of(text) is word
    assert vocabulary.of("") is None


RECORDS = sorted(
    {
        each
        for module in (batch, brand, delivery, person, product, story)
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Struct) and fields_of(each)
    },
    key=lambda each: each.__name__,
)


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: each.__name__)
def test_no_key_of_a_record_means_two_fields(record: Any) -> None:
    keys = [fold_key(key) for row in fields_of(record) for key in set(map(fold_key, row.keys))]
    assert len(keys) == len(set(keys)) == len(keys_of(record))


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: each.__name__)
def test_a_field_explains_itself_in_both_languages(record: Any) -> None:
    for row in fields_of(record):
        assert row.zh and row.help_zh and row.help_en
        kind = row.kind.item if isinstance(row.kind, ListOf) else row.kind
        assert not isinstance(kind, Nested) or kind.record in RECORDS
        assert not isinstance(kind, Choice) or kind.words in VOCABULARIES


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: each.__name__)
def test_records_cannot_be_changed(record: Any) -> None:
    assert record.__struct_config__.frozen
    assert hasattr(record, "__slots__")


@pytest.mark.parametrize(
    ("kind", "text", "rule"),
    [
        (ID, "a--b", "value-id"),
        (ID, "-a", "value-id"),
        (ID, "a\n", "value-id"),
        (ID, "a" * 61, "value-id"),
        (LOT, "2026-03A\n", "value-lot"),
        (LOT, "..", "value-lot"),
        (LOT, "a.", "value-lot"),
        (LOT, "a/b", "value-lot"),
        (WEB, "ftp://example.cn/", "value-web"),
        (WEB, "https://a b.cn/", "value-web"),
        (WEB, "https://localhost", "value-web"),
        (TELEPHONE, "110", "value-telephone"),
        (COLOUR, "#12345G", "value-colour"),
        (COLOUR, "#A3211B;}", "value-colour"),
        (MEDIA, "a/../b.png", "value-path"),
        (MEDIA, "D:x.png", "value-path"),
        (MEDIA, "data:image/png;base64,AAAA", "value-path"),
        (FLAG, "2", "value-flag"),
    ],
)
def test_refused(kind: Any, text: str, rule: str) -> None:
    assert refusal(kind, text) == rule


@pytest.mark.parametrize("text", ["http://a.b", "https://a.b", "https://例.cn/?a=b#c"])
def test_addresses(text: str) -> None:
    assert WEB.parse(f" {text} ") == text


@pytest.mark.parametrize("text", ["0012", "NO", "1e3", "1.10", "-", "_a", "2026-03A", "1" * 20])
def test_lots_stay_as_written(text: str) -> None:
    assert LOT.parse(text) == text
