"""Declares 导师 (who teaches whom what, and when they have time): `village/mentors.yml`."""

from __future__ import annotations

from xiangji.model.fields import ListOf, Record, field, record
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
from xiangji.model.value_types import LINE, PROSE
from xiangji.model.vocabularies import Visibility


@record("导师", "The mentor")
class Mentor(Record, frozen=True, kw_only=True):
    """One offer of a person to teach others. How to reach the person is a service point, never a private number."""

    id: str = IDENTIFIER
    title: str = field(
        "教什么", LINE, "一句话", "what is taught", required=True, schema="name", also=["标题"]
    )
    person: str | None = field("谁", Ref("people"), "人物的编号", "a person id")
    learners: tuple[str, ...] = field("教过谁", ListOf(Ref("people")), "愿意写名字的", "person ids")
    when: str | None = field("什么时候有空", LINE, "比如：赶场天下午", "when there is time")
    point: str | None = field("到哪里找", Ref("points"), "服务点的编号", "a service point id")
    courses: tuple[str, ...] = field("课程", ListOf(Ref("courses")), "教哪几门课", "course ids")
    text: str | None = field("介绍", PROSE, "几句话", "a few sentences", schema="description")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


KIND = RecordKind(
    name="mentors",
    one="mentor",
    record=Mentor,
    heading="导师",
    lead="想学的时候可以找谁：教什么，什么时候有空，到哪里找。",
    publishable=is_public,
    note="when",
    measure="位",
    expected=("person", "when", "point"),
    guide="""不写私人电话。「到哪里找」写服务点的编号，请服务点的人转告。
「教过谁」只写愿意写名字的人。
""",
)
