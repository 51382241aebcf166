"""Declares 报道 (what others published about the village): `village/press.yml`.

Accounts of WeChat articles, days of access and an excerpt are kept because such links rot (`seeds.md` 0.7). A report about people
is published here only if each of them agreed to be named, whatever the press did (`seeds.md` 0.6).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xiangji.kinds.telling.excerpt import kept
from xiangji.model.fields import Choice, ListOf, Record, Word, field, record
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
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import DAY, LINE, PROSE, WEB
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem
from xiangji.records.shared_fields.excerpt import DIGEST, EXCERPT, GIVEN, GONE


class PressMedium(Word):
    """What kind of medium published a report."""

    WECHAT = "公众号"
    WEBSITE = "网站"
    NEWSPAPER = "报纸"
    MAGAZINE = "杂志"
    TELEVISION = "电视"
    RADIO = "广播"
    VIDEO = "视频"
    OTHER = "别的"


@record("报道", "The report")
class PressReport(Record, frozen=True, kw_only=True):
    """One report about the village: who published it, when it was read, and what it says."""

    id: str = IDENTIFIER
    title: str = field(
        "题目", LINE, "照原文写", "its title", required=True, also=["标题"], unchecked=GIVEN
    )
    medium: PressMedium = field(
        "类型", Choice(PressMedium), "哪种媒体", "which medium", required=True
    )
    outlet: str | None = field(
        "谁登的",
        LINE,
        "公众号、报纸或网站的名字",
        "account, paper or site",
        unchecked=GIVEN,
        also=["公众号", "媒体"],
    )
    on: date | None = field("哪天", DAY, "哪天登的", "day of publication", also=["日期"])
    url: str | None = field("网址", WEB, "原文地址", "its address")
    accessed_on: date | None = field("查阅日期", DAY, "哪天看的", "day of access")
    author: str | None = field("作者", LINE, "谁写的", "author", unchecked=GIVEN)
    gone_on: date | None = GONE
    people: tuple[str, ...] = field(
        "写到的人", ListOf(Ref("people")), "人物的编号，一个不漏", "everybody it is about"
    )
    products: tuple[str, ...] = field("产品", ListOf(Ref("products")), "写到的产品", "product ids")
    stories: tuple[str, ...] = field("故事", ListOf(Ref("stories")), "写到的故事", "story ids")
    projects: tuple[str, ...] = field("项目", ListOf(Ref("projects")), "写到的项目", "project ids")
    place: str | None = field("地点", Ref("places"), "写的是哪里", "a place id")
    excerpt: str | None = EXCERPT
    digest: str | None = DIGEST
    saved: str | None = field(
        "存在哪里", LINE, "存下来的全文放在哪里，不公开", "where a copy is kept", private=True
    )
    correction: str | None = field(
        "说得不对的", PROSE, "报道里哪里和事实不一样", "what is not as it says"
    )
    text: str | None = field("说明", PROSE, "几句话", "a few sentences")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def read(library: Any, report: PressReport, today: date) -> Iterator[Problem]:
    """Yield a problem if the days of a report cannot be, or nobody noted when its page was read."""
    if report.on and report.on > today:
        yield problem("press-ahead", report.origin.of("on"), value=report.on)
    if report.accessed_on and report.on and report.accessed_on < report.on:
        place = report.origin.of("accessed_on")
        yield problem("press-order", place, value=report.accessed_on, other=report.on)
    if report.url and not report.accessed_on:
        yield problem("press-unread", report.origin.of("url"))
    yield from kept(report)


def dead(report: PressReport, today: date) -> str:
    """What lists and pages say first of a report whose link is dead."""
    return "原文打不开了" if report.gone_on else ""


KIND = RecordKind(
    name="press",
    one="report",
    record=PressReport,
    heading="报道",
    lead="别人写村里的：谁登的，哪天登的，说了什么。",
    publishable=is_public,
    about="people",
    note="outlet",
    order="on",
    tallies=("on", "medium"),
    measure="篇",
    expected=("outlet", "on", "accessed_on"),
    checks=(read,),
    over=dead,
    guide="""报纸登过名字，不等于本人同意放到这里：「写到的人」里有一个没同意公开姓名，这一篇就不出现。
网页会改、会没：写「查阅日期」，抄几句「摘录」，不抄整篇。打不开了写「哪天打不开」，不用删。
「摘录指纹」不用自己算，没写的时候乡记会告诉你写什么。
""",
)
