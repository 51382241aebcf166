"""Finds personal numbers in published texts: mobile telephones, identity cards, bank cards.

Telephone numbers that people may call have a field of their own. Identity numbers have a check digit (GB 11643-1999,
ISO 7064 MOD 11-2), bank cards too (ISO/IEC 7812, Luhn). A number with a wrong check digit is not reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from xiangji.checks.kinds import published
from xiangji.checks.labelling.check_digits import credit_code_agrees, credit_code_is_formed
from xiangji.checks.wording.passages import (
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

_ALONE = r"(?<![\dA-Za-z])(?<!\d\.){}(?![\dA-Za-z])(?!\.\d)"
"""A template for patterns of numbers that are not part of a word, a longer number or a decimal."""
_MOBILE = re.compile(_ALONE.format(r"(?:(?:\+|00)?86[ -]?)?(1[3-9]\d(?:[ -]?\d{4}){2})"))
_IDENTITY = re.compile(_ALONE.format(r"([1-9]\d{5}(?:[ -]?\d{4}){2}[ -]?\d{3}[\dXx])"))
_CARD = re.compile(_ALONE.format(r"([3-6]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?)"))
"""Numbers of bank cards begin with 3 to 6."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PLAIN = str.maketrans("０１２３４５６７８９－–\u3000\u00a0ｘＸ＋．", "0123456789--  xX+.")
"""Maps each character to one character, so that offsets stay the same."""
_SHOWN = 3
"""The number of digits at each end that a message repeats."""


class PersonalNumber(NamedTuple):
    """A personal number in a text: its offset, the number as written, and its kind in Chinese and English."""

    start: int
    number: str
    kind: str
    kind_en: str


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report each personal number in published texts."""
    for passage in _said(library, today):
        for found in numbers_in(passage.text):
            value = f"{found.number[:_SHOWN]}…{found.number[-_SHOWN:]}"
            said = {"value": value, "kind": found.kind, "kind_en": found.kind_en}
            yield problem("private-number", passage.place(found.start), **said)


def numbers_in(text: str) -> list[PersonalNumber]:
    """All personal numbers in a text, by offset. A number that fits two kinds is reported as the first of `_KINDS`."""
    found: dict[int, PersonalNumber] = {}
    plain = text.translate(_PLAIN)
    for pattern, holds, kind, kind_en in _KINDS:
        for match in pattern.finditer(plain):
            number = re.sub("[ -]", "", match[1])
            if holds(number):
                found.setdefault(
                    match.start(1), PersonalNumber(match.start(1), match[1], kind, kind_en)
                )
    return [found[start] for start in sorted(found)]


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


def _is_identity(number: str) -> bool:
    """Whether birthday and check digit of an identity number are valid."""
    if not _is_birthday(number[6:14]):
        return False
    total = sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()


def _is_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1880 <= born.year <= 2100


def _is_card(number: str) -> bool:
    """Whether a number passes the Luhn check and is no valid 统一社会信用代码, which may consist of digits only."""
    if credit_code_is_formed(number) and credit_code_agrees(number):
        return False
    doubled = [int(d) * (2 if n % 2 else 1) for n, d in enumerate(reversed(number))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _always(number: str) -> bool:
    """Accept every number, because mobile numbers have no check digit."""
    return True


_KINDS: tuple[tuple[re.Pattern[str], Callable[[str], bool], str, str], ...] = (
    (_MOBILE, _always, "手机号", "a mobile number"),
    (_IDENTITY, _is_identity, "身份证号", "an identity number"),
    (_CARD, _is_card, "银行卡号", "a bank card"),
)
