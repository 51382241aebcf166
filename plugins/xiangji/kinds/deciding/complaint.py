"""Declares 投诉 (complaints and how they were settled): `village/complaints.csv`.

A complaint stays at home unless it says 公开. None has a field for a person. The list tells how many there were and how long answers took:
that is what a stranger wants to know (`seeds.md` 3.12).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from xiangji.model.fields import Choice, Record, Word, field, record
from xiangji.model.fields import Reference as Ref
from xiangji.model.kind import (
    ALLOWED,
    CLAIMS,
    IDENTIFIER,
    INTERNAL,
    ORDINARY,
    SAMPLE,
    RecordKind,
    is_public,
)
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import DAY, LINE, PROSE
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem


class ComplaintForm(Word):
    """What a complaint is about."""

    QUALITY = "质量"
    AMOUNT = "数量"
    DELIVERY = "物流"
    LABEL = "标签"
    SERVICE = "服务"
    OTHER = "别的"


class ComplaintState(Word):
    """How far a complaint is."""

    OPEN = "收到了"
    HEARD = "听过了"
    SETTLED = "说好了"
    UNSETTLED = "没说好"


@record("投诉", "The complaint")
class Complaint(Record, frozen=True, kw_only=True):
    """One complaint, from the day it came to the day it was settled."""

    id: str = IDENTIFIER
    title: str = field(
        "什么事",
        LINE,
        "一句话，不写名字",
        "what it is about",
        required=True,
        schema="name",
        also=["标题"],
    )
    form: ComplaintForm = field(
        "类型", Choice(ComplaintForm), "哪方面", "which kind", required=True
    )
    state: ComplaintState = field(
        "进展", Choice(ComplaintState), "到哪一步", "how far", required=True
    )
    opened_on: date = field("收到", DAY, "哪天收到的", "the day it came", required=True)
    heard_on: date | None = field("听过", DAY, "哪天坐下来说的", "the day it was heard")
    settled_on: date | None = field("说好", DAY, "哪天说好的", "the day it was settled")
    product: str | None = field("产品", Ref("products"), "哪样产品", "a product id")
    outcome: str | None = field(
        "怎么办的", PROSE, "退了、补了、道了歉", "what was done", schema="description"
    )
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    claims: tuple[Claim, ...] = CLAIMS
    visibility: Visibility = INTERNAL
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def days_run_on(library: Any, complaint: Complaint, today: date) -> Iterator[Problem]:
    """Yield a problem if the days of a complaint run backwards, or it is called settled without a day or an outcome."""
    said = [
        each for each in (complaint.opened_on, complaint.heard_on, complaint.settled_on) if each
    ]
    if said != sorted(said):
        yield problem("complaint-order", complaint.origin.of("opened_on"), title=complaint.title)
    if complaint.state is ComplaintState.SETTLED and not (
        complaint.settled_on and complaint.outcome
    ):
        yield problem("complaint-unsaid", complaint.origin.of("state"), title=complaint.title)


def is_waiting(complaint: Complaint, today: date) -> str:
    """Say for how many days a complaint has been waiting, if it is neither settled nor given up."""
    if complaint.state not in (ComplaintState.OPEN, ComplaintState.HEARD):
        return ""
    return f"{complaint.state}，收到 {(today - complaint.opened_on).days} 天了，还没有说好"


def by_year(complaints: Sequence[Complaint], today: date) -> list[tuple[str, list[Complaint]]]:
    """Group complaints by year, the latest first, each heading with how long answers took."""
    years: dict[int, list[Complaint]] = {}
    for each in sorted(complaints, key=lambda each: each.opened_on, reverse=True):
        years.setdefault(each.opened_on.year, []).append(each)
    return [(_heading(year, several), several) for year, several in years.items()]


def _heading(year: int, complaints: Sequence[Complaint]) -> str:
    return f"{year} 年：{said_times(complaints)}"


def said_times(complaints: Collection[Complaint]) -> str:
    """Return how many complaints there are, how many are settled, and how long that took: the median and the longest."""
    days = sorted((c.settled_on - c.opened_on).days for c in complaints if c.settled_on)
    told = f"{len(complaints)} 件，说好了 {len(days)} 件"
    if not days:
        return told
    longest = f"，最久 {days[-1]} 天" if len(days) > 1 else ""
    return f"{told}，一半在 {days[len(days) // 2]} 天以内{longest}"


KIND = RecordKind(
    name="complaints",
    one="complaint",
    record=Complaint,
    heading="投诉",
    lead="收到过的投诉，怎么说好的，用了几天。要投诉，打罐子上的电话，报批号。",
    publishable=is_public,
    note="state",
    arrange=by_year,
    tallies=("form", "state"),
    measure="件",
    expected=("outcome",),
    checks=(days_run_on,),
    pending=is_waiting,
    guide="""不写「公开范围」就不公开；写“公开”才出现在网站上。不写是谁投诉的，也不写是谁家的。
""",
)
