"""Declares 课程 (courses in three levels, with their sessions): `village/courses.yml`.

The levels 初阶, 进阶 and 高阶, and fifteen to twenty learners a session, come from the founding papers (`seeds.md` 1.21 to 1.25).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xiangji.model.fields import Choice, ListOf, Nested, Record, Word, field, record
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
from xiangji.model.pictured import PICTURED
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import DAY, HEADCOUNT, LINE, MEDIA, PROSE
from xiangji.model.values import said_date
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Problem, problem


class CourseLevel(Word):
    """The three ladders that learners climb."""

    FIRST = "初阶"
    SECOND = "进阶"
    THIRD = "高阶"


@record("课次", "The session")
class CourseSession(Record, frozen=True, kw_only=True):
    """One session of a course. Without a number of learners it is still to come, or nobody counted."""

    on: date = field("哪天", DAY, "哪天上", "the day", required=True)
    topic: str | None = field("讲什么", LINE, "这一次讲什么", "its topic")
    teacher: str | None = field("老师", Ref("people"), "这一次谁教", "a person id")
    learners: int | None = field("来了几人", HEADCOUNT, "上过才写", "how many came", measure="人")
    origin: Origin = NOWHERE


@record("课程", "The course")
class Course(Record, frozen=True, kw_only=True):
    """One course: what it is about, who teaches, and what learners can do after it."""

    id: str = IDENTIFIER
    title: str = field(
        "名称", LINE, "课叫什么", "its name", required=True, schema="name", also=["标题"]
    )
    level: CourseLevel = field(
        "阶段", Choice(CourseLevel), "初阶、进阶、高阶", "which ladder", required=True
    )
    outcomes: tuple[str, ...] = field(
        "学完会什么", ListOf(LINE), "一样一条", "what learners can do after it", schema="teaches"
    )
    teachers: tuple[str, ...] = field("老师", ListOf(Ref("people")), "谁教", "person ids")
    sessions: tuple[CourseSession, ...] = field(
        "课次", ListOf(Nested(CourseSession)), "一次一条", "its sessions"
    )
    place: str | None = field("地点", Ref("places"), "在哪里上", "a place id")
    partners: tuple[str, ...] = field("伙伴", ListOf(Ref("partners")), "和谁一起办", "partner ids")
    teams: tuple[str, ...] = field("队伍", ListOf(Ref("teams")), "哪支队来学、来教", "team ids")
    project: str | None = field("项目", Ref("projects"), "属于哪个项目", "a project id")
    picture: str | None = field("图片", MEDIA, "一张照片", "a picture", schema="image")
    picture_alt: str | None = field("图片说明", LINE, "给看不见的人听的一句话", "alternative text")
    pictured: tuple[str, ...] = PICTURED
    text: str | None = field("介绍", PROSE, "几句话", "a few sentences", schema="description")
    sources: tuple[str, ...] = SOURCES
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    lint_allow: tuple[Allowance, ...] = ALLOWED
    elsewhere: str | None = ELSEWHERE
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


MOST_LEARNERS = 20
"""More learners than one teacher can look after at a session."""


def sessions_fit(library: Any, course: Course, today: date) -> Iterator[Problem]:
    """Yield a problem for each session that was too full, or that is to come and has been counted."""
    for each in course.sessions:
        place = each.origin.of("learners")
        if each.learners is not None and each.on > today:
            yield problem("course-ahead", place, value=each.on)
        elif (each.learners or 0) > MOST_LEARNERS:
            yield problem("course-crowded", place, value=each.on, count=each.learners)


def next_session(course: Course, today: date) -> str:
    """Say when the next session of a course is."""
    days = [each.on for each in course.sessions if each.on >= today]
    return f"{said_date(min(days))}上课" if days else ""


KIND = RecordKind(
    name="courses",
    one="course",
    record=Course,
    heading="课程",
    lead="一阶一阶学：每门课谁教、教什么、学完会什么。",
    publishable=is_public,
    note="outcomes",
    group="level",
    tallies=("level",),
    measure="门",
    expected=("outcomes", "teachers", "sessions"),
    checks=(sessions_fit,),
    pending=next_session,
    guide="""一次课 15 到 20 个人正好，再多就教不过来，乡记会提醒。上过了才写「来了几人」。
「学完会什么」写做得出来的事：会拍一张不虚的照片，不写“提升能力”。
""",
    schema_type="Course",
)
