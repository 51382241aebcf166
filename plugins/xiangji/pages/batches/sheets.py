"""Makes the batch sheets, which people see who scan a jar. They have no script, and the state comes first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from xiangji import urls
from xiangji.images.pictures import STRIP
from xiangji.label.item import LabelForm, LabelKey
from xiangji.label.items import TITLE, heading
from xiangji.label.versions import as_made
from xiangji.library import Library
from xiangji.library.lot_state import LotState
from xiangji.model.values import said_date
from xiangji.model.vocabularies import EventKind, ProductKind
from xiangji.pages.batches.complaints import ComplaintView, complaint_view
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

# The steps that a sheet expects. A step that is not recorded is shown as a gap.
_EXPECTED = {
    ProductKind.PROCESSED: (EventKind.PROCESS, EventKind.PACK, EventKind.SHIP),
    ProductKind.PRODUCE: (EventKind.HARVEST, EventKind.SHIP),
    ProductKind.HANDICRAFT: (EventKind.PROCESS, EventKind.SHIP),
    ProductKind.CREATIVE: (EventKind.PROCESS, EventKind.SHIP),
}
# A slaughter event (出栏) counts as the harvest of livestock.
_COUNTS_AS = {EventKind.SLAUGHTER: EventKind.HARVEST}

_LOT_PLACEHOLDER = "-"
"""A placeholder for the lot in addresses. Relative links from all sheets of a product are the same."""


class ProductSheets:
    """Makes the sheets of one product. The part of the view that they share is made once.

    `wrong` are the warnings about the product's lots, as its cards show them. `times` says how long answers to
    complaints took.
    """

    def __init__(
        self, context: RenderContext, product: Product, wrong: tuple[str, ...], times: str = ""
    ) -> None:
        self.product = product
        self._context, self._wrong, self._times = context, wrong, times
        self._story = next(iter(context.library.stories_of(product.id)), None)
        self._digital = is_digital(product)
        self._frames: dict[bool, tuple[SharedView, SharedView]] = {}

    def _shared_views(self, fine: bool) -> tuple[SharedView, SharedView]:
        """Return the shared part of the usual sheets and of the large sheets, for lots that are `fine` or are not."""
        if fine not in self._frames:
            page = urls.elder_sheet(self.product.id, _LOT_PLACEHOLDER)
            complaint = self._complaint(page)
            large = elder_frame(self._context, self.product, self._story, page, fine, complaint)
            self._frames[fine] = (self._frame(fine), large)
        return self._frames[fine]

    def _frame(self, fine: bool) -> SharedView:
        """Return the shared part of the usual sheets."""
        context, product, story = self._context, self.product, self._story
        page = urls.sheet(product.id, _LOT_PLACEHOLDER)
        share = context.share_picture(product) if fine else None
        common: dict[str, Any] = {
            "farmed": product.kind is ProductKind.PRODUCE,
            "preview": context.settings.preview,
            "label_title": TITLE,
            **passage_headings(product.kind),
            "share": share,
            "complaint": self._complaint(page),
        }
        if self._digital:
            common |= label_frame(context, product, story, page)
            return context.lasting(page, styles=("usual", "state", "sheet", "label"), **common)
        common |= {
            "picture": context.shown(product, STRIP, page) if fine else None,
            "telling": telling(context.library.own_story_of(product.id), "medium", "short")
            if fine
            else "",
            "onward": _onward(context, product, story, page, self._wrong) if fine else [],
            "buttons": _buttons(context, product, story if fine else None, page),
        }
        return context.lasting(page, styles=("usual", "state", "sheet"), **common)

    def _complaint(self, page: str) -> ComplaintView | None:
        lot = heading(LabelKey.LOT, LabelForm.HEAD, self.product.kind)
        return complaint_view(self._context, self.product, page, self._times, lot)

    def of(
        self, batch: Batch, issued: Sequence[IssuedCertificate], postered: bool
    ) -> Iterator[Artifact]:
        """Yield the files of a batch: its sheet and the large print.

        `issued` are the certificates of the batch. `postered` says whether it has
        a poster.
        """
        context, page = self._context, urls.sheet(self.product.id, batch.lot)
        source = batch.origin.location.path
        facts = sheet_facts(context, batch, self.product, issued)
        state = facts["state"]
        framed, framed_large = self._shared_views(state.fine)
        title, description = facts["title"], facts["description"]
        shown = SharedView(facts, **self._label(batch))
        own = {
            # If the box has the advice, the reasons come after the first facts.
            "reasons_first": self._digital or not state.why,
            **_passage(context, batch, self.product, page),
            **self._own_view(batch, page, postered),
        }
        if state.key == LotState.EXPIRED:
            own["note"] = ""  # The note was written when the lot was good.
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
        # `canonical` and `listed` let search engines index only the usual sheet.
        large = context.fill(
            "elder_sheet.html",
            framed_large,
            shown,
            title=f"{title}（长辈版）",
            description=description,
            canonical=page,
        )
        yield sheet_file(urls.elder_sheet(batch.product, batch.lot), large, source, listed=False)

    def _label(self, batch: Batch) -> dict[str, Any]:
        """Return the rows of the label, for the usual sheet and the large one."""
        context, product = self._context, self.product
        if not self._digital:
            return {"label": label_rows(context, product, batch), "nutrition": None}
        nutrition = nutrition_table(product, batch)
        return {"label": food_rows(context, product, batch), "nutrition": nutrition}

    def _own_view(self, batch: Batch, page: str, postered: bool) -> dict[str, Any]:
        """Return the part of the view that only a digital label has, or only an ordinary sheet."""
        if self._digital:
            return label_view(self._context, batch)
        return {"poster": self._context.poster(page) if postered else ""}


def passage_headings(kind: ProductKind) -> dict[str, str]:
    """Return the headings of a batch's inputs, destination and quantity."""
    keys = (LabelKey.INPUTS, LabelKey.DESTINATION, LabelKey.QUANTITY)
    return {f"{key}_heading": heading(key, LabelForm.PAGE, kind) for key in keys}


