"""Checks sales channels: a telephone channel must contain a number that can be called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.library import Library
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.telephone import parted, telephones
from xiangji.model.vocabularies import ChannelKind
from xiangji.problems import Problem, problem

_LONG = late_pattern(r"\d(?:[\s()-]?\d){5,}")
"""Digits that were perhaps meant as a telephone number."""


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report telephone channels without a number, and digits in them that form no telephone number."""
    for product in library.products.values():
        for channel in product.channels:
            if channel.kind is not ChannelKind.TELEPHONE:
                continue
            rest = "|".join(each for each in parted(channel.value) if isinstance(each, str))
            odd = _LONG.search(rest)
            if odd or not telephones(channel.value):
                value = odd[0] if odd else channel.value
                yield problem("channel-number", channel.origin.of("value"), value=value)
