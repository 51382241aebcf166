"""Declares 目标 (what the village wants to have done by a day, and the look back on that day): `village/goals.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xiangji.model.fields import Choice, ListOf, Record, Word, field, record
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
from xiangji.model.values import said_date
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem


class GoalState(Word):
    """How far a goal is."""

    RUNNING = "在做"
    REACHED = "做到了"
    MISSED = "没做到"
    DROPPED = "不做了"


@record("目标", "The goal")
class Goal(Record, frozen=True, kw_only=True):
    """One goal, with the day on which everybody looks whether it was reached."""

    id: str = IDENTIFIER
    title: str = field(
        "目标",
        LINE,
        "要做到什么",
        "what is to be done",
        required=True,
        schema="name",
        also=["标题", "名称"],
    )
    state: GoalState = field("进展", Choice(GoalState), "做到哪一步", "how far", required=True)
    since: date | None = field("定下", DAY, "哪天定的", "the day it was set")
    review_on: date = field("回看", DAY, "哪天回头看", "the day of the look back", required=True)
    leaders: tuple[str, ...] = field("负责人", ListOf(Ref("people")), "谁负责", "person ids")
    partners: tuple[str, ...] = field("伙伴", ListOf(Ref("partners")), "和谁一起", "partner ids")
    measured_by: str | None = field("怎么算做到", LINE, "数得出来的", "how one can tell")
    result: str | None = field(
        "结果", PROSE, "做到没有，照实写", "what came of it", schema="description"
    )
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    elsewhere: str | None = ELSEWHERE
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def is_due(goal: Goal, today: date) -> str:
    """Say that nobody has looked back yet, from the day after the day set for it."""
    late = goal.state is GoalState.RUNNING and goal.review_on < today
    return "到了回看的日子，还没有写结果" if late else ""


def looked_back(library: Any, goal: Goal, today: date) -> Iterator[Problem]:
    """Yield a problem if the day of looking back has passed, or a result was written without saying what it is."""
    if is_due(goal, today):
        yield problem(
            "goal-overdue", goal.origin.of("review_on"), value=goal.review_on, title=goal.title
        )
    if goal.state in (GoalState.REACHED, GoalState.MISSED) and not goal.result:
        place = goal.origin.of("state")
        yield problem("goal-no-result", place, value=str(goal.state), title=goal.title)


def to_review(goal: Goal, today: date) -> str:
    """Say on which day everybody looks back at a goal that is not over."""
    if goal.state is not GoalState.RUNNING:
        return ""
    return is_due(goal, today) or f"{said_date(goal.review_on)}回看"


KIND = RecordKind(
    name="goals",
    one="goal",
    record=Goal,
    heading="目标",
    lead="说好要做到的事，和哪天回头看。没做到的也留着。",
    publishable=is_public,
    note="review_on",
    group="state",
    order="review_on",
    over=is_due,
    tallies=("state",),
    measure="个",
    expected=("leaders", "measured_by"),
    checks=(looked_back,),
    pending=to_review,
    guide="""到了「回看」那天，写上「结果」，把「进展」改成做到了或者没做到。没做到的别删。
""",
)
