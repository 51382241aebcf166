"""A printed run: which lots get labels, and what the register will hold of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from xiangji import urls
from xiangji.library import Library
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import CodeState
from xiangji.pages.batches.states import state_of
from xiangji.paper.labels.label import Label, LabelOrder
from xiangji.records.batch import Batch
from xiangji.records.code import PrintedCode

_STOPPED = ("recalled", "on_hold", "expired")
"""States (`states.state_of`) of what is not sold any more."""


def sellable(library: Library, today: date) -> tuple[list[Batch], list[Batch]]:
    """The lots that labels may be wanted for, and those that are recalled, on hold or expired."""
    good: list[Batch] = []
    left: list[Batch] = []
    for batch in library.batches.values():
        product = library.products.get(batch.product)
        if product is None:
            continue
        stopped = state_of(batch, product, today).key in _STOPPED
        (left if stopped else good).append(batch)
    return good, left


def batch_rows(
    library: Library, labels: Iterable[Label], order: LabelOrder, today: date
) -> list[PrintedCode]:
    """The rows that a run of labels adds to the register, in the order of the labels."""
    rows: list[PrintedCode] = []
    for label in labels:
        product, lot = label.text.key.split("/")
        address = urls.sheet(product, lot)
        runs = sum(code.address == address for code in library.codes)
        runs += sum(row.address == address for row in rows)
        rows.append(
            PrintedCode(
                address=address,
                run=f"第 {runs + 1} 印",
                quantity=Quantity(Decimal(label.copies), "张"),
                printed_on=today,
                material=order.template.zh,
                name=label.text.name,
                note="示例" if label.text.sample else None,
            )
        )
    return rows


def roll_rows(
    labels: Iterable[Label], name: str, order: LabelOrder, today: date
) -> list[PrintedCode]:
    """The rows of a roll: codes that lead to no batch yet."""
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
