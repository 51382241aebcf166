"""The page of each story: its text, who told it, and the evidence of its claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape

from xiangji import urls
from xiangji.images.pictures import HERO, STRIP
from xiangji.model.location import Location
from xiangji.model.values import said_date
from xiangji.pages.lists import list_pages
from xiangji.pages.recordings import hear, listening
from xiangji.records.product import Product
from xiangji.records.story import Story, Workshop
from xiangji.render.context import Link, RenderContext
from xiangji.render.families import Family, NoOptions
from xiangji.render.markdown import plain_text
from xiangji.render.navigation import has_something, named_in
from xiangji.render.outputs import Output, Page
from xiangji.views.entries import (
    Button,
    agreed_view,
    call_button,
    claim_views,
    people_entries,
    product_entry,
    source_views,
    story_entry,
)
from xiangji.views.fragments import Block, accounts_html, card_html, expand, steps_html
from xiangji.views.kind_lists import related
from xiangji.views.together.credits import contributors, credit_rows, credited_picture


def outputs(context: RenderContext, options: NoOptions) -> Iterator[Output]:
    """A page for each story, and the list of them."""
    stories = list(context.library.stories.values())
    for story in stories:
        yield _page(context, story)
    if stories or named_in(context.settings, urls.STORIES):
        yield from _list(context, stories)


def _page(context: RenderContext, story: Story) -> Page:
    page = urls.story(story.id)
    library = context.library
    body = _body(context, story, page)
    first, rest = _opening(body)
    faces = [each for each in people_entries(context, story.tellers, page) if each.picture]
    listen = listening(context, library.cards_of(story), page, aloud=True)
    workshop = library.workshops.get(story.workshop or "")
    description = _description(story, body)
    products = [library.products[each] for each in story.products]
    sold = [each for each in products if not each.hidden]
    document = context.render(
        "story.html",
        page,
        title=story.title,
        description=description,
        styles=("usual", "lists", "story", "duo", "product", *listen.styles),
        script=listen.script,
        share=context.share_picture(story),
        data=_article(context, story, page, description),
        kind="article",
        picture=context.shown(story, HERO, page),
        subtitle=story.subtitle,
        workshop=Link(
            workshop.title, context.href(Workshop, urls.workshop(workshop.id or ""), page)
        )
        if workshop
        else None,
        date=said_date(story.published_on) if story.published_on else "",
        sample=story.sample,
        facts=_facts(context, story),
        listen=listen,
        first=first,
        body=rest,
        claims=claim_views(library, story.claims),
        tellers=[
            each
            for each in context.people_links(story.tellers, page)
            if each.href not in {face.href for face in faces}
        ],
        recorders=context.people_links(story.recorders, page),
        credits=credit_rows(context, "stories", story.id, page),
        agreed=agreed_view(workshop.ratification) if workshop else None,
        sources=source_views(library, _untold_sources(context, story)),
        faces=faces,
        products=[product_entry(context, each, page, role=STRIP) for each in products]
        if Product in context.choice
        else [],
        poster=context.poster(page),
        lists=related(context, "stories", story.id, page),
        buttons=_buttons(context, sold, page),
    )
    return Page(page, story.title, description, str(body), document, story.origin.location.path)


def _body(context: RenderContext, story: Story, page: str) -> Markup:
    """Return the text of a story with its blocks, as HTML.

    Accounts and steps that the author did not place are appended. Cards are not: the workshop's page shows them all.
    """
    library = context.library
    cards = {card.id: card for card in library.cards_of(story)}
    accounts = library.accounts_of(story)

    def card(identifier: str) -> str | None:
        # A withheld card gives an empty text. None stands for an unknown card.
        if identifier not in cards:
            return "" if identifier in _listed(context, story) else None
        return card_html(context, cards[identifier], page, hear(context, cards[identifier]))

    def several(_: str) -> str:
        return accounts_html(context, accounts, page) if accounts else ""

    def process(_: str) -> str:
        return steps_html(context, story.steps, page) if story.steps else ""

    blocks: dict[str, Block] = {
        "卡片": card, "card": card, "几种说法": several, "accounts": several,
        "怎么做": process, "steps": process,
    }  # fmt: skip
    place = Location(story.origin.location.path, story.body_line)
    pieces, used, problems = expand(story.body, blocks, place)
    context.problems.extend(problems)
    folder = story.origin.location.path.rpartition("/")[0]
    html = [
        piece if isinstance(piece, Markup) else context.html(piece, page, folder, place)
        for piece in pieces
    ]
    if accounts and not used & {"几种说法", "accounts"}:
        html.append(Markup(several("")))  # noqa: S704 (made by our templates)
    if story.steps and not used & {"怎么做", "steps"}:
        html.append(Markup(process("")))  # noqa: S704 (made by our templates)
    return _with_evidence(story, Markup("\n").join(part for part in html if part.strip()))


def _opening(body: Markup) -> tuple[Markup, Markup]:
    """Return the first paragraph of a text and the rest: a reader meets the story before any player.

    The first part is empty if the text begins with something else.
    """
    text = str(body)
    end = text.find("</p>") + len("</p>")
    if not text.startswith("<p>") or end < len("</p>"):
        return Markup(""), body
    return Markup(text[:end]), Markup(text[end:])  # noqa: S704 (cleaned before)


def _untold_sources(context: RenderContext, story: Story) -> list[str]:
    """Return the sources that stand beside no claim and no account of the page: each is told once."""
    told = {each for claim in story.claims for each in claim.sources}
    told |= {each for account in context.library.accounts_of(story) for each in account.sources}
    return [each for each in story.sources if each not in told]


def _with_evidence(story: Story, body: Markup) -> Markup:
    """Return the text with the grade of evidence after each claim, linked to the claim's sources below.

    A claim whose words contain a link or emphasis is not found in the text. It is only in the list below.
    """
    text = str(body)
    for number, claim in enumerate(story.claims, start=1):
        words = str(escape(re.split("…+", claim.text)[-1].strip("。；，")))
        # The lookahead skips matches inside a tag: before the next `>` there must be a `<`.
        found = re.search(re.escape(words) + r"[。；！？”]*(?![^<>]*>)", text) if words else None
        if found:
            key, word = claim.evidence.key, claim.evidence
            mark = f'<a class="badge why {key}" href="#claim-{number}">{word}</a>'
            text = text[: found.end()] + mark + text[found.end() :]
    return Markup(text)  # noqa: S704 (cleaned before; marks are ours)


def _listed(context: RenderContext, story: Story) -> set[str]:
    """Return the ids of the cards of the story's workshop that are withheld."""
    return set(context.withheld.get(story.id, ()))


