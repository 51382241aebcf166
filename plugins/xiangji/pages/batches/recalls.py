"""Makes the list of all lots that are recalled or stopped, and the Atom feed of lots."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from heapq import nlargest

from xiangji import urls
from xiangji.label.versions import as_made
from xiangji.library import Library
from xiangji.library.lot_state import LotState, standing_of
from xiangji.model.values import said_date
from xiangji.pages.batches.states import reasons, state_of
from xiangji.pages.lists import list_pages
from xiangji.pages.marks import lots_in_all
from xiangji.records.batch import Batch
from xiangji.records.lot import told_on
from xiangji.render.context import RenderContext
from xiangji.render.outputs import Artifact, Output
from xiangji.views.atom import FeedEntry, feed_file
from xiangji.views.entries import ListEntry, numbers

_MOST = 40
"""The most lots in the feed. Stopped lots come first, then the newest of the others."""


_GROUPS = {
    LotState.RECALLED: "已召回",
    LotState.INPUT_RECALLED: "用料已召回，待查",
    LotState.ON_HOLD: "已停售",
    LotState.FAILED: "检验不合格",
    LotState.INPUT_ON_HOLD: "用料停售，待查",
}
"""Headings of the list by state, the most serious first."""


def recall_list(context: RenderContext) -> Iterator[Output]:
    """Yield the list of lots that are recalled or stopped for another reason, grouped by state.

    In a group, the lot with the latest recorded day comes first. A lot that is expired too stays on the list, since a
    jar may be kept for years. Nothing is yielded if no lot exists, or if the village has a page of its own here.
    """
    library = context.library
    notes = {urls.note(each.uri) for each in library.notes}
    if not library.has_lots() or urls.RECALLS in notes:
        return
    found: dict[LotState, list[Batch]] = {each: [] for each in _GROUPS}
    for product in library.products.values():
        for state, batch in lots_in_all(context, product).stopped:
            found[state].append(batch)
    for some in found.values():
        some.sort(key=lambda each: (told_on(each) or date.min, each.key), reverse=True)
    whom = numbers(context)
    yield from list_pages(
        context,
        urls.RECALLS,
        "召回",
        "召回、停售和待查的批次都在这里。拿罐子上印的批号来对：在这里面的，先别吃、别用。",
        [(heading, found[state]) for state, heading in _GROUPS.items()],
        lambda batch, page: _row(context, batch, page),
        "products",
        "" if any(found.values()) else "现在没有召回、停售或待查的批次。",
        told=lambda page: [{"label": "打电话问", "links": whom}] if whom else [],
    )


def _row(context: RenderContext, batch: Batch, page: str) -> ListEntry:
    """Return the entry of a lot: which lot, its state, what to do and why."""
    product = context.library.products[batch.product]
    state = state_of(context.library, batch, context.settings.today)
    made = said_date(batch.made_on) if batch.made_on else "日期未记录"
    told = [made, *state.sentences, *([state.why] if state.why else [])]
    name = f"{product.name} {batch.variant}" if batch.variant else product.name
    href = urls.relative(urls.sheet(batch.product, batch.lot), page)
    return ListEntry(f"{batch.lot} {name}", "。".join(told), href, None, (state.short,))


def feed(context: RenderContext) -> Iterator[Artifact]:
    """Yield an Atom feed (RFC 4287) of the lots. There is none without `site_url`, since a feed contains full URLs.

    The id of an entry contains the state of its lot. So a recall is a new entry, even if the lot is old.
    """
    url = context.settings.site_url
    if not url:
        return
    library, day = context.library, context.settings.today
    shown = [each for each in library.batches.values() if each.product in library.products]
    latest = max([on for each in shown if (on := told_on(each))], default=day)
    rows = (
        (stopped, told_on(each) or latest, each)
        for each in shown
        if (stopped := _is_stopped(library, each, day)) or told_on(each)
    )
    newest = nlargest(_MOST, rows, key=lambda row: (row[0], row[1], row[2].key))
    name = library.brand.name
    entries = (_entry(context, lot, on) for _, on, lot in newest)
    title = f"{name}：批次"
    yield feed_file(urls.FEED, title, name, urls.TRACE, latest, entries, url, "products")


def _is_stopped(library: Library, lot: Batch, day: date) -> bool:
    """Whether a lot is stopped for another reason than expiry. Such lots come first in the feed."""
    found = standing_of(library, lot, day).state
    return found.is_stopped and found is not LotState.EXPIRED


def _entry(context: RenderContext, batch: Batch, on: date) -> FeedEntry:
    product = context.library.products[batch.product]
    state = state_of(context.library, batch, context.settings.today)
    why = reasons(state, batch, context.library) if not state.fine else []
    said = "。".join([*state.sentences, *why])
    title = f"{state.short}：{as_made(product, batch).name} {batch.lot}"
    return FeedEntry(title, urls.sheet(product.id, batch.lot), on, said, state.key)
