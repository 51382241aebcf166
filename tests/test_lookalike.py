"""Spellings that look the same: what is meant the same is the same, and of all others the message says what differs."""

from __future__ import annotations

import pytest

from xiangji.model.lookalike import plain_form, same_look, strange_signs, what_differs
from xiangji.model.nearest import suggestion
from xiangji.readers.text_file import INVISIBLE


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("200\u00a0克", "200 克"),
        ("200\u202f克", "200 克"),
        ("cafe\u0301", "caf\u00e9"),
        ("张　三", "张　三"),
        ("\uf900", "\uf900"),
        ("e\u0301\uf900", "\u00e9\uf900"),
    ],
)
def test_what_is_the_same_to_everybody_is_read_the_same(written: str, read: str) -> None:
    assert plain_form(written) == read


@pytest.mark.parametrize(
    ("written", "known", "told"),
    [
        ("A1", "\u04101", "U+0410"),
        ("张\u200d三", "张三", "U+200D"),
        ("first\u2011product", "first-product", "U+2011"),
        ("2026—01", "2026-01", "U+2014"),
        ("阿\u2022力", "阿·力", "U+2022"),
        ("张\ufe00三", "张三", "U+FE00"),
        ("大号　A", "大号 A", "U+3000"),
        ("cafe\u0301", "café", "NFD"),
        ("竹\u3164篮", "竹篮", "U+3164"),
        ("⼭货", "山货", "U+2F2D"),
    ],
)
def test_no_message_shows_two_spellings_that_look_the_same(
    written: str, known: str, told: str
) -> None:
    assert same_look(written, known) and told in what_differs(written, known)
    for said in suggestion(written, [known]):
        assert told in said and "是不是" not in said and "Did you mean" not in said


@pytest.mark.parametrize(
    ("written", "known"), [("大号", "小号"), ("停 售", "停售"), ("A1", "A1"), ("a1", "A1")]
)
def test_what_can_be_seen_to_differ_is_asked_as_ever(written: str, known: str) -> None:
    assert not same_look(written, known)


def test_signs_that_pretend_are_named() -> None:
    assert strange_signs("\u0410B1") == "U+0410 CYRILLIC CAPITAL LETTER A"
    assert strange_signs("A1 甲") == ""


@pytest.mark.parametrize("sign", "\u200b\u2061\u3164\u00ad\u115f\uffa0\U000e0041")
def test_what_cannot_be_seen_is_refused(sign: str) -> None:
    assert INVISIBLE.search(f"竹{sign}篮")
