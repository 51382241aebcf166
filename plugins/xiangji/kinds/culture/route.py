"""Declares 路线 (a walk through the village, stop by stop): `village/routes.yml`.

Its page has a drawing without outside tiles and the same as a list (`views.drawing`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xiangji.model.fields import Holds, ListOf, Nested, Record, field, record
from xiangji.model.fields import Reference as Ref
from xiangji.model.kind import (
    ALLOWED,
    CLAIMS,
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
from xiangji.model.value_types import LINE, MEDIA, PROSE, TELEPHONE
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem
from xiangji.records.season import MONTHS, Months


@record("一站", "The stop")
class RouteStop(Record, frozen=True, kw_only=True):
    """One stop: a spot, a place, a person, a product or a story, or a name alone."""

    title: str | None = field("名称", LINE, "这一站叫什么；写了下面一样就可以不写", "its name")
    spot: str | None = field("去处", Ref("spots"), "去处的编号", "a spot id")
    place: str | None = field("地点", Ref("places"), "地点的编号", "a place id")
    person: str | None = field("见谁", Ref("people"), "人物的编号", "a person id")
    product: str | None = field("产品", Ref("products"), "产品的编号", "a product id")
    story: str | None = field("故事", Ref("stories"), "故事的编号", "a story id")
    stay: str | None = field("多久", LINE, "比如：半个钟头", "how long")
    note: str | None = field("做什么", LINE, "一句话", "what happens there")
    origin: Origin = NOWHERE


TARGETS = ("spot", "place", "person", "product", "story")


@record("路线", "The route")
class Route(Record, frozen=True, kw_only=True):
    """One route with its stops in order."""

    id: str = IDENTIFIER
    title: str = field(
        "名称", LINE, "路线叫什么", "its name", required=True, schema="name", also=["标题"]
    )
    stops: tuple[RouteStop, ...] = field(
        "站", ListOf(Nested(RouteStop)), "一站一条，照走的次序", "its stops in order"
    )
    lasts: str | None = field("走多久", LINE, "比如：半天", "how long it takes")
    season: Months | None = field("几月好", MONTHS, "哪几个月", "in which months")
    booking: str | None = field("怎么预约", LINE, "找谁、到哪里说", "how to book")
    telephone: str | None = field(
        "电话",
        TELEPHONE,
        "对外的电话",
        "its public number",
        holds=Holds.TELEPHONE,
    )
    fee: str | None = field("收费", LINE, "多少钱；不要钱写“不收”", "what it costs")
    guides: tuple[str, ...] = field("谁带", ListOf(Ref("people")), "编号", "person ids")
    partners: tuple[str, ...] = field("伙伴", ListOf(Ref("partners")), "和谁一起", "partner ids")
    way: str | None = field("怎么来", PROSE, "从外面怎么到村里", "how to reach the village")
    picture: str | None = field("图片", MEDIA, "一张照片", "a picture", schema="image")
    picture_alt: str | None = field("图片说明", LINE, "给看不见的人听的一句话", "alternative text")
    pictured: tuple[str, ...] = PICTURED
    text: str | None = field("介绍", PROSE, "几句话", "a few sentences", schema="description")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def walkable(library: Any, route: Route, today: date) -> Iterator[Problem]:
    """Yield a problem if a stop says nothing, or is not good in all months in which the route is."""
    spots = library.shelf("spots")
    for stop in route.stops:
        if not any(getattr(stop, name) for name in ("title", *TARGETS)):
            yield problem("route-empty-stop", stop.origin.location)
        spot = spots.get(stop.spot)
        if route.season and spot and spot.season:
            missing = [each for each in route.season.numbers if each not in spot.season]
            if missing:
                told = {"title": spot.title, "months": str(Months(tuple(missing)))}
                yield problem("route-season", stop.origin.of("spot"), **told)


KIND = RecordKind(
    name="routes",
    one="route",
    record=Route,
    heading="路线",
    lead="一站一站在村里走一圈：先到哪里，见谁，做什么。",
    publishable=is_public,
    note="lasts",
    measure="条",
    page="route",
    expected=("season", "booking"),
    checks=(walkable,),
    guide="""照走的次序一站一条：写「去处」「地点」「见谁」「产品」「故事」里的一样，或者只写「名称」。
每一站的去处都写了坐标，页上画成小地图；没有，就画成一条线。画的都是示意，不按比例。
""",
    schema_type="TouristTrip",
    poster=PosterTerms("扫码看怎么走", ("lasts", "season")),
)
