"""Declares 数字 (published figures that the village quotes): `village/statistics.yml`.

A figure keeps its words, year, issuer and document. One of the founding papers names one issuer in its text and another in its footnote
(`seeds.md` 1.15), and gives a share of two figures (1.16): such a mismatch is told, and such a share is computed again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from msgspec import Struct

from xiangji.model.fields import Holds, Record, field, fold_digits, record
from xiangji.model.fields import Reference as Ref
from xiangji.model.kind import (
    ALLOWED,
    CLAIMS,
    IDENTIFIER,
    ORDINARY,
    PUBLIC,
    SAMPLE,
    SOURCES,
    RecordKind,
    is_public,
)
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import FIGURE, LINE, PROSE, QUANTITY, WEB, YEAR
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem
from xiangji.records.shared_fields.excerpt import GIVEN


@record("数字", "The statistic")
class Statistic(Record, frozen=True, kw_only=True):
    """One published figure, as it stands in its document."""

    id: str = IDENTIFIER
    title: str = field(
        "名称", LINE, "数的是什么", "what is counted", required=True, also=["标题"], unchecked=GIVEN
    )
    value: str = field(
        "数",
        FIGURE,
        "照原文写，带单位，例如：573.2 万家",
        "the figure with its unit, as written",
        required=True,
    )
    year: int | None = field("哪年", YEAR, "数的是哪年", "the year that it is about")
    issuer: str | None = field(
        "谁发布的", LINE, "正文里说的发布单位", "the issuer that the text names", unchecked=GIVEN
    )
    footnote_issuer: str | None = field(
        "脚注里是谁",
        LINE,
        "脚注写的发布单位",
        "the issuer that the footnote names",
        unchecked=GIVEN,
    )
    document: str | None = field(
        "文件", LINE, "出自哪份文件", "its document", unchecked=GIVEN, holds=Holds.NUMBER
    )
    url: str | None = field("网址", WEB, "原文地址", "its address")
    quoted: str | None = field(
        "原话", PROSE, "照抄那一句", "the sentence as it stands there", unchecked=GIVEN
    )
    whole: str | None = field(
        "占哪个数的", Ref("statistics"), "另一个数字的编号", "id of the figure that it is a part of"
    )
    share: str | None = field(
        "占多少", FIGURE, "百分之几，照原文写，例如：33.1%", "its share in percent, as written"
    )
    place: str | None = field("地点", Ref("places"), "说的是哪里", "a place id")
    text: str | None = field("说明", PROSE, "几句话", "a few sentences")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


class FigureRange(Struct, frozen=True):
    """A figure as far as it is known: a rounded number stands for all that are rounded to it."""

    low: Decimal
    high: Decimal
    unit: str


_DIGITS = late_pattern(r"\d[\d,]*(?:\.(\d+))?")


def figure(value: str) -> FigureRange:
    """The figure that a text gives, within the half of its last digit."""
    told: Quantity = QUANTITY.parse(value)
    digits = _DIGITS.search(fold_digits(value))
    if digits is None:  # 三百家
        return FigureRange(told.value, told.value, told.unit)
    written = Decimal(digits[0].replace(",", ""))
    scale = told.value / written if written else Decimal(1)
    half = scale / 2 / Decimal(10) ** len(digits[1] or "")
    return FigureRange(told.value - half, told.value + half, told.unit)


def documented(library: Any, statistic: Statistic, today: date) -> Iterator[Problem]:
    """Yield a problem if a figure has no origin, has two issuers, or is of a year to come."""
    of = statistic.origin.of
    if not (statistic.issuer or statistic.document or statistic.sources):
        yield problem("statistic-unsourced", of("title"), title=statistic.title)
    if statistic.year and statistic.year > today.year:
        yield problem("statistic-ahead", of("year"), value=statistic.year)
    one, other = statistic.issuer, statistic.footnote_issuer
    if one and other and one.split() != other.split():
        yield problem("statistic-issuers", of("footnote_issuer"), value=other, other=one)


def recomputed(library: Any, statistic: Statistic, today: date) -> Iterator[Problem]:
    """Yield a problem if a share is not that of its two figures, or the two are of different things."""
    whole = library.shelf("statistics").get(statistic.whole)
    if whole is None:
        return
    part, every = figure(statistic.value), figure(whole.value)
    if part.unit != every.unit:
        told = {"unit": part.unit, "other": every.unit}
        yield problem("statistic-units", statistic.origin.of("whole"), **told)
    elif statistic.share and every.low > 0:
        share = figure(statistic.share)
        if share.high < 100 * part.low / every.high or share.low > 100 * part.high / every.low:
            right = 100 * (part.low + part.high) / (every.low + every.high)
            told = {"value": statistic.share, "right": f"{right:.1f}"}
            yield problem("statistic-share", statistic.origin.of("share"), **told)


KIND = RecordKind(
    name="statistics",
    one="statistic",
    record=Statistic,
    heading="数字",
    lead="文件和论文里的数，照原文写：谁发布的，哪年的，出自哪里。",
    publishable=is_public,
    note="value",
    tallies=("year",),
    measure="个",
    expected=("year", "issuer"),
    checks=(documented, recomputed),
    guide="""「数」照原文写，“573.2 万家”不要算成 5732000。「原话」照抄那一句。
写了「占哪个数的」和「占多少」，乡记重新算一遍，对不上就说。
正文和脚注写的发布单位不一样，两个都写：页上两个都有。
""",
)
