"""Declares 政策卡 (who may have which support, until when, by which document): `village/policies.yml`.

It quotes the document and says where to ask. It is no advice: what tax somebody owes is for the tax office.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from xiangji.model.fields import Holds, Record, field, record
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
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import DAY, LINE, PROSE, WEB
from xiangji.model.values import said_date
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem


@record("政策卡", "The policy card")
class Policy(Record, frozen=True, kw_only=True):
    """One support that somebody may apply for."""

    id: str = IDENTIFIER
    title: str = field(
        "名称", LINE, "叫什么", "its name", required=True, schema="name", also=["标题"]
    )
    issuer: str = field("谁发的", LINE, "发文的单位", "who issued it", required=True)
    document: str | None = field(
        "文号", LINE, "文件的名字和文号", "title and number of the document", holds=Holds.NUMBER
    )
    link: str | None = field("网址", WEB, "原文在哪里", "where the document stands", schema="url")
    since: date | None = field("从哪天", DAY, "哪天起", "first day")
    until: date | None = field("到哪天", DAY, "哪天止；长期的不写", "last day; none if it has none")
    point: str | None = field("到哪里问", Ref("points"), "服务点的编号", "a service point id")
    who: str | None = field("谁能享受", PROSE, "照文件写", "who may have it, as the document says")
    how: str | None = field("怎么申请", PROSE, "一步一步", "how to apply")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    elsewhere: str | None = ELSEWHERE
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


_TAX = late_pattern("税(?!务)")
"""What a card must not advise on. The tax office (税务所, 税务局) is whom it sends people to."""


def is_over(policy: Policy, today: date) -> str:
    """Say that a policy has ended, on the day after its last one."""
    return "已经过期了" if policy.until is not None and policy.until < today else ""


_SOON = timedelta(days=60)
"""How long before its end somebody should look whether a policy goes on."""


def ends_soon(policy: Policy, today: date) -> str:
    """Say that a policy ends within the next weeks."""
    soon = policy.until is not None and today <= policy.until <= today + _SOON
    return f"{said_date(policy.until)}到期" if soon and policy.until else ""


def current(library: Any, policy: Policy, today: date) -> Iterator[Problem]:
    """Yield a problem if a policy ends before it begins, or if it advises on taxes."""
    if policy.since and policy.until and policy.until < policy.since:
        place = policy.origin.of("until")
        yield problem("policy-ends-early", place, value=policy.until, other=policy.since)
    for name in ("who", "how"):
        if _TAX.search(getattr(policy, name) or ""):
            yield problem("policy-tax", policy.origin.of(name), title=policy.title)


KIND = RecordKind(
    name="policies",
    one="policy",
    record=Policy,
    heading="政策",
    lead="哪些扶持可以去问：照文件写，写明到哪一天。办不办得成，由发文的单位定。",
    publishable=is_public,
    note="issuer",
    order="until",
    over=is_over,
    pending=ends_soon,
    measure="项",
    expected=("document", "until", "who"),
    checks=(current,),
    guide="""照文件写，不加自己的话；不算谁该交多少税，写“到税务所问”。
过了「到哪天」，网站自己写“已经过期了”，不用删。
""",
)
