"""Declares 服务 (days on which people went to help): `village/services.csv`, or a list or files as other kinds.

下乡助农服务 and 公益助销 are counted by the thousand in the founding papers (`seeds.md` 3.27), so the table is the usual way,
and totals are computed, never typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from xiangji.model.fields import (
    Choice,
    ListOf,
    Nested,
    Record,
    UnreadableValue,
    ValueType,
    Word,
    field,
    fold_digits,
    record,
)
from xiangji.model.fields import Reference as Ref
from xiangji.model.headcount import short_sum
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
from xiangji.model.parsing.numerals import numeral
from xiangji.model.pictured import PICTURED
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import DAY, HEADCOUNT, LINE, MEDIA, PROSE
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem


class ServiceForm(Word):
    """What is done for people."""

    FARMING = "下乡助农"
    SELLING = "公益助销"
    TEACHING = "技术指导"
    VISITING = "走访"
    CARE = "心理支持"
    LAW = "法律咨询"
    DELIVERY = "代收代寄"
    OTHER = "别的服务"


_AMOUNT = r"([0-9.]+|[零一二两三四五六七八九十百]+)"
_MINUTES = late_pattern(rf"(?i){_AMOUNT}\s*(?:分钟|分|min|minutes?)")
_WHOLE = late_pattern(
    rf"(?i){_AMOUNT}\s*个?(半)?\s*(?:小时|钟头|h|hours?)\s*(半)?\s*(?:{_AMOUNT}\s*(?:分钟|分|min|minutes?))?"
)
_HALF = late_pattern(r"半个?(?:小时|钟头)")
_BARE = late_pattern(r"[0-9.]+")


def _hours(text: str) -> Decimal:
    """A length of time in hours; a number without a unit is one of hours. A morning or a day is none."""
    folded = fold_digits(text)
    hours = Decimal("0.5") if _HALF.fullmatch(folded) else None
    if _BARE.fullmatch(folded):
        hours = _number(folded)
    elif found := _MINUTES.fullmatch(folded):
        hours = _number(found[1]) / 60
    elif found := _WHOLE.fullmatch(folded):
        half = Decimal("0.5") if found[2] or found[3] else Decimal(0)
        hours = _number(found[1]) + half + _number(found[4] or "0") / 60
    if hours is None or not 0 < hours <= _DAY:
        raise UnreadableValue("value-hours")
    return hours


def _number(text: str) -> Decimal:
    value = numeral(text)
    if value is None:
        raise UnreadableValue("value-hours")
    return value


_DAY = 24
"""The most hours of one day."""

HOURS = ValueType("hours", "3 小时", _hours, r"^.*[0-9０-９零一二两三四五六七八九十半].*$")


@record("工时", "The hours")
class Hours(Record, frozen=True, kw_only=True):
    """How long one person helped. It is never published: who wants a proof asks for it."""

    person: str | None = field("谁", Ref("people"), "人物的编号", "a person id")
    hours: Decimal = field("小时", HOURS, "3 小时、90 分钟", "hours or minutes", required=True)
    origin: Origin = NOWHERE


@record("服务", "The service")
class Service(Record, frozen=True, kw_only=True):
    """One day of help: what was done, by whom, and for how many."""

    id: str = IDENTIFIER
    title: str = field(
        "做了什么", LINE, "一句话", "what was done", required=True, schema="name", also=["标题"]
    )
    on: date = field("哪天", DAY, "哪天去的", "the day", required=True, also=["日期"])
    form: ServiceForm = field(
        "类型", Choice(ServiceForm), "哪种服务", "which service", required=True
    )
    place: str | None = field("地点", Ref("places"), "在哪里", "a place id")
    teams: tuple[str, ...] = field("队伍", ListOf(Ref("teams")), "哪支队去的", "team ids")
    people: tuple[str, ...] = field(
        "谁去的", ListOf(Ref("people")), "愿意写名字的人", "those who agreed to be named"
    )
    partners: tuple[str, ...] = field("伙伴", ListOf(Ref("partners")), "和谁一起", "partner ids")
    households: int | None = field(
        "帮到几户", HEADCOUNT, "几户", "how many households", measure="户"
    )
    persons: int | None = field("帮到几人", HEADCOUNT, "几人次", "how many persons", measure="人次")
    products: tuple[str, ...] = field(
        "产品", ListOf(Ref("products")), "帮到哪些产品", "product ids"
    )
    project: str | None = field("项目", Ref("projects"), "属于哪个项目", "a project id")
    hours: tuple[Hours, ...] = field(
        "工时", ListOf(Nested(Hours)), "谁几个小时，不公开", "hours, never published", private=True
    )
    picture: str | None = field("图片", MEDIA, "一张照片", "a picture", schema="image")
    picture_alt: str | None = field("图片说明", LINE, "给看不见的人听的一句话", "alternative text")
    pictured: tuple[str, ...] = PICTURED
    text: str | None = field("经过", PROSE, "几句话", "a few sentences", schema="description")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def past(library: Any, service: Service, today: date) -> Iterator[Problem]:
    """Yield a problem if a service is said to have been on a day that is yet to come."""
    if service.on > today:
        yield problem("service-ahead", service.origin.of("on"), value=service.on)


SUMS = {"households": "帮到 {} 户次", "persons": "帮到 {} 人次"}


def by_year(services: Sequence[Service], today: date) -> list[tuple[str, list[Service]]]:
    """Group services by year, the latest first, each heading with its totals."""
    years: dict[int, list[Service]] = {}
    for each in sorted(services, key=lambda each: each.on, reverse=True):
        years.setdefault(each.on.year, []).append(each)
    return [(f"{year} 年：{_totals(several)}", several) for year, several in years.items()]


def _totals(services: Sequence[Service]) -> str:
    told = (
        short_sum(sentence, [getattr(s, name) for s in services]) for name, sentence in SUMS.items()
    )
    return "，".join((f"{len(services)} 次", *(each for each in told if each)))


KIND = RecordKind(
    name="services",
    one="service",
    record=Service,
    heading="服务",
    lead="哪天去帮了谁、帮了什么。数目是从一条一条的记录里加出来的，不是谁写的。",
    publishable=is_public,
    note="on",
    order="on",
    arrange=by_year,
    tallies=("form",),
    sums=SUMS,
    measure="次",
    expected=("teams", "households", "persons"),
    checks=(past,),
    guide="""一次一行，用表最方便：village/services.csv。一共几次、帮到几户，网站自己加，不用写。
不到 5 户、5 人的，网站写“不到 5”，也不加进总数，免得猜得到是谁家。
「工时」写谁几个小时，只在自己的文件里，网站上哪里都没有。
""",
    schema_type="Event",
)
