"""Finds what identifies a person in published texts: telephones, identity cards, bank cards, homes, number plates.

A mobile number that a field for telephones declares (`declared`) may stand in every text, because it is public then.
Identity numbers have a check digit (GB 11643-1999, ISO 7064 MOD 11-2), bank cards too (ISO/IEC 7812, Luhn). One in ten
long numbers agrees with Luhn by chance, so a bank card needs an issuer's prefix and a word beside it as well. Where a
field holds a number of a licence, report or article, only identity numbers are looked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import NamedTuple

from xiangji.checks.labelling.check_digits import credit_code_agrees, credit_code_is_formed
from xiangji.checks.wording.passages import Passage, PublishedTexts, QuietTexts, Texts
from xiangji.disclosure import disclosed
from xiangji.library import Library
from xiangji.library.telephones import declared_numbers
from xiangji.model.fields import Holds
from xiangji.model.location import Location
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.problems import Problem, problem

_ALONE = r"(?<![\dA-Za-z])(?<!\d\.)(?:{})(?![\dA-Za-z])(?!\.\d)"
"""A template for patterns of numbers that are not part of a word, a longer number or a decimal."""
_GAP = r"[ .·-]?"
_MOBILE = late_pattern(
    _ALONE.format(
        rf"(?:[wvWV][xX]|[tT][eE][lL]|[vV])?(?:(?:\+|00)?86[ -]?)?(\(?1[3-9]\d\)?{_GAP}\d{{4}}{_GAP}\d{{4}}|1[3-9]\d\d[ -]\d{{3}}[ -]\d{{4}})"
    )
)
_SPELT = late_pattern(
    r"(?<![零〇一二三四五六七八九幺两十百千万])([一幺][三四五六七八九][零〇一二三四五六七八九幺两]{9})"
    r"(?![零〇一二三四五六七八九幺两十百千万])"
)
"""A mobile number in Chinese numerals, digit by digit."""
_SPREAD = late_pattern(
    _ALONE.format(r"([1１][ .,·-]{0,2}[3-9](?:[ .,·-]{0,2}\d){9})")
    + r"|(?<![零〇一二三四五六七八九幺两])([一幺][三四五六七八九](?:[,， 、·-]?[零〇一二三四五六七八九幺两]){9})(?![零〇一二三四五六七八九幺两])"
)
"""A mobile number that is parted in another way. It needs a word beside it."""
_TO_CALL = late_pattern(r"电话|手机|微信|号码|联系|热线|打|拨|加[VvＶ微]|[VvＶ]信|TEL|[Tt]el")
_IDENTITY = late_pattern(_ALONE.format(r"([1-9](?:[ -]?\d){16}[ -]?[\dXx])"))
_CARD = late_pattern(
    _ALONE.format(r"((?:62|4\d|5[1-5]|3[457]|60|65|81)\d\d(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,4})?)")
)
"""Numbers of bank cards begin with the prefix of a network: most in China with 62 (银联)."""
_PLATE = late_pattern(
    r"(?<![A-Za-z0-9])([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼] ?[A-HJ-NP-Z][ ·•-]?"
    r"(?=[A-HJ-NP-Z]{0,2}\d|\d{2,})[A-HJ-NP-Z0-9]{5,6})(?![A-Za-z0-9])"
)
_COUNT = r"[\d一二三四五六七八九十]{1,4}"
_BUILDING = rf"{_COUNT} ?(?:栋|幢|座|号楼|#楼|#|号院|楼)"
_HOME = late_pattern(
    rf"([^\s，。；、：,;:]{{0,12}}{_BUILDING}[ ,，-]?{_COUNT} ?单元[ ,，-]?(?:{_COUNT} ?[层楼][ ,，-]?)?"
    rf"(?:{_COUNT} ?[室号户房]?|[东西南北中][户室门])"
    rf"|[^\s，。；、：,;:]{{1,12}}(?:小区|花园|家园|新村|公寓|家属院|宿舍|苑)[^\s，。；、：,;:]{{0,3}} ?{_BUILDING}[ ,，-]?\d{{3,4}} ?[室户号房])"
)
"""A home down to its door: building, unit and room, or a housing estate with building and room."""

_BESIDE = 24
"""How many characters before or after a number count as beside it."""
_OF_A_BANK = late_pattern(
    r"[卡账帐][号户]|银行|信用[社卡]|储蓄|邮储|[工农建中交招]行|农商|开户|户名|打款|汇款|转账|收款|打到|汇到|转到|[打转汇]钱|储卡"
)
_OF_A_PERSON = late_pattern(r"身份证|证件")

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
_PLAIN = str.maketrans("０１２３４５６７８９－–\u3000\u00a0ｘＸ＋．（）", "0123456789--  xX+.()")
"""Maps each character to one character, so that offsets stay the same."""
_SHOWN = 3
"""The number of digits at each end that a message repeats."""
_ANY = late_pattern(
    r"\d(?:[ ().·-]{0,2}[\dXx]){3}|[栋幢座楼]|单元|[A-HJ-NP-Z][ ·•-]?[A-HJ-NP-Z0-9]{5}|[一幺][三四五六七八九][,， 、·-]?[零〇一二三四五六七八九幺两]"
)
"""Occurs in every text with a number of a person. Few texts have it, so most need no further search."""


class PersonalNumber(NamedTuple):
    """What identifies a person in a text: its offset, as written, its kind in Chinese and English, and its rule."""

    start: int
    number: str
    kind: str
    kind_en: str
    rule: str = "private-number"


class _Kind(NamedTuple):
    pattern: re.Pattern[str]
    holds: Callable[[str, str], bool]
    """Whether a number without blanks, with the text beside it, is one."""
    zh: str
    en: str
    rule: str = "private-number"


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report each personal number in published texts."""
    looking = NumbersCheck(library, today)
    for texts in PublishedTexts(library, today):
        yield from looking.of(texts)


