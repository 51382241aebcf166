"""Chooses the lots that get labels, and makes the rows that a printed run adds to the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from xiangji import urls
from xiangji.library import Library
from xiangji.library.lot_state import standing_of
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import CodeState, ProductKind
from xiangji.paper.labels.label import Label, LabelOrder
from xiangji.paper.stopped_lots import note_of_run
from xiangji.records.batch import Batch
from xiangji.records.code import PrintedCode
from xiangji.records.product import Product
from xiangji.render.context import RenderContext


def sellable(library: Library, today: date) -> tuple[list[Batch], list[Batch]]:
    """Return the lots that may get labels, and the lots that are stopped."""
    good: list[Batch] = []
    left: list[Batch] = []
    for batch in library.batches.values():
        if batch.product not in library.products:
            continue
        stopped = standing_of(library, batch, today).state.is_stopped
        (left if stopped else good).append(batch)
    return good, left


def without_lots(library: Library) -> list[Product]:
    """Return the products for sale that are made piece by piece and have no lots.

    Food always has lots, and a service has no label.
    """
    crafts = (ProductKind.HANDICRAFT, ProductKind.CREATIVE)
    return [
        product
        for product in library.products.values()
        if product.kind in crafts and not product.hidden and not library.count_of(product.id)
    ]


def batch_rows(
    context: RenderContext, labels: Iterable[Label], order: LabelOrder, anyway: str = ""
) -> list[PrintedCode]:
    """Return the rows that a run of labels adds to the register, in the order of the labels.

    `anyway` is the reason why labels of lots that are not sold were printed.
    """
    rows: list[PrintedCode] = []
    for label in labels:
        key, what = label.text.key, (order.template.zh, label.text.name)
        batch = context.library.batches.get(key)
        goods = batch or context.library.products[key]
        address = urls.sheet(batch.product, batch.lot) if batch else urls.product(key)
        rows.append(run_row(context, goods, address, what, label.copies, anyway, rows))
    return rows


def run_row(
    context: RenderContext,
    goods: Batch | Product,
    address: str,
    what: tuple[str, str],
    copies: int | None,
    anyway: str = "",
    before: Sequence[PrintedCode] = (),
) -> PrintedCode:
    """Return the row of one printed run.

    `address` is the address in the code, relative to the site. `what` is the printed thing and the name on it. `copies`
    is how many were printed. `before` are rows that are not in the register yet; they count for the number of the run.
    """
    runs = sum(code.address == address for code in (*context.library.codes, *before))
    sample, note = goods.sample, ""
    if isinstance(goods, Batch):
        sample = sample or context.library.products[goods.product].sample
        note = note_of_run(context, goods, anyway)
    notes = ("示例" if sample else "", note)
    return PrintedCode(
        address=address,
        run=f"第 {runs + 1} 印",
        quantity=Quantity(Decimal(copies), "张") if copies else None,
        printed_on=context.settings.today,
        material=what[0],
        name=what[1],
        note="；".join(each for each in notes if each) or None,
    )


def roll_rows(
    labels: Iterable[Label], name: str, order: LabelOrder, today: date
) -> list[PrintedCode]:
    """Return the rows of a roll of codes that lead to no batch yet. `name` is the name of the roll."""
    return [
        PrintedCode(
            address=urls.roll(label.text.lot),
            run=name,
            quantity=Quantity(Decimal(1), "张"),
            printed_on=today,
            material=order.template.zh,
            state=CodeState.UNBOUND,
            note="示例" if label.text.sample else None,
        )
        for label in labels
    ]
