"""Declares 服务点 (where people go for help, parcels and papers): `village/points.yml`.

电商中心, 社工站, 代收点, 物流集散中心 and 绿色通道 are named in the founding papers (`seeds.md` 2.1, 2.24, 4.8).
"""

from __future__ import annotations

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
    RecordKind,
    is_public,
)
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.pictured import PICTURED
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import LINE, MEDIA, PROSE, TELEPHONE
from xiangji.model.vocabularies import Visibility


class PointForm(Word):
    """What kind of service point it is."""

    COMMERCE = "电商中心"
    SOCIAL_WORK = "社工站"
    PICKUP = "代收点"
    LOGISTICS = "物流集散中心"
    FAST_TRACK = "绿色通道"
    CONVENIENCE = "便民服务点"


@record("服务点", "The service point")
class ServicePoint(Record, frozen=True, kw_only=True):
    """One service point: what it helps with, and when somebody is there."""

    id: str = IDENTIFIER
    title: str = field(
        "名称", LINE, "叫什么", "its name", required=True, schema="name", also=["标题"]
    )
    form: PointForm = field("类型", Choice(PointForm), "哪种点", "which kind", required=True)
    hours: str | None = field("时间", LINE, "什么时候有人", "opening hours", schema="openingHours")
    helps: tuple[str, ...] = field("能办什么", ListOf(LINE), "一样一条", "what it helps with")
    place: str | None = field("地点", Ref("places"), "在哪里", "a place id", schema="location")
    telephone: str | None = field(
        "电话",
        TELEPHONE,
        "对外的电话",
        "its public number",
        schema="telephone",
        holds=Holds.TELEPHONE,
    )
    partners: tuple[str, ...] = field("伙伴", ListOf(Ref("partners")), "谁家开的", "partner ids")
    keepers: tuple[str, ...] = field("谁在", ListOf(Ref("people")), "值守的人", "person ids")
    picture: str | None = field(
        "图片", MEDIA, "照片，或者手画的路线图", "a photo or a sketch map", schema="image"
    )
    picture_alt: str | None = field("图片说明", LINE, "给看不见的人听的一句话", "alternative text")
    pictured: tuple[str, ...] = PICTURED
    way: str | None = field("怎么走", PROSE, "几句话", "how to get there")
    text: str | None = field("介绍", PROSE, "几句话", "a few sentences", schema="description")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    elsewhere: str | None = ELSEWHERE
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


KIND = RecordKind(
    name="points",
    one="point",
    record=ServicePoint,
    heading="服务点",
    lead="办事、寄东西、找人帮忙，到这些地方：什么时候有人，能办什么。",
    publishable=is_public,
    note="hours",
    group="form",
    tallies=("form",),
    measure="处",
    expected=("hours", "helps", "telephone"),
    exports=("json", "csv", "hsds"),
    guide="""「图片」可以是一张手画的路线图，不用地图网站的截图。
「电话」写对外的电话，不写谁的私人手机。
""",
    schema_type="CivicStructure",
)
