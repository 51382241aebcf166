"""Declares 短视频 (videos that the village published): `village/videos.csv`, or a list or files as other kinds.

The founding papers count 940 of them (`seeds.md` 3.18), so the table is the usual way. Links to platforms rot: the cover and the
transcript stay here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from xiangji.kinds.telling.months import by_month
from xiangji.kinds.telling.platform import Platform
from xiangji.model.fields import Choice, ListOf, Record, field, record
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


@record("短视频", "The video")
class Video(Record, frozen=True, kw_only=True):
    """One video: where and when it was published, who is in it, and what is said in it."""

    id: str = IDENTIFIER
    title: str = field(
        "标题", LINE, "视频叫什么", "title", required=True, schema="name", also=["名称"]
    )
    on: date = field(
        "哪天",
        DAY,
        "哪天发的",
        "day of publication",
        required=True,
        schema="uploadDate",
        also=["日期"],
    )
    show: str | None = field("系列", Ref("shows"), "属于哪个系列", "a series id", schema="isPartOf")
    platform: Platform | None = field("平台", Choice(Platform), "发在哪里", "the platform")
    url: str | None = field("网址", WEB, "视频的地址", "its address", schema="sameAs")
    hosts: tuple[str, ...] = field(
        "出镜的人", ListOf(Ref("people")), "谁出镜、谁讲", "person ids", schema="actor"
    )
    products: tuple[str, ...] = field(
        "产品", ListOf(Ref("products")), "讲到哪些产品", "product ids", schema="about"
    )
    stories: tuple[str, ...] = field("故事", ListOf(Ref("stories")), "讲到的故事", "story ids")
    place: str | None = field(
        "地点", Ref("places"), "在哪里拍的", "a place id", schema="contentLocation"
    )
    project: str | None = field("项目", Ref("projects"), "属于哪个项目", "a project id")
    gone_on: date | None = field(
        "哪天打不开", DAY, "链接打不开了，写发现的那天", "day on which the link was found dead"
    )
    picture: str | None = field(
        "封面", MEDIA, "存下来的封面", "its cover, kept here", schema="thumbnailUrl", also=["图片"]
    )
    picture_alt: str | None = field(
        "封面说明", LINE, "给看不见的人听的一句话", "alternative text", also=["图片说明"]
    )
    pictured: tuple[str, ...] = PICTURED
    text: str | None = field("介绍", PROSE, "几句话", "a few sentences", schema="description")
    transcript: str | None = field(
        "文字稿",
        PROSE,
        "视频里说的话；出镜的人都同意引语才公开",
        "what is said; published if all in it agreed to be quoted",
        schema="transcript",
        words_of="hosts",
    )
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    elsewhere: str | None = ELSEWHERE
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def past(library: Any, video: Video, today: date) -> Iterator[Problem]:
    """Yield a problem if a video is said to be published on a day that is yet to come."""
    if video.on > today:
        yield problem("video-ahead", video.origin.of("on"), value=video.on)


def arranged(videos: Sequence[Video], today: date) -> list[tuple[str, list[Video]]]:
    """Group videos by month, each heading with their number."""
    return by_month(videos, lambda each: each.on, lambda several: f"{len(several)} 条")


def dead(video: Video, today: date) -> str:
    """What lists and pages say first of a video whose link is dead."""
    return "原来的链接打不开了" if video.gone_on else ""


KIND = RecordKind(
    name="videos",
    one="video",
    record=Video,
    heading="短视频",
    lead="村里拍的短视频：哪天发的，讲了什么。一共几条，是从一条一条的记录里数出来的。",
    publishable=is_public,
    note="on",
    order="on",
    arrange=arranged,
    tallies=("on", "show", "platform", "products"),
    measure="条",
    expected=("platform", "hosts"),
    checks=(past,),
    over=dead,
    guide="""一条一行，用表最方便：village/videos.csv。一共几条，网站自己数，不用写。
链接会断，「封面」和「文字稿」存在这里就还在。打不开了，写「哪天打不开」，不用删。
「文字稿」是出镜的人说的话：他们都同意「引语」，网站上才有。
""",
    schema_type="VideoObject",
)
