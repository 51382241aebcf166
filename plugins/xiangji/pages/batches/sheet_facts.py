"""The facts that every form of a batch sheet shows: on screen, in large print and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from xiangji import urls
from xiangji.catalogue.direct_supply import HEADING, direct_supply
from xiangji.label.item import LabelForm, LabelKey, LabelRow
from xiangji.label.items import heading
from xiangji.label.versions import as_made
from xiangji.model.parsing.telephone import call_parts
from xiangji.model.values import said_date
from xiangji.model.vocabularies import InspectionLayer, InspectionResult
from xiangji.pages.batches.conformity import pledged
from xiangji.pages.batches.label_rows import head_rows
from xiangji.pages.batches.states import reasons, state_of
from xiangji.records.batch import Batch, Inspection
from xiangji.records.conformity import IssuedCertificate
from xiangji.records.product import Product
from xiangji.records.story import Story
from xiangji.render.context import RenderContext
from xiangji.views.entries import numbers

_TONES = {
    InspectionResult.PASSED: "ok",
    InspectionResult.FAILED: "bad",
    InspectionResult.WAITING: "waiting",
}


_MOST = 6
"""The most inspections of one layer that a sheet lists, on screen and on paper. The rest are counted."""


def sheet_facts(
    context: RenderContext, batch: Batch, product: Product, issued: Sequence[IssuedCertificate] = ()
) -> dict[str, Any]:
    """Return the facts of a batch as the templates read them.

    They are its state and the reasons, the first facts (who, when, which lot, where), the inspections, and the
    certificate to show of those `issued`.
    """
    state = state_of(context.library, batch, context.settings.today)
    named = as_made(product, batch).name
    name = f"{named} {batch.variant}" if batch.variant else named
    lot = heading(LabelKey.LOT, LabelForm.HEAD, product.kind)
    why = reasons(state, batch, context.library)
    return {
        "title": f"{name} 批次 {batch.lot}：{state.word}",
        "description": f"{name}，{lot} {batch.lot}。{state.word}。{'，'.join(state.sentences)}",
        "name": name,
        "sample": batch.sample or product.sample,
        "state": state,
        "reasons": why,
        "notices": [call_parts(each, prose=True) for each in why],
        "numbers": numbers(context, product) if not state.fine else [],
        "first": [*head_rows(context, product, batch), *_direct(context, product, batch)],
        "lot_heading": lot,
        "lot": batch.lot,
        "checks": [each for layer in InspectionLayer for each in checks_of(batch, layer)],
        "pledge": pledged(batch, product, issued, state.short if state.is_stopped else ""),
    }


def _direct(context: RenderContext, product: Product, batch: Batch) -> list[LabelRow]:
    """Return the row that says whether a lot came straight from its place of origin, if its product is sold so."""
    if not product.direct:
        return []
    found = direct_supply(context.library.places, product, batch)
    said = found.zh if found.proved else f"这一批看不出来：{found.zh}"
    return [LabelRow(LabelKey.PLACE, HEADING, said)]


class InspectionView(NamedTuple):
    """The view of one inspection. An empty `result` means not recorded.

    `further` is the number of inspections of the same layer that are not listed.
    """

    layer: str
    result: str = ""
    tone: str = ""
    on: str = ""
    signer: str = ""
    scope: str = ""
    report: str = ""
    further: int = 0
    file: str = ""
    """The link from the sheet to the report."""


def checks_of(batch: Batch, layer: InspectionLayer) -> list[InspectionView]:
    """Return the inspections of a layer, failed ones first, then the newest. Without any, one with an empty result."""
    found = batch.checked(layer)
    page = urls.sheet(batch.product, batch.lot)
    shown = [_check(each, page) for each in found[:_MOST]]
    if len(found) > _MOST:
        shown[-1] = shown[-1]._replace(further=len(found) - _MOST)
    return shown or [InspectionView(str(layer))]


def _check(inspection: Inspection, page: str) -> InspectionView:
    return InspectionView(
        str(inspection.layer),
        str(inspection.result),
        _TONES[inspection.result],
        said_date(inspection.checked_on) if inspection.checked_on else "",
        inspection.signer or "",
        inspection.items or "",
        inspection.report or "",
        file=urls.relative(urls.asset(inspection.paper), page) if inspection.paper else "",
    )


def telling(story: Story | None, *lengths: str) -> str:
    """Return the first telling of a story that exists, of the given lengths (`short`, `medium`). Empty if none does."""
    tellings = story.tellings if story else None
    return next((said for each in lengths if (said := getattr(tellings, each, None))), "")
