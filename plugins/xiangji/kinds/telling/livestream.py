"""Declares 直播 (livestreams, past and to come): `village/livestreams.csv`, or a list or files as other kinds.

The founding papers count 900 of them with their sales (`seeds.md` 3.14). What was sold stays at home; what the village wants to tell
has a field of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
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
    PosterTerms,
    RecordKind,
    is_public,
)
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.pictured import PICTURED
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import FLAG, LINE, MEDIA, MOMENT, MONEY, PROSE, WEB
from xiangji.model.values import Moment
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem


@record("直播", "The livestream")
class Livestream(Record, frozen=True, kw_only=True):
    """One livestream: when and where, who speaks, which products, and where it can be seen again."""

    id: str = IDENTIFIER
    title: str = field(
        "标题", LINE, "这一场叫什么", "title", required=True, schema="name", also=["名称"]
    )
    at: Moment = field(
        "时间", MOMENT, "哪天几点开播", "day and time", required=True, schema="startDate"
    )
    until: Moment | None = field("结束", MOMENT, "到什么时候", "until when", schema="endDate")
    show: str | None = field("系列", Ref("shows"), "属于哪个系列", "a series id")
    platform: Platform | None = field("平台", Choice(Platform), "在哪里播", "the platform")
    url: str | None = field("网址", WEB, "直播间的地址", "the address of the room", schema="sameAs")
    replay: str | None = field("回放", WEB, "回放的地址", "where it can be seen again")
    hosts: tuple[str, ...] = field(
        "主播", ListOf(Ref("people")), "谁播", "person ids", schema="performer"
    )
    products: tuple[str, ...] = field(
        "产品", ListOf(Ref("products")), "播了哪些产品", "product ids", schema="about"
    )
    place: str | None = field("地点", Ref("places"), "在哪里播", "a place id", schema="location")
    partners: tuple[str, ...] = field("伙伴", ListOf(Ref("partners")), "和谁一起", "partner ids")
    project: str | None = field("项目", Ref("projects"), "属于哪个项目", "a project id")
    cancelled: bool = field(
        "取消", FLAG, "不播了写“是”", "yes: it will not take place", default=False
    )
    sold: Decimal | None = field(
        "卖了多少", MONEY, "自己记账，哪里都不公开", "sales, never published", private=True
    )
    sales: Decimal | None = field(
        "公开的销售额", MONEY, "愿意公开才写", "sales, if they may be published"
    )
    picture: str | None = field(
        "封面", MEDIA, "存下来的封面", "its cover, kept here", schema="image", also=["图片"]
    )
    picture_alt: str | None = field(
        "封面说明", LINE, "给看不见的人听的一句话", "alternative text", also=["图片说明"]
    )
    pictured: tuple[str, ...] = PICTURED
    text: str | None = field("介绍", PROSE, "几句话", "a few sentences", schema="description")
    transcript: str | None = field(
        "文字稿",
        PROSE,
        "说的话；主播都同意引语才公开",
        "what was said; published if all hosts agreed to be quoted",
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


def in_order(library: Any, stream: Livestream, today: date) -> Iterator[Problem]:
    """Yield a problem if a stream ends before it begins, or has sales or a replay before it took place."""
    if stream.until is not None and stream.until < _comparable(stream):
        place = stream.origin.of("until")
        yield problem("livestream-ends-early", place, value=stream.until, other=stream.at)
    told = next((name for name in ("replay", "sold", "sales") if getattr(stream, name)), None)
    if stream.at.day > today and told:
        yield problem("livestream-ahead", stream.origin.of(told), value=stream.at)


def _comparable(stream: Livestream) -> Moment:
    """The beginning of a stream, without its time if the end has none."""
    return stream.at if stream.until and stream.until.time else Moment(stream.at.day)


def is_coming(stream: Livestream, today: date) -> bool:
    """Whether a stream is yet to come or on today, and will take place."""
    return (stream.until or stream.at).day >= today and not stream.cancelled


def arranged(streams: Sequence[Livestream], today: date) -> list[tuple[str, list[Livestream]]]:
    """Group streams: future ones, the next first; then past ones by month, the latest first."""
    coming = [each for each in streams if (each.until or each.at).day >= today]
    been = [each for each in streams if (each.until or each.at).day < today]
    months = by_month(been, lambda each: each.at.day, _heading)
    return [("就要播的", sorted(coming, key=lambda each: each.at)), *months] if coming else months


def _heading(streams: Sequence[Livestream]) -> str:
    held = [each for each in streams if not each.cancelled]
    told = [each.sales for each in held if each.sales is not None]
    money = f"，写明销售额的 {len(told)} 场共 {sum(told):,} 元" if told else ""
    return f"{len(held)} 场{money}"


KIND = RecordKind(
    name="livestreams",
    one="livestream",
    record=Livestream,
    heading="直播",
    lead="就要播的和播过的。一共几场，是从一场一场的记录里数出来的。",
    publishable=is_public,
    note="at",
    order="at",
    arrange=arranged,
    tallies=("at", "show", "platform", "products"),
    measure="场",
    called_off="cancelled",
    expected=("platform", "hosts"),
    checks=(in_order,),
    guide="""一场一行，用表最方便：village/livestreams.csv。没播的写上，手机日历里就有；播过了自己挪到后面。
「卖了多少」只在自己的文件里。愿意公开，再写「公开的销售额」。
「文字稿」是主播说的话：他们都同意「引语」，网站上才有。
""",
    exports=("json", "csv", "ics"),
    schema_type="BroadcastEvent",
    schema_constants={"isLiveBroadcast": True},
    poster=PosterTerms("扫码看哪里播", ("at", "platform"), wanted=is_coming),
)
