"""Declares 系列 (a series of videos or livestreams, with one name): `village/shows.yml`.

The founding papers tell totals of such series (今天我们又下乡了 940 余条, 兴农先锋 900 余场, `seeds.md` 3.14, 3.18). The site counts what is
recorded; a total that somebody tells is a claim with its evidence and stands beside the counted number.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xiangji.kinds.telling.platform import Platform
from xiangji.model.fields import Choice, Holds, ListOf, Record, field, record
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
from xiangji.model.value_types import DAY, LINE, MEDIA, PROSE, WEB
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem


@record("系列", "The series")
class Show(Record, frozen=True, kw_only=True):
    """One series of videos or livestreams."""

    id: str = IDENTIFIER
    title: str = field(
        "名称", LINE, "系列叫什么", "its name", required=True, schema="name", also=["标题"]
    )
    since: date | None = field(
        "开始", DAY, "第一条是哪天", "day of the first one", schema="startDate"
    )
    until: date | None = field("结束", DAY, "不再更新的那天", "last day", schema="endDate")
    platforms: tuple[Platform, ...] = field(
        "平台", ListOf(Choice(Platform)), "在哪些平台上", "the platforms"
    )
    account: str | None = field(
        "账号", LINE, "账号的名字", "the name of its account", holds=Holds.NUMBER
    )
    url: str | None = field("网址", WEB, "账号的主页", "the page of its account", schema="sameAs")
    hosts: tuple[str, ...] = field(
        "出镜的人", ListOf(Ref("people")), "常出镜的人", "person ids", schema="actor"
    )
    partners: tuple[str, ...] = field("伙伴", ListOf(Ref("partners")), "和谁一起", "partner ids")
    project: str | None = field("项目", Ref("projects"), "属于哪个项目", "a project id")
    told: str | None = field(
        "对外说的数",
        LINE,
        "比如：40 余条；要在“断言”里写证据",
        "the total as it is told; it needs a claim",
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


def in_time(library: Any, show: Show, today: date) -> Iterator[Problem]:
    """Yield a problem if a series ends before it begins."""
    if show.since and show.until and show.until < show.since:
        place = show.origin.of("until")
        yield problem("show-ends-early", place, value=show.until, other=show.since)


def proved(library: Any, show: Show, today: date) -> Iterator[Problem]:
    """Yield a problem if a total is told without a line that says what it rests on."""
    if show.told and not any(
        each.text in show.told or show.told in each.text for each in show.claims
    ):
        yield problem("show-told", show.origin.of("told"), value=show.told)


KIND = RecordKind(
    name="shows",
    one="show",
    record=Show,
    heading="系列",
    lead="一个名字底下的短视频和直播，各记下了多少条。",
    publishable=is_public,
    note="platforms",
    order="since",
    measure="个",
    page="counted",
    expected=("since", "platforms"),
    checks=(in_time, proved),
    guide="""有几条视频、几场直播不用写，网站自己数，写在页上。
「对外说的数」是别处说过的总数，在「断言」里写它的证据；没查到写“待核实”。页上两个数并排。
""",
    schema_type="CreativeWorkSeries",
)
