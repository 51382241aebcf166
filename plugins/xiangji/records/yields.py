"""The value type of yields: how much of a product is made of so much raw material."""

from __future__ import annotations

from decimal import Decimal

from xiangji.model.fields import UnreadableValue, ValueType, fold_digits
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.numerals import numeral

_NUMBER = r"\d{1,4}(?:\.\d{1,3})?|[一二两三四五六七八九十百半]{1,4}"
_PERCENT = late_pattern(r"(\d{1,4}(?:\.\d{1,2})?)\s*%")
_OF = late_pattern(
    rf"({_NUMBER})\s*(公斤|千克|kg|斤|克)?[^\d一二两三四五六七八九十半:,，]{{0,6}}?(?:[:比出做成晒熬得]|[,，]?出){{1,3}}\s*({_NUMBER})\s*(公斤|千克|kg|斤|克)?[^\d%]{{0,6}}"
)


def _yield(text: str) -> Decimal:
    """A yield in percent: 40%, 5:1 (five of raw material make one), 五斤出一斤."""
    folded = fold_digits(text)
    if match := _PERCENT.fullmatch(folded):
        rate = Decimal(match[1])
    else:
        match = _OF.fullmatch(folded)
        raw, made = (numeral(match[1]), numeral(match[3])) if match else (None, None)
        if match is None or not raw or not made or (match[2] and match[4] and match[2] != match[4]):
            raise UnreadableValue("value-yield")
        rate = round(made / raw * 100, 2)
    if not 0 < rate <= 2000:
        raise UnreadableValue("value-yield")
    return rate


YIELD = ValueType("yield", "40%", _yield, r"^\s*\S.*[0-9０-９%％一二两三四五六七八九十半斤克g].*$")
