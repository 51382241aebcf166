"""Collects what a food label shows: a product or batch, with data of the records that it refers to."""

from __future__ import annotations

from msgspec.structs import replace

from xiangji.label.item import Labelled
from xiangji.label.versions import candidates
from xiangji.library import Library
from xiangji.model.parsing.telephone import said_numbers
from xiangji.records.batch import Batch
from xiangji.records.product import Product


def labelled(library: Library, product: Product, batch: Batch | None = None) -> Labelled:
    """The data for a product's label, or for a batch's label if `batch` is given.

    A batch's label uses the version of the product that held when the batch was made. If several versions are
    possible, the result has the others in `others`.

    References to unknown records are left out here, because `references` reports them.
    """
    if batch is None:
        return _labelled(library, product, None)
    sure, *others = (_labelled(library, each, batch) for each in candidates(product, batch))
    return replace(sure, others=tuple(others)) if others else sure


def _labelled(library: Library, product: Product, batch: Batch | None) -> Labelled:
    identifiers = (batch.producer,) if batch and batch.producer else product.makers
    makers = [library.producers[each] for each in identifiers if each in library.producers]
    place = library.places.get((batch.place if batch else None) or product.place or "")
    return Labelled(
        product=product,
        batch=batch,
        makers="、".join(each.name for each in makers),
        address="；".join(each.address for each in makers if each.address),
        telephone="、".join(said_numbers(each.telephone) for each in makers if each.telephone),
        licence="、".join(each.licence for each in makers if each.licence),
        place=place.full_name if place else "",
    )
