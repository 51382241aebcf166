"""Declares 队伍 (teams of volunteers, sellers, deliverers and learners): `village/teams.yml`.

The forms are those of the founding papers: 青枫志愿服务队, 乡村CEO菁英团, 主播队, 配送小队, and the support group of one social
worker, one able seller and five learners that meets for three months and is visited each month (`seeds.md` 1.25).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
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
from xiangji.model.value_types import COUNT, DAY, LINE, MEDIA, PROSE
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem


class TeamForm(Word):
    """What a team is for."""

    VOLUNTEERS = "志愿服务队"
    SUPPORT = "帮扶小组"
    MANAGERS = "乡村CEO团"
    STREAMERS = "主播队"
    DELIVERY = "配送小队"
    MAKERS = "生产小组"
    OTHER = "别的队伍"


class MemberGroup(Word):
    """The groups by which members are counted."""

    SOCIAL_WORKER = "社工"
    SELLER = "电商能手"
    LEARNER = "学员"
    STUDENT = "大学生"
    VOLUNTEER = "志愿者"
    VILLAGER = "村民"
    TEACHER = "老师"


@record("人数", "The members of one group")
class Members(Record, frozen=True, kw_only=True):
    """How many members of one group a team has."""

    group: MemberGroup = field("身份", Choice(MemberGroup), "哪些人", "which people", required=True)
    count: int = field("几人", COUNT, "一共几个", "how many", required=True, measure="人")
    origin: Origin = NOWHERE


@record("回访", "The visit")
class Visit(Record, frozen=True, kw_only=True):
    """A monthly visit to a support group, and what came up."""

    on: date = field("哪天", DAY, "哪天去的", "the day", required=True)
    text: str | None = field("说了什么", LINE, "一句话", "what came up")
    origin: Origin = NOWHERE


@record("队伍", "The team")
class Team(Record, frozen=True, kw_only=True):
    """One team. Its members are named if they agreed, and counted by group else."""

    id: str = IDENTIFIER
    title: str = field(
        "名称", LINE, "叫什么队", "its name", required=True, schema="name", also=["标题"]
    )
    form: TeamForm = field("类型", Choice(TeamForm), "做什么的队", "what for", required=True)
    begins_on: date | None = field(
        "成立", DAY, "哪天开始", "first day", schema="foundingDate", also=["开始"]
    )
    ends_on: date | None = field("结束", DAY, "哪天散的，还在就不写", "last day, if over")
    partners: tuple[str, ...] = field(
        "单位", ListOf(Ref("partners")), "哪个学校、哪家单位的", "schools or bodies it belongs to"
    )
    leaders: tuple[str, ...] = field("带队", ListOf(Ref("people")), "谁带", "person ids")
    members: tuple[str, ...] = field(
        "队员", ListOf(Ref("people")), "愿意写名字的队员", "members who agreed to be named"
    )
    counts: tuple[Members, ...] = field(
        "人数", ListOf(Nested(Members)), "按身份写几人", "how many of each group"
    )
    place: str | None = field("地点", Ref("places"), "在哪里", "a place id", schema="location")
    project: str | None = field("项目", Ref("projects"), "属于哪个项目", "a project id")
    products: tuple[str, ...] = field(
        "产品", ListOf(Ref("products")), "帮到哪些产品", "product ids"
    )
    visits: tuple[Visit, ...] = field(
        "回访", ListOf(Nested(Visit)), "帮扶小组一个月一次", "monthly visits of a support group"
    )
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


MONTH = timedelta(days=35)
"""The longest time between two visits that still counts as monthly."""

TERM = timedelta(days=92)
"""Three months, for which a support group is visited."""

_ONE_ONE_FIVE = {MemberGroup.SOCIAL_WORKER: 1, MemberGroup.SELLER: 1, MemberGroup.LEARNER: 5}


def in_time(library: Any, team: Team, today: date) -> Iterator[Problem]:
    """Yield a problem if a team ends before it begins."""
    if team.begins_on and team.ends_on and team.ends_on < team.begins_on:
        place = team.origin.of("ends_on")
        yield problem("team-ends-early", place, value=team.ends_on, other=team.begins_on)


def visited(library: Any, team: Team, today: date) -> Iterator[Problem]:
    """Yield a problem for the first time that a support group was left without a visit for over a month."""
    if team.form is not TeamForm.SUPPORT or team.begins_on is None:
        return
    last = min(today, team.begins_on + TERM, team.ends_on or date.max)
    days = sorted(each.on for each in team.visits if each.on >= team.begins_on)
    at = team.begins_on
    for day in [*(each for each in days if each <= last), last]:
        if day - at > MONTH:
            told = {"value": at, "days": (day - at).days}
            yield problem("team-unvisited", team.origin.of("visits"), title=team.title, **told)
            return
        at = day


def one_one_five(library: Any, team: Team, today: date) -> Iterator[Problem]:
    """Yield a problem if a support group has other numbers than one social worker, one seller and five learners."""
    if team.form is not TeamForm.SUPPORT or not team.counts:
        return
    counted = {each.group: each.count for each in team.counts}
    if any(counted.get(group, count) > count for group, count in _ONE_ONE_FIVE.items()):
        found = "、".join(f"{each.group} {each.count} 人" for each in team.counts)
        found_en = ", ".join(f"{each.count} {each.group.key}" for each in team.counts)
        place = team.origin.of("counts")
        yield problem("team-large", place, title=team.title, found=found, found_en=found_en)


KIND = RecordKind(
    name="teams",
    one="team",
    record=Team,
    heading="队伍",
    lead="来村里帮忙的、村里自己组的队：谁带、多少人、做了什么。",
    publishable=is_public,
    note="form",
    group="form",
    order="begins_on",
    tallies=("form",),
    measure="支",
    expected=("begins_on", "leaders", "counts"),
    checks=(in_time, visited, one_one_five),
    guide="""愿意写名字的写在「队员」，别的人只写「人数」。
帮扶小组按 1 个社工、1 个电商能手、5 个学员写，三个月里一个月去一次，写在「回访」里。
""",
    schema_type="Organization",
)
