"""Batch sheets: what a stranger sees who scans a jar. No script, one answer first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from xiangji import urls
from xiangji.codes.qr import make_code
from xiangji.images.pictures import STRIP
from xiangji.label.item import LabelForm, LabelKey
from xiangji.label.items import TITLE, heading
from xiangji.label.versions import as_made
from xiangji.library import Library
from xiangji.library.lot_state import LotState
from xiangji.model.values import said_date
from xiangji.model.vocabularies import EventKind, ProductKind
from xiangji.pages.batches.digital_label import is_digital, label_frame, label_view
from xiangji.pages.batches.label_rows import food_rows, label_rows, nutrition_table
from xiangji.pages.batches.sheet_facts import sheet_facts, telling
from xiangji.pages.large_print import elder_frame
from xiangji.records.batch import Batch, FarmInput, TraceEvent
from xiangji.records.conformity import IssuedCertificate
from xiangji.records.product import Product
from xiangji.records.story import Story
from xiangji.render.context import Link, RenderContext
from xiangji.render.outputs import Artifact, sheet_file
from xiangji.render.precompiled import SharedView
from xiangji.views.entries import (
    Button,
    ListEntry,
    call_button,
    large_print,
    product_entry,
    story_entry,
)

# The steps that a sheet expects; one that was not recorded is drawn as a gap.
_EXPECTED = {
    ProductKind.PROCESSED: (EventKind.PROCESS, EventKind.PACK, EventKind.SHIP),
    ProductKind.PRODUCE: (EventKind.HARVEST, EventKind.SHIP),
    ProductKind.HANDICRAFT: (EventKind.PROCESS, EventKind.SHIP),
    ProductKind.CREATIVE: (EventKind.PROCESS, EventKind.SHIP),
}
# Leaving the shed alive is to livestock what harvest is to plants.
_SAME = {EventKind.SLAUGHTER: EventKind.HARVEST}

_ANY = "-"
"""Stands for the lot in what the sheets of a product have in common: links from all of them are the same."""


class ProductSheets:
    """The sheets of one product: what they have in common is made once. `wrong` is what every card of the product says
    of its lots."""

    def __init__(self, context: RenderContext, product: Product, wrong: tuple[str, ...]) -> None:
        self.product = product
        self._press, self._wrong = context, wrong
        self._story = next(iter(context.library.stories_of(product.id)), None)
        self._digital = is_digital(product)
        self._frames: dict[bool, tuple[SharedView, SharedView]] = {}

    def _framed(self, fine: bool) -> tuple[SharedView, SharedView]:
        """What the sheets of lots that are fine, or of all others, have in common: the usual ones, and the large."""
        if fine not in self._frames:
            page = urls.elder_sheet(self.product.id, _ANY)
            large = elder_frame(self._press, self.product, self._story, page, fine)
            self._frames[fine] = (self._frame(fine), large)
        return self._frames[fine]

    def _frame(self, fine: bool) -> SharedView:
        """What the usual sheets have in common."""
        context, product, story = self._press, self.product, self._story
        page = urls.sheet(product.id, _ANY)
        share = context.share_picture(product) if fine else None
        common: dict[str, Any] = {
            "farmed": product.kind is ProductKind.PRODUCE,
            "preview": context.settings.preview,
            "label_title": TITLE,
            **passage_headings(product.kind),
            "share": share,
        }
        if self._digital:
            common |= label_frame(context, product, story, page)
            return context.lasting(page, styles=("usual", "state", "sheet", "label"), **common)
        common |= {
            "picture": context.shown(product, STRIP, page) if fine else None,
            "telling": telling(story, "medium", "short") if fine else "",
            "onward": _onward(context, product, story, page, self._wrong) if fine else [],
            "buttons": _buttons(context, product, story if fine else None, page),
        }
        return context.lasting(page, styles=("usual", "state", "sheet"), **common)

    def of(
        self, batch: Batch, issued: Sequence[IssuedCertificate], postered: bool
    ) -> Iterator[Artifact]:
        """The files of a batch: its sheet, the same in large print, and its code. `issued` are its
        certificates; `postered` says whether it has a poster."""
        context, page = self._press, urls.sheet(self.product.id, batch.lot)
        source = batch.origin.location.path
        facts = sheet_facts(context, batch, self.product, issued)
        state = facts["state"]
        framed, framed_large = self._framed(state.fine)
        title, description = facts["title"], facts["description"]
        shown = SharedView(facts, **self._label(batch))
        own = {
            # What to do stands in the box; why it was stopped can wait for the first facts.
            "reasons_first": self._digital or not state.why,
            **_passage(context, batch, self.product, page),
            **self._only(batch, page, postered),
        }
        if state.key == LotState.EXPIRED:
            own["note"] = ""  # Written of what was good then.
        template = "label_sheet.html" if self._digital else "sheet.html"
        usual = context.fill(
            template,
            framed,
            shown,
            own,
            title=title,
            description=description,
            canonical=page,
        )
        yield sheet_file(page, usual, source)
        # The usual sheet is the one that search engines should know.
        large = context.fill(
            "elder_sheet.html",
            framed_large,
            shown,
            title=f"{title}（长辈版）",
            description=description,
            canonical=page,
        )
        yield sheet_file(urls.elder_sheet(batch.product, batch.lot), large, source, listed=False)
        yield from self._code(page, source)

    def _code(self, page: str, source: str) -> Iterator[Artifact]:
        target = self._press.absolute(page)
        if target is not None:
            code = make_code(target)
            yield Artifact(urls.code(page, "svg"), code.svg(), source)
            yield Artifact(urls.code(page, "png"), code.png(), source)

    def _label(self, batch: Batch) -> dict[str, Any]:
        """The label's rows, as both forms of a sheet show them."""
        context, product = self._press, self.product
        if not self._digital:
            return {"label": label_rows(context, product, batch), "nutrition": None}
        nutrition = nutrition_table(product, batch)
        return {"label": food_rows(context, product, batch), "nutrition": nutrition}

    def _only(self, batch: Batch, page: str, postered: bool) -> dict[str, Any]:
        """What only this form of a sheet has."""
        if self._digital:
            return label_view(self._press, batch)
        return {"poster": self._press.poster(page) if postered else ""}


