"""Numbers in a text: what is dialled for each, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangji.model.parsing.telephone import (
    Telephone,
    calls,
    is_all_numbers,
    parted,
    said_numbers,
    telephones,
)


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("0851-12345678", ["085112345678"]),
        ("（０８５１）１２３４５６７８", ["085112345678"]),
        ("0851—3622 1234", ["085136221234"]),
        ("0851-12345678 / 0851-87654321", ["085112345678", "085187654321"]),
        ("0851-12345678,0851-87654321", ["085112345678", "085187654321"]),
        ("13800000000 13900000000", ["13800000000", "13900000000"]),
        ("138 0000 0000、139-0000-0000", ["13800000000", "13900000000"]),
        ("0851-1234567、7654321", ["08511234567", "08517654321"]),
        ("+86 138 0000 0000", ["+8613800000000"]),
        ("0086-0851-12345678", ["+8685112345678"]),
        ("+852 2345 6789", ["+85223456789"]),
        ("400-123-4567", ["4001234567"]),
        ("12315", ["12315"]),
        ("8512345", ["8512345"]),
        ("085112345678085187654321", []),
        ("138000000001", []),
        ("1380000000", []),
        ("2026-05-06", []),
        ("20260506", []),
        ("8:00-12:00", []),
        ("10000 瓶", []),
        ("SC10152000000000", []),
        ("3.1380000000013", []),
        ("找王二", []),
    ],
)
def test_what_is_dialled(text: str, dialled: list[str]) -> None:
    assert [each.dialled for each in telephones(text)] == dialled


@pytest.mark.parametrize(
    "text",
    [
        "0851-12345678转801",
        "0851-12345678 转分机 801",
        "0851-12345678-801",
        "0851-12345678（分机 801）",
        "0851-12345678 ext. 801",
        "0851-12345678#801",
    ],
)
def test_an_extension_is_said_and_not_dialled(text: str) -> None:
    (number,) = telephones(text)
    assert (number.href, str(number)) == ("tel:085112345678", "0851-12345678 转 801")
    assert is_all_numbers(text) and said_numbers(text) == str(number)


def test_words_stay_with_the_number_they_belong_to() -> None:
    found = calls("王会计 13800000000（上午）、李会计13900000000（下午）")
    assert [each.said for each in found] == [
        "王会计 13800000000（上午）",
        "李会计 13900000000（下午）",
    ]
    assert not is_all_numbers("13800000000（上午）")


@given(st.text(alphabet="0123456789-+() 转、/１（）王", max_size=60))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    kept = [each for each in parted(text) if isinstance(each, str)]
    assert all(each in text for each in kept)
    for each in telephones(text):
        assert 5 <= len(each.dialled.lstrip("+")) <= 15
        assert telephones(str(each)) == (each,) or each.dialled.endswith(
            telephones(each.text)[0].dialled
        )
        assert isinstance(each, Telephone)
