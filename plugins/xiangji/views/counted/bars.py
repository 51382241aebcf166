"""The chart of an indicator: one bar for each year, drawn as SVG with a title, a description and no script.

A chart has one indicator, so that no two things with different units, such as income and turnover, share a scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec import Struct

from xiangji.kinds.counted.indicator import Indicator, Measured

UNMEASURED = "未测"
WITHHELD = "不写出来"

MOST_YEARS = 5
"""How many years a chart has, the latest ones. The table has all."""

WIDTH, HEIGHT = 320, 226
_FLOOR, _HIGHEST = 186, 90
_MARGIN, _WIDEST = 12, 44


class Bar(Struct, frozen=True):
    """One year: where it stands, how high it is, and what is written at it. `key` is its class in the style sheet."""

    year: str
    text: str
    key: str
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Where texts of this year are centred."""
        return self.x + self.width / 2


class AimLine(Struct, frozen=True):
    """The line of the target."""

    text: str
    y: float


class Chart(Struct, frozen=True):
    """One chart. `key` makes the ids of its title and description unique on a page."""

    key: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    aim: AimLine | None = None
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = _FLOOR


def number(value: Decimal) -> str:
    """A number as people read it, without needless zeros."""
    text = format(value, ",f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def said_value(indicator: Indicator, each: Measured) -> str:
    """A value with its unit, or why there is none."""
    if each.withheld:
        return WITHHELD
    if each.value is None:
        return UNMEASURED
    if indicator.scale is not None:
        asked = f"，问了 {each.sample_size} 人" if each.sample_size else ""
        return f"{number(each.value)} 分（满分 {indicator.scale} 分{asked}）"
    return f"{number(each.value)} {indicator.unit or ''}".strip()


def latest(indicator: Indicator) -> Measured | None:
    """The value of the latest year that has one; None if nothing was ever measured."""
    known = [each for each in indicator.values if each.value is not None or each.withheld]
    return max(known, key=lambda each: each.year) if known else None


def chart_of(indicator: Indicator, most: int = MOST_YEARS) -> Chart | None:
    """The chart of an indicator; None if there is no number to draw."""
    years = {each.year: each for each in indicator.written}
    several = [years[year] for year in sorted(years)][-most:]
    values = [each.value for each in several if each.value is not None]
    if not values:
        return None
    aim = indicator.target
    top = max([*values, *([aim.value] if aim else []), Decimal(indicator.scale or 0)])
    title = f"{indicator.title}（{_unit(indicator)}）"
    said = "；".join(f"{each.year} 年 {said_value(indicator, each)}" for each in several)
    aimed = f"。目标：{aim.year} 年 {number(aim.value)}" if aim else ""
    return Chart(
        indicator.id,
        title,
        f"{said}{aimed}。",
        tuple(_bars(several, top)),
        AimLine(f"目标 {number(aim.value)}", round(_FLOOR - _height(aim.value, top), 1))
        if aim
        else None,
    )


def _unit(indicator: Indicator) -> str:
    return f"满分 {indicator.scale} 分" if indicator.scale else indicator.unit or "个"


def _height(value: Decimal, top: Decimal) -> float:
    return float(max(value, Decimal(0)) / top) * _HIGHEST if top > 0 else 0.0


def _bars(several: Sequence[Measured], top: Decimal) -> list[Bar]:
    room = (WIDTH - 2 * _MARGIN) / len(several)
    width = min(room * 0.62, _WIDEST)
    made = []
    for at, each in enumerate(several):
        high = _height(each.value, top) if each.value is not None else 0.0
        x = _MARGIN + room * at + (room - width) / 2
        text = number(each.value) if each.value is not None else ""
        word = text or ("不写" if each.withheld else UNMEASURED)
        key = "there" if text else "gone"
        y = round(_FLOOR - high, 1)
        made.append(Bar(f"{each.year}", word, key, round(x, 1), y, round(width, 1), round(high, 1)))
    return made
