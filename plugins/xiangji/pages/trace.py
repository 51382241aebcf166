"""Batch sheets: what a stranger sees who scans a jar. No script, one answer first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from xiangji import urls
from xiangji.library import Library
from xiangji.pages.codes import make_code
from xiangji.pages.digital_label import is_digital, label_view
from xiangji.pages.elder import elder_sheet
from xiangji.pages.entries import (
    Button,
    Entry,
    call_button,
    large_print,
    lot_row,
    product_entry,
    story_entry,
)
from xiangji.pages.family import Family, NoOptions
from xiangji.pages.label import label_rows
from xiangji.pages.lists import list_pages, lot_pages
from xiangji.pages.output import Artifact, Output, Promised, Shard, sheet_file
from xiangji.pages.pictures import STRIP
from xiangji.pages.press import Link, Press
from xiangji.pages.recalls import feed, recalled_lots
from xiangji.pages.sheet_facts import sheet_facts, telling
from xiangji.pages.states import poster_batch
from xiangji.records.batch import Batch, FarmInput, TraceEvent
from xiangji.records.pledge import IssuedPledge
from xiangji.records.product import Product
from xiangji.records.story import Story
from xiangji.records.values import said_date
from xiangji.records.words import EventKind, ProductKind

# The steps that a sheet expects; one that was not recorded is drawn as a gap.
_EXPECTED = {
    ProductKind.PROCESSED: (EventKind.PROCESS, EventKind.PACK, EventKind.SHIP),
    ProductKind.PRODUCE: (EventKind.HARVEST, EventKind.SHIP),
    ProductKind.HANDICRAFT: (EventKind.PROCESS, EventKind.SHIP),
    ProductKind.CREATIVE: (EventKind.PROCESS, EventKind.SHIP),
}
# Leaving the shed alive is to livestock what harvest is to plants.
_SAME = {EventKind.SLAUGHTER: EventKind.HARVEST}


def outputs(press: Press, options: NoOptions) -> Iterator[Output]:
    """The lists that lead to the sheets, and the feed."""
    for product in press.library.products.values():
        if press.library.batches_of(product.id):
            yield from _lots(press, product)
    yield from _index(press)
    yield from feed(press)


def shards(press: Press, options: NoOptions) -> Iterator[Shard]:
    """A sheet in two forms and its code for each batch, some batches of a product at a time."""
    for product in press.library.products.values():
        batches = press.library.batches_of(product.id)
        if batches:
            _order_pictures(press, product)
        given = _postered(press, product)
        for number, start in enumerate(range(0, len(batches), _TOGETHER), start=1):
            some = batches[start : start + _TOGETHER]
            files = tuple(file for batch in some for file in _files(press, batch))
            key = f"trace/{product.id}/{number}"
            yield Shard(key, tuple(batch.key for batch in some), files, make_shard, given)


_TOGETHER = 100
"""Batches in a shard: enough for the work to be worth sending, few enough for all to have some."""


def _order_pictures(press: Press, product: Product) -> None:
    """Every picture that a sheet of this product shows."""
    press.shown(product, STRIP, urls.product_lots(product.id))
    press.share_picture(product)


def _postered(press: Press, product: Product) -> tuple[str, ...]:
    """The one batch of a product that has a poster, by key: which it is depends on all of them."""
    if "posters" not in press.choice or product.hidden:
        return ()
    shown = poster_batch(press.library, product, press.settings.today)
    return (shown.key,) if shown else ()


def _files(press: Press, batch: Batch) -> Iterator[Promised]:
    """What `_batch` makes."""
    page, source = urls.sheet(batch.product, batch.lot), batch.origin.location.path
    yield Promised(urls.file_of(page), source, listed=True)
    yield Promised(urls.file_of(urls.elder_sheet(batch.product, batch.lot)), source)
    if press.settings.site_url:
        for ending in ("svg", "png"):
            yield Promised(urls.code(page, ending), source)


def make_shard(press: Press, shard: Shard) -> Iterator[Artifact]:
    """The files of a shard."""
    library = press.library
    for key in shard.batches:
        batch = library.batches[key]
        issued = press.issued.get(key, [])
        postered = key in shard.given
        yield from _batch(press, batch, library.products[batch.product], issued, postered)


def _batch(
    press: Press, batch: Batch, product: Product, issued: list[IssuedPledge], postered: bool
) -> Iterator[Artifact]:
    page = urls.sheet(product.id, batch.lot)
    source = batch.origin.location.path
    facts = sheet_facts(press, batch, product, issued)
    yield sheet_file(page, _sheet(press, batch, product, facts, postered), source)
    yield elder_sheet(press, batch, product, facts)
    target = press.absolute(page)
    if target is not None:
        code = make_code(target)
        yield Artifact(urls.code(page, "svg"), code.svg(), source)
        yield Artifact(urls.code(page, "png"), code.png(), source)


def _sheet(
    press: Press, batch: Batch, product: Product, facts: Mapping[str, Any], postered: bool
) -> str:
    """The whole page: a digital label where the product has one, else the village's own order."""
    page = urls.sheet(product.id, batch.lot)
    # What to do stands in the box; why it was stopped can wait for the first facts.
    view = {**facts, "reasons_first": not facts["state"].why}
    view |= _passage(press, batch, product, page)
    story = next(iter(press.library.stories_of(product.id)), None)
    if is_digital(product):
        view |= label_view(press, batch, product, story, page)
        return press.render("label_sheet.html", page, styles=("sheet", "label"), **view)
    view |= {
        "picture": press.shown(product, STRIP, page),
        "label": label_rows(press, product, batch),
        "telling": telling(story, "medium", "short"),
        "onward": _onward(press, product, story, page),
        "poster": press.poster(page) if postered else "",
        "buttons": _buttons(press, batch, product, story, page),
    }
    return press.render("sheet.html", page, styles=("sheet",), **view)


