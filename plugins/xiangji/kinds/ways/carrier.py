"""Declares 快递 (carriers, and what was agreed with each): `village/carriers.yml`.

Carrier tables with tracking links, and packs that were agreed on once, come from the founding papers (`seeds.md` 1.28, 2.19, 4.5).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
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
    RecordKind,
    is_public,
)
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import (
    DAY,
    FLAG,
    LINE,
    MONEY,
    PROSE,
    QUANTITY,
    TELEPHONE,
    WEB_FORM,
)
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem


@record("约定的包装", "The agreed pack")
class AgreedPack(Record, frozen=True, kw_only=True):
    """A pack that a carrier takes at an agreed price."""

    title: str = field("名称", LINE, "比如：六罐一箱", "its name", required=True)
    size: str | None = field("大小", LINE, "长宽高", "its size", holds=Holds.MEASURE)
    most: Quantity | None = field("最重", QUANTITY, "带单位", "its greatest weight")
    price: Decimal | None = field("多少钱", MONEY, "一件几元；不便公开就不写", "yuan for one")
    products: tuple[str, ...] = field("产品", ListOf(Ref("products")), "装哪样产品", "product ids")
    origin: Origin = NOWHERE


@record("快递", "The carrier")
class Carrier(Record, frozen=True, kw_only=True):
    """One carrier: when it comes, what it takes, and where a parcel can be looked up."""

    id: str = IDENTIFIER
    title: str = field(
        "名称", LINE, "哪一家", "its name", required=True, schema="name", also=["标题"]
    )
    comes: str | None = field("几点来收", LINE, "哪天几点", "when it collects")
    reaches: str | None = field("送到哪里", LINE, "哪些省", "where it delivers")
    cold: bool = field("有冷链", FLAG, "有就写“是”", "yes if it keeps goods cold", default=False)
    telephone: str | None = field(
        "电话",
        TELEPHONE,
        "对外的电话",
        "its public number",
        schema="telephone",
        holds=Holds.TELEPHONE,
    )
    tracking: str | None = field(
        "查件网址",
        WEB_FORM,
        "单号的地方写 {number}",
        "its tracking address with {number} in place of the parcel's number",
    )
    partner: str | None = field("伙伴", Ref("partners"), "伙伴的编号", "a partner id")
    packs: tuple[AgreedPack, ...] = field(
        "约定的包装", ListOf(Nested(AgreedPack)), "说好的，一样一条", "packs agreed on"
    )
    since: date | None = field("从哪天", DAY, "约定从哪天起", "from which day it holds")
    until: date | None = field("到哪天", DAY, "约定到哪天", "its last day")
    text: str | None = field("说明", PROSE, "几句话", "a few sentences", schema="description")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def in_time(library: Any, carrier: Carrier, today: date) -> Iterator[Problem]:
    """Yield a problem if an agreement ends before it begins."""
    if carrier.since and carrier.until and carrier.until < carrier.since:
        place = carrier.origin.of("until")
        yield problem("carrier-ends-early", place, value=carrier.until, other=carrier.since)


def ended(carrier: Carrier, today: date) -> str:
    """What lists and pages say first of a carrier with whom nothing is agreed any more."""
    return "约定到期了" if carrier.until is not None and carrier.until < today else ""


KIND = RecordKind(
    name="carriers",
    one="carrier",
    record=Carrier,
    heading="快递",
    lead="哪几家来收件，几点来，说好的包装和价钱，到哪里查件。",
    publishable=is_public,
    note="comes",
    measure="家",
    expected=("comes", "reaches"),
    checks=(in_time,),
    over=ended,
    guide="""「查件网址」从快递公司自己的网站抄，单号的地方换成 {number}。网站只给一个链接，不替人查，也不记单号。
「约定的包装」说好一次写一次，产品页上看得到。
""",
    schema_type="Organization",
)
