"""The record of how goods are sent: in how many days, and what it costs to which region."""

from __future__ import annotations

from decimal import Decimal

from xiangji.model.fields import ListOf, Nested, Record, field, record
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.value_types import DAYS, LINE, MONEY


@record("运费", "The freight")
class Freight(Record, frozen=True, kw_only=True):
    """What sending a parcel to a region costs."""

    region: str = field("地区", LINE, "寄到哪里，例如 外省", "where to", required=True)
    cost: Decimal = field("多少", MONEY, "多少元", "yuan", required=True)
    origin: Origin = NOWHERE


@record("配送", "The delivery")
class Delivery(Record, frozen=True, kw_only=True):
    """How goods are sent. A product without one of its own is sent as its first producer sends."""

    within: int | None = field("几天发出", DAYS, "说好以后几天内发出", "days until it is sent off")
    free: tuple[str, ...] = field(
        "包邮", ListOf(LINE), "寄到哪些地方不收运费", "regions to which sending is free"
    )
    freight: tuple[Freight, ...] = field(
        "运费", ListOf(Nested(Freight)), "别的地方收多少", "what it costs elsewhere"
    )
    free_from: Decimal | None = field(
        "满多少包邮", MONEY, "买满多少元不收运费", "order value in yuan from which sending is free"
    )
    origin: Origin = NOWHERE
