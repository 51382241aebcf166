"""Parses numbers as people write them: 1,200, 1.2万, 一千二百, 两百零五, 半."""

from __future__ import annotations

import re
from decimal import Decimal

from xiangji.model.parsing.late_pattern import late_pattern

_DIGITS = {sign: at for at, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_FINANCIAL = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟萬億兩貳參陸", "一二三四五六七八九十百千万亿两二三六"
)
_STEPS = (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))
_SMALL = "千百十"
"""Multipliers that follow one digit. Before 万 and 亿 a whole number may stand."""

_GROUPED = late_pattern(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?")
_PLAIN = late_pattern(r"\d+(?:\.\d*)?|\.\d+")

SIGNS = "0-9零〇一二两三四五六七八九十百千万亿半点廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億兩貳參陸"
"""Characters of which numbers are written, for a character class of a regular expression."""


def numeral(text: str) -> Decimal | None:
    """The value of a number in digits or Chinese numerals. None if the text as a whole is no number.

    Approximate numbers (十几, 两三百) give None.
    """
    plain = text.strip().translate(_FINANCIAL).replace("廿", "二十").replace("卅", "三十")
    if plain == "半":
        return Decimal("0.5")
    return _value(plain.replace(" ", "") if not _GROUPED.fullmatch(plain) else plain, whole=True)


def _value(text: str, whole: bool = False) -> Decimal | None:
    """The value of a number or of a part of it. A single 两 counts as 2 only if `whole` is true."""
    for sign, worth in _STEPS:
        if sign in text:
            left, _, right = text.partition(sign)
            return _stepped(left, right, sign, worth)
    return _leaf(text, whole)


def _stepped(left: str, right: str, sign: str, worth: int) -> Decimal | None:
    """The value of a number with a multiplier: `left` × `worth`, plus the value of `right`."""
    if left:
        many = _leaf(left, whole=sign != "十") if sign in _SMALL else _value(left, whole=True)
    else:
        many = Decimal(1) if sign == "十" else None
    rest = _below(right, worth)
    if many is None or rest is None or (right and many != many.to_integral_value()):
        return None
    return many * worth + rest


def _below(text: str, worth: int) -> Decimal | None:
    """The value of the part after a multiplier. 一万二 is 12000, 一万零二 is 10002."""
    if not text:
        return Decimal(0)
    if text[0] in "零〇" and len(text) > 1:
        rest = _value(text[1:])
    elif len(text) == 1:
        digit = _leaf(text, whole=False)
        rest = None if digit is None else digit * worth / 10
    else:
        rest = _value(text)
    fits = rest is not None and 0 < rest < worth and rest == rest.to_integral_value()
    return rest if fits else None


def _leaf(text: str, whole: bool) -> Decimal | None:
    """The value of a number without multipliers: digits, one Chinese digit, 二〇〇, 一点五."""
    if _GROUPED.fullmatch(text):
        return Decimal(re.sub("[, ]", "", text))
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    head, point, tail = text.partition("点")
    if point:
        first, decimals = _leaf(head, whole=False), _spelled(tail)
        return None if first is None or not decimals else first + Decimal(f"0.{decimals}")
    if text == "两" and not whole:
        return None
    if len(text) == 1 or "〇" in text or "零" in text[1:]:
        digits = _spelled(text)
        return Decimal(digits) if digits else None
    return None


def _spelled(text: str) -> str:
    """Convert Chinese digits one by one into Arabic digits. Empty if a character is no digit."""
    digits = [str(_DIGITS[sign]) if sign in _DIGITS else sign for sign in text]
    return "".join(digits) if all(each.isdigit() and each.isascii() for each in digits) else ""
