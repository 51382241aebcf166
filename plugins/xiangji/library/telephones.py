"""Finds the telephone number for questions about a product."""

from __future__ import annotations

from xiangji.library import Library
from xiangji.model.parsing.telephone import telephones
from xiangji.model.vocabularies import ChannelKind
from xiangji.records.product import Product


def number_of(library: Library, product: Product | None = None) -> str:
    """The text of the product's first telephone channel, else the brand's telephone; empty if there is neither.

    A channel in whose text no telephone number is found is skipped, because nobody can call it.
    """
    for channel in product.channels if product else ():
        if channel.kind is ChannelKind.TELEPHONE and telephones(channel.value):
            return channel.value
    return library.brand.telephone or ""
