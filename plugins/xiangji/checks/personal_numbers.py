"""Numbers of a person in a text that everybody can read: a mobile telephone, an identity card, a bank card.

A number that people may call has a field of its own. Identity numbers carry a check digit (GB 11643-1999, ISO 7064
MOD 11-2), bank cards too (ISO/IEC 7812, Luhn): a number that fails it is told as nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from xiangji.checks.kinds import published
from xiangji.checks.passages import (
    Passage,
    kind_passages,
    offer_passages,
    product_passages,
    quoted_passages,
    shop_passages,
    story_passages,
)
from xiangji.library import Library
from xiangji.problems import Problem, problem

_DIGITS = re.compile(r"(?<![\dA-Za-z])[1-9]\d(?:[ -]?\d){8,17}[ -]?[\dXx](?![\dA-Za-z])")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SHOWN = 3
"""Digits at either end that a message repeats."""


def check(library: Library, today: date) -> Iterator[Problem]:
    """Every number of a person in what is published."""
    for passage in _said(library, today):
        for match in _DIGITS.finditer(passage.text):
            kind = kind_of(re.sub("[ -]", "", match[0]))
            if kind:
                value = f"{match[0][:_SHOWN]}…{match[0][-_SHOWN:]}"
                place = passage.place(match.start())
                yield problem("private-number", place, value=value, kind=kind[0], kind_en=kind[1])


def _said(library: Library, today: date) -> Iterator[Passage]:
    for story in library.stories.values():
        if not story.draft:
            yield from story_passages(story)
            yield from quoted_passages(library.cards_of(story), library.accounts_of(story))
    for product in library.products.values():
        yield from product_passages(product)
        yield from offer_passages(product)
    yield from shop_passages(library.brand)
    for _, record in published(library, today):
        yield from kind_passages(record)


def kind_of(number: str) -> tuple[str, str] | None:
    """What a number is, in Chinese and English; None if it is no number of a person."""
    if _MOBILE.fullmatch(number):
        return "手机号", "a mobile number"
    if len(number) == 18 and _is_identity(number.upper()):
        return "身份证号", "an identity number"
    if number.isdecimal() and 16 <= len(number) <= 19 and _is_card(number):
        return "银行卡号", "a bank card"
    return None


def _is_identity(number: str) -> bool:
    if not number[:17].isdecimal() or not _is_birthday(number[6:14]):
        return False
    total = sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17]


def _is_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1880 <= born.year <= 2100


def _is_card(number: str) -> bool:
    """By Luhn; cards of banks begin with 3 to 6."""
    if number[0] not in "3456":
        return False
    doubled = [int(d) * (2 if n % 2 else 1) for n, d in enumerate(reversed(number))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
