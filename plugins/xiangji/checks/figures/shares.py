"""Recomputes shares, growth and discounts in a sentence from the two numbers beside them.

Only numbers that clearly belong together are compared: 120 户里有 90 户，占 75%; 90 户，占全村 120 户的 75%; 从 100 户增加到
150 户，增长 50%; 原价 68 元，打八折 54.4 元. A share may be rounded or cut off to the digits in which it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from xiangji.checks.figures.numbers import Count, Share, counts, shares
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.numerals import numeral
from xiangji.model.parsing.units import Dimension

_NUMBER = r"(\d{1,9}(?:\.\d{1,4})?)"
_HINT = late_pattern(r"[%成折半]|分之")
_SENTENCE = late_pattern(r"[^。！？!?;；\n]+")

_WHOLE_BEFORE = late_pattern(
    r"(?:全[村组社乡镇县体家校班园]|[村组社队里班]|[共总合]计|一共|总共|共有?|总[户人票数亩]?数?|[到参与出]会|应[到有]|实到|参加|来了|发出?[放了]?|投了?|走访"
    r"|抽[检查取样]?了?|送检|调查了?|收[到回]|报名|面积|入社|社员|农户|村民|代表|评[审委])[^,、。()\d]{0,8}$"
)
_WHOLE_BEHIND = late_pattern(
    r"^[^,、。()]{0,6}?(?:里|中|内|其中|当中|之中)|^[^,。()]{0,8},?其中"
    r"|^(?:参加|到会|参会|与会|投票|受访)"
)
_OTHER_WHOLE = late_pattern(
    r"占[^,。()]{0,6}(?:[全]?[县省市国乡镇]|收入|产值|面积|比重|其余|剩)|各占?|分别|平均|增|减|涨|降|同比|环比|亏|赚"
)
_LINK = late_pattern(
    r"(?:占(?:比|了|到|全[村组社体]|总?[户人票]?数?|总量|到会|参会|与会|农户|社员|村民|的|大约|其中|整个)*"
    r"|达到?了?|为|是|即|就是|也就是|也就是说|等于|[率例](?:是|为|有|达到?)?|[,(:](?:约|即|就是|也就是|占比?|达)?)$"
)
_OWN_SUBJECT = late_pattern(
    r"[,、](?:其中)?(?!占|也|即|就|约|达|比例|[^,、占]{0,5}率)[^,、]{1,12}(?:占|是|为)"
)
"""A clause with a subject of its own: 2 户在河边，坡上的占……"""
_REST = late_pattern(r"[剩没未不死坏退败缺]|其余|反对|弃权")
_SEVERAL = late_pattern(
    r"[两二三四五六七八九十2-9]\s*(?:罐|件|瓶|袋|盒|斤|份|只|把)(?!装)|第二|满\d|起[售送]|以上"
)

_GROWTH = late_pattern(
    rf"从(?:\d{{4}}年的?)?[^\d,。]{{0,8}}{_NUMBER}[^\d,。%]{{0,3}}[^\d。%]{{0,6}}?"
    rf"(?P<way>增加?|增长|涨|提高|上升|扩大|扩|多|减少?|下降|降低?|缩)[^\d,。%]{{0,3}}[到至了]{{1,2}}{_NUMBER}"
    r"(?![\d.]*%)[^\d,。%]{0,4},[^\d,。%]{0,6}(?:增长?|增加|增幅|涨幅?|提高|上升|减少?|下降|降低?|降幅|缩小?)了?(?P<by>为|约|近|将近|大约)?了?$"
)
_DISCOUNT = late_pattern(
    r"(?P<tenths>\d{1,2}(?:\.\d)?|[一二三四五六七八九]{1,2}|[对半])折(?!扣|叠|断|腾|弯|页|耳|射|中)"
)
_PRICE_WAS = late_pattern(rf"(?:原价|标价|平时卖?|原来卖?)[:是为]?{_NUMBER}(?:元|块)")
_PRICE_IS = late_pattern(
    rf"(?:现价|折后价?|优惠价|活动价|会员价|特价|到手价?|只要|只卖|现在卖?|只收|就是)[:是为]?{_NUMBER}(?:元|块)"
)
_CHEAPER = late_pattern(rf"(?:便宜|优惠|省|立减|减|降)了?{_NUMBER}(?:元|块)")


class WrongShare(Struct, frozen=True):
    """A share that does not fit its two numbers: where it stands in the folded text, and the right one as text."""

    start: int
    end: int
    right: str


def may_have_shares(text: str) -> bool:
    """Whether a text has a share at all. It is much quicker than looking for one."""
    return bool(_HINT.search(text)) or "%" in text or "％" in text or "原价" in text


def wrong_shares(text: str) -> Iterator[WrongShare]:
    """The shares in a folded text that do not fit their numbers."""
    for sentence in _SENTENCE.finditer(text):
        words, at = sentence[0], sentence.start()
        for found in (*_of_counts(words), *_discounts(words)):
            yield WrongShare(at + found.start, at + found.end, found.right)


def _of_counts(text: str) -> Iterator[WrongShare]:
    found = shares(text)
    if not found or "分别" in text:
        return
    numbers = counts(text)
    for share in found:
        growth = _GROWTH.search(text, 0, share.start)
        pair = None if growth else _pair(text, numbers, share)
        if growth:
            yield from _wrong_growth(growth, share)
        elif pair and not share.holds(pair[1].value / pair[0].value):
            whole, part = pair
            start = min(whole.start, part.start, share.start)
            yield WrongShare(start, share.end, _percent(part, whole))


def _percent(part: Count, whole: Count) -> str:
    right = round(part.value / whole.value * 100, 1).normalize()
    return f"{right:f}%"


def _pair(text: str, numbers: list[Count], share: Share) -> tuple[Count, Count] | None:
    """The whole and the part that a share is of, or None if that is not certain."""
    before = [each for each in numbers if each.end <= share.start]
    behind = next((each for each in numbers if each.start >= share.end), None)
    if not before:
        return None
    last = before[-1]
    gap = text[last.end : share.start]
    if re.fullmatch(r"(?:的|的大约|里的?|中的?)?", gap):
        return _of_whole(text, before, last, share, behind)
    part = last
    link = _LINK.search(gap)
    if len(gap) > 20 or not link or not part.sure:
        return None
    if _OTHER_WHOLE.search(gap) or _OWN_SUBJECT.search(gap):
        return None
    wholes = [each for each in before[:-1] if each.measure == part.measure]
    whole = next((w for w in reversed(wholes) if _is_whole(text, w, part, gap)), None)
    if whole is None or not whole.sure or whole.value < part.value:
        return None
    if any(share.holds(part.value / each.value) for each in wholes):
        return None  # It is the share of another number of the sentence.
    rest = 1 - part.value / whole.value
    if share.holds(rest) and _REST.search(text[whole.end : share.start]):
        return None
    return whole, part


def _is_whole(text: str, whole: Count, part: Count, gap: str) -> bool:
    between = text[whole.end : part.start]
    if len(between) > 40:
        return False
    if _WHOLE_BEFORE.search(text[: whole.start]) or _WHOLE_BEHIND.match(between):
        return True
    if re.search(r"出[一-鿿]?率|出品率|得率|成品率", gap):  # of a weight that was made of another
        return whole.measure == Dimension.MASS.value
    rate = re.search(r"([一-鿿]{2})率", gap)  # 合格 18 批，合格率 90%
    return bool(rate and rate[1] in between)


def _of_whole(
    text: str, before: list[Count], whole: Count, share: Share, behind: Count | None
) -> tuple[Count, Count] | None:
    """90 户，占全村 120 户的 75%; or 120 户的 75%，也就是 90 户."""
    part = before[-2] if len(before) > 1 else None
    if part and part.measure == whole.measure and part.sure and whole.sure:
        between = text[part.end : whole.start]
        if re.search(r"占[^,。()]{0,8}$", between) and len(between) <= 14:
            return (whole, part) if whole.value >= part.value else None
    if behind and behind.measure == whole.measure and behind.sure and whole.sure:
        between = text[share.end : behind.start]
        if re.fullmatch(r"[,(]?(?:也?就是|即|合|等于|有|是)[^,。]{0,3}|\(", between):
            return (whole, behind) if whole.value >= behind.value else None
    return None


def _wrong_growth(growth: re.Match[str], share: Share) -> Iterator[WrongShare]:
    first, last = Decimal(growth[1]), Decimal(growth[3])
    if not first or growth["by"] not in (None, "为"):
        return
    by = abs(last - first) / first
    if not share.holds(by):
        right = f"{round(by * 100, 1).normalize():f}%"
        yield WrongShare(growth.start(1), share.end, right)


def _discounts(text: str) -> Iterator[WrongShare]:
    was = list(_PRICE_WAS.finditer(text))
    now = list(_PRICE_IS.finditer(text))
    if len(was) != 1 or len(now) != 1 or _SEVERAL.search(text):
        return
    first, last = Decimal(was[0][1]), Decimal(now[0][1])
    start, end = min(was[0].start(), now[0].start()), max(was[0].end(), now[0].end())
    for match in _DISCOUNT.finditer(text):
        tenths = _tenths(match["tenths"])
        wanted = first * tenths
        if abs(wanted - last) >= (1 if last == int(last) else Decimal("0.1")):
            right = f"{round(wanted, 2).normalize():f} 元"
            yield WrongShare(min(start, match.start()), max(end, match.end()), right)
    for match in _CHEAPER.finditer(text):
        less = Decimal(match[1])
        if first > last and less != first - last and not _DISCOUNT.search(text):
            right = f"{(first - last).normalize():f} 元"
            yield WrongShare(min(start, match.start()), max(end, match.end()), right)


def _tenths(text: str) -> Decimal:
    """八五折 and 85 折 are 0.85, 8 折 is 0.8, 对折 is a half."""
    if text in "对半":
        return Decimal("0.5")
    digits = text if text[0].isdigit() else "".join(str(numeral(each)) for each in text)
    if "." in digits:
        return Decimal(digits) / 10
    return Decimal(f"0.{digits}")