def _passage(context: RenderContext, batch: Batch, product: Product, page: str) -> dict[str, Any]:
    """Return the part of the view that only the usual sheet has: where the batch came from and went."""
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
    """The view of one event of a batch. It is a `gap` if nothing about the event is recorded."""

    title: str
    at: str
    notes: list[str]
    gap: bool


def step(library: Library, event: TraceEvent) -> EventView:
    """Return the view of an event."""
    where = library.places[event.place].name if event.place else ""
    amount = str(event.quantity) if event.quantity else ""
    node = _node_at(library, event.place) if event.place else ""
    first = " · ".join([part for part in (where, node, event.by, amount) if part])
    return EventView(
        event.title or str(event.kind),
        str(event.at) if event.at else "",
        [part for part in (first, event.note) if part],
        not (event.at or first or event.note),
    )


def _node_at(library: Library, place: str) -> str:
    """Return the tier of the logistics node at a place, so that the steps show over which nodes a batch went."""
    found = (each for each in library.shelf("nodes").values() if each.place == place)
    return next((f"{each.tier}物流点" for each in found), "")


class FarmInputView(NamedTuple):
    """The view of a farm input: its name, the days of its use, and its method, amount, source and safety interval."""

    name: str
    when: str
    note: str


def used(given: FarmInput) -> FarmInputView:
    """Return the view of a farm input."""
    days = [said_date(each) for each in (given.used_on, given.stopped_on) if each]
    interval = f"安全间隔期 {given.interval} 天" if given.interval is not None else ""
    rest = (given.method, given.amount, given.source and f"来自 {given.source}", interval)
    when = " 至 ".join(dict.fromkeys(days))
    return FarmInputView(given.name, when, " · ".join(part for part in rest if part))


def gaps_of(batch: Batch, product: Product) -> list[str]:
    """Return the expected steps that are not recorded. None is expected if no event is recorded at all."""
    recorded = {_COUNTS_AS.get(event.kind, event.kind) for event in batch.events}
    expected = _EXPECTED.get(product.kind, ())
    return [str(kind) for kind in expected if kind not in recorded] if batch.events else []


def _lot_link(context: RenderContext, batch: Batch, page: str) -> Link:
    product = context.library.products[batch.product]
    href = urls.relative(urls.sheet(batch.product, batch.lot), page)
    return Link(f"{as_made(product, batch).name} {batch.lot}", href)


def _onward(
    context: RenderContext, product: Product, story: Story | None, page: str, wrong: tuple[str, ...]
) -> list[ListEntry]:
    """Return the entries that lead to the story and to the product. They have no pictures, to save room."""
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
