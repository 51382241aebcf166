"""Checks that a lot of a product that is sold straight from its place of origin records what proves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.catalogue.direct_supply import direct_supply
from xiangji.library import Library
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch


def of_batch(library: Library, batch: Batch, today: date) -> Iterator[Problem]:
    """Report a lot whose steps do not prove what its product says of all lots."""
    product = library.products.get(batch.product)
    if product is None or not product.direct:
        return
    found = direct_supply(library.places, product, batch)
    if not found.proved:
        at = batch.origin.of("events" if batch.events else "place")
        yield problem("direct-unproved", at, lot=batch.lot, why=found.zh, why_en=found.en)
