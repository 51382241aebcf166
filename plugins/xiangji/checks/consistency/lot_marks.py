"""Checks that a mark on a label (有机, 绿色食品) was certified on the day when its lot was made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.label.versions import as_made
from xiangji.library import Library
from xiangji.model.parsing.partial_date import earliest, latest
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch
from xiangji.records.product import Certificate, Product

_MARKS = ("有机", "绿色食品", "无公害", "地理标志", "名特优新")


def of_batch(library: Library, batch: Batch, today: date) -> Iterator[Problem]:
    """Report a lot whose label names a mark that no certificate of the product covered on its day."""
    product = library.products.get(batch.product)
    first, last = earliest(batch.dated), latest(batch.dated)
    if product is None or not product.certificates or first is None or last is None:
        return
    label = _label(as_made(product, batch))
    for mark in _MARKS:
        papers = [each for each in product.certificates if mark in each.name]
        if mark in label and papers and not any(_covers(each, first, last) for each in papers):
            named = "、".join(each.name for each in papers)
            at = batch.origin.of("made_on" if batch.made_on else "harvested_on")
            yield problem(
                "mark-uncertified", at, lot=batch.lot, value=batch.dated, mark=mark, papers=named
            )


def _label(made: Product) -> str:
    """What a label prints of a product that may name a mark."""
    names = [made.name, made.grade or "", *made.ingredients]
    return "\n".join([*names, *(each.name for each in made.variants)])


def _covers(paper: Certificate, first: date, last: date) -> bool:
    """Whether a certificate was valid on a day of a period. A missing day sets no limit."""
    begins, ends = paper.valid_from or date.min, paper.valid_to or date.max
    return begins <= last and first <= ends