class NumbersCheck:
    """Reports personal numbers text by text, except mobile numbers that a field for telephones makes public."""

    def __init__(self, library: Library, today: date) -> None:
        self._declared = declared_numbers(disclosed(library, today))
        self._quiet = QuietTexts()

    def of(self, texts: Texts) -> Iterator[Problem]:
        """Report each personal number in the texts of one record or file."""
        for passage in texts.passages:
            text = passage.whole or passage.text
            if text in self._quiet:
                continue
            if not _ANY.search(text.translate(_PLAIN)):
                self._quiet.add(text)
                continue
            for found in numbers_in(text):
                if not _is_expected(found, passage, self._declared):
                    yield _problem_of(found, passage.place_of(text, found.start))


def _problem_of(found: PersonalNumber, place: Location) -> Problem:
    value = f"{found.number[:_SHOWN]}…{found.number[-_SHOWN:]}"
    return problem(found.rule, place, value=value, kind=found.kind, kind_en=found.kind_en)


def _is_expected(found: PersonalNumber, passage: Passage, declared: Collection[str]) -> bool:
    """Whether a number may stand where it is."""
    if found.kind == MOBILE:
        return (
            passage.holds in (Holds.TELEPHONE, Holds.NUMBER) or digits_of(found.number) in declared
        )
    if found.kind == HOME:
        return passage.holds is Holds.ADDRESS
    return passage.holds is Holds.NUMBER and found.kind != IDENTITY


def numbers_in(text: str) -> list[PersonalNumber]:
    """All personal numbers in a text, by offset. A number that fits two kinds is reported as the first of `_KINDS`."""
    found: dict[int, PersonalNumber] = {}
    plain = text.translate(_PLAIN)
    for kind in _KINDS:
        for match in kind.pattern.finditer(plain):
            start, end = match.span(match.lastindex or 0)
            beside = plain[max(0, start - _BESIDE) : start] + "\n" + plain[end : end + _BESIDE]
            if kind.holds(re.sub(r"[ ().·-]", "", plain[start:end]), beside):
                one = PersonalNumber(start, text[start:end], kind.zh, kind.en, kind.rule)
                found.setdefault(start, one)
    return [found[start] for start in sorted(found)]


_NUMERALS = str.maketrans("零〇一幺二两三四五六七八九", "0011223456789")


def digits_of(number: str) -> str:
    """The digits of a number as written, in Arabic or Chinese numerals."""
    return re.sub(r"\D", "", number.translate(_PLAIN).translate(_NUMERALS))


def _is_identity(number: str, beside: str) -> bool:
    """Whether birthday and check digit of an identity number are valid. Beside the word 身份证 a slip is one too."""
    if number[:2] not in _PROVINCES or not _is_birthday(number[6:14]):
        return False
    total = sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True))
    agrees = "10X98765432"[total % 11] == number[17].upper()
    return agrees or bool(_OF_A_PERSON.search(beside))


def _is_birthday(digits: str) -> bool:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1880 <= born.year <= 2100


def _is_card(number: str, beside: str) -> bool:
    """Whether a number passes the Luhn check, has a word of a bank beside it, and is no 统一社会信用代码 of digits."""
    if not 13 <= len(number) <= 19 or not _OF_A_BANK.search(beside):
        return False
    if credit_code_is_formed(number) and credit_code_agrees(number):
        return False
    doubled = [int(d) * (2 if n % 2 else 1) for n, d in enumerate(reversed(number))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _is_to_call(number: str, beside: str) -> bool:
    """Whether the words beside a number say that it can be called."""
    return bool(_TO_CALL.search(beside))


def _always(number: str, beside: str) -> bool:
    """Accept every match, because the pattern says it all."""
    return True


MOBILE, IDENTITY, CARD = "手机号", "身份证号", "银行卡号"
HOME, PLATE = "家庭住址", "车牌号"
_KINDS = (
    _Kind(_MOBILE, _always, MOBILE, "a mobile number"),
    _Kind(_SPELT, _always, MOBILE, "a mobile number"),
    _Kind(_SPREAD, _is_to_call, MOBILE, "a mobile number"),
    _Kind(_IDENTITY, _is_identity, IDENTITY, "an identity number"),
    _Kind(_CARD, _is_card, CARD, "a bank card"),
    _Kind(_HOME, _always, HOME, "a home address", "private-home"),
    _Kind(_PLATE, _always, PLATE, "a number plate", "private-plate"),
)
