"""Shows credits: who did what at the foot of a page, and what somebody is credited for on that one's own page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from xiangji import urls
from xiangji.kinds.installed import kind_named
from xiangji.kinds.person import may_be_named
from xiangji.library.people.credited import NOTES, CreditedWork
from xiangji.records.shared_fields.credit import Credit
from xiangji.render.context import Link, RenderContext
from xiangji.views.entries import ListEntry, product_entry, story_entry
from xiangji.views.kind_lists import MOST_RELATED, Related, kind_entry
from xiangji.views.said import address_of, name_of, reference_link

FOOT = "谁出了力"
"""The heading of the credits of a page."""


class CreditRow(Struct, frozen=True):
    """One role at the foot of a page: who is named, and last how many are not."""

    label: str
    links: tuple[Link, ...]


def credit_rows(context: RenderContext, kind: str, key: str, page: str) -> list[CreditRow]:
    """The credits of a work by role, in the order written; those of its pictures come last."""
    found: dict[str, list[Credit]] = {}
    works = context.library.credits_of(kind, key)
    for work in sorted(works, key=lambda each: each.of_picture):
        label = f"图片（{work.credit.role}）" if work.of_picture else work.credit.role
        found.setdefault(label, []).append(work.credit)
    rows = (
        CreditRow(label, tuple(_names(context, several, page))) for label, several in found.items()
    )
    return [row for row in rows if row.links]


def _names(context: RenderContext, credits: Iterable[Credit], page: str) -> Iterator[Link]:
    several = tuple(credits)
    people = named_people(context, (key for each in several for key in each.people))
    yield from (context.person_link(context.library.people[key], page) for key in people.named)
    others: dict[Link, None] = {}
    for each in several:
        for kind in ("teams", "partners"):
            for key in getattr(each, kind):
                others[reference_link(context, kind, key, page)] = None
        others.update((Link(body, ""), None) for body in each.bodies)
    yield from others
    if people.unnamed:
        yield Link(unnamed_text(people.unnamed, bool(people.named or others)), "")


class NamedPeople(Struct, frozen=True):
    """The ids of people who agreed to be named, each once, and how many others there are."""

    named: tuple[str, ...]
    unnamed: int


def named_people(context: RenderContext, keys: Iterable[str]) -> NamedPeople:
    """Those among `keys` who may be named on pages, and the number of the others."""
    every = tuple(dict.fromkeys(keys))
    named = tuple(key for key in every if may_be_named(context.library.people[key]))
    return NamedPeople(named, len(every) - len(named))


def links_to_people(context: RenderContext, keys: Iterable[str], page: str) -> list[Link]:
    """Links to the people who may be named, and last how many others there are."""
    people = named_people(context, keys)
    found = [context.person_link(context.library.people[key], page) for key in people.named]
    if people.unnamed:
        found.append(Link(unnamed_text(people.unnamed, bool(found)), ""))
    return found


def unnamed_text(count: int, others: bool, why: str = "没有公开姓名的人") -> str:
    """How many people are not named, and why. `others` says that somebody is named before."""
    return f"{'另有 ' if others else ''}{count} 位{why}"


def credited_lists(context: RenderContext, kind: str, key: str, page: str) -> list[Related]:
    """What somebody is credited for, one list for each role."""
    roles: dict[str, dict[tuple[str, str], CreditedWork]] = {}
    for work in context.library.credited_for(kind, key):
        roles.setdefault(work.credit.role, {})[work.kind, work.key] = work
    found = []
    for role, works in roles.items():
        entries = [_entry(context, each, page) for each in works.values()]
        entries = [each for each in entries if each.href]
        whole = f"（一共 {len(entries)} 处）" if len(entries) > MOST_RELATED else ""
        if entries:
            heading = f"参与了：{role}{whole}"
            found.append(Related(heading, tuple(entries[:MOST_RELATED])))
    return found


def _entry(context: RenderContext, work: CreditedWork, page: str) -> ListEntry:
    """A work as an entry in a list. It has no target if it has no page."""
    library = context.library
    if work.kind == NOTES:
        href = urls.relative(urls.note(work.key), page)
        return ListEntry(library.note_title(work.key) or work.key, "", href)
    if work.kind == "stories":
        return story_entry(context, library.stories[work.key], page)
    if work.kind == "products":
        return product_entry(context, library.products[work.key], page, told=())
    kind = kind_named(work.kind)
    if kind is None or not address_of(context, work.kind, work.key):
        return ListEntry("", "", "")
    return kind_entry(context, kind, library.shelf(work.kind)[work.key], page)


def contributors(context: RenderContext, kind: str, key: str) -> list[dict[str, Any]]:
    """The credits of a work as `contributor` of schema.org, each with its role. Pictures have a text of their own."""
    works = [each for each in context.library.credits_of(kind, key) if not each.of_picture]
    return [
        {
            "@type": "Role",
            "roleName": work.credit.role,
            "contributor": {"@type": what, "name": name},
        }
        for work in works
        for what, name in _parties(context, work.credit)
    ]


def picture_credit(context: RenderContext, kind: str, key: str) -> str:
    """The credits of the pictures of a work in one line, as `creditText` of schema.org; empty without any."""
    told: dict[str, dict[str, None]] = {}
    for work in context.library.credits_of(kind, key):
        if work.of_picture:
            names = told.setdefault(work.credit.role, {})
            names.update((name, None) for _, name in _parties(context, work.credit))
    return "；".join(f"{role}：{'、'.join(names)}" for role, names in told.items() if names)


def credited_picture(context: RenderContext, kind: str, key: str, url: str) -> Any:
    """A picture in terms of schema.org: its URL, or if it is credited, an image with the credit."""
    told = picture_credit(context, kind, key)
    return {"@type": "ImageObject", "url": url, "creditText": told} if told else url


def _parties(context: RenderContext, credit: Credit) -> Iterator[tuple[str, str]]:
    """The type in schema.org and the name of everybody who may be named in a credit."""
    library = context.library
    for key in named_people(context, credit.people).named:
        yield "Person", library.people[key].name
    for kind in ("teams", "partners"):
        for key in getattr(credit, kind):
            yield "Organization", name_of(library, kind, key)
    for body in credit.bodies:
        yield "Organization", body
