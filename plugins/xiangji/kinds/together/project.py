"""Declares 公益项目 (public-benefit projects of the village and its partners): `village/projects/<id>/project.yml`.

The needs (产品销售, 品牌推广, 人才培育), the approaches of social workers (资源链接, 能力培育, 组织孵化) and the funding kinds come from four
of the founding papers. Numbers that the site can count are no fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from xiangji.model.fields import Choice, ListOf, Nested, Record, Word, field, record
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
from xiangji.model.value_types import DAY, LINE, MEDIA, MONEY, PROSE
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem


class Progress(Word):
    """The progress of a project."""

    RUNNING = "进行中"
    PREPARING = "筹备"
    DONE = "做完了"


class Need(Word):
    """The purpose of a project."""

    SALES = "产品销售"
    BRAND = "品牌推广"
    TALENT = "人才培育"


class Approach(Word):
    """What social workers do in a project."""

    LINKING = "资源链接"
    TRAINING = "能力培育"
    INCUBATION = "组织孵化"


class FundingKind(Word):
    """Where the money comes from."""

    VENTURE = "公益创投"
    PURCHASE = "政府购买服务"
    FOUNDATION = "基金会"
    COMPANY = "企业"
    COLLECTIVE = "村集体"
    DONATION = "捐赠"
    OWN = "自筹"


@record("出资", "The funding")
class Funding(Record, frozen=True, kw_only=True):
    """One contribution to a project: from whom, and how much."""

    kind: FundingKind = field(
        "类型", Choice(FundingKind), "钱从哪里来", "where from", required=True
    )
    partner: str | None = field("伙伴", Ref("partners"), "哪一家出的", "a partner id")
    amount: Decimal | None = field("金额", MONEY, "多少元；不便公开就不写", "yuan, if public")
    note: str | None = field("说明", LINE, "补充一句", "a remark")
    origin: Origin = NOWHERE


@record("项目", "The project")
class Project(Record, frozen=True, kw_only=True):
    """One project."""

    id: str = IDENTIFIER
    title: str = field(
        "标题", LINE, "项目叫什么", "title", required=True, schema="name", also=["名称"]
    )
    progress: Progress = field("进展", Choice(Progress), "做到哪一步", "how far", required=True)
    begins_on: date | None = field("开始", DAY, "哪天开始", "first day", schema="foundingDate")
    ends_on: date | None = field("结束", DAY, "哪天结束，或者打算哪天结束", "last day")
    needs: tuple[Need, ...] = field("需求", ListOf(Choice(Need)), "为了什么，可以几样", "needs")
    approaches: tuple[Approach, ...] = field(
        "方式", ListOf(Choice(Approach)), "社工怎么做，可以几样", "approaches"
    )
    leaders: tuple[str, ...] = field("负责人", ListOf(Ref("people")), "谁负责", "person ids")
    partners: tuple[str, ...] = field("伙伴", ListOf(Ref("partners")), "和谁一起", "partner ids")
    products: tuple[str, ...] = field(
        "产品", ListOf(Ref("products")), "帮到哪些产品", "product ids"
    )
    stories: tuple[str, ...] = field("故事", ListOf(Ref("stories")), "写出了哪些故事", "story ids")
    place: str | None = field("地点", Ref("places"), "在哪里", "a place id", schema="location")
    funding: tuple[Funding, ...] = field("出资", ListOf(Nested(Funding)), "谁出的钱", "who pays")
    picture: str | None = field("图片", MEDIA, "一张照片", "a picture", schema="image")
    picture_alt: str | None = field("图片说明", LINE, "给看不见的人听的一句话", "alternative text")
    pictured: tuple[str, ...] = PICTURED
    intro: str | None = field("简介", PROSE, "几句话", "a few sentences", schema="description")
    results: str | None = field("成果", PROSE, "做成了什么；数目要有证据", "what came of it")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    elsewhere: str | None = ELSEWHERE
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def in_time(library: Any, project: Project, today: date) -> Iterator[Problem]:
    """Yield a problem if a project ends before it begins, or is past its last day and not marked as done."""
    begins, ends = project.begins_on, project.ends_on
    if begins and ends and ends < begins:
        yield problem("project-ends-early", project.origin.of("ends_on"), value=ends, other=begins)
    if project.progress is not Progress.DONE and ends and ends < today:
        place = project.origin.of("progress")
        yield problem("project-past", place, value=ends, word=str(project.progress))


KIND = RecordKind(
    name="projects",
    one="project",
    record=Project,
    heading="项目",
    lead="村里和伙伴们一起做的公益项目：为了什么、谁出钱、做到哪一步。",
    publishable=is_public,
    note="needs",
    group="progress",
    tallies=("progress", "needs", "approaches"),
    measure="个",
    order="begins_on",
    expected=("begins_on", "leaders", "needs", "funding"),
    checks=(in_time,),
    guide="""有几个伙伴、几样产品不用写，网站自己数。金额没有凭据就不写，写清楚谁出的、出了什么。
""",
    schema_type="Project",
)
