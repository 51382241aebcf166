"""Amounts as people write them, and those that are refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangji.model.fields import UnreadableValue
from xiangji.model.parsing.numerals import numeral
from xiangji.model.value_types import DAYS, MONEY, QUANTITY, SHELF_LIFE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1万瓶", "10000 瓶"),
        ("3千瓶", "3000 瓶"),
        ("1.2万瓶", "12000 瓶"),
        ("1.2 万瓶", "12000 瓶"),
        ("1万2千瓶", "12000 瓶"),
        ("一万二瓶", "12000 瓶"),
        ("一万零二瓶", "10002 瓶"),
        ("一百二十瓶", "120 瓶"),
        ("二〇〇瓶", "200 瓶"),
        ("壹佰贰拾瓶", "120 瓶"),
        ("廿瓶", "20 瓶"),
        ("共１，２００　瓶", "1200 瓶"),
        ("12 000 瓶", "12000 瓶"),
        ("两瓶半", "2.5 瓶"),
        ("半瓶", "0.5 瓶"),
        ("一点五公斤", "1.5 公斤"),
        ("二两", "2 两"),
        ("一百两", "100 两"),
        ("3斤2两", "3.2 斤"),
        ("3千克", "3 千克"),
        ("1.2万千克", "12000 千克"),
        ("120瓶+3瓶", "123 瓶"),
        ("120+3瓶", "123 瓶"),
        ("1公斤+200克", "1.2 公斤"),
        ("2箱×24罐", "48 罐"),
        ("24罐*2箱", "48 罐"),
        ("2箱×10盒", "20 盒"),
        ("2箱×24罐=48罐", "48 罐"),
        ("5×40克", "200 克（5×40 克）"),
        ("200克（5×40克）", "200 克（5×40 克）"),
        ("500 KG", "500 kg"),
        ("500ML", "500 mL"),
        ("1.5㎏", "1.5 kg"),
        ("20㎡", "20 m²"),
        ("3挂", "3 挂"),
    ],
)
def test_what_is_meant(text: str, said: str) -> None:
    read = QUANTITY.parse(text)
    assert str(read) == said
    assert QUANTITY.parse(said).value == read.value


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("约200瓶", "value-quantity-unsure"),
        ("200多瓶", "value-quantity-unsure"),
        ("十几瓶", "value-quantity-unsure"),
        ("两三百瓶", "value-quantity-unsure"),
        ("180—200 瓶", "value-quantity-unsure"),
        ("200±5克", "value-quantity-unsure"),
        ("120瓶+3罐", "value-quantity-mixed"),
        ("2箱×24", "value-quantity-mixed"),
        ("10盒×6袋", "value-quantity-mixed"),
        ("500克×20袋", "value-quantity-mixed"),
        ("200克（5×30克）", "value-quantity-mixed"),
        ("3箱5瓶", "value-quantity-mixed"),
        ("1E3瓶", "value-quantity"),
        ("1.2E+05", "value-quantity"),
        ("120瓶-3瓶", "value-quantity"),
        ("-5瓶", "value-quantity"),
        ("1,20瓶", "value-quantity"),
        ("24瓶/箱", "value-quantity"),
        ("万瓶", "value-quantity"),
        ("第3瓶", "value-quantity"),
        ("1000000000001瓶", "value-number-large"),
    ],
)
def test_what_is_refused(text: str, rule: str) -> None:
    with pytest.raises(UnreadableValue) as slip:
        QUANTITY.parse(text)
    assert slip.value.rule == rule


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("五十八", "58"),
        ("五十八元整", "58"),
        ("1.2万", "12000"),
        ("18元5角", "18.5"),
        ("58块", "58"),
        ("¥1,200", "1200"),
    ],
)
def test_prices_as_people_say_them(text: str, yuan: str) -> None:
    assert MONEY.parse(text) == Decimal(yuan)


@pytest.mark.parametrize(
    "text", ["18-20", "约18", "18元/瓶", "18元起", "$5", "5美元", "18元5", "0元"]
)
def test_no_price(text: str) -> None:
    with pytest.raises(UnreadableValue) as slip:
        MONEY.parse(text)
    assert slip.value.rule == "value-money"


def test_days_and_months_in_words() -> None:
    assert DAYS.parse("十四天") == 14
    assert str(SHELF_LIFE.parse("一百八十天")) == "180 天"
    assert str(SHELF_LIFE.parse("十八个月")) == "18 个月"


_SIGNS = "零一二三四五六七八九"


def spelled(number: int) -> str:
    """A number below ten thousand in words, every place named."""
    text = ""
    for at, digit in enumerate(str(number)):
        step = ["", "十", "百", "千"][len(str(number)) - at - 1]
        text += f"{_SIGNS[int(digit)]}{step}" if digit != "0" else "零"
    while "零零" in text:
        text = text.replace("零零", "零")
    return text.rstrip("零") if number else "零"


@given(st.integers(0, 9_999), st.integers(1, 9_999))
def test_numbers_in_words(below: int, above: int) -> None:
    assert numeral(spelled(below)) == below
    joined = f"{spelled(above)}万" + (
        "" if not below else ("零" if below < 1_000 else "") + spelled(below)
    )
    assert numeral(joined) == above * 10_000 + below
