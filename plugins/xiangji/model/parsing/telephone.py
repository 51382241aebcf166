"""Finds telephone numbers in a text, and the digits to dial for each.

All code that shows numbers uses this module. So two numbers on one line become two links, an extension is shown but
not dialled, and text that is no number does not become a link.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from xiangji.model.parsing.late_pattern import late_pattern

_NARROW = {at: at - 0xFEE0 for at in range(0xFF01, 0xFF5F)} | dict.fromkeys(
    map(ord, "‐‑‒–—―−－"), ord("-")
)
"""Maps each character to one character, so that offsets stay the same."""

_GAP = r"[\s\-()·]{0,3}"
"""Separators between the groups of a number."""
_SEVEN_OR_EIGHT = rf"(?:\d{{8}}|\d{{7}}|\d{{4}}{_GAP}\d{{4}}|\d{{3}}{_GAP}\d{{4}})"
_CHINA = rf"\(?(?:(?:\+|00)86|86(?=[\s-]|1[3-9])){_GAP}"
_COUNTED = r"(?!\s*[元块瓶个斤克只箱袋罐份件年月日号天:点])"
"""A short number is no telephone number if a unit of money, things or days follows."""

_FORMS = (
    rf"(?:{_CHINA})?1[3-9]\d{_GAP}(?:\d{{4}}{_GAP}\d{{4}}|\d{{3}}{_GAP}\d{{5}})",
    rf"{_CHINA}0?\)?(?P<abroad>[1-9]\d{{1,2}}){_GAP}{_SEVEN_OR_EIGHT}",
    rf"\(?(?P<area>0[1-9]\d{{1,2}})\)?{_GAP}{_SEVEN_OR_EIGHT}",
    rf"[48]00{_GAP}(?:\d{{3}}{_GAP}\d{{4}}|\d{{4}}{_GAP}\d{{3}})",
    rf"\+(?!86)[1-9](?:{_GAP}\d){{6,14}}",
    rf"(?P<short>(?:100|12[1-9])\d\d|9[56]\d{{3,4}})(?!\d){_COUNTED}",
    rf"(?P<local>(?!(?:19|20)\d\d)[2-9](?:\d{{6,7}}|\d{{2,3}}[\s-]\d{{4}}))(?!\d){_COUNTED}",
)
"""Forms of numbers, in this order: mobile; landline with country code; landline with area code; 400 and 800 numbers;
foreign; short numbers (12315, 10086, 95588); landline without area code."""

_INSIDE = (
    r"\s*(?:转(?:接|分机)?|分机号?|内线|[#*]|(?i:extension|ext|x)\.?|-"
    r"|\((?=\s*(?:转|分机|内线)[^()]{1,9}\))\s*(?:转|分机号?|内线))[\s:]*(?P<inside>\d{1,6})(?!\d)\)?"
)
"""An extension, which the caller asks for when somebody answers."""

_NUMBER = late_pattern(rf"(?<![\dA-Za-z.])(?P<number>{'|'.join(_FORMS)})(?:{_INSIDE}|(?![\d.]*\d))")
_APART = late_pattern(r"[\s/、,，;；|。和或及]+")


class Telephone(Struct, frozen=True):
    """A telephone number: the text to show, the digits to dial, and the extension, which is only shown."""

    text: str
    dialled: str
    extension: str = ""

    @property
    def href(self) -> str:
        """The `tel:` URI of the number."""
        return f"tel:{self.dialled}"

    def __str__(self) -> str:
        return f"{self.text} 转 {self.extension}" if self.extension else self.text


class Called(Struct, frozen=True):
    """A number with the words before and after it: 王会计 0851-00000000（上午）."""

    said: str
    number: Telephone


@lru_cache(4_000)
def parted(text: str, prose: bool = False) -> tuple[Telephone | str, ...]:
    """Split a text into telephone numbers and the strings between them, in the order of the text.

    A number without area code takes the area code of the number before it: 0851-1234567、7654321. With `prose`,
    short numbers, and numbers for which no area code is known, are not recognised, because in running text they may
    be counts.
    """
    folded = text.translate(_NARROW)
    parts: list[Telephone | str] = []
    end, area = 0, ""
    for match in _NUMBER.finditer(folded):
        if prose and (match["short"] or (match["local"] and not area)):
            continue
        if match.start() > end:
            parts.append(text[end : match.start()])
        area = match["area"] or area
        digits = re.sub(r"[^\d+]", "", match["number"])
        if match["local"]:
            digits = area + digits
        digits = re.sub(r"^(?:\+86|0086|86(?=\d{9}))0?", "+86", digits)
        parts.append(Telephone(match["number"].strip(), digits, match["inside"] or ""))
        end = match.end()
    if end < len(text):
        parts.append(text[end:])
    return tuple(parts)


class CallPart(NamedTuple):
    """A piece of a text: a number with its `tel:` link and its extension, or words without a link."""

    text: str
    href: str = ""
    extension: str = ""


def call_parts(text: str, prose: bool = False) -> tuple[CallPart, ...]:
    """A text as numbers with their links and the words between them, for a template that shows both alike.

    `prose` is for running text, as in `parted`.
    """
    return tuple(
        CallPart(each) if isinstance(each, str) else CallPart(each.text, each.href, each.extension)
        for each in parted(text, prose)
    )


def telephones(text: str | None) -> tuple[Telephone, ...]:
    """All telephone numbers in a text, in order."""
    return tuple(each for each in parted(text or "") if isinstance(each, Telephone))


def said_numbers(text: str | None) -> str:
    """A text with each number in the form to show, for print and for reading aloud."""
    return "".join(map(str, parted(text or "")))


def calls(text: str | None) -> tuple[Called, ...]:
    """All telephone numbers in a text, each with the words before it; the words at the end go to the last number."""
    found: list[list[str | Telephone]] = [[]]
    for part in parted(text or ""):
        words: Sequence[str | Telephone] = [part] if isinstance(part, Telephone) else _words(part)
        for at, word in enumerate(words):
            last = found[-1]
            if any(isinstance(each, Telephone) for each in last) and (at or word == ""):
                found.append([])
            found[-1].append(word)
    return tuple(
        Called(re.sub(r" (?=[（(])", "", " ".join(str(each) for each in group if each)), number)
        for group in found
        for number in group
        if isinstance(number, Telephone)
    )


def _words(between: str) -> list[str]:
    """Split the text between two numbers at separators: the first word belongs to the number before it."""
    return [each.strip() for each in _APART.split(between)]


def is_all_numbers(text: str) -> bool:
    """Whether a text consists of telephone numbers and separators only."""
    rest = "".join(each for each in parted(text) if isinstance(each, str))
    return bool(telephones(text)) and not _APART.sub("", rest)
