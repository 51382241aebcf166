"""What every form of a batch sheet shows, wherever it stands: on screen, on paper, in large print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from xiangji.model.label import heading
from xiangji.model.label_item import Form, Key
from xiangji.pages.label import head_rows
from xiangji.pages.pledged import pledged
from xiangji.pages.press import Press
from xiangji.pages.states import reasons, state_of
from xiangji.records.batch import Batch
from xiangji.records.pledge import IssuedPledge
from xiangji.records.product import Product
from xiangji.records.story import Story
from xiangji.records.values import said_date
from xiangji.records.words import InspectionLayer, InspectionResult

_TONES = {
    InspectionResult.PASSED: "ok",
    InspectionResult.FAILED: "bad",
    InspectionResult.WAITING: "waiting",
}


def sheet_facts(
    press: Press, batch: Batch, product: Product, issued: Sequence[IssuedPledge] = ()
) -> dict[str, Any]:
    """The state of a batch, why, and the first facts: who, when, which lot, where, who checked; and
    the certificate, of those `issued`."""
    state = state_of(batch, product, press.settings.today)
    name = f"{product.name} {batch.variant}" if batch.variant else product.name
    lot = heading(Key.LOT, Form.HEAD, product.kind)
    return {
        "title": f"{name} 批次 {batch.lot}：{state.word}",
        "description": f"{name}，{lot} {batch.lot}。{state.word}。{'，'.join(state.sentences)}",
        "name": name,
        "sample": batch.sample or product.sample,
        "state": state,
        "reasons": reasons(state, batch, press.library),
        "first": head_rows(press, product, batch),
        "lot_heading": lot,
        "lot": batch.lot,
        "checks": [_check(batch, layer) for layer in InspectionLayer],
        "pledge": pledged(batch, product, issued),
    }


class Check(NamedTuple):
    """The latest check of a layer; an empty result reads as not recorded."""

    layer: str
    result: str = ""
    tone: str = ""
    on: str = ""
    signer: str = ""
    scope: str = ""
    report: str = ""


def _check(batch: Batch, layer: InspectionLayer) -> Check:
    last = batch.latest(layer)
    if last is None:
        return Check(str(layer))
    return Check(
        str(layer),
        str(last.result),
        _TONES[last.result],
        said_date(last.checked_on) if last.checked_on else "",
        last.signer or "",
        last.items or "",
        last.report or "",
    )


def telling(story: Story | None, *lengths: str) -> str:
    """The story in few words: the first of these lengths (`short`, `medium`) that is written."""
    tellings = story.tellings if story else None
    return next((said for each in lengths if (said := getattr(tellings, each, None))), "")
