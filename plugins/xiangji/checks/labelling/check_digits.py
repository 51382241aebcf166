"""Validates the form and check digits of licences, credit codes, GTINs, standards and certificates.

The functions take numbers as written by the author. `…_is_formed` tests the form. `…_agrees` tests the check digit of a
number with the right form. The worked examples of `standards.md` are the tests of this module.
"""

from __future__ import annotations

import re
import unicodedata

from xiangji.model.parsing.late_pattern import late_pattern


def plain(text: str) -> str:
    """A number in NFKC form without blanks, in upper case."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()


def is_example(text: str) -> bool:
    """Whether a number is marked as an example (示例)."""
    return "示例" in text


# --- 食品生产许可证编号: SC and 14 digits, ISO 7064 MOD 11,10 (GB/T 17710); standards.md §4.5 ---------

_CLASSES = 31
"""The number of classes (食品类别 01 to 31) of kind 1. Kind 2, additives, has other classes."""


def sc_is_formed(number: str) -> bool:
    """Whether a number is SC with 14 digits, and its kind and class exist."""
    match = re.fullmatch(r"SC([12])(\d\d)\d{11}", plain(number))
    return bool(match and (match[1] == "2" or 1 <= int(match[2]) <= _CLASSES))


def mod_11_10(digits: str) -> int:
    """The check digit for `digits` by ISO 7064 MOD 11,10."""
    p = 10
    for digit in digits:
        s = (p + int(digit)) % 10 or 10
        p = 2 * s % 11
    return (11 - p) % 10


def sc_agrees(number: str) -> bool:
    """Whether the last digit of a formed SC number agrees with the others."""
    digits = plain(number)[2:]
    return mod_11_10(digits[:-1]) == int(digits[-1])


# --- 统一社会信用代码: GB 32100-2015, mod 31; inside it GB 11714, mod 11 ------------------------------

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters in the order of their values. I, O, S, V and Z are not used."""
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def credit_code_is_formed(code: str) -> bool:
    """Whether a code has 18 characters of the alphabet, of which the third to the eighth are digits (the area)."""
    return bool(re.fullmatch(rf"[{_ALPHABET}]{{2}}\d{{6}}[{_ALPHABET}]{{10}}", plain(code)))


def credit_code_check(first: str) -> str:
    """The 18th character for the first 17: C18 = (31 − Σ C_i·3^(i−1) mod 31) mod 31."""
    total = sum(_ALPHABET.index(c) * pow(3, i, 31) for i, c in enumerate(first))
    return _ALPHABET[(31 - total % 31) % 31]


def credit_code_agrees(code: str) -> bool:
    """Whether the 18th character of a formed code is the right check character."""
    return credit_code_check(plain(code)[:17]) == plain(code)[17]


def organisation_check(first: str) -> str:
    """The 9th character of an organisation code (characters 9 to 17 of a credit code)."""
    values = (int(c) if c.isdigit() else ord(c) - ord("A") + 10 for c in first)
    total = sum(value * weight for value, weight in zip(values, _INNER_WEIGHTS, strict=True))
    rest = 11 - total % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def organisation_agrees(code: str) -> bool:
    """Whether the organisation code inside a formed credit code has the right check character."""
    inner = plain(code)[8:17]
    return organisation_check(inner[:8]) == inner[8]


# --- GTIN: GS1 check digit, weights 3 1 3 1 from the right; standards.md §1.3, §1.4 ------------------


def gtin_is_formed(gtin: str) -> bool:
    """Whether a GTIN has 8, 12, 13 or 14 digits."""
    return bool(re.fullmatch(r"\d{8}|\d{12,14}", plain(gtin)))


def gs1_check(digits: str) -> int:
    """The GS1 check digit for `digits`."""
    total = sum(int(d) * (3 if i % 2 == 0 else 1) for i, d in enumerate(reversed(digits)))
    return (10 - total % 10) % 10


def gtin_agrees(gtin: str) -> bool:
    """Whether the last digit of a formed GTIN is the right check digit."""
    digits = plain(gtin)
    return gs1_check(digits[:-1]) == int(digits[-1])


def gtin_14(gtin: str) -> str:
    """A GTIN as GTIN-14, for comparison: padded with zeros on the left."""
    return plain(gtin).zfill(14)


def gtin_prefix(gtin: str) -> str:
    """The GS1 prefix: three digits for the organisation that licensed the GTIN. Of a GTIN-8, its first three digits."""
    digits = plain(gtin)
    return digits[:3] if len(digits) == 8 else gtin_14(gtin)[1:4]


def gtin_is_restricted(gtin: str) -> bool:
    """Whether a GTIN is only for use inside one store: prefixes 02, 04 and 20 to 29.

    A GTIN-8 that begins with 0 or 2 is restricted as well.
    """
    prefix = gtin_prefix(gtin)
    if len(plain(gtin)) == 8:
        return prefix[0] in "02"
    return prefix[0] == "2" or prefix[:2] in ("02", "04")


def gtin_is_chinese(gtin: str) -> bool:
    """Whether 中国物品编码中心 licensed a GTIN: prefixes 690 to 699, newer ones 680 to 689."""
    return 680 <= int(gtin_prefix(gtin)) <= 699


# --- 产品标准代号: one permissive pattern; standards.md §4.5 -------------------------------------------

_STANDARD = late_pattern(
    r"(?:GB|NY|SB|QB|LS|GH|SC|LY|SN)(?:/T)?\d+(?:\.\d+)?(?:-\d{4})?"
    r"|DBS?\d{2}(?:/T|/)?\d+(?:-\d{4})?"
    r"|T/[A-Z0-9]+?[\d.]+(?:-\d{4})?"
    r"|Q/[A-Z0-9]+?\d{4}S?(?:-\d{4})?"
)


def standard_is_formed(code: str) -> bool:
    """Whether a text has the form of a Chinese standard number. All kinds of dashes are accepted."""
    return bool(_STANDARD.fullmatch(re.sub(r"[‐-―−]", "-", plain(code))))


# --- certificates; standards.md §4.5 -----------------------------------------------------------------


def green_is_formed(number: str) -> bool:
    """Whether a text has the form of a 绿色食品 number.

    That is `LB-`, class (2 digits), year, month, province, serial (10 to 12 digits) and grade; or `GF` and 12 digits.
    """
    return bool(re.fullmatch(r"LB-\d\d-\d{10,12}A{0,2}|GF\d{12}", plain(number)))


def organic_is_formed(number: str) -> bool:
    """Whether a text may be a 有机码 (17 digits) or the number of a certificate (with letters, in no fixed form)."""
    return not plain(number).isdigit() or len(plain(number)) == 17
