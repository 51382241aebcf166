"""Declares 物流点 (the nodes of the county, township and village over which goods go): `village/nodes.yml`.

三级物流, 分包中心, shared cold stores and 网货双向流动 are named in the founding papers (`seeds.md` 1.27, 2.10, 2.15, 3.34, 3.42, 3.43).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

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
from xiangji.model.value_types import LINE, MEDIA, PROSE, QUANTITY, TELEPHONE
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem


class NodeTier(Word):
    """The three tiers of rural logistics."""

    COUNTY = "县级"
    TOWNSHIP = "乡级"
    VILLAGE = "村级"


class NodeTask(Word):
    """What is done at a node."""

    PICKUP = "代收"
    SENDING = "代寄"
    SORTING = "分拣"
    PACKING = "分包"
    STORING = "存放"
    COLD = "冷藏"
    TRANSFER = "中转"


class Direction(Word):
    """In which direction goods go over a node."""

    OUT = "出村"
    IN = "进村"


@record("物流点", "The logistics node")
class LogisticsNode(Record, frozen=True, kw_only=True):
    """One node: its tier, what is done there, who keeps it, and how others may use it."""

    id: str = IDENTIFIER
    title: str = field(
        "名称", LINE, "叫什么", "its name", required=True, schema="name", also=["标题"]
    )
    tier: NodeTier = field("级别", Choice(NodeTier), "县、乡、村哪一级", "tier", required=True)
    tasks: tuple[NodeTask, ...] = field(
        "能做什么", ListOf(Choice(NodeTask)), "可以几样", "what is done there", required=True
    )
    directions: tuple[Direction, ...] = field(
        "方向", ListOf(Choice(Direction)), "出村、进村", "out, in, or both"
    )
    hours: str | None = field("时间", LINE, "什么时候有人", "opening hours", schema="openingHours")
    capacity: Quantity | None = field(
        "容量", QUANTITY, "仓库、冷库放得下多少，带单位", "how much it holds"
    )
    telephone: str | None = field(
        "电话",
        TELEPHONE,
        "对外的电话",
        "its public number",
        schema="telephone",
        holds=Holds.TELEPHONE,
    )
    upper: str | None = field("上一级", Ref("nodes"), "货往哪个点送", "the node above it")
    place: str | None = field("地点", Ref("places"), "在哪里", "a place id", schema="location")
    carriers: tuple[str, ...] = field("快递", ListOf(Ref("carriers")), "哪几家来收", "carrier ids")
    operator: str | None = field("谁运营", Ref("partners"), "伙伴的编号", "a partner id")
    keepers: tuple[str, ...] = field("谁管", ListOf(Ref("people")), "编号", "person ids")
    usage: str | None = field("用了多少", LINE, "哪个月用了几成", "how much of it is used")
    sharing: str | None = field(
        "怎么共用", PROSE, "谁能用，怎么算钱，找谁", "who may use it, and how"
    )
    picture: str | None = field(
        "图片", MEDIA, "照片，或者手画的路线图", "a photo or a sketch map", schema="image"
    )
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


_TIERS = list(NodeTier)


def in_tiers(library: Any, node: LogisticsNode, today: date) -> Iterator[Problem]:
    """Yield a problem if the node above another is of no higher tier, or a cold store holds nobody knows how much."""
    upper = library.shelf("nodes").get(node.upper)
    if upper is not None and _TIERS.index(upper.tier) >= _TIERS.index(node.tier):
        told = {"title": upper.title, "tier": str(upper.tier), "own": str(node.tier)}
        yield problem("node-tier", node.origin.of("upper"), **told)
    if NodeTask.COLD in node.tasks and node.capacity is None:
        yield problem("node-capacity", node.origin.of("tasks"), title=node.title)


KIND = RecordKind(
    name="nodes",
    one="node",
    record=LogisticsNode,
    heading="物流点",
    lead="货从村里出去、从外面进来，经过哪几个点：哪里代收代寄，哪里分拣打包，哪里有冷库可以共用。",
    publishable=is_public,
    note="tasks",
    group="tier",
    tallies=("tier", "tasks", "directions"),
    measure="处",
    expected=("hours", "directions"),
    checks=(in_tiers,),
    guide="""「上一级」写货往哪个点送：村级送乡级，乡级送县级。
冷库写「容量」和「怎么共用」，别的村也找得到。代收点的单子在 /nodes/-/tasks/pickup/。
""",
    schema_type="CivicStructure",
)
