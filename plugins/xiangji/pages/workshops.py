"""Workshops: the record of a session, on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from xiangji import urls
from xiangji.pages.entries import Entry, agreed_view, place_name, story_entry, vote_count
from xiangji.pages.family import Family, NoOptions
from xiangji.pages.fragments import accounts_html, card_html
from xiangji.pages.listening import hear, listening
from xiangji.pages.lists import list_pages
from xiangji.pages.navigation import named_in
from xiangji.pages.output import Output, Page
from xiangji.pages.pictures import CARD
from xiangji.pages.press import Press
from xiangji.records.story import Story, Visual, Workshop
from xiangji.records.values import said_date
from xiangji.records.words import Topic
from xiangji.views.kind_lists import related


def outputs(press: Press, options: NoOptions) -> Iterator[Output]:
    """A page for each workshop, and the list of them."""
    workshops = list(press.library.workshops.values())
    for workshop in workshops:
        yield _page(press, workshop)
    if workshops or named_in(press.settings, urls.WORKSHOPS):
        yield from _list(press, workshops)


def _page(press: Press, workshop: Workshop) -> Page:
    page = urls.workshop(workshop.id or "")
    library = press.library
    groups: list[dict[str, Any]] = [
        {
            "topic": topic,
            "cards": [card_html(press, each, page, hear(press, each)) for each in cards],
        }
        for topic in Topic
        if (cards := [card for card in workshop.cards if card.topic is topic])
    ]
    description = workshop.summary or f"{said_date(workshop.held_on)}的{workshop.kind}工作坊记录"
    listen = listening(press, workshop.cards, page, aloud=False)
    document = press.render(
        "workshop.html",
        page,
        title=workshop.title,
        description=description,
        styles=("usual", "lists", "story", *listen.styles),
        script=listen.script,
        listen=listen,
        workshop_kind=str(workshop.kind),
        sample=workshop.sample,
        held_on=said_date(workshop.held_on),
        place=place_name(library, workshop.place),
        participants=f"{workshop.participants} 人" if workshop.participants is not None else "",
        facilitators=press.people_links(workshop.facilitators, page),
        summary=workshop.summary,
        agenda=workshop.agenda,
        prompts=workshop.prompts,
        groups=groups,
        accounts=accounts_html(press, workshop.accounts, page) if workshop.accounts else "",
        visuals=[_visual(press, each, page) for each in workshop.visuals],
        votes=[
            {"question": each.question, "result": each.result, "count": vote_count(each)}
            for each in workshop.votes
        ],
        agreed=agreed_view(workshop.ratification),
        lists=related(press, "workshops", workshop.id or "", page),
        stories=[story_entry(press, each, page) for each in library.stories_from(workshop.id or "")]
        if Story in press.choice
        else [],
    )
    body = Markup("\n").join(card for group in groups for card in group["cards"])
    source = workshop.origin.location.path
    return Page(page, workshop.title, description, str(body), document, source)


def _visual(press: Press, visual: Visual, page: str) -> dict[str, object]:
    credit = "，".join(each for each in (visual.author, visual.licence) if each)
    return {
        "title": visual.title,
        "picture": press.shown(visual, CARD, page),
        "colour": visual.colour,
        "meaning": visual.meaning,
        "credit": credit,
    }


def _list(press: Press, workshops: list[Workshop]) -> Iterator[Output]:
    def entry(workshop: Workshop, page: str) -> Entry:
        note = f"{workshop.kind} · {said_date(workshop.held_on)}"
        return Entry(workshop.title, note, urls.relative(urls.workshop(workshop.id or ""), page))

    description = "村里坐到一起说过的话，一场一场记在这里。"
    groups = [("", workshops)]
    empty = "" if workshops else "还没有记下来的工作坊。"
    return list_pages(press, urls.WORKSHOPS, "工作坊", description, groups, entry, "stories", empty)


FAMILY = Family("workshops", outputs)
