"""The page of the five parties: a picture of who works together and a list that says the same, from the records.

A party without anybody is shown as missing. Producers count as well: farmers and their cooperatives are one of the
five, and companies another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup, escape
from msgspec import Struct

from xiangji import urls
from xiangji.kinds.installed import kind_named
from xiangji.kinds.partner import is_past
from xiangji.model.vocabularies import PartnerRole, ProducerKind
from xiangji.render.context import RenderContext
from xiangji.render.outputs import Output, Page
from xiangji.views.entries import ListEntry
from xiangji.views.kind_lists import MOST_RELATED, kind_entry

LEAD = "谁和村里一起做事，一方一方看：政府支持，社会组织张罗，学校出人才，企业找市场，农户出东西。没有的，写“尚无”。"
MISSING = "尚无"

CALLED = {
    PartnerRole.GOVERNMENT: "政府和驻村的",
    PartnerRole.SOCIETY: "社工和社会组织",
    PartnerRole.SCHOOL: "学校和科研单位",
    PartnerRole.ENTERPRISE: "企业",
    PartnerRole.FARMERS: "农户和合作社",
}
_PRODUCERS: Mapping[ProducerKind, PartnerRole] = {
    ProducerKind.COOPERATIVE: PartnerRole.FARMERS,
    ProducerKind.HOUSEHOLD: PartnerRole.FARMERS,
    ProducerKind.SMALL_WORKSHOP: PartnerRole.FARMERS,
    ProducerKind.VILLAGE_COMPANY: PartnerRole.ENTERPRISE,
    ProducerKind.ENTERPRISE: PartnerRole.ENTERPRISE,
}
_CORNERS = ((200, 66), (336, 165), (284, 326), (116, 326), (64, 165))
"""Where the five stand in the picture, clockwise from the top."""
_MIDDLE = (200, 206)
_LINE, _LINES = 4, 3
"""How many signs of the village's name fit into a line in the middle of the picture, and how many lines."""


class Party(Struct, frozen=True):
    """One of the five: who it is now, who it was, and where it stands in the picture."""

    word: str
    called: str
    key: str
    count: int
    x: int
    y: int
    entries: tuple[ListEntry, ...] = ()
    past: tuple[ListEntry, ...] = ()

    @property
    def told(self) -> str:
        """How many there are, as the picture says it."""
        return f"{self.count} 家" if self.count else MISSING


def five(context: RenderContext, page: str) -> tuple[Party, ...]:
    """The five parties as they are today, for the page at an address."""
    today, library = context.settings.today, context.library
    partners = tuple(library.partners.values())
    known = {each.producer for each in partners}
    makers = [each for each in library.producers.values() if each.id not in known]
    found = []
    for role, (x, y) in zip(PartnerRole, _CORNERS, strict=True):
        ours = [each for each in partners if each.role is role]
        now = [each for each in ours if not is_past(each, today)]
        past = [each for each in ours if is_past(each, today)]
        made = [each for each in makers if _PRODUCERS[each.kind] is role]
        entries = (
            *_entries(context, "partners", now, page),
            *_entries(context, "producers", made, page),
        )
        found.append(
            Party(
                str(role),
                CALLED[role],
                role.key,
                len(entries),
                x,
                y,
                entries[:MOST_RELATED],
                tuple(_entries(context, "partners", past, page)),
            )
        )
    return tuple(found)


def _entries(
    context: RenderContext, name: str, records: Iterable[Any], page: str
) -> Iterator[ListEntry]:
    kind = kind_named(name)
    if kind is None:
        return
    for each in records:
        entry = kind_entry(context, kind, each, page)
        told = "、".join(getattr(each, "scope", ())) or entry.note
        form = getattr(each, "form", None) or (str(each.kind) if name == "producers" else "")
        note = entry.note if kind.notice_of(each, context.settings.today) else told
        yield ListEntry(entry.title, " · ".join(part for part in (form, note) if part), entry.href)


def picture(context: RenderContext, parties: Iterable[Party]) -> Markup:
    """The picture, as a drawing with a title and a description for those who do not see it."""
    several = tuple(parties)
    brand = context.library.brand
    name = brand.village or brand.name
    words = "；".join(f"{each.word}（{each.called}）：{each.told}" for each in several)
    return context.fragment(
        "five_parties.html",
        parties=several,
        name=_in_lines(name),
        middle=_MIDDLE,
        description=f"{name}在中间，五方围着：{words}。",
    )


def _in_lines(name: str) -> list[tuple[str, str]]:
    """A name in short lines, each with its distance from the middle of the picture. The description has all of it."""
    cut = [name[at : at + _LINE] for at in range(0, len(name), _LINE)]
    shown = [*cut[: _LINES - 1], f"{cut[_LINES - 1][:-1]}…"] if len(cut) > _LINES else cut
    first = 0.35 - (len(shown) - 1) * 0.6
    return [(line, f"{first + at * 1.2:.2f}em") for at, line in enumerate(shown)]


def parties(context: RenderContext) -> Iterator[Output]:
    """The page, if the village has written down any partner."""
    if not context.library.partners:
        return
    page = urls.PARTIES
    several = five(context, page)
    title = urls.PARTIES_TITLE
    document = context.render(
        "parties.html",
        page,
        title=title,
        description=LEAD,
        styles=("usual", "lists", "story", "parties"),
        lead=LEAD,
        picture=picture(context, several),
        parties=several,
        missing=MISSING,
    )
    yield Page(page, title, LEAD, f"<p>{escape(LEAD)}</p>", document, "products/brand.yml")
