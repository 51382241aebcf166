"""Numbers of persons in texts: what is one, what is none, and whatever else somebody writes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangji.checks.labelling.check_digits import credit_code_check, gs1_check
from xiangji.checks.wording.personal_numbers import _WEIGHTS, numbers_in

MOBILE, IDENTITY, CARD = "手机号", "身份证号", "银行卡号"


def kinds(text: str) -> list[str]:
    return [each.kind for each in numbers_in(text)]


@pytest.mark.parametrize(
    ("text", "kind", "start"),
    [
        ("打13800138000找他", MOBILE, 1),
        ("打 138 0013 8000", MOBILE, 2),
        ("138-0013-8000", MOBILE, 0),
        ("+86 138 0013 8000", MOBILE, 4),
        ("8613800138000", MOBILE, 2),
        ("0086-13800138000", MOBILE, 5),
        ("１３８００１３８０００", MOBILE, 0),
        ("138\u00a00013\u00a08000。", MOBILE, 0),
        ("2026-05-01 13800138000", MOBILE, 11),
        ("13800138000 2026", MOBILE, 0),
        ("19912345678.", MOBILE, 0),
        ("身份证11010519491231002X", IDENTITY, 3),
        ("11010519491231002x", IDENTITY, 0),
        ("110105 1949 1231 002X", IDENTITY, 0),
        ("110105 19491231 002X", IDENTITY, 0),
        ("440524188001010014", IDENTITY, 0),
        ("卡号6222021234567890128", CARD, 2),
        ("打到 6222 0212 3456 7890 128", CARD, 3),
        ("银行卡 4111-1111-1111-1111", CARD, 4),
    ],
)
def test_a_number_of_a_person_is_found_where_it_begins(text: str, kind: str, start: int) -> None:
    (found,) = numbers_in(text)
    assert (found.kind, found.start) == (kind, start)
    assert found.kind_en


@pytest.mark.parametrize(
    "text",
    [
        "91520113MA6DK3NQ7U",  # 统一社会信用代码
        "6901234567892",  # GTIN-13
        "16901234567899",  # GTIN-14
        "SC10352011300011",
        "SC 10352011300011",
        "2026-09A",
        "20260312-01",
        "L13800138000",
        "13800138000A",
        "2026-03-12 07:30",
        "2026 03 12 2026 04 12",
        "3.13800138000",
        "13800138000.25",
        "0.1101051949123100",
        "3.14159265358979323846",
        "12800138000",
        "1380013800",
        "138001380001",
        "0851-36221234",
        "11010519491231002Y",
        "110105194912310021",  # The check digit is another one.
        "110105194913310023",  # No month.
        "卡号 6222021234567890129",  # Not by Luhn.
        "6222021234567890128",  # No word of a bank beside it.
        "4111-1111-1111-1111",
        "1111111111111117",  # By Luhn, and no bank's.
        "13 8001 3800 0",
    ],
)
def test_what_is_none(text: str) -> None:
    assert kinds(text) == []


def test_a_credit_code_of_digits_alone_is_no_card() -> None:
    """One in ten of them passes the check of cards by chance."""
    firsts = (f"5252011350000{n:04}" for n in range(2_000))
    codes = [first + check for first in firsts if (check := credit_code_check(first)).isdigit()]
    assert len(codes) > 500
    assert [code for code in codes if CARD in kinds(code)] == []


@given(st.integers(10**11, 10**13 - 1))
def test_no_bar_code_is_one(number: int) -> None:
    text = str(number)
    code = text + str(gs1_check(text))
    if not code.startswith("86"):  # 861 to 865 stand for no country: such a number is called.
        assert kinds(code) == []


@given(st.dates().filter(lambda day: 1880 <= day.year <= 2100), st.integers(0, 999))
def test_every_identity_number_is_found_and_none_with_another_check_digit(
    day: object, order: int
) -> None:
    first = f"520113{str(day).replace('-', '')}{order:03}"
    rest = sum(int(d) * w for d, w in zip(first, _WEIGHTS, strict=True)) % 11
    right = "10X98765432"[rest]
    assert kinds(f"号码{first}{right}。") == [IDENTITY]
    for wrong in set("0123456789X") - {right}:
        assert IDENTITY not in kinds(first + wrong)


@given(st.text() | st.text("0123456789０９٣-– .+Xx一a", max_size=80))
def test_no_text_breaks_it(text: str) -> None:
    for each in numbers_in(text):
        assert len(text[each.start : each.start + len(each.number)]) == len(each.number)


@pytest.mark.parametrize(
    "text",
    ["1" * 100_000, "1 " * 50_000, "138-" * 25_000, "13800138000 " * 8_000, "86" * 50_000],
    ids=["digits", "blanks", "dashes", "numbers", "prefixes"],
)
def test_its_time_grows_with_the_text_and_no_faster(text: str) -> None:
    """Of ten times as much: ten times as long, with room for a busy computer, and never a hundred times."""

    def seconds(said: str) -> float:
        begun = time.process_time()
        numbers_in(said)
        return time.process_time() - begun

    short = min(seconds(text[: len(text) // 10]) for _ in range(3))
    assert min(seconds(text) for _ in range(3)) < 40 * short + 0.2