def passage_headings(kind: ProductKind) -> dict[str, str]:
    """What stands before where a batch came from and went, and how much it was."""
    keys = (LabelKey.INPUTS, LabelKey.DESTINATION, LabelKey.QUANTITY)
    return {f"{key}_heading": heading(key, LabelForm.PAGE, kind) for key in keys}


def _passage(context: RenderContext, batch: Batch, product: Product, page: str) -> dict[str, Any]:
    """What the usual sheet shows beyond the facts of every form: where the batch came from and went."""
    library = context.library
    further, more = library.kin_of(batch.key).further
    return {
        "events": [step(library, each) for each in batch.events],
        "gaps": gaps_of(batch, product),
        "farm_inputs": [used(each) for each in batch.farm_inputs],
        "inputs": [_lot_link(context, each, page) for each in library.made_from(batch.key)],
        "used_in": [_lot_link(context, each, page) for each in further],
        "used_further": f"另有 {more} 批，写在上面这些批次的页面上" if more else "",
        "destination": batch.destination,
        "quantity": str(batch.quantity) if batch.quantity else "",
        "note": batch.note,
        "code": address.split("/") if (address := context.absolute(page)) else [],
    }


class EventView(NamedTuple):
    """One step as every form of a sheet shows it; a gap is one of which nothing is recorded."""

    title: str
    at: str
    notes: list[str]
    gap: bool


def step(library: Library, event: TraceEvent) -> EventView:
    """What is shown of an event."""
    where = library.places[event.place].name if event.place else ""
    amount = str(event.quantity) if event.quantity else ""
    first = " · ".join([part for part in (where, event.by, amount) if part])
    return EventView(
        event.title or str(event.kind),
        str(event.at) if event.at else "",
        [part for part in (first, event.note) if part],
        not (event.at or first or event.note),
    )


class FarmInputView(NamedTuple):
    """What was put on the field: when, how much, and how long one had to wait."""

    name: str
    when: str
    note: str


def used(given: FarmInput) -> FarmInputView:
    """What is shown of a farm input."""
    days = [said_date(each) for each in (given.used_on, given.stopped_on) if each]
    interval = f"安全间隔期 {given.interval} 天" if given.interval is not None else ""
    rest = (given.method, given.amount, given.source and f"来自 {given.source}", interval)
    when = " 至 ".join(dict.fromkeys(days))
    return FarmInputView(given.name, when, " · ".join(part for part in rest if part))


def gaps_of(batch: Batch, product: Product) -> list[str]:
    """Expected steps that nobody recorded."""
    recorded = {_SAME.get(event.kind, event.kind) for event in batch.events}
    expected = _EXPECTED.get(product.kind, ())
    return [str(kind) for kind in expected if kind not in recorded] if batch.events else []


def _lot_link(context: RenderContext, batch: Batch, page: str) -> Link:
    product = context.library.products[batch.product]
    href = urls.relative(urls.sheet(batch.product, batch.lot), page)
    return Link(f"{as_made(product, batch).name} {batch.lot}", href)


def _onward(
    context: RenderContext, product: Product, story: Story | None, page: str, wrong: tuple[str, ...]
) -> list[ListEntry]:
    """Where to go from here; without pictures, which a sheet has no room for in its first view."""
    entries = []
    if story and Story in context.choice:
        entries.append(replace(story_entry(context, story, page), picture=None))
    if Product in context.choice:
        made_of = heading(LabelKey.INGREDIENTS, LabelForm.PAGE, product.kind)
        note = f"产品页：价格、{made_of}、怎么买"
        made = product_entry(context, product, page, note, told=wrong)
        entries.append(replace(made, picture=None))
    return entries


def _buttons(
    context: RenderContext, product: Product, story: Story | None, page: str
) -> list[Button]:
    buttons = []
    if story and Story in context.choice:
        buttons.append(Button("看故事", urls.relative(urls.story(story.id), page), "book"))
    buttons.append(large_print(page))
    return buttons + call_button(context, "打电话问", product)
