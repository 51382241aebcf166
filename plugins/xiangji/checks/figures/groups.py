"""Compares the groups of a whole with the whole: of 60 people no 70 are women. Compares ages with years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec import Struct

from xiangji.checks.figures.numbers import Count, counts
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.numerals import numeral

_SENTENCE = late_pattern(r"[^。！？!?;；\n]+")
_WHOLE = late_pattern(
    r"(?:全[村组社体家校班]|[共总合]计|一共|总共|共有?|[到参与出]会|应到|实到|参加|来了|总[户人票]?数)(?:有|了|的|是|为|:)?[^,、。()\d]{0,4}$"
)
_AMONG = late_pattern(r"^[^,。()]{0,4}[,(]?其中")
_KINDS = (
    ("men", late_pattern(r"男(?:性|社员|村民|的|同志|劳力)?(?:有|是|:)?$")),
    ("women", late_pattern(r"(?:妇女|女(?:性|社员|村民|的|同志)?)(?:有|是|:)?$")),
    ("for", late_pattern(r"(?:同意|赞成)(?:的|票)?(?:有|是|:)?$")),
    ("against", late_pattern(r"(?:反对|不同意)(?:的|票)?(?:有|是|:)?$")),
    ("abstained", late_pattern(r"弃权(?:的|票)?(?:有|是|:)?$")),
)
_BEHIND = (
    ("for", late_pattern(r"^(?:投了?)?(?:同意|赞成)")),
    ("against", late_pattern(r"^(?:投了?)?(?:反对|不同意)")),
    ("abstained", late_pattern(r"^弃权")),
    ("men", late_pattern(r"^(?:是)?男")),
    ("women", late_pattern(r"^(?:是)?(?:妇女|女)")),
)
_MEN_AND_WOMEN = frozenset({"men", "women"})
_COMPLEMENTS = (_MEN_AND_WOMEN, frozenset({"for", "against", "abstained"}))

_BORN = late_pattern(
    r"(?:生于((?:18|19|20)\d\d)年?|((?:18|19|20)\d\d)年(?:\d{1,2}月)?(?:出生|生人?))[^。!?\n]{0,12}?(?:今年|现年|今已|已经?)(?:是|有|满)?(\d{1,3}|[一二三四五六七八九十百零]{2,5})岁"
)
_FOUNDED = late_pattern(
    r"(?:始于|创办于|成立于|建于|创立于|始建于|开业于|从)((?:1[5-9]|20)\d\d)年(?:开始|起|创办|成立)?[^。!?\n]{0,10}?"
    r"(?:已有|至今已?有?|到今年已?有?|距今已?有?)(\d{1,4}|[一二三四五六七八九十百零]{2,6})年"
)


class WrongSum(Struct, frozen=True):
    """Numbers that do not fit their whole: where they stand in the folded text, and why, in Chinese and English."""

    start: int
    end: int
    why: str
    why_en: str


def wrong_sums(text: str, today: date) -> Iterator[WrongSum]:
    """The numbers in a folded text that exceed their whole, and ages that cannot be."""
    for sentence in _SENTENCE.finditer(text):
        numbers = counts(sentence[0])
        for found in _exceeding(sentence[0], numbers) if len(numbers) > 1 else ():
            at = sentence.start()
            yield WrongSum(at + found.start, at + found.end, found.why, found.why_en)
    if "年" in text:
        yield from _impossible_years(text, today)


def _exceeding(text: str, numbers: list[Count]) -> Iterator[WrongSum]:
    for at, whole in enumerate(numbers[:-1]):
        marked = _WHOLE.search(text[: whole.start])
        among = _AMONG.match(text[whole.end :])
        if not whole.sure or not (marked or among):
            continue
        parts = _parts(text, numbers, at, whole)
        end = parts[-1][1].end if parts else whole.end
        larger = next((p for _, p in parts if p.value > whole.value and among), None)
        if larger:
            yield _told(whole, larger.value, end)
            return
        for kinds in _COMPLEMENTS:
            several = {kind: part for kind, part in parts if kind in kinds}
            total = sum((each.value for each in several.values()), Decimal(0))
            unequal = several.keys() == _MEN_AND_WOMEN and total != whole.value
            if len(several) > 1 and (total > whole.value or unequal):
                yield _told(whole, total, max(each.end for each in several.values()))
                return


def _told(whole: Count, total: Decimal, end: int) -> WrongSum:
    one, two = f"{total.normalize():f}", f"{whole.value.normalize():f}"
    return WrongSum(
        whole.start,
        end,
        f"分开的数合起来是 {one}，总数写的是 {two}",
        f"its parts are {one}, its whole is {two}",
    )


def _parts(text: str, numbers: list[Count], at: int, whole: Count) -> list[tuple[str, Count]]:
    """The numbers behind a whole that are of the same measure, each with the group that it names, if any.

    They end where another whole begins.
    """
    found = []
    for each in numbers[at + 1 :]:
        counted = each.measure == "个" and whole.measure == "人" and _group(text, each)
        if each.measure != whole.measure and not counted:  # 十八个人，女的十二个
            continue
        if not each.sure or (_WHOLE.search(text[: each.start]) and not _group(text, each)):
            break
        found.append((_group(text, each), each))
    return found


def _group(text: str, number: Count) -> str:
    before, behind = text[: number.start], text[number.end :]
    for kind, look in _KINDS:
        if look.search(before):
            return kind
    return next((kind for kind, look in _BEHIND if look.match(behind)), "")


def _impossible_years(text: str, today: date) -> Iterator[WrongSum]:
    """Ages and spans that are longer than the time since their year. A year more is allowed for 虚岁, and one to round."""
    for match in _BORN.finditer(text):
        born, age = int(match[1] or match[2]), numeral(match[3])
        if age is not None and age > today.year - born + 2:
            yield _since(match, born, today)
    for match in _FOUNDED.finditer(text):
        first, years = int(match[1]), numeral(match[2])
        if years is not None and years > today.year - first + 1:
            yield _since(match, first, today)


def _since(match: re.Match[str], year: int, today: date) -> WrongSum:
    since = today.year - year
    why, why_en = f"从 {year} 年到现在是 {since} 年", f"it is {since} years since {year}"
    return WrongSum(match.start(), match.end(), why, why_en)
