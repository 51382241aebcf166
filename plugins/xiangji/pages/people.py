"""The page of each person who agreed to be named, with what the person agreed to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import escape

from xiangji import urls
from xiangji.images.pictures import PORTRAIT
from xiangji.kinds.person import KIND, may_be_advertised, may_be_named
from xiangji.model.values import said_date
from xiangji.model.vocabularies import ConsentBy, ConsentMedium, Secrecy
from xiangji.pages.lists import list_pages
from xiangji.records.person import Person, Witness
from xiangji.records.product import Product
from xiangji.records.story import Story
from xiangji.render.context import Link, RenderContext
from xiangji.render.families import Family, NoOptions
from xiangji.render.navigation import named_in
from xiangji.render.outputs import Output, Page, sheet_file
from xiangji.views.entries import (
    lines,
    person_entry,
    place_name,
    product_entry,
    source_views,
    story_entry,
)
from xiangji.views.fragments import card_html
from xiangji.views.kind_lists import Tally, TallyView, counted, related
from xiangji.views.said import reference_link
from xiangji.views.together.credits import credited_lists, links_to_people


def outputs(context: RenderContext, options: NoOptions) -> Iterator[Output]:
    """A page for each person who may be named, and the list of them."""
    people = [each for each in context.library.people.values() if may_be_named(each)]
    for person in people:
        yield _page(context, person)
    if people or named_in(context.settings, urls.PEOPLE):
        yield from _list(context, people)


def _page(context: RenderContext, person: Person) -> Page:
    page = urls.person(person.id)
    library = context.library
    roles = "、".join(str(role) for role in person.roles)
    description = person.craft or f"{person.name}，{roles}" if roles else person.name
    quoted = [
        card
        for workshop in library.workshops.values()
        for card in workshop.cards
        if card.teller == person.id and card.words and card.secrecy is Secrecy.PUBLIC
    ]
    producer = library.producers.get(person.producer or "")
    document = context.render(
        "person.html",
        page,
        title=person.name,
        description=description,
        styles=("usual", "lists", "story", "person", "duo", "wall"),
        share=context.share_picture(person, "portrait"),
        kind="profile",
        name=person.name,
        sample=person.sample,
        portrait=context.shown(person, PORTRAIT, page, "portrait"),
        roles=person.roles,
        craft=person.craft,
        intro=lines(person.intro),
        place=place_name(library, person.place),
        producer=reference_link(context, "producers", producer.id, page) if producer else None,
        ground=_ground(person),
        poster=context.poster(page) if may_be_advertised(person, context.settings.today) else "",
        notice=person.notice or "",
        lists=[
            *credited_lists(context, "people", person.id, page),
            *related(context, "people", person.id, page),
        ],
        taught_by=links_to_people(context, library.teachers_of(person.id), page),
        taught=links_to_people(context, library.pupils_of(person.id), page),
        witnesses=[_statement(context, each, page) for each in person.witnesses],
        quotes=[card_html(context, each, page) for each in quoted],
        products=[product_entry(context, each, page) for each in library.products_by(person.id)]
        if Product in context.choice
        else [],
        stories=[story_entry(context, each, page) for each in library.stories_told_by(person.id)]
        if Story in context.choice
        else [],
    )
    body = "".join(f"<p>{escape(line)}</p>" for line in (description, *lines(person.intro)))
    return Page(page, person.name, description, body, document, person.origin.location.path)


def _statement(context: RenderContext, said: Witness, page: str) -> dict[str, object]:
    """Return what a neighbour says, with who, when and where it is written."""
    return {
        "lines": lines(said.text),
        "who": context.person_link(context.library.people[said.who], page),
        "day": said_date(said.on) if said.on else "",
        "sources": source_views(context.library, said.sources),
    }


def _ground(person: Person) -> str:
    """Return what this person agreed to show on pages, grouped by who gave the consent."""
    parts = []
    shown = [each for each in person.consent if ConsentMedium.PAGE in each.where]
    for by in ConsentBy:
        uses = "、".join(dict.fromkeys(str(each.asked) for each in shown if each.by is by))
        if uses:
            parts.append(f"{by}同意公开{uses}")
    return "；".join(parts)


def _list(context: RenderContext, people: list[Person]) -> Iterator[Output]:
    """Yield the list of everybody, and one for each role that a vocabulary has."""
    tallies = counted(context, KIND, people) if people else []
    yield from _one_list(context, urls.PEOPLE, KIND.heading, people, tallies)
    for part in (each for tally in tallies for each in tally.parts if each.address):
        title = f"{KIND.heading}：{part.text}"
        for made in _one_list(context, part.address, title, part.records, tallies):
            # Search finds each person once, in the list of everybody.
            whole = isinstance(made, Page)
            yield sheet_file(made.address, made.content, made.source) if whole else made


def _one_list(
    context: RenderContext,
    address: str,
    title: str,
    people: Sequence[Person],
    tallies: Sequence[Tally],
) -> Iterator[Output]:
    def told(page: str) -> list[TallyView]:
        whole = Link("全部", urls.relative(urls.PEOPLE, page)) if page != urls.PEOPLE else None
        return [each.view(page, whole) for each in tallies]

    return list_pages(
        context,
        address,
        title,
        "讲故事的、做东西的、写下来的人。只有本人同意，名字才会在这里。",
        [("", people)],
        lambda person, page: person_entry(context, person, page),
        "stories",
        "还没有人同意在这里写名字。" if not people else "",
        told=told,
    )


FAMILY = Family("people", outputs)
