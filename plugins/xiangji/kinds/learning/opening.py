"""Declares 岗位 (work that somebody offers): `village/openings.yml`."""

from __future__ import annotations

from datetime import date

from xiangji.model.fields import Holds, ListOf, Record, field, record
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
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import COUNT, DAY, LINE, PROSE, TELEPHONE
from xiangji.model.values import said_date
from xiangji.model.vocabularies import Visibility


@record("岗位", "The opening")
class Opening(Record, frozen=True, kw_only=True):
    """One offer of work."""

    id: str = IDENTIFIER
    title: str = field("岗位", LINE, "做什么", "the work", required=True, also=["标题", "名称"])
    producer: str | None = field("谁家招", Ref("producers"), "生产者的编号", "a producer id")
    partners: tuple[str, ...] = field(
        "伙伴", ListOf(Ref("partners")), "伙伴招的写这里", "partner ids"
    )
    count: int | None = field("招几人", COUNT, "几个人", "how many", measure="人")
    pay: str | None = field("工钱", LINE, "怎么算、多少", "the pay")
    hours: str | None = field("时间", LINE, "什么时候做", "when")
    place: str | None = field("地点", Ref("places"), "在哪里", "a place id")
    since: date | None = field("从哪天", DAY, "哪天开始招", "first day")
    until: date | None = field("到哪天", DAY, "哪天截止", "last day")
    point: str | None = field("到哪里报名", Ref("points"), "服务点的编号", "a service point id")
    telephone: str | None = field(
        "电话", TELEPHONE, "对外的电话", "a public number", holds=Holds.TELEPHONE
    )
    text: str | None = field("要求", PROSE, "几句话", "a few sentences")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    elsewhere: str | None = ELSEWHERE
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def is_over(opening: Opening, today: date) -> str:
    """Say that an opening is closed, on the day after its last one."""
    return "已经截止了" if opening.until is not None and opening.until < today else ""


def is_offered(opening: Opening, today: date) -> str:
    """Say until when work is offered, until that day."""
    if is_over(opening, today):
        return ""
    return f"招到 {said_date(opening.until)}" if opening.until else "还在招，没有写到哪天"


KIND = RecordKind(
    name="openings",
    one="opening",
    record=Opening,
    heading="岗位",
    lead="村里招人：做什么、工钱怎么算、到哪里报名。",
    publishable=is_public,
    note="pay",
    order="until",
    over=is_over,
    pending=is_offered,
    measure="个",
    expected=("pay", "until"),
    guide="""过了「到哪天」，网站自己写“已经截止了”，不用删。电话写对外的。
""",
)