def _passage(press: Press, batch: Batch, product: Product, page: str) -> dict[str, Any]:
    """What the usual sheet shows beyond the facts of every form: where the batch came from and went."""
    library = press.library
    return {
        "events": [event_view(library, each) for each in batch.events],
        "gaps": gaps_of(batch, product),
        "farm_inputs": [farm_input_view(each) for each in batch.farm_inputs],
        "farmed": product.kind is ProductKind.PRODUCE,
        "inputs": [
            _lot_link(press, library.batches[key], page) for key in library.inputs_of(batch)
        ],
        "used_in": [_lot_link(press, each, page) for each in library.descendants(batch.key)],
        "destination": batch.destination,
        "quantity": str(batch.quantity) if batch.quantity else "",
        "note": batch.note,
        "code": address.split("/") if (address := press.absolute(page)) else [],
        "preview": press.settings.preview,
    }


def event_view(library: Library, event: TraceEvent) -> dict[str, Any]:
    """One step as every form of a sheet shows it; a gap is one of which nothing is recorded."""
    where = library.places[event.place].name if event.place else ""
    amount = str(event.quantity) if event.quantity else ""
    first = " · ".join(part for part in (where, event.by, amount) if part)
    return {
        "title": event.title or str(event.kind),
        "at": str(event.at) if event.at else "",
        "notes": [part for part in (first, event.note) if part],
        "gap": not (event.at or first or event.note),
    }


def farm_input_view(used: FarmInput) -> dict[str, str]:
    """What was put on the field: when, how much, and how long one had to wait."""
    days = [said_date(each) for each in (used.used_on, used.stopped_on) if each]
    interval = f"安全间隔期 {used.interval} 天" if used.interval is not None else ""
    rest = (used.method, used.amount, used.source and f"来自 {used.source}", interval)
    return {
        "name": used.name,
        "when": " 至 ".join(dict.fromkeys(days)),
        "note": " · ".join(part for part in rest if part),
    }


def gaps_of(batch: Batch, product: Product) -> list[str]:
    """Expected steps that nobody recorded."""
    recorded = {_SAME.get(event.kind, event.kind) for event in batch.events}
    expected = _EXPECTED.get(product.kind, ())
    return [str(kind) for kind in expected if kind not in recorded] if batch.events else []


def _lot_link(press: Press, batch: Batch, page: str) -> Link:
    product = press.library.products[batch.product]
    href = urls.relative(urls.sheet(batch.product, batch.lot), page)
    return Link(f"{product.name} {batch.lot}", href)


def _onward(press: Press, product: Product, story: Story | None, page: str) -> list[Entry]:
    """Where to go from here; without pictures, which a sheet has no room for in its first view."""
    entries = []
    if story and "stories" in press.choice:
        entries.append(replace(story_entry(press, story, page), picture=None))
    if "products" in press.choice:
        made = product_entry(press, product, page, "产品页：价格、配料、怎么买")
        entries.append(replace(made, picture=None))
    return entries


def _buttons(
    press: Press, batch: Batch, product: Product, story: Story | None, page: str
) -> list[Button]:
    buttons = []
    if story and "stories" in press.choice:
        buttons.append(Button("看故事", urls.relative(urls.story(story.id), page), "book"))
    buttons.append(large_print(product, batch, page))
    return buttons + call_button(press, "打电话问", product)


def _lots(press: Press, product: Product) -> Iterator[Output]:
    page = urls.product_lots(product.id)
    on = "products" in press.choice
    return lot_pages(
        press,
        page,
        f"{product.name}的批次",
        f"{product.name}的全部批次，新的在前。",
        press.library.batches_of(product.id),
        lambda batch, at: lot_row(press, batch, at),
        lambda at: [product_entry(press, product, at)] if on else [],
        product.origin.location.path,
    )


def _index(press: Press) -> Iterator[Output]:
    """For somebody whose code does not scan: find the lot by product and number."""
    counts = {
        each.id: len(press.library.batches_of(each.id)) for each in press.library.products.values()
    }
    products = [each for each in press.library.products.values() if counts[each.id]]

    def entry(product: Product, page: str) -> Entry:
        shown = product_entry(press, product, page)
        href = urls.relative(urls.product_lots(product.id), page)
        recalled = "，有召回" if recalled_lots(press, product) else ""
        return Entry(product.name, f"{counts[product.id]} 批{recalled}", href, shown.picture)

    return list_pages(
        press,
        urls.TRACE,
        "查批次",
        "扫不了码，也可以在这里找：先点产品，再按罐子上印的批号找到那一批。",
        [("", products)],
        entry,
        "products",
        "" if products else "还没有登记批次。",
    )


FAMILY = Family("trace", outputs, shards=shards)
