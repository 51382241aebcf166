"""The page of thanks: by what they did, everybody who agreed to stand there, and how many others there are.

It exists once somebody agreed to it (用途 姓名, 用在 感谢页). A consent for pages does not cover it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from markupsafe import escape
from msgspec import Struct

from xiangji import urls
from xiangji.model.vocabularies import PartnerRole
from xiangji.records.shared_fields.credit import Credit
from xiangji.render.context import Link, RenderContext
from xiangji.render.outputs import Output, Page
from xiangji.views.said import reference_link
from xiangji.views.together.credits import CreditRow, unnamed_text

LEAD = "村里的故事、东西、照片，是这些人和单位一起做出来的。本人同意写在这里的，写名字；别的，只写几位。"
_SOURCE = "stories/people.yml"

_ROLES = (
    ("stories", "tellers", "讲故事"),
    ("stories", "recorders", "记录"),
    ("workshops", "facilitators", "主持"),
    ("products", "people", "做东西"),
    ("courses", "teachers", "教课"),
    ("services", "people", "下乡服务"),
)
"""What references to people mean on this page: the name of a kind, the field, and what they did."""

_ELSE = "帮过忙"


class ThanksRow(Struct):
    """What was done, and who did it: ids of people, links to others, and how many further people were counted."""

    people: dict[str, None]
    others: dict[Link, None]
    counted: int = 0


Rows = dict[str, ThanksRow]


def thanks(context: RenderContext) -> Iterator[Output]:
    """The page, if anybody agreed to stand on it."""
    thanked = context.library.thanked_people()
    if not thanked:
        return
    page = urls.THANKS
    groups = [
        {"heading": "人", "rows": list(_people_rows(context, thanked, page))},
        {"heading": "一起做事的", "rows": list(_partner_rows(context, page))},
    ]
    document = context.render(
        "thanks.html",
        page,
        title=urls.THANKS_TITLE,
        description=LEAD,
        styles=("usual", "lists", "story"),
        lead=LEAD,
        groups=[each for each in groups if each["rows"]],
    )
    yield Page(page, urls.THANKS_TITLE, LEAD, f"<p>{escape(LEAD)}</p>", document, _SOURCE)


def _people_rows(
    context: RenderContext, thanked: tuple[str, ...], page: str
) -> Iterator[CreditRow]:
    """One row for each thing that was done. Whoever agreed and stands in none stands under their own role."""
    rows: Rows = {}
    _from_records(context, rows)
    _from_credits(context, rows, page)
    _from_teams(context, rows)
    placed = {key for row in rows.values() for key in row.people}
    for key in thanked:
        if key not in placed:
            roles = context.library.people[key].roles
            _row(rows, roles[0] if roles else _ELSE).people[key] = None
    for label, row in rows.items():
        links = tuple(_links(context, row, set(thanked), page))
        if links:
            yield CreditRow(label, links)


def _row(rows: Rows, label: str) -> ThanksRow:
    return rows.setdefault(label, ThanksRow({}, {}))


def _from_records(context: RenderContext, rows: Rows) -> None:
    for kind, field, label in _ROLES:
        for record in context.library.shelf(kind).values():
            if people := getattr(record, field):
                _row(rows, label).people.update(dict.fromkeys(people))


def _from_credits(context: RenderContext, rows: Rows, page: str) -> None:
    for work in context.library.credited_works():
        row = _row(rows, work.credit.role)
        row.people.update(dict.fromkeys(work.credit.people))
        row.others.update(dict.fromkeys(_others(context, work.credit, page)))


def _others(context: RenderContext, credit: Credit, page: str) -> Iterator[Link]:
    for kind in ("teams", "partners"):
        for key in getattr(credit, kind):
            yield reference_link(context, kind, key, page)
    yield from (Link(body, "") for body in credit.bodies)


def _from_teams(context: RenderContext, rows: Rows) -> None:
    """The people of each team, and how many members it counts beside those."""
    for team in context.library.shelf("teams").values():
        row = _row(rows, team.title)
        row.people.update(dict.fromkeys((*team.leaders, *team.members)))
        row.counted = max(0, sum(each.count for each in team.counts) - len(row.people))


def _links(context: RenderContext, row: ThanksRow, thanked: set[str], page: str) -> Iterator[Link]:
    named = [key for key in row.people if key in thanked]
    yield from (context.person_link(context.library.people[key], page) for key in named)
    yield from row.others
    rest = len(row.people) - len(named) + row.counted
    if rest:
        yield Link(unnamed_text(rest, bool(named or row.others), ""), "")


def _partner_rows(context: RenderContext, page: str) -> Iterator[CreditRow]:
    """The partners by role, in the order of the five."""
    partners: Iterable[Any] = context.library.partners.values()
    found: dict[PartnerRole, list[Link]] = {}
    for each in partners:
        link = reference_link(context, "partners", each.id, page)
        found.setdefault(each.role, []).append(link)
    for role in PartnerRole:
        if role in found:
            yield CreditRow(str(role), tuple(found[role]))
