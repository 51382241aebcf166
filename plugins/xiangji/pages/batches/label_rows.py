"""The label on pages and paper: the items of `label/items.py`, with what is recorded.

Every item that belongs there is listed; one that nobody recorded is shown as missing.
"""

from __future__ import annotations

from msgspec import Struct

from xiangji.checks.labelling.rulesets import NUTRIENTS, nutrient, rules_on
from xiangji.label.item import NEW, UNSURE, LabelForm, LabelKey, LabelRow
from xiangji.label.items import TITLE, TITLES, heading, label_of
from xiangji.label.versions import candidates
from xiangji.library.labelled import labelled
from xiangji.model.parsing.partial_date import earliest
from xiangji.model.vocabularies import ProductKind
from xiangji.records.batch import Batch
from xiangji.records.product import Nutrient, Product
from xiangji.render.context import RenderContext

_WARNING = "儿童青少年应避免过量摄入盐油糖"
"""GB 28050-2025 asks for this sentence below every nutrition table (`standards.md` §4.4)."""


class NutritionTable(Struct, frozen=True):
    """The rows of a nutrition table, those that the rules ask for first; and what stands above and below."""

    heading: str
    rows: tuple[tuple[str, str, str], ...]
    warning: str


def label_title(product: Product) -> str:
    """The heading of the label's facts."""
    return TITLES.get(product.kind, TITLE)


def head_rows(context: RenderContext, product: Product, batch: Batch) -> list[LabelRow]:
    """The first facts of a sheet: who, when, which lot, where."""
    return label_of(LabelForm.HEAD, labelled(context.library, product, batch))


def label_rows(
    context: RenderContext, product: Product, batch: Batch | None = None
) -> list[LabelRow]:
    """The label of a product, and of one batch of it when given."""
    return label_of(LabelForm.PAGE, labelled(context.library, product, batch))


def food_rows(context: RenderContext, product: Product, batch: Batch) -> list[LabelRow]:
    """The items of a digital label, as the law lists them."""
    return label_of(LabelForm.DIGITAL, labelled(context.library, product, batch))


def printed_rows(context: RenderContext, product: Product, batch: Batch) -> list[LabelRow]:
    """The items of a printed label, in the terms of the rules of the day of making."""
    return label_of(LabelForm.PRINTED, labelled(context.library, product, batch), rules_of(batch))


def rules_of(batch: Batch) -> str:
    """The edition of the rules for food that holds for a batch; without a day, that which will."""
    day = earliest(batch.made_on)
    return rules_on(day) if day else NEW


def nutrition_table(
    product: Product, batch: Batch, form: LabelForm = LabelForm.DIGITAL
) -> NutritionTable | None:
    """The table by the rules of the day of making; None for what is not processed.

    Without a row of its own a nutrient that must stand there is shown as missing; without any row
    the whole table is."""
    if product.kind is not ProductKind.PROCESSED:
        return None
    rules = rules_of(batch)
    sure, *others = (_amounts(each) for each in candidates(product, batch))
    every = dict.fromkeys(name for each in (sure, *others) for name in each)
    rows = []
    for name in dict.fromkeys([*NUTRIENTS[NEW], *every]) if every else ():
        each = sure.get(name) or Nutrient(name=name, per_100g="")
        said = dict.fromkeys(_amount(one.get(name)) for one in (sure, *others))
        if len(said) > 1:
            rows.append((each.name, f"{UNSURE}{'；或者'.join(said)}", ""))
        elif name in sure:
            rows.append((each.name, each.per_100g, each.nrv or ""))
        elif name in NUTRIENTS[rules]:
            rows.append((name, "", ""))
    named = heading(LabelKey.NUTRITION, form, product.kind, rules)
    return NutritionTable(named, tuple(rows), _WARNING if rules == NEW and rows else "")


def _amounts(product: Product) -> dict[str, Nutrient]:
    """The rows of a version's table, by the name as it is compared."""
    return {nutrient(each.name): each for each in product.nutrition}


def _amount(row: Nutrient | None) -> str:
    """What a row says, for telling it from that of another version."""
    if row is None:
        return "未记录"
    return f"{row.per_100g}，{row.nrv}" if row.nrv else row.per_100g
