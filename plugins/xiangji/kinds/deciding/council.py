"""Declares 议事 (meetings at which something is decided together): `village/councils.yml`.

三方议事, 联席会议 and 协会大会 come from the founding papers (`seeds.md` 3.6, 4.31). Who was there is told by role, never by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
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
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import COUNT, DAY, LINE, PROSE
from xiangji.model.vocabularies import PartnerRole, Visibility
from xiangji.problems import Problem, problem


class CouncilForm(Word):
    """What kind of meeting it was."""

    THREE_PARTIES = "三方议事"
    JOINT = "联席会议"
    ASSEMBLY = "协会大会"
    VILLAGERS = "村民会"


@record("到场", "Who was there")
class Attendance(Record, frozen=True, kw_only=True):
    """How many of one party were there."""

    party: PartnerRole = field(
        "哪一方", Choice(PartnerRole), "政、社、校、企、农", "which party", required=True
    )
    count: int = field("几人", COUNT, "来了几个", "how many", required=True, measure="人")
    origin: Origin = NOWHERE


@record("议题", "The motion")
class Motion(Record, frozen=True, kw_only=True):
    """What was put to the meeting, how it went, and what somebody thought otherwise."""

    put: str = field("提了什么", LINE, "一句话", "what was put", required=True)
    in_favour: int | None = field("赞成", COUNT, "几票", "votes for", measure="票赞成")
    against: int | None = field("反对", COUNT, "几票", "votes against", measure="票反对")
    abstained: int | None = field("弃权", COUNT, "几票", "abstentions", measure="票弃权")
    dissent: str | None = field(
        "不同意见", LINE, "照说的写，不写名字", "what some thought otherwise"
    )
    decision: str | None = field("定了什么", LINE, "没定下来就不写", "what was decided")
    origin: Origin = NOWHERE


@record("议事", "The council")
class Council(Record, frozen=True, kw_only=True):
    """One meeting: who was there by party, what was put, and what it led to."""

    id: str = IDENTIFIER
    title: str = field(
        "标题", LINE, "议的什么事", "its title", required=True, schema="name", also=["名称"]
    )
    on: date = field(
        "哪天", DAY, "哪天开的", "the day", required=True, schema="startDate", also=["日期"]
    )
    form: CouncilForm = field("类型", Choice(CouncilForm), "哪种会", "which kind", required=True)
    place: str | None = field("地点", Ref("places"), "在哪里", "a place id")
    attendance: tuple[Attendance, ...] = field(
        "到场", ListOf(Nested(Attendance)), "每一方来了几人", "how many of each party"
    )
    motions: tuple[Motion, ...] = field("议题", ListOf(Nested(Motion)), "一样一条", "what was put")
    goals: tuple[str, ...] = field(
        "目标", ListOf(Ref("goals")), "定下的目标", "goals that came of it"
    )
    products: tuple[str, ...] = field(
        "产品", ListOf(Ref("products")), "改了哪些产品的标准、价格", "products that it changed"
    )
    project: str | None = field("项目", Ref("projects"), "属于哪个项目", "a project id")
    text: str | None = field(
        "后来", PROSE, "定的事后来怎么样", "what came of it", schema="description"
    )
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    elsewhere: str | None = ELSEWHERE
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def votes_fit(library: Any, council: Council, today: date) -> Iterator[Problem]:
    """Yield a problem for each motion with more votes than people, and for votes on a day yet to come."""
    there = sum(each.count for each in council.attendance)
    for each in council.motions:
        votes = (each.in_favour or 0) + (each.against or 0) + (each.abstained or 0)
        if votes and council.on > today:
            yield problem("council-ahead", each.origin.of("in_favour"), value=council.on)
        elif council.attendance and votes > there:
            told = {"value": votes, "count": there, "title": each.put}
            yield problem("council-votes", each.origin.of("in_favour"), **told)


KIND = RecordKind(
    name="councils",
    one="council",
    record=Council,
    heading="议事",
    lead="一起定的事：哪几方到场，提了什么，定了什么，谁有不同的看法。",
    publishable=is_public,
    note="on",
    order="on",
    tallies=("form",),
    measure="次",
    expected=("attendance", "motions"),
    checks=(votes_fit,),
    guide="""到场的按哪一方写几人，不写名字。不同意见照说的写下来，别抹掉。
定了的事改到哪里，写「产品」「目标」，两边都能点过去。
""",
)
