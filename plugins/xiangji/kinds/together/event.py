"""Declares 活动 (events that people can come to): `village/events/<id>/event.yml`, or a list `village/events.yml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from xiangji.model.fields import ListOf, Record, field, record
from xiangji.model.fields import Reference as Ref
from xiangji.model.kind import (
    ALLOWED,
    CLAIMS,
    ELSEWHERE,
    IDENTIFIER,
    ORDINARY,
    PUBLIC,
    SAMPLE,
    PosterTerms,
    RecordKind,
    is_public,
)
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.pictured import PICTURED
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import FLAG, LINE, MEDIA, MOMENT, PROSE
from xiangji.model.values import Moment
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem


@record("活动", "The event")
class Event(Record, frozen=True, kw_only=True):
    """One event: a festival, a promotion meeting, or a future workshop."""

    id: str = IDENTIFIER
    title: str = field(
        "标题", LINE, "活动叫什么", "title", required=True, schema="name", also=["名称"]
    )
    at: Moment = field(
        "时间", MOMENT, "哪天几点", "day and time", required=True, schema="startDate"
    )
    until: Moment | None = field("结束", MOMENT, "到什么时候", "until when", schema="endDate")
    place: str | None = field("地点", Ref("places"), "在哪里", "a place id", schema="location")
    hosts: tuple[str, ...] = field(
        "主持人", ListOf(Ref("people")), "谁主持", "person ids", schema="organizer"
    )
    partners: tuple[str, ...] = field("伙伴", ListOf(Ref("partners")), "和谁一起办", "partner ids")
    project: str | None = field("项目", Ref("projects"), "属于哪个项目", "a project id")
    products: tuple[str, ...] = field(
        "产品", ListOf(Ref("products")), "会有哪些产品", "product ids"
    )
    cancelled: bool = field(
        "取消", FLAG, "不办了写“是”", "yes: it will not take place", default=False
    )
    picture: str | None = field("图片", MEDIA, "一张照片", "a picture", schema="image")
    picture_alt: str | None = field("图片说明", LINE, "给看不见的人听的一句话", "alternative text")
    pictured: tuple[str, ...] = PICTURED
    text: str | None = field("介绍", PROSE, "几句话", "a few sentences", schema="description")
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    elsewhere: str | None = ELSEWHERE
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def in_order(library: Any, event: Event, today: date) -> Iterator[Problem]:
    """Yield a problem if an event ends before it begins."""
    if event.until is not None and _is_earlier(event.until, event.at):
        place = event.origin.of("until")
        yield problem("event-ends-early", place, value=event.until, other=event.at)


def _is_earlier(one: Moment, other: Moment) -> bool:
    """Whether `one` is before `other`. A day without a time of day is not before any time of the same day."""
    if one.day != other.day:
        return one.day < other.day
    return bool(one.time and other.time and one.time < other.time)


def is_coming(event: Event, today: date) -> bool:
    """Whether an event is not over on a day."""
    return (event.until or event.at).day >= today


def is_announced(event: Event, today: date) -> bool:
    """Whether an event has a poster: only one that people can still come to."""
    return is_coming(event, today) and not event.cancelled


def arranged(events: Sequence[Event], today: date) -> list[tuple[str, list[Event]]]:
    """Group events: future ones, the next first; then past ones, the latest first."""
    coming = sorted((each for each in events if is_coming(each, today)), key=lambda each: each.at)
    over = (each for each in events if not is_coming(each, today))
    been = sorted(over, key=lambda each: each.at, reverse=True)
    groups = [("就要办的", coming), ("已经办过的", been)]
    return [(heading, several) for heading, several in groups if several]


def is_to_come(event: Event, today: date) -> str:
    """Say when an event takes place that people have been told of."""
    return str(event.at) if is_announced(event, today) else ""


KIND = RecordKind(
    name="events",
    one="event",
    record=Event,
    heading="活动",
    lead="可以来参加的事，和已经办过的。",
    publishable=is_public,
    note="at",
    order="at",
    arrange=arranged,
    measure="场",
    called_off="cancelled",
    expected=("place", "hosts"),
    checks=(in_order,),
    pending=is_to_come,
    guide="""「时间」写到几点更好，手机的日历要用。办过了不用删：过了那天，自己排到“已经办过的”里。
不办了别删，写 取消: 是：已经加进日历的人也会看到。
""",
    exports=("json", "csv", "ics"),
    schema_type="Event",
    poster=PosterTerms("扫码看怎么来", ("at", "place"), wanted=is_announced),
)
