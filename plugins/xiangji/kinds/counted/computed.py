"""Counts what a village's own records tell, so that nobody types a total.

Only records that may be published are counted. Numbers of people below 5 are in no sum (`model/headcount.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from xiangji.kinds.installed import kind_named
from xiangji.model.fields import Word
from xiangji.model.headcount import is_few
from xiangji.model.parsing.partial_date import earliest
from xiangji.model.vocabularies import ConsentUse


class Computed(Word):
    """What can be counted. The first word is the English key, the second what people write and read."""

    PROJECTS = "项目"
    EVENTS = "活动"
    SERVICES = "服务次数"
    SERVICE_HOUSEHOLDS = "服务帮到的户次"
    SERVICE_PERSONS = "服务帮到的人次"
    COURSES = "上过课的课程"
    COURSE_SESSIONS = "上课次数"
    LEARNERS = "上课人次"
    COUNCILS = "议事次数"
    PROPOSALS = "答复了的提议"
    COMPLAINTS = "收到的投诉"
    COMPLAINTS_SETTLED = "说好了的投诉"
    BATCHES = "做了几批"
    STORIES = "讲出来的故事"
    AGREED = "同意写名字的人"


class CountedRow(Struct, frozen=True):
    """One record, or one part of it, that counts in a year. `size` is how much it counts."""

    kind: str
    key: str
    year: int
    size: int = 1


class YearCount(Struct, frozen=True):
    """A count of one year: the rows that are in it, and how many people's numbers are too small to be."""

    rows: tuple[CountedRow, ...] = ()
    few: tuple[CountedRow, ...] = ()

    @property
    def told(self) -> int:
        """The number that may be told."""
        return sum(each.size for each in self.rows)

    @property
    def whole(self) -> int:
        """The number with what is too small to be told. It never leaves the house."""
        return self.told + sum(each.size for each in self.few)


Rows = Callable[[Any, date], Iterator[CountedRow]]


class Counter(Struct, frozen=True):
    """How something is counted: its unit, the sentence that says how, the kind whose list has the rows."""

    unit: str
    how: str
    kind: str
    rows: Rows
    people: bool = False
    """Whether sizes are numbers of people, of which small ones are not told."""


def _published(library: Any, name: str, today: date) -> Iterator[Any]:
    kind = kind_named(name)
    for record in library.shelf(name).values():
        if kind is not None and kind.publishable(record, today):
            yield record


def _by_day(name: str, field: str) -> Rows:
    """YearCount each record of a kind in the year of a day that it tells."""

    def rows(library: Any, today: date) -> Iterator[CountedRow]:
        for record in _published(library, name, today):
            day = earliest(getattr(record, field))
            if day is not None and day <= today:
                yield CountedRow(name, getattr(record, "key", "") or record.id, day.year)

    return rows


def _services(field: str) -> Rows:
    """Sum a number of people over the services of each year."""

    def rows(library: Any, today: date) -> Iterator[CountedRow]:
        for each in _published(library, "services", today):
            size = getattr(each, field)
            if size is not None and each.on <= today:
                yield CountedRow("services", each.id, each.on.year, size)

    return rows


def _sessions(library: Any, today: date) -> Iterator[CountedRow]:
    for course in _published(library, "courses", today):
        for each in course.sessions:
            if each.learners is not None and each.on <= today:
                yield CountedRow("courses", course.id, each.on.year, each.learners)


def _held(library: Any, today: date) -> Iterator[CountedRow]:
    yield from (CountedRow(each.kind, each.key, each.year) for each in _sessions(library, today))


def _courses(library: Any, today: date) -> Iterator[CountedRow]:
    yield from dict.fromkeys(_held(library, today))


def _events(library: Any, today: date) -> Iterator[CountedRow]:
    for each in _published(library, "events", today):
        if each.at.day <= today and not each.cancelled:
            yield CountedRow("events", each.id, each.at.day.year)


def _agreed(library: Any, today: date) -> Iterator[CountedRow]:
    for each in library.people.values():
        if each.agrees(ConsentUse.NAME, today):
            yield CountedRow("people", each.id, today.year)


def _counter(unit: str, how: str, kind: str, rows: Rows, people: bool = False) -> Counter:
    return Counter(unit, how, kind, rows, people)


COUNTERS: Mapping[Computed, Counter] = {
    Computed.PROJECTS: _counter(
        "个", "那一年开始的项目", "projects", _by_day("projects", "begins_on")
    ),
    Computed.EVENTS: _counter("次", "那一年办过的活动，取消的不算", "events", _events),
    Computed.SERVICES: _counter(
        "次", "那一年的服务，一条一次", "services", _by_day("services", "on")
    ),
    Computed.SERVICE_HOUSEHOLDS: _counter(
        "户次", "那一年每次服务帮到几户，加起来", "services", _services("households"), True
    ),
    Computed.SERVICE_PERSONS: _counter(
        "人次", "那一年每次服务帮到几人，加起来", "services", _services("persons"), True
    ),
    Computed.COURSES: _counter("门", "那一年上过课、数过人的课程", "courses", _courses),
    Computed.COURSE_SESSIONS: _counter("次", "那一年上过、数过人的课", "courses", _held),
    Computed.LEARNERS: _counter("人次", "那一年每次课来了几人，加起来", "courses", _sessions, True),
    Computed.COUNCILS: _counter("次", "那一年开过的议事会", "councils", _by_day("councils", "on")),
    Computed.PROPOSALS: _counter(
        "条", "那一年答复了的提议", "proposals", _by_day("proposals", "answered_on")
    ),
    Computed.COMPLAINTS: _counter(
        "件", "那一年收到、公开了的投诉", "complaints", _by_day("complaints", "opened_on")
    ),
    Computed.COMPLAINTS_SETTLED: _counter(
        "件", "那一年说好、公开了的投诉", "complaints", _by_day("complaints", "settled_on")
    ),
    Computed.BATCHES: _counter("批", "那一年做的批次", "batches", _by_day("batches", "dated")),
    Computed.STORIES: _counter(
        "篇", "那一年定稿的故事", "stories", _by_day("stories", "published_on")
    ),
    Computed.AGREED: _counter("人", "今年还同意在网页上写名字的人", "people", _agreed, True),
}
"""How each of them is counted. A new count is a word of `Computed` and an entry here."""


def counts(library: Any, what: Computed, today: date) -> dict[int, YearCount]:
    """Return a count by year, from the first year in which there is anything to the year of `today`."""
    counter = COUNTERS[what]
    found: dict[int, list[CountedRow]] = {}
    for row in counter.rows(library, today):
        found.setdefault(row.year, []).append(row)
    if not found:
        return {}
    # The number of all who agreed is one number, and not a sum of numbers that are small each.
    apart = counter.people and what is not Computed.AGREED
    years = range(min(found), today.year + 1)
    return {year: _count(found.get(year, ()), apart) for year in years}


def _count(rows: Iterable[CountedRow], apart: bool) -> YearCount:
    several = tuple(rows)
    few = tuple(each for each in several if apart and is_few(each.size))
    return YearCount(tuple(each for each in several if each not in few), few)