def _description(story: Story, body: Markup) -> str:
    tellings = story.tellings
    if tellings and (tellings.medium or tellings.short):
        return tellings.medium or tellings.short or ""
    return story.subtitle or plain_text(str(body))[:120]


def _facts(context: RenderContext, story: Story) -> list[str]:
    """Return how many people told, recorded and agreed to the story. The page names or counts all of them."""
    counts = (("讲述", len(story.tellers)), ("记录", len(story.recorders)))
    facts = [f"{word} {number} 人" for word, number in counts if number]
    workshop = context.library.workshops.get(story.workshop or "")
    agreed = workshop.ratification if workshop else None
    if agreed and agreed.in_favour is not None:
        facts.append(f"{agreed.in_favour} 人同意公开")
    return facts


def _buttons(context: RenderContext, sold: list[Any], page: str) -> list[Button]:
    buttons = []
    if has_something(context, f"{urls.SHOP}index.md"):
        buttons.append(Button("小店", urls.relative(urls.SHOP, page), "shop"))
    buttons += call_button(context, "打电话问")
    if sold and Product in context.choice:
        href = urls.relative(urls.product(sold[0].id), page)
        buttons.append(Button(f"看{sold[0].name}", href, "basket"))
    return buttons


def _article(context: RenderContext, story: Story, page: str, description: str) -> dict[str, Any]:
    """Return the schema.org Article as JSON-LD (`standards.md` §3.1)."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": story.title,
        "description": description,
        "inLanguage": "zh-CN",
        "publisher": {"@type": "Organization", "name": context.library.brand.name},
    }
    authors = context.people_links((*story.tellers, *story.recorders), page)
    if authors:
        data["author"] = [{"@type": "Person", "name": each.text} for each in authors]
    if story.published_on:
        data["datePublished"] = f"{story.published_on.isoformat()}T00:00:00+08:00"
    if address := context.absolute(page):
        data["url"] = address
    if picture := context.share_picture(story):
        data["image"] = credited_picture(context, "stories", story.id, picture)
    if told := contributors(context, "stories", story.id):
        data["contributor"] = told
    return data


def _list(context: RenderContext, stories: list[Story]) -> Iterator[Output]:
    return list_pages(
        context,
        urls.STORIES,
        f"{context.library.brand.village or ''}的故事",
        "村里人讲的，一篇一篇写下来。每一篇都写着谁讲的、凭什么、村里怎么议定的。",
        [("", stories)],
        lambda story, page: story_entry(context, story, page),
        "stories",
        "还没有写好的故事。" if not stories else "",
    )


FAMILY = Family("stories", outputs)
