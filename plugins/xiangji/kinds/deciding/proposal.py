"""Declares 提议 (what somebody proposed, the answer, and what was done): `village/proposals.yml`. No names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from xiangji.model.fields import Choice, Record, Word, field, record
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
from xiangji.model.value_types import DAY, LINE, PROSE
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem


class ProposalState(Word):
    """How far a proposal is."""

    MADE = "提出"
    ANSWERED = "答复了"
    DONE = "落实了"
    DECLINED = "没有采纳"


@record("提议", "The proposal")
class Proposal(Record, frozen=True, kw_only=True):
    """One proposal. It has no field for a person, so that nobody has to stand up for having asked."""

    id: str = IDENTIFIER
    title: str = field(
        "提议",
        LINE,
        "一句话",
        "what is proposed",
        required=True,
        schema="name",
        also=["标题", "名称"],
    )
    state: ProposalState = field(
        "进展", Choice(ProposalState), "到哪一步", "how far", required=True
    )
    made_on: date = field("提出", DAY, "哪天提的", "the day", required=True)
    answered_on: date | None = field("答复", DAY, "哪天答复的", "day of the answer")
    done_on: date | None = field("落实", DAY, "哪天做到的", "day it was done")
    council: str | None = field("议事", Ref("councils"), "在哪次会上议的", "a council id")
    goal: str | None = field("目标", Ref("goals"), "变成了哪个目标", "a goal id")
    reason: str | None = field("为什么提", PROSE, "几句话，不写名字", "why, without names")
    answer: str | None = field(
        "怎么答复", PROSE, "不采纳也写为什么", "the answer", schema="description"
    )
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    elsewhere: str | None = ELSEWHERE
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


WAIT = timedelta(days=60)
"""How long a proposal may wait for its answer before `check` says so."""


def answered(library: Any, proposal: Proposal, today: date) -> Iterator[Problem]:
    """Yield a problem if a proposal waits for long, is called answered without an answer, or its days run backwards."""
    if proposal.state is ProposalState.MADE and today - proposal.made_on > WAIT:
        place = proposal.origin.of("made_on")
        told = {"value": proposal.made_on, "days": (today - proposal.made_on).days}
        yield problem("proposal-waiting", place, title=proposal.title, **told)
    if proposal.state is not ProposalState.MADE and not proposal.answer:
        place = proposal.origin.of("state")
        yield problem("proposal-no-answer", place, value=str(proposal.state), title=proposal.title)
    days = [proposal.made_on, proposal.answered_on, proposal.done_on]
    said = [each for each in days if each is not None]
    if said != sorted(said):
        yield problem("proposal-order", proposal.origin.of("made_on"), title=proposal.title)


def is_open(proposal: Proposal, today: date) -> str:
    """Say that a proposal waits for its answer, or was answered and is not done yet."""
    if proposal.state is ProposalState.MADE:
        return f"提出 {(today - proposal.made_on).days} 天了，还没有答复"
    return "答复了，还没有落实" if proposal.state is ProposalState.ANSWERED else ""


KIND = RecordKind(
    name="proposals",
    one="proposal",
    record=Proposal,
    heading="提议",
    lead="大家提过的事：答复了没有，落实了没有，没有采纳的为什么。",
    publishable=is_public,
    note="made_on",
    group="state",
    order="made_on",
    tallies=("state",),
    measure="件",
    checks=(answered,),
    pending=is_open,
    guide="""不写是谁提的。没有采纳的，也写清楚为什么。
""",
)
