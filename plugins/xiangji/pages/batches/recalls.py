"""What a recall reaches beyond the sheets: a notice on the product's page, a mark on its card, and a
feed of the lots for those who follow the village."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from heapq import nlargest

from xiangji import urls
from xiangji.model.vocabularies import BatchStatus
from xiangji.pages.batches.states import last_day, state_of
from xiangji.records.batch import Batch
from xiangji.records.lot import told_on
from xiangji.records.product import Product
from xiangji.render.context import Link, RenderContext
from xiangji.render.outputs import Artifact
from xiangji.views.atom import FeedEntry, feed_file

_MOST = 40
"""Lots in the feed; those that are stopped stand before the newest of the others."""


def recalled_lots(context: RenderContext, product: Product) -> list[Batch]:
    """The lots of a product that are recalled and that somebody may still eat or use."""
    library, day = context.library, context.settings.today
    # Every card and every list asks, and mostly nothing is recalled.
    some = library.lots_of(product.id)
    return [
        batch
        for batch in some
        if batch.status is BatchStatus.RECALLED and (last_day(batch, product) or day) >= day
    ]


def recall_links(context: RenderContext, product: Product, page: str) -> list[Link]:
    """The same as links to their sheets, which say what to do."""
    found = recalled_lots(context, product)
    return [
        Link(each.lot, context.href("trace", urls.sheet(product.id, each.lot), page))
        for each in found
    ]


def feed(context: RenderContext) -> Iterator[Artifact]:
    """An Atom feed (RFC 4287) of the lots; none without an address of the site, which it must name.

    An entry's id holds the state of its lot: a recall is a new entry, whenever the lot was made.
    """
    url = context.settings.site_url
    if not url:
        return
    library, day = context.library, context.settings.today
    shown = [each for each in library.batches.values() if each.product in library.products]
    latest = max([on for each in shown if (on := told_on(each))], default=day)
    rows = (
        (_is_stopped(each), told_on(each) or latest, each)
        for each in shown
        if told_on(each) or _is_stopped(each)
    )
    newest = nlargest(_MOST, rows, key=lambda row: (row[0], row[1], row[2].key))
    name = library.brand.name
    entries = (_entry(context, lot, on) for _, on, lot in newest)
    title = f"{name}：批次"
    yield feed_file(urls.FEED, title, name, urls.TRACE, latest, entries, url, "products")


def _is_stopped(lot: Batch) -> bool:
    """Whether the cooperative stopped it, which comes before everything else (`state_of`)."""
    return lot.status in (BatchStatus.RECALLED, BatchStatus.ON_HOLD)


def _entry(context: RenderContext, batch: Batch, on: date) -> FeedEntry:
    product = context.library.products[batch.product]
    state = state_of(batch, product, context.settings.today)
    said = "。".join([*state.sentences, *([state.why] if state.why else [])])
    title = f"{state.word.removeprefix('这一批')}：{product.name} {batch.lot}"
    return FeedEntry(title, urls.sheet(product.id, batch.lot), on, said, state.key)
