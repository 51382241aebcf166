"""Makes hand-written pages with the site's frame, and the HTML of their blocks for pages that a host makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from markupsafe import Markup

from xiangji import urls
from xiangji.images.pictures import CARD, HERO, TILE
from xiangji.kinds.installed import further_kinds
from xiangji.library.people.credited import NOTES
from xiangji.model.kind import RecordKind
from xiangji.model.location import Location
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.pages.host_markup import first_doubt, without_markup
from xiangji.pages.marks import is_sold, marks
from xiangji.problems import Problem, problem
from xiangji.readers.site.notes import Note
from xiangji.records.product import Product
from xiangji.records.story import Story, Workshop
from xiangji.render.context import Link, RenderContext
from xiangji.render.navigation import has_something
from xiangji.render.outputs import Page
from xiangji.views.entries import (
    ListEntry,
    lot_row,
    lowest_price,
    people_entries,
    product_entry,
    source_views,
    story_entry,
)
from xiangji.views.field_lists import fields_html
from xiangji.views.fragments import Block, expand, list_html, names_in
from xiangji.views.kind_lists import kind_entry
from xiangji.views.languages import CHINESE, language_of, with_chinese_marked
from xiangji.views.together.credits import credit_rows

_MARK = late_pattern(r'<div id="xiangji-block-(\d+)"></div>')


def unclean(context: RenderContext) -> Iterator[Problem]:
    """Yield a problem for each hand-written page with HTML that is removed from the site. Trusted pages have none."""
    for note in context.library.notes:
        line = first_doubt(note.body)
        if line is None or note.uri in context.settings.trusted:
            continue
        text = "".join(
            each for each in _pieces(context, note.body, note.uri) if not isinstance(each, Markup)
        )
        if without_markup(text) != text:
            place = note.origin.location
            yield problem("site-markup", Location(place.path, place.line + line))


def _pieces(context: RenderContext, text: str, uri: str) -> list[str | Markup]:
    return expand(text, _blocks(context, text, urls.note(uri)), Location(uri))[0]


def marked(context: RenderContext, text: str, uri: str) -> tuple[str, list[str]]:
    """Return Markdown with a placeholder for each block line, and the HTML of the blocks.

    The placeholders keep the HTML of our blocks out of the cleaning of the page's HTML. `uri` is the page's file.
    """
    made: list[str] = []
    found: list[str] = []
    for each in _pieces(context, text, uri):
        if isinstance(each, Markup):
            found.append(f'\n\n<div id="xiangji-block-{len(made)}"></div>\n\n')
            made.append(str(each))
        else:
            found.append(each)
    if credited := _credits(context, uri, urls.note(uri)):
        found.append(f'\n\n<div id="xiangji-block-{len(made)}"></div>\n')
        made.append(str(credited))
    return "".join(found), made


def _credits(context: RenderContext, uri: str, page: str) -> Markup:
    """Return the credits at the foot of a page as HTML; empty without any."""
    rows = credit_rows(context, NOTES, uri, page)
    return context.fragment("credits.html", credits=rows) if rows else Markup("")


def unmarked(html: str, made: Sequence[str]) -> str:
    """Return `html` with each placeholder of `marked` replaced by its block. `made` is the HTML of the blocks."""
    return _MARK.sub(lambda mark: made[int(mark[1])] if int(mark[1]) < len(made) else "", html)


def pages(context: RenderContext) -> Iterator[Page]:
    """Yield every hand-written page with the site's frame. A host makes those in the folders of `reading:` again."""
    for note in context.library.notes:
        page = urls.note(note.uri)
        body = _body(context, note, page)
        language = language_of(body)
        foreign = language != CHINESE
        shown = Markup(with_chinese_marked(body)) if foreign else body  # noqa: S704 (it was markup)
        document = context.render(
            "note.html",
            page,
            title=note.title,
            description=note.description or note.title,
            styles=("usual", "lists", "story", "blocks"),
            heading="" if "<h1" in body else note.title,
            body=shown,
            language=language,
            foreign=foreign,
        )
        source = note.origin.location.path
        yield Page(page, note.title, note.description, str(body), document, source)


def _body(context: RenderContext, note: Note, page: str) -> Markup:
    place = note.origin.location
    folder = place.path.rpartition("/")[0]
    pieces, _, problems = expand(note.body, _blocks(context, note.body, page), place)
    context.problems.extend(problems)
    html = [
        p if isinstance(p, Markup) else context.html(_without_title(p), page, folder, place)
        for p in pieces
    ]
    return Markup("\n").join([*html, _credits(context, note.uri, page)])


