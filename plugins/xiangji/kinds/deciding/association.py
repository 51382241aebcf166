"""Declares 协会 (an association of producers that keeps itself in order): `village/associations.yml`.

行业自律协会 with rules, members and sanctions, the integrity charter and joint purchases come from the founding papers
(`seeds.md` 1.7, 4.31, 4.32).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xiangji.model.fields import Choice, Holds, ListOf, Nested, Record, Word, field, record
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
from xiangji.model.value_types import DAY, HEADCOUNT, LINE, PROSE, QUANTITY
from xiangji.model.values import Quantity, said_date
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem


@record("规矩", "The rule")
class AgreedRules(Record, frozen=True, kw_only=True):
    """One version of what the members agreed on."""

    version: str = field(
        "版本", LINE, "比如：第二版", "which version", required=True, holds=Holds.NUMBER
    )
    since: date = field("从哪天", DAY, "哪天起", "from which day", required=True)
    text: str = field("写着什么", LINE, "要紧的几句", "what it says", required=True)
    origin: Origin = NOWHERE


class SignatureEnd(Word):
    """Why a signature does not count any more."""

    LEFT = "退出"
    SUSPENDED = "暂停"
    EXPELLED = "除名"


@record("签字", "The signature")
class Signature(Record, frozen=True, kw_only=True):
    """A producer that signed the charter."""

    producer: str | None = field("生产者", Ref("producers"), "编号", "a producer id")
    on: date = field("哪天", DAY, "哪天签的", "the day", required=True)
    until: date | None = field(
        "到哪天", DAY, "退出、暂停或者除名的那天", "the day on which it ceased to count"
    )
    ended: SignatureEnd | None = field(
        "怎么了", Choice(SignatureEnd), "退出、暂停、除名；不写就是退出", "why it ceased to count"
    )
    origin: Origin = NOWHERE


@record("处置", "The sanction")
class Sanction(Record, frozen=True, kw_only=True):
    """What the association did about a breach. It names nobody."""

    on: date = field("哪天", DAY, "哪天", "the day", required=True)
    breach: str = field(
        "什么事", LINE, "不写是谁家", "what happened, without a name", required=True
    )
    done: str = field("怎么处置", LINE, "怎么办的", "what was done", required=True)
    origin: Origin = NOWHERE


@record("一起买", "The joint purchase")
class JointPurchase(Record, frozen=True, kw_only=True):
    """What the members bought together."""

    on: date = field("哪天", DAY, "哪天", "the day", required=True)
    goods: str = field("买了什么", LINE, "比如：纸箱", "what was bought", required=True)
    quantity: Quantity | None = field("多少", QUANTITY, "带单位", "how much")
    households: int | None = field(
        "几户一起", HEADCOUNT, "几户", "how many households", measure="户"
    )
    origin: Origin = NOWHERE


@record("协会", "The association")
class Association(Record, frozen=True, kw_only=True):
    """One association: its charter and rules, who signed, what it did about breaches, what it bought."""

    id: str = IDENTIFIER
    title: str = field(
        "名称", LINE, "叫什么", "its name", required=True, schema="name", also=["标题"]
    )
    since: date | None = field("成立", DAY, "哪天成立", "first day", schema="foundingDate")
    until: date | None = field(
        "解散", DAY, "散了才写", "last day, if it is over", schema="dissolutionDate"
    )
    place: str | None = field("地点", Ref("places"), "在哪里", "a place id", schema="location")
    charter: str | None = field("诚信公约", PROSE, "照签的写", "the integrity charter")
    signatures: tuple[Signature, ...] = field(
        "签字", ListOf(Nested(Signature)), "谁家签了", "who signed"
    )
    rules: tuple[AgreedRules, ...] = field(
        "规矩", ListOf(Nested(AgreedRules)), "一版一条", "its rules by version"
    )
    sanctions: tuple[Sanction, ...] = field(
        "处置", ListOf(Nested(Sanction)), "不写是谁家", "breaches and what was done"
    )
    purchases: tuple[JointPurchase, ...] = field(
        "一起买", ListOf(Nested(JointPurchase)), "一次一条", "joint purchases"
    )
    councils: tuple[str, ...] = field("议事", ListOf(Ref("councils")), "开过的大会", "council ids")
    text: str | None = field("介绍", PROSE, "几句话", "a few sentences", schema="description")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def signed(library: Any, association: Association, today: date) -> Iterator[Problem]:
    """Yield a problem if producers signed a charter that is not written, signed it twice, left before or on no day."""
    if association.signatures and not association.charter:
        place = association.origin.of("signatures")
        yield problem("association-no-charter", place, title=association.title)
    seen: set[str | None] = set()
    for each in association.signatures:
        if each.until and each.until < each.on:
            yield problem(
                "association-left-early", each.origin.of("until"), value=each.until, other=each.on
            )
        if each.ended and not each.until:
            yield problem("association-no-day", each.origin.of("ended"), value=each.ended)
        if each.producer in seen and each.until is None:
            yield problem("association-twice", each.origin.of("producer"), value=each.producer)
        seen |= {each.producer} if each.until is None else set()


_ENDS = {
    SignatureEnd.LEFT: "{day}退出了",
    SignatureEnd.SUSPENDED: "{day}起被协会暂停",
    SignatureEnd.EXPELLED: "{day}被协会除名",
}


def how_it_signed(association: Association, kind: str, key: str, today: date) -> str:
    """Return how a producer stands with the charter: signed on which day in which version, left, suspended, expelled.

    The version is the one whose day came last before the signature. The result is empty for records that signed nothing.
    """
    mine = [each for each in association.signatures if each.producer == key and each.on <= today]
    if kind != "producers" or not mine or not association.charter:
        return ""
    last = max(mine, key=lambda each: each.on)
    charter = f"《{association.title}诚信公约》{_version_on(association, last.on)}"
    day = said_date(last.on)
    if association.until and association.until <= today:
        return f"{day}签过{charter}，协会 {said_date(association.until)}解散了"
    if last.until and last.until <= today:
        how = _ENDS[last.ended or SignatureEnd.LEFT].format(day=f" {said_date(last.until)}")
        return f"{day}签过{charter}，{how.strip()}"
    return f"签了{charter}，{day}"


def _version_on(association: Association, day: date) -> str:
    known = [each for each in association.rules if each.since <= day]
    return max(known, key=lambda each: each.since).version if known else ""


KIND = RecordKind(
    name="associations",
    one="association",
    record=Association,
    heading="协会",
    lead="几家合起来立的规矩：写着什么，谁家签了，犯了怎么办。",
    publishable=is_public,
    note="since",
    measure="个",
    expected=("charter", "signatures", "rules"),
    checks=(signed,),
    relation=how_it_signed,
    guide="""「诚信公约」照签的那一份抄，签了的人家自己的页上、东西的页上也看得到：哪天签的，签的哪一版。
退出、暂停、除名，那一行别删，写「到哪天」和「怎么了」，页上会说。
「处置」写什么事、怎么办，不写是谁家。
""",
    schema_type="Organization",
)
