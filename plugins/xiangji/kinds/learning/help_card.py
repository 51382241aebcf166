"""Declares 求助卡 (where to turn with a worry): `village/help.yml`.

It names a place or a number. It takes no request itself: nothing private is written on a public site.
"""

from __future__ import annotations

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
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import LINE, PROSE, TELEPHONE
from xiangji.model.vocabularies import Visibility


class HelpTopic(Word):
    """What somebody needs help with."""

    LAW = "法律"
    CARE = "心理"
    SKILL = "技术"
    MONEY = "钱的事"
    HEALTH = "看病"
    OTHER = "别的"


@record("求助卡", "The help card")
class HelpCard(Record, frozen=True, kw_only=True):
    """One card: with which worry one turns where."""

    id: str = IDENTIFIER
    title: str = field(
        "遇到什么",
        LINE,
        "比如：货款收不回来",
        "the worry",
        required=True,
        schema="name",
        also=["标题"],
    )
    topic: HelpTopic = field("类型", Choice(HelpTopic), "哪方面的事", "which kind", required=True)
    turn_to: str | None = field("找谁", LINE, "单位，不写私人", "a body, no private person")
    telephone: str | None = field(
        "电话", TELEPHONE, "对外的电话", "its public number", holds=Holds.TELEPHONE
    )
    hours: str | None = field("时间", LINE, "什么时候有人", "when somebody is there")
    point: str | None = field("服务点", Ref("points"), "到哪个服务点", "a service point id")
    partners: tuple[str, ...] = field("伙伴", ListOf(Ref("partners")), "谁来帮", "partner ids")
    text: str | None = field("怎么办", PROSE, "一步一步", "what to do", schema="description")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    elsewhere: str | None = ELSEWHERE
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


KIND = RecordKind(
    name="help",
    one="help-card",
    record=HelpCard,
    heading="找人帮忙",
    lead="遇到这样的事，可以找这些地方。这里不收任何人的情况，有事打电话、上门去说。",
    publishable=is_public,
    note="turn_to",
    group="topic",
    measure="张",
    expected=("turn_to", "telephone"),
    guide="""只写找哪里，不写谁家出了什么事。电话写单位的。
""",
)
