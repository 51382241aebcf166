"""Declares 去处 (what a visitor can see, taste, learn or photograph): `village/spots.yml`.

电商 + 文旅, 地标文旅游 and 网红打卡 are named in the founding papers (`seeds.md` 1.9, 3.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xiangji.model.fields import Choice, Holds, ListOf, Record, Word, field, record
from xiangji.model.fields import Reference as Ref
from xiangji.model.kind import (
    ALLOWED,
    CLAIMS,
    ELSEWHERE,
    IDENTIFIER,
    ORDINARY,
    PUBLIC,
    SAMPLE,
    SOURCES,
    PosterTerms,
    RecordKind,
    is_public,
)
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.pictured import PICTURED
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import FLAG, LINE, MEDIA, POSITION, PROSE, TELEPHONE
from xiangji.model.values import Position
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem
from xiangji.records.season import MONTHS, Months


class SpotForm(Word):
    """What a visitor does at a spot."""

    VIEW = "看"
    PHOTO = "拍照"
    TASTE = "吃"
    STAY = "住"
    MAKE = "动手"
    STUDY = "研学"
    SHOP = "买"


@record("去处", "The spot")
class Spot(Record, frozen=True, kw_only=True):
    """One spot: what it is for, when it is good, how to get there and whom to ask."""

    id: str = IDENTIFIER
    title: str = field(
        "名称", LINE, "村里怎么叫", "its name", required=True, schema="name", also=["标题"]
    )
    forms: tuple[SpotForm, ...] = field(
        "来做什么", ListOf(Choice(SpotForm)), "可以几样", "what for", required=True
    )
    season: Months | None = field("几月好", MONTHS, "哪几个月", "in which months")
    hours: str | None = field("时间", LINE, "什么时候开着", "opening hours", schema="openingHours")
    fee: str | None = field("收费", LINE, "多少钱；不要钱写“不收”", "what it costs")
    booking: str | None = field("怎么预约", LINE, "找谁、到哪里说", "how to book")
    telephone: str | None = field(
        "电话",
        TELEPHONE,
        "对外的电话",
        "its public number",
        schema="telephone",
        holds=Holds.TELEPHONE,
    )
    must_book: bool = field("要预约", FLAG, "要先说一声写“是”", "yes: ask first", default=False)
    place: str | None = field("地点", Ref("places"), "在哪里", "a place id")
    position: Position | None = field(
        "坐标",
        POSITION,
        "纬度、经度，只留三位小数；谁的家不写",
        "north and east to three decimals; never of a home",
    )
    way: str | None = field("怎么走", PROSE, "几句话", "how to get there")
    people: tuple[str, ...] = field("谁接待", ListOf(Ref("people")), "编号", "person ids")
    products: tuple[str, ...] = field(
        "产品", ListOf(Ref("products")), "在这里买得到的", "product ids"
    )
    stories: tuple[str, ...] = field("故事", ListOf(Ref("stories")), "讲到它的", "story ids")
    picture: str | None = field("图片", MEDIA, "一张照片", "a picture", schema="image")
    picture_alt: str | None = field("图片说明", LINE, "给看不见的人听的一句话", "alternative text")
    pictured: tuple[str, ...] = PICTURED
    text: str | None = field("介绍", PROSE, "几句话", "a few sentences", schema="description")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    elsewhere: str | None = ELSEWHERE
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def bookable(library: Any, spot: Spot, today: date) -> Iterator[Problem]:
    """Yield a problem if a visitor has to book and is not told where."""
    if spot.must_book and not (spot.booking or spot.telephone):
        yield problem("spot-unbookable", spot.origin.of("must_book"), title=spot.title)


KIND = RecordKind(
    name="spots",
    one="spot",
    record=Spot,
    heading="去处",
    lead="到村里来，可以看什么、吃什么、动手做什么：几月好，怎么走，找谁。",
    publishable=is_public,
    note="forms",
    tallies=("forms",),
    measure="处",
    expected=("season", "booking"),
    checks=(bookable,),
    guide="""「坐标」只写大家都能去的地方，不写谁的家；多写的小数乡记不留。
要预约的，写「怎么预约」或者对外的「电话」，不写私人手机。
""",
    schema_type="TouristAttraction",
    poster=PosterTerms("扫码看怎么去", ("season", "hours")),
)
