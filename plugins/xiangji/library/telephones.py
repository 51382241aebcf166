"""Finds the telephone number for questions about a product, and all numbers that everybody may call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from xiangji.library import Library
from xiangji.model.fields import AnyValueType, Holds, Nested, rows_to
from xiangji.model.parsing.telephone import telephones
from xiangji.model.value_types import LINE, TELEPHONE
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


def declared_numbers(library: Library) -> frozenset[str]:
    """The digits of every mobile number in a field for telephones. `library` should contain only what is published."""
    return frozenset(
        number
        for record in (*library.heads(), *library.pledges)
        for text in _telephones_of(record)
        for number in re.findall(r"1[3-9]\d{9}", re.sub(r"[^\d、]", "", text))
    )


def _telephones_of(record: Any) -> Iterator[str]:
    for row in rows_to(type(record), _may_be_called):
        if isinstance(row.item, Nested):
            for each in row.values(record):
                yield from _telephones_of(each)
        elif row.item is TELEPHONE or row.holds is Holds.TELEPHONE:
            yield from row.values(record)


def _may_be_called(kind: AnyValueType) -> bool:
    """Whether a field of this type may be one for telephones. `holds` tells of texts."""
    return kind is TELEPHONE or kind is LINE
