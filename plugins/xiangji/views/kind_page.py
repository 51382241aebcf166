"""The generic page of a record, built from its fields. A kind may use another page function instead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup, escape

from xiangji import urls
from xiangji.images.pictures import HERO
from xiangji.kinds.installed import kinds_with
from xiangji.model.fields import ListOf, Nested, Reference, fields_of
from xiangji.model.kind import RecordKind
from xiangji.model.value_types import MEDIA
from xiangji.records.person import Person
from xiangji.records.product import Product
from xiangji.render.context import Link, RenderContext
from xiangji.render.outputs import Artifact, Output, Page
from xiangji.views.drawing.route_map import MapStop, RouteDrawing, drawn
from xiangji.views.entries import (
    ListEntry,
    certificate_view,
    claim_views,
    lines,
    people_entries,
    product_entry,
    source_views,
    story_entry,
)
from xiangji.views.exports import exports, taken_along
from xiangji.views.kind_feed import feed
from xiangji.views.kind_lists import Related, feed_of, index, list_of, related
from xiangji.views.open_data.package import is_table, open_data
from xiangji.views.said import (
    LISTED,
    UNSHOWN,
    FactRow,
    address_of,
    as_data,
    fact_rows,
    name_of,
    passages,
    value_links,
)
from xiangji.views.together.credit_files import credit_files
from xiangji.views.together.credits import credit_rows, credited_lists
from xiangji.views.together.parties import parties
from xiangji.views.together.thanks import thanks
from xiangji.views.together.ways import village_ways

_NOTHING = Markup("")


def outputs(context: RenderContext) -> Iterator[Output]:
    """All that `_outputs` makes, and the description of its tables."""
    tables: list[Artifact] = []
    for made in _outputs(context):
        tables += [made] if isinstance(made, Artifact) and is_table(made) else []
        yield made
    yield from open_data(context, tables)


def _outputs(context: RenderContext) -> Iterator[Output]:
    """Pages, list and data files of every kind without a page family, the index of all lists, and the feed."""
    for kind in kinds_with(context.library.shelves).kinds:
        records = [] if kind.family else context.library.listed(kind)
        if not records:
            continue
        for record in records:
            if kind.address_of(record):
                yield page_of(context, kind, record)
        if kind.page:
            yield from list_of(context, kind)
        yield from exports(context, kind, records)
    yield from credit_files(context)
    yield from thanks(context)
    yield from parties(context)
    if context.library.shelf("indicators"):
        from xiangji.views.counted.impact import impact  # Here, since few villages have indicators.

        yield from impact(context)
    yield from index(context, village_ways(context))
    yield from feed(context)


def page_of(context: RenderContext, kind: RecordKind, record: Any) -> Page:
    """The page of a record, made by the function that its kind names."""
    maker = PAGES[kind.page] if isinstance(kind.page, str) else kind.page
    made: Page = maker(context, kind, record)
    return made


def generic_page(
    context: RenderContext,
    kind: RecordKind,
    record: Any,
    lists: Iterable[Related] = (),
    certificates: Iterable[Any] = (),
    hidden: Collection[str] = (),
    counts: Iterable[FactRow] = (),
    drawing: RouteDrawing | None = None,
    figures: Markup = _NOTHING,
    styles: tuple[str, ...] = (),
) -> Page:
    """A page of the fields of a record, without the `hidden` fields, followed by `certificates` and `lists`.

    `counts` are rows of numbers that the library tells, below those of the fields. `drawing` and `figures` stand below
    the rows; `figures` need the style sheets `styles`.
    """
    page = kind.address_of(record)
    told = passages(record)
    description = lines(told[0][1])[0] if told else kind.title_of(record)
    share = context.share_picture(record) if hasattr(record, "picture") else None
    document = context.render(
        "record.html",
        page,
        title=kind.title_of(record),
        description=description,
        styles=("usual", "lists", "story", "duo", *(("route",) if drawing else ()), *styles),
        share=share,
        data=linked_data(context, kind, record),
        heading=kind.heading,
        feed=urls.relative(feed_of(context), page) if feed_of(context) else "",
        sample=getattr(record, "sample", False),
        notice=kind.notice_of(record, context.settings.today),
        picture=_picture(context, record, page),
        rows=[*fact_rows(context, kind, record, page, (*hidden, kind.called_off)), *counts],
        drawing=drawing,
        certificates=list(certificates),
        figures=figures,
        texts=[{"heading": heading, "lines": lines(text)} for heading, text in told],
        lists=[
            *lists,
            *_referred(context, record, page),
            *credited_lists(context, kind.name, record.id, page),
            *related(context, kind.name, record.id, page),
        ],
        claims=claim_views(context.library, getattr(record, "claims", ())),
        sources=source_views(context.library, getattr(record, "sources", ())),
        credits=credit_rows(context, kind.name, record.id, page),
        files=taken_along(context, kind, record, page),
        poster=context.poster(page)
        if kind.poster and kind.poster.wanted(record, context.settings.today)
        else "",
    )
    body = "".join(f"<p>{escape(line)}</p>" for _, text in told for line in lines(text))
    source = record.origin.location.path
    # Every line is escaped above.
    return Page(page, kind.title_of(record), description, Markup(body), document, source)  # noqa: S704


def producer_page(context: RenderContext, kind: RecordKind, producer: Any) -> Page:
    """The page of a producer, with its products, people and certificates."""
    page = kind.address_of(producer)
    referring = [each for _, each in context.library.referring(kind.name, producer.id)]
    goods = [each for each in referring if isinstance(each, Product)]
    others = [each.id for each in referring if isinstance(each, Person)]
    people = dict.fromkeys((*producer.people, *others))
    papers = dict.fromkeys(paper for each in goods for paper in each.certificates)
    found = (
        ("做的东西", [product_entry(context, each, page) for each in goods if not each.hidden]),
        ("这里的人", people_entries(context, people, page)),
    )
    lists = [
        Related(heading, tuple(each for each in entries if each.href))
        for heading, entries in found
        if any(each.href for each in entries)
    ]
    certificates = [certificate_view(context, each, page) for each in papers]
    return generic_page(context, kind, producer, lists, certificates, hidden=("people",))


def partner_page(context: RenderContext, kind: RecordKind, partner: Any) -> Page:
    """The page of a partner, with the products that it makes if it is a producer too."""
    page = kind.address_of(partner)
    referring = context.library.referring("producers", partner.producer or "")
    goods = [each for _, each in referring if isinstance(each, Product) and not each.hidden]
    entries = [product_entry(context, each, page) for each in goods]
    lists = [Related("做的东西", tuple(each for each in entries if each.href))]
    return generic_page(context, kind, partner, [each for each in lists if each.entries])


def counted_page(context: RenderContext, kind: RecordKind, record: Any) -> Page:
    """A page that also tells how many records of each kind belong to the record, so that nobody has to type it."""
    found: dict[str, tuple[RecordKind, int]] = {}
    for other, _ in context.library.referring(kind.name, record.id):
        found[other.name] = (other, found.get(other.name, (other, 0))[1] + 1)
    counts = [
        FactRow(other.heading, (Link(f"记下了 {count} {other.measure}", ""),))
        for other, count in found.values()
        if not other.family
    ]
    return generic_page(context, kind, record, counts=counts)


def route_page(context: RenderContext, kind: RecordKind, route: Any) -> Page:
    """A page with a drawing of the stops of a route, and the same as a list. A stop that is not public is left out."""
    page = kind.address_of(route)
    every = (_stop(context, each, page) for each in route.stops)
    stops = [each for each in every if each.text]
    drawing = drawn(kind.title_of(route), stops) if stops else None
    return generic_page(context, kind, route, hidden=("stops",), drawing=drawing)


def _stop(context: RenderContext, stop: Any, page: str) -> MapStop:
    """A stop with the name of what it refers to, if it has none of its own."""
    rows = [row for row in fields_of(type(stop)) if isinstance(row.item, Reference)]
    links = [e for row in rows for e in value_links(context, row, getattr(stop, row.name), page)]
    spot = context.library.shelf("spots").get(stop.spot)
    link = next((each for each in links if each.href), links[0] if links else Link("", ""))
    note = "，".join(each for each in (stop.stay, stop.note) if each)
    return MapStop(stop.title or link.text, link.href, note, spot.position if spot else None)


def indicator_page(context: RenderContext, kind: RecordKind, indicator: Any) -> Page:
    """The page of an indicator, with its chart and every value."""
    from xiangji.views.counted.indicator_page import APART, STYLES, figures

    made = figures(context, indicator, kind.address_of(indicator))
    return generic_page(context, kind, indicator, hidden=APART, figures=made, styles=STYLES)


PAGES: Mapping[str, Callable[..., Page]] = {
    "generic": generic_page,
    "counted": counted_page,
    "indicator": indicator_page,
    "partner": partner_page,
    "producer": producer_page,
    "route": route_page,
}
"""The page functions, by the name that a kind declares."""


def _picture(context: RenderContext, record: Any, page: str) -> Any:
    names = {row.name for row in fields_of(type(record)) if row.kind is MEDIA}
    return context.shown(record, HERO, page) if "picture" in names else None


def _referred(context: RenderContext, record: Any, page: str) -> Iterator[Related]:
    """The products and stories that a record refers to, as entries with pictures."""
    makers: dict[str, Callable[..., ListEntry]] = {
        "products": product_entry,
        "stories": story_entry,
    }
    for row in fields_of(type(record)):
        kind = row.item
        if not isinstance(kind, Reference) or kind.to not in LISTED or row.name in UNSHOWN:
            continue
        shelf, make = context.library.shelf(kind.to), makers[kind.to]
        entries: list[ListEntry] = [make(context, shelf[key], page) for key in row.values(record)]
        entries = [each for each in entries if each.href]
        if entries:
            yield Related(row.zh, tuple(entries))


def linked_data(context: RenderContext, kind: RecordKind, record: Any) -> dict[str, Any] | None:
    """A record in terms of schema.org; None if its kind has no type there, or if the record is a sample."""
    if not kind.schema_type or getattr(record, "sample", False):
        return None
    data = as_data(context, record)
    made: dict[str, Any] = {"@context": "https://schema.org", "@type": kind.schema_type}
    made |= kind.schema_constants
    for row in fields_of(type(record)):
        if row.schema and row.kind is MEDIA and (url := _own_picture(context, record, row.name)):
            made[row.schema] = url
        if not row.schema or row.name not in data or isinstance(row.kind, Nested):
            continue
        made[row.schema] = _linked(context, row.kind, getattr(record, row.name), data[row.name])
    url = context.absolute(kind.address_of(record))
    return made | ({"url": url} if url else {})


def _own_picture(context: RenderContext, record: Any, name: str) -> str | None:
    """The absolute URL of a picture of the record itself."""
    media = context.library.picture(record, name)
    address = context.pictures.share(media) if media else None
    return context.absolute(address) if address else None


def _linked(context: RenderContext, kind: Any, value: Any, told: Any) -> Any:
    several = isinstance(kind, ListOf)
    item = kind.item if several else kind
    if not isinstance(item, Reference):
        return told
    values = value if several else [value]
    found = []
    for key in values:
        one = {"name": name_of(context.library, item.to, key)}
        address = address_of(context, item.to, key)
        url = context.absolute(address) if address else None
        found.append(one | ({"url": url} if url else {}))
    return found if several else found[0]
