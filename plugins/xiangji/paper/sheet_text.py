"""Prepares the texts of a printed batch sheet: the facts of the page, and what only paper needs.

Page and paper use the same functions, so that they always agree. A missing value is an empty text, which the template
prints as 未记录.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xiangji.conformity.issued import batches_of_pledges
from xiangji.label.item import LabelForm, LabelKey
from xiangji.label.items import ARRANGEMENTS, PER, heading
from xiangji.label.versions import as_made
from xiangji.library.lot_state import LotState
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.values import said_date
from xiangji.model.vocabularies import ConsentMedium, ProductKind
from xiangji.pages.batches.conformity import CertificateView
from xiangji.pages.batches.digital_label import is_digital
from xiangji.pages.batches.label_rows import food_rows, label_rows, label_title, nutrition_table
from xiangji.pages.batches.sheet_facts import sheet_facts
from xiangji.pages.batches.sheets import gaps_of, passage_headings, step, used
from xiangji.paper.labels.consented import all_allowed, allowed
from xiangji.paper.labels.text import short_address
from xiangji.records.batch import Batch, TraceEvent
from xiangji.records.product import Product
from xiangji.render.context import RenderContext
from xiangji.views.entries import telephone

_LONGEST_WORD = 22
"""The most Latin letters and digits in a row without a place to break. Every lot code is shorter.

A longer row gets places to break, so that nothing exceeds its column.
"""


def sheet_text(
    context: RenderContext, batch: Batch, product: Product, address: str
) -> dict[str, Any]:
    """Return all texts on the sheet of a batch, as the template reads them. `address` is the URL in its code."""
    issued = batches_of_pledges(context.library).get(batch.key, [])
    facts = sheet_facts(context, batch, product, issued)
    brand = context.library.brand
    state = facts["state"]
    text = {
        "key": batch.key,
        "name": facts["name"],
        "sample": facts["sample"],
        "state": {"key": state.key, "word": state.word, "sentences": list(state.sentences)},
        "reasons": facts["reasons"],
        "numbers": [each.text for each in facts["numbers"]],
        "first": [[row.heading, row.value] for row in facts["first"]],
        "checks": [each._asdict() for each in facts["checks"]],
        "pledge": _pledge(facts["pledge"]),
        **_passage(context, batch, product),
        "label_title": label_title(product),
        "label": _label(context, batch, product),
        "tellings": _tellings(context, product) if state.fine else [],
        "fine": state.fine,
        "note": "" if state.key == LotState.EXPIRED else _kept(context, batch.note),
        "brand": brand.name,
        "village": brand.village_beside,
        "telephone": telephone(context, product),
        "short": short_address(address),
    }
    return {**broken(text), "key": batch.key, "short": text["short"]}


def _pledge(shown: CertificateView | None) -> dict[str, Any] | None:
    """Return the certificate with the same content as on the page."""
    if shown is None:
        return None
    return {
        "title": shown.title,
        "promise": shown.promise,
        "rows": [[row.heading, row.value] for row in shown.rows],
        "why": shown.why,
        "subject": shown.subject,
        "sample": shown.sample,
        "earlier": "；".join(shown.earlier),
    }


def _passage(context: RenderContext, batch: Batch, product: Product) -> dict[str, Any]:
    """Return where the batch came from and went. The events are in the order of the record."""
    library = context.library
    further, more = library.kin_of(batch.key).further
    farmed = product.kind is ProductKind.PRODUCE
    return {
        "events": [_event(context, each) for each in batch.events],
        "gaps": gaps_of(batch, product),
        "farmed": farmed or bool(batch.farm_inputs),
        "farm_inputs": [used(each)._asdict() for each in batch.farm_inputs],
        **passage_headings(product.kind),
        "inputs": [_lot(context, each) for each in library.made_from(batch.key)],
        "used_in": [_lot(context, each) for each in further],
        "used_further": more,
        "destination": _kept(context, batch.destination),
        "quantity": str(batch.quantity) if batch.quantity else "",
    }


def _event(context: RenderContext, event: TraceEvent) -> dict[str, Any]:
    """Return a step as on the page, without what may not stand on paper."""
    told = step(context.library, event)._asdict()
    return {
        key: _kept(context, value) if isinstance(value, str) else value
        for key, value in told.items()
    }


def _kept(context: RenderContext, text: str | None) -> str:
    return allowed(context, text or "", ConsentMedium.SHEET)


def _lot(context: RenderContext, batch: Batch) -> str:
    return f"{as_made(context.library.products[batch.product], batch).name} {batch.lot}"


def _label(context: RenderContext, batch: Batch, product: Product) -> list[list[str]]:
    """Return the items of the label that are not among the first facts."""
    digital = is_digital(product)
    rows = food_rows(context, product, batch) if digital else label_rows(context, product, batch)
    above = (LabelKey.NAME, *ARRANGEMENTS[LabelForm.HEAD][product.kind])
    kept = [[row.heading, row.value] for row in rows if row.item not in above]
    table = nutrition_table(product, batch) if digital else None
    if table:
        parts = [" ".join(part for part in row if part) for row in table.rows]
        named = heading(LabelKey.NUTRITION, LabelForm.PAGE, product.kind)
        kept.append([f"{named}（{PER}）", "；".join(parts)])
    return kept


def _tellings(context: RenderContext, product: Product) -> list[list[str]]:
    """Return the tellings of the product's own story, longest first, each as a list of paragraphs."""
    story = context.library.own_story_of(product.id)
    told = story.tellings if story else None
    given = (told.long, told.medium, told.short) if told else ()
    texts = all_allowed(context, given, ConsentMedium.SHEET)
    return [[line.strip() for line in each.split("\n") if line.strip()] for each in texts if each]


def printed_on(context: RenderContext) -> str:
    """Return the day of printing as the paper shows it."""
    return said_date(context.settings.today)


def broken(value: Any) -> Any:
    """Return a nested value with zero-width spaces in every long row of letters and digits."""
    match value:
        case str():
            return _RUN.sub(lambda row: "\u200b".join(_pieces(row[0])), value)
        case list() | tuple():
            return [broken(each) for each in value]
        case dict():
            return {key: broken(each) for key, each in value.items()}
    return value


_RUN = late_pattern(rf"[\x21-\x7e]{{{_LONGEST_WORD + 1},}}")


def _pieces(row: str) -> Iterator[str]:
    for at in range(0, len(row), _LONGEST_WORD):
        yield row[at : at + _LONGEST_WORD]


def words_in(value: Any) -> str:
    """Return all texts of a nested value, to check the fonts for their characters."""
    match value:
        case str():
            return value
        case list() | tuple():
            return "".join(words_in(each) for each in value)
        case dict():
            return "".join(words_in(each) for each in value.values())
    return ""
