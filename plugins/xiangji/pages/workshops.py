"""The page of each workshop: the record of the session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from xiangji import urls
from xiangji.images.pictures import CARD
from xiangji.model.values import said_date
from xiangji.model.vocabularies import Topic
from xiangji.pages.lists import list_pages
from xiangji.pages.recordings import hear, listening
from xiangji.records.story import Story, Visual, Workshop
from xiangji.render.context import RenderContext
from xiangji.render.families import Family, NoOptions
from xiangji.render.navigation import named_in
from xiangji.render.outputs import Output, Page
from xiangji.views.entries import ListEntry, agreed_view, place_name, story_entry, vote_count
from xiangji.views.fragments import accounts_html, card_html
from xiangji.views.kind_lists import related


def outputs(context: RenderContext, options: NoOptions) -> Iterator[Output]:
    """A page for each workshop, and the list of them."""
    workshops = list(context.library.workshops.values())
    for workshop in workshops:
        yield _page(context, workshop)
    if workshops or named_in(context.settings, urls.WORKSHOPS):
        yield from _list(context, workshops)


def _page(context: RenderContext, workshop: Workshop) -> Page:
    page = urls.workshop(workshop.id or "")
    library = context.library
    groups: list[dict[str, Any]] = [
        {
            "topic": topic,
            "cards": [card_html(context, each, page, hear(context, each)) for each in cards],
        }
        for topic in Topic
        if (cards := [card for card in workshop.cards if card.topic is topic])
    ]
    description = workshop.summary or f"{said_date(workshop.held_on)}的{workshop.kind}工作坊记录"
    listen = listening(context, workshop.cards, page, aloud=False)
    document = context.render(
        "workshop.html",
        page,
        title=workshop.title,
        description=description,
        styles=("usual", "lists", "story", "wall", *listen.styles),
        script=listen.script,
        listen=listen,
        workshop_kind=str(workshop.kind),
        sample=workshop.sample,
        held_on=said_date(workshop.held_on),
        place=place_name(library, workshop.place),
        participants=f"{workshop.participants} 人" if workshop.participants is not None else "",
        facilitators=context.people_links(workshop.facilitators, page),
        summary=workshop.summary,
        agenda=workshop.agenda,
        prompts=workshop.prompts,
        groups=groups,
        accounts=accounts_html(context, workshop.accounts, page) if workshop.accounts else "",
        visuals=[_visual(context, each, page) for each in workshop.visuals],
        votes=[
            {"question": each.question, "result": each.result, "count": vote_count(each)}
            for each in workshop.votes
        ],
        agreed=agreed_view(workshop.ratification),
        lists=related(context, "workshops", workshop.id or "", page),
        stories=[
            story_entry(context, each, page) for each in library.stories_from(workshop.id or "")
        ]
        if Story in context.choice
        else [],
    )
    body = Markup("\n").join(card for group in groups for card in group["cards"])
    source = workshop.origin.location.path
    return Page(page, workshop.title, description, str(body), document, source)


def _visual(context: RenderContext, visual: Visual, page: str) -> dict[str, object]:
    credit = "，".join(each for each in (visual.author, visual.licence) if each)
    return {
        "title": visual.title,
        "picture": context.shown(visual, CARD, page),
        "colour": visual.colour,
        "meaning": visual.meaning,
        "credit": credit,
    }


def _list(context: RenderContext, workshops: list[Workshop]) -> Iterator[Output]:
    def entry(workshop: Workshop, page: str) -> ListEntry:
        note = f"{workshop.kind} · {said_date(workshop.held_on)}"
        return ListEntry(
            workshop.title, note, urls.relative(urls.workshop(workshop.id or ""), page)
        )

    description = "村里坐到一起说过的话，一场一场记在这里。"
    groups = [("", workshops)]
    empty = "" if workshops else "还没有记下来的工作坊。"
    return list_pages(
        context, urls.WORKSHOPS, "工作坊", description, groups, entry, "stories", empty
    )


FAMILY = Family("workshops", outputs)
