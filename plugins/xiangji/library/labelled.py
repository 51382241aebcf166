"""What a label is about: a product or a batch, with what the records that it names say of it."""

from __future__ import annotations

from xiangji.label.item import Labelled
from xiangji.library import Library
from xiangji.records.batch import Batch
from xiangji.records.product import Product


def labelled(library: Library, product: Product, batch: Batch | None = None) -> Labelled:
    """A product as its label tells it, and one batch of it when given. A name that is on no list says nothing here:
    that it is on none is told elsewhere."""
    identifiers = (batch.producer,) if batch and batch.producer else product.makers
    makers = [library.producers[each] for each in identifiers if each in library.producers]
    place = library.places.get((batch.place if batch else None) or product.place or "")
    return Labelled(
        product=product,
        batch=batch,
        makers="、".join(each.name for each in makers),
        address="；".join(each.address for each in makers if each.address),
        telephone="、".join(each.telephone for each in makers if each.telephone),
        licence="、".join(each.licence for each in makers if each.licence),
        place=place.full_name if place else "",
    )
