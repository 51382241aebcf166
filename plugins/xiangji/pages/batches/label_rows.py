"""The rows of a label for pages and paper: the items of `label/items.py` with their recorded values.

Every item that belongs on the label is listed. An item without a recorded value is shown as missing.
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
    """A nutrition table with its heading and the `warning` below it.

    A row is a nutrient, its amount per 100 g, and its NRV percentage. Nutrients that the rules require come first.
    """

    heading: str
    rows: tuple[tuple[str, str, str], ...]
    warning: str


def label_title(product: Product) -> str:
    """Return the heading of the label's facts."""
    return TITLES.get(product.kind, TITLE)


def head_rows(context: RenderContext, product: Product, batch: Batch) -> list[LabelRow]:
    """Return the first facts of a sheet: who made it, when, which lot, where."""
    return label_of(LabelForm.HEAD, labelled(context.library, product, batch))


def label_rows(
    context: RenderContext, product: Product, batch: Batch | None = None
) -> list[LabelRow]:
    """Return the label of a product, or of one of its batches."""
    return label_of(LabelForm.PAGE, labelled(context.library, product, batch))


def food_rows(context: RenderContext, product: Product, batch: Batch) -> list[LabelRow]:
    """Return the items of a digital label, in the order of the law."""
    return label_of(LabelForm.DIGITAL, labelled(context.library, product, batch))


def printed_rows(context: RenderContext, product: Product, batch: Batch) -> list[LabelRow]:
    """Return the items of a printed label, in the wording of the rules that apply on the day of making."""
    return label_of(LabelForm.PRINTED, labelled(context.library, product, batch), rules_of(batch))


def rules_of(batch: Batch) -> str:
    """Return the edition of the food labelling rules that applies to a batch. Without a day, it is the new one."""
    day = earliest(batch.made_on)
    return rules_on(day) if day else NEW


def nutrition_table(
    product: Product, batch: Batch, form: LabelForm = LabelForm.DIGITAL
) -> NutritionTable | None:
    """Return the nutrition table by the rules of the day of making. None if the product is not processed food.

    A required nutrient that has no recorded row is shown as missing. If no row is recorded, the table has no rows and
    is shown as missing as a whole.
    """
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
    """Return the rows of a version's table by normalised nutrient name."""
    return {nutrient(each.name): each for each in product.nutrition}


def _amount(row: Nutrient | None) -> str:
    """Return the text of a row, to compare it with the row of another version."""
    if row is None:
        return "未记录"
    return f"{row.per_100g}，{row.nrv}" if row.nrv else row.per_100g
