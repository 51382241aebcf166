"""Finds counts with units and shares in folded text: 120 户, 三十票; 75%, 八成, 三分之二, 一半."""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.numerals import numeral
from xiangji.model.parsing.units import Dimension, unit_named

_HAN = "零〇一二两三四五六七八九十百千万"
_VALUE = rf"(?:\d{{1,9}}(?:,\d{{3}}(?!\d))*(?:\.\d{{1,6}})?[万亿]?|[{_HAN}]{{1,9}})"
_UNITS = (
    "公斤|千克|公里|公顷|万元|毫升|个人|人次|毫克|户|人|名|位|票|家|个|亩|口|张|份|只|头|斤|克|吨|罐|瓶|袋|盒|箱|把|件|棵|株"
    "|条|元|块|枚|颗|枝|根|桶|坛|包|批|场|次|篇|本|首|间|栋|升|桌|席|kg|g"
)
_COUNT = late_pattern(
    rf"(?P<before>约|大约|近|将近|接近|差不多|几|不到|不足|超过?|逾|上|至少|最多|每|第|\d-|\d~|到)?"
    rf"(?<![\d.{_HAN}])(?P<value>{_VALUE})(?P<about>多|余|来|几|把)?(?P<unit>{_UNITS})(?P<behind>多|左右|上下|以上|以下)?"
)
_PEOPLE = frozenset({"人", "名", "位", "票", "口", "个人"})
_UNSURE = frozenset({"约", "大约", "近", "将近", "接近", "差不多", "几", "不到", "不足", "超", "超过", "逾"})  # fmt: skip
_UNSURE_TOO = frozenset({"上", "至少", "最多", "到"})

_ROUGHLY = "约|大约|大概|近|将近|接近|差不多|几乎"
_LESS = "不到|不足|低于|未到"
_MORE = "超过|超|逾|高于|至少"
_SHARE = late_pattern(
    rf"(?P<before>{_ROUGHLY}|{_LESS}|{_MORE})?(?:"
    rf"(?P<percent>\d{{1,4}}(?:\.\d{{1,4}})?)%|百分之(?P<said>[{_HAN}点\d.]{{1,8}})"
    rf"|(?P<of>[{_HAN}\d]{{1,4}})分之(?P<part>[{_HAN}\d]{{1,4}})"
    r"|(?P<tenths>[一二两三四五六七八九])成(?P<half>[一二三四五六七八九半])?(?![功本为员立交熟套分就都人色])"
    r"|(?P<even>一半|半数))(?P<behind>以上|左右|上下|多|强|以下|以内|弱|出头)?"
)


class Count(Struct, frozen=True):
    """A number with its unit. `measure` is the same for units that may be compared; people are counted alike.

    `sure` is False for an approximate number, `value` is in the smallest unit of its kind.
    """

    value: Decimal
    measure: str
    start: int
    end: int
    sure: bool


class Share(Struct, frozen=True):
    """A share: the lowest and the highest fraction that it may stand for, by the digits in which it is given."""

    value: Decimal
    low: Decimal
    high: Decimal
    start: int
    end: int

    def holds(self, fraction: Decimal) -> bool:
        """Whether a fraction is this share."""
        return self.low <= fraction <= self.high


def counts(text: str) -> list[Count]:
    """The counts in a folded text, in order."""
    found = []
    for match in _COUNT.finditer(text):
        value = numeral(match["value"])
        if value is None or match["before"] in ("每", "第") or value == 0:
            continue
        before, behind = match["before"] or "", match["about"] or match["behind"]
        sure = not behind and before not in _UNSURE | _UNSURE_TOO and not before[:1].isdigit()
        scale, measure = measure_of(match["unit"])
        start = match.start("value")
        found.append(Count(value * scale, measure, start, match.end(), sure))
    return found


def measure_of(unit: str) -> tuple[Decimal, str]:
    """The size of a unit, and the measure in which its counts are compared: grams of every weight, heads of people."""
    if unit in _PEOPLE:
        return Decimal(1), "人"
    if unit == "万元":
        return Decimal(10000), "元"
    known = unit_named(unit)
    if known is None or known.dimension is Dimension.COUNT:
        return Decimal(1), "元" if unit == "块" else unit
    return known.scale, known.dimension.value


def shares(text: str) -> list[Share]:
    """The shares in a folded text, in order."""
    return [share for match in _SHARE.finditer(text) if (share := _share(match)) is not None]


def _share(match: re.Match[str]) -> Share | None:
    read = _read(match)
    if read is None:
        return None
    value, digit = read
    low, high = value - digit, value + digit
    before, behind = match["before"] or "", match["behind"] or ""
    if re.fullmatch(_ROUGHLY, before) or behind in ("左右", "上下", "强", "弱", "出头"):
        room = max(digit, Decimal("0.05"))
        low, high = value - room, value + room
    elif re.fullmatch(_LESS, before) or behind in ("以下", "以内"):
        low = Decimal(0)
    elif re.fullmatch(_MORE, before) or behind in ("以上", "多"):
        high = Decimal(1000)
    return Share(value, low, high, match.start(), match.end())


def _read(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """A share as a fraction, and how far another fraction may be from it to be given in these digits.

    A percentage may be rounded or cut off; a tenth or a fraction in words is rounder.
    """
    if match["percent"] or match["said"]:
        number = Decimal(match["percent"]) if match["percent"] else numeral(match["said"])
        if number is None:
            return None
        places = len((match["percent"] or "").partition(".")[2])
        return number / 100, Decimal("0.0099999999") / 10**places
    if match["of"]:
        whole, part = numeral(match["of"]), numeral(match["part"])
        if not whole or part is None or part > whole:
            return None
        return part / whole, min(Decimal("0.05"), 1 / whole / 3)
    if match["tenths"]:
        tenths = numeral(match["tenths"]) or Decimal(0)
        if match["half"]:
            half = Decimal(5) if match["half"] == "半" else numeral(match["half"]) or Decimal(0)
            return (tenths * 10 + half) / 100, Decimal("0.01")
        return tenths / 10, Decimal("0.05")
    return Decimal("0.5"), Decimal("0.06")