def _without_title(text: str) -> str:
    """Return the text without a first-level heading at its beginning, since the template prints the title."""
    start = text.lstrip("\n")
    if not start.startswith("# "):
        return text
    return "\n" * (len(text) - len(start) + 1) + start.partition("\n")[2]


def _blocks(context: RenderContext, text: str, page: str) -> dict[str, Block]:
    """Return the blocks that the Markdown `text` may use, by their names in both languages."""
    ours = _own_blocks(context, page)
    if names_in(text) <= ours.keys():
        return ours  # Most pages show no further kind, and most villages have few of them.
    return ours | {n: b for n, b in _further(context, page).items() if n not in ours}


def _own_blocks(context: RenderContext, page: str) -> dict[str, Block]:
    library = context.library

    def products(words: str) -> str:
        on = Product in context.choice
        chosen = [p for p in library.products.values() if on and not p.hidden]
        return list_html(
            context, [product_entry(context, each, page, role=TILE) for each in chosen]
        )

    def stories(words: str) -> str:
        found = library.stories.values() if Story in context.choice else ()
        return list_html(context, [story_entry(context, each, page, TILE) for each in found])

    def people(words: str) -> str:
        return list_html(context, people_entries(context, library.people, page, CARD), "square")

    def workshops(words: str) -> str:
        entries = [
            ListEntry(each.title, "", urls.relative(urls.workshop(each.id or ""), page))
            for each in library.workshops.values()
            if Workshop in context.choice
        ]
        return list_html(context, entries)

    def batches(words: str) -> str:
        if words and words not in library.products:
            return ""
        every = library.batches.values()
        chosen = library.lots_of(words) if words else every
        rows = [lot_row(context, each, page) for each in chosen if "trace" in context.choice]
        entries = [ListEntry(f"{row.lot} · {row.word}", row.made, row.href) for row in rows]
        return list_html(context, entries)

    def sources(words: str) -> str:
        return context.fragment("sources.html", sources=source_views(library, library.sources))

    def hero(words: str) -> str:
        return _hero(context, page)

    def partners(words: str) -> str:
        return context.fragment("partners.html", partners=library.brand.partners)

    made: dict[tuple[str, str], Block] = {
        ("开头", "hero"): hero,
        ("产品", "products"): products,
        ("故事", "stories"): stories,
        ("人物", "people"): people,
        ("工作坊", "workshops"): workshops,
        ("批次", "batches"): batches,
        ("来源", "sources"): sources,
        ("伙伴", "partners"): partners,
        ("字段", "fields"): lambda words: fields_html(context, words),
    }
    return {name: block for names, block in made.items() for name in names}


def _further(context: RenderContext, page: str) -> dict[str, Block]:
    """Return a block for each further kind, by its heading and by its name. The block lists the kind's records."""

    def listed(kind: RecordKind, words: str) -> str:
        records = context.library.shelf(kind.name).values()
        return list_html(context, [kind_entry(context, kind, each, page) for each in records])

    kinds = further_kinds()
    return {n: partial(listed, kind) for kind in kinds for n in (kind.heading, kind.name)}


def _hero(context: RenderContext, page: str) -> Markup:
    """Return the head of the home page: the village's picture, name and slogan, and buttons."""
    brand = context.library.brand
    ways = (
        ("看小店", urls.SHOP),
        ("看故事", urls.STORIES),
        ("查批次", urls.TRACE),
    )
    buttons = [
        Link(text, urls.relative(to, page))
        for text, to in ways
        if has_something(context, f"{to}index.md")
    ]
    return context.fragment(
        "hero.html",
        picture=context.shown(brand, HERO, page),
        name=brand.name,
        village=brand.village_beside,
        slogan=brand.slogan or "",
        sample=brand.sample,
        offers=_offers(context, page),
        buttons=buttons,
    )


_OFFERS = 2
"""How many products stand at the head of the home page: as many as one phone screen has room for."""


def _offers(context: RenderContext, page: str) -> list[ListEntry]:
    """Return the first products of the shop that have a price and can be had: those without a warning first."""
    if Product not in context.choice:
        return []
    goods = [each for each in context.library.products.values() if not each.hidden]
    sold = [each for each in goods if lowest_price(each)[0] and is_sold(context, each)]
    first = sorted(sold, key=lambda each: bool(marks(context, each)))[:_OFFERS]
    return [product_entry(context, each, page, role=TILE) for each in first]
