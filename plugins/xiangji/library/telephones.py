"""Whom to call about a product."""

from __future__ import annotations

from xiangji.library import Library
from xiangji.model.parsing.telephone import telephones
from xiangji.model.vocabularies import ChannelKind
from xiangji.records.product import Product


def number_of(library: Library, product: Product | None = None) -> str:
    """The product's own way to call, as written, else the brand's number. One that holds no number is
    passed over: nobody can call it."""
    for channel in product.channels if product else ():
        if channel.kind is ChannelKind.TELEPHONE and telephones(channel.value):
            return channel.value
    return library.brand.telephone or ""
