"""Declares 非遗 (crafts and customs that are, or are not, on an official list): `village/heritage.yml`.

电商 + 非遗 is named in the founding papers (`seeds.md` 1.9). A level is said only with the document that gave it; a craft on no list is
told as what it is.
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
    IDENTIFIER,
    ORDINARY,
    PUBLIC,
    SAMPLE,
    SOURCES,
    RecordKind,
    is_public,
)
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.pictured import PICTURED
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import LINE, MEDIA, PROSE, WEB, YEAR
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem


class HeritageLevel(Word):
    """On which list a craft or custom stands."""

    NATIONAL = "国家级"
    PROVINCE = "省级"
    CITY = "市级"
    COUNTY = "县级"
    UNLISTED = "没有列入"


class HeritageForm(Word):
    """The ten classes of the lists (非物质文化遗产代表性项目名录)."""

    LITERATURE = "民间文学"
    MUSIC = "传统音乐"
    DANCE = "传统舞蹈"
    DRAMA = "传统戏剧"
    QUYI = "曲艺"
    SPORT = "传统体育、游艺与杂技"
    ART = "传统美术"
    CRAFT = "传统技艺"
    MEDICINE = "传统医药"
    CUSTOM = "民俗"


@record("非遗", "The heritage")
class Heritage(Record, frozen=True, kw_only=True):
    """One craft or custom: its level and document, who bears it, and what is made by it."""

    id: str = IDENTIFIER
    title: str = field("名称", LINE, "照名录写", "its name", required=True, also=["标题"])
    level: HeritageLevel = field(
        "级别",
        Choice(HeritageLevel),
        "哪一级；不在名录上写“没有列入”",
        "its level; unlisted if on no list",
        required=True,
    )
    document: str | None = field(
        "文件", LINE, "公布名录的文号或文件名", "the document that listed it", holds=Holds.NUMBER
    )
    form: HeritageForm | None = field("类别", Choice(HeritageForm), "哪一类", "its class")
    register: str | None = field(
        "名录", LINE, "哪一份名录、第几批", "which list and batch", holds=Holds.NUMBER
    )
    number: str | None = field(
        "项目编号", LINE, "名录上的编号", "its number on the list", holds=Holds.NUMBER
    )
    listed: int | None = field("哪年列入", YEAR, "公布那年", "the year it was listed")
    url: str | None = field("网址", WEB, "公布它的网页", "where it was published")
    bearers: tuple[str, ...] = field(
        "传承人", ListOf(Ref("people")), "评上了的，写编号", "designated bearers: person ids"
    )
    bearers_document: str | None = field(
        "传承人的文件",
        LINE,
        "哪份文件评的、哪一级",
        "the document that designated them",
        holds=Holds.NUMBER,
    )
    makers: tuple[str, ...] = field(
        "会的人", ListOf(Ref("people")), "会做的人，没评过也写", "who practises it: person ids"
    )
    products: tuple[str, ...] = field(
        "产品", ListOf(Ref("products")), "用它做的产品", "product ids"
    )
    stories: tuple[str, ...] = field("故事", ListOf(Ref("stories")), "讲到它的", "story ids")
    place: str | None = field("地点", Ref("places"), "在哪里", "a place id")
    picture: str | None = field("图片", MEDIA, "一张照片", "a picture")
    picture_alt: str | None = field("图片说明", LINE, "给看不见的人听的一句话", "alternative text")
    pictured: tuple[str, ...] = PICTURED
    text: str | None = field("介绍", PROSE, "几句话", "a few sentences")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def documented(library: Any, heritage: Heritage, today: date) -> Iterator[Problem]:
    """Yield a problem if a level or bearers are said without the document that gave it."""
    of, told = heritage.origin.of, {"title": heritage.title}
    listed = heritage.level is not HeritageLevel.UNLISTED
    if listed and not (heritage.document or heritage.url or heritage.sources):
        yield problem("heritage-undocumented", of("level"), **told, level=str(heritage.level))
    if heritage.bearers and not heritage.bearers_document:
        yield problem("heritage-bearers", of("bearers"), **told)
    if not listed and (heritage.number or heritage.register or heritage.listed):
        name = next(n for n in ("number", "register", "listed") if getattr(heritage, n))
        yield problem("heritage-unlisted", of(name), **told)
    if heritage.listed and heritage.listed > today.year:
        yield problem("heritage-ahead", of("listed"), value=heritage.listed)


def unlisted(heritage: Heritage, today: date) -> str:
    """What lists and pages say first of a craft that is on no list, so that nobody takes it for one that is."""
    if heritage.level is HeritageLevel.UNLISTED:
        return "没有列入名录，是村里的手艺"
    return ""


KIND = RecordKind(
    name="heritage",
    one="craft",
    record=Heritage,
    heading="非遗",
    lead="村里的手艺和习俗：列在哪一级名录上，凭哪份文件，谁会，做出什么。没有列入的也写，写明没有列入。",
    publishable=is_public,
    note="form",
    group="level",
    tallies=("level", "form"),
    measure="项",
    expected=("document",),
    checks=(documented,),
    over=unlisted,
    guide="""「级别」要有文件、网址或来源；不在名录上的写“没有列入”，照样有一页。
「传承人」是评出来的，写「传承人的文件」；没评过的写在「会的人」里。都照同意书办。
""",
)
