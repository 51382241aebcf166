"""Runs all checks of wording over every text that is published, which is listed once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.checks.wording.advertising import AdvertisingCheck
from xiangji.checks.wording.claims import ClaimsCheck
from xiangji.checks.wording.passages import PublishedTexts
from xiangji.checks.wording.personal_numbers import NumbersCheck
from xiangji.library import Library
from xiangji.problems import Problem
from xiangji.settings import Settings


def check(library: Library, today: date, site: Settings | None = None) -> Iterator[Problem]:
    """Report what is wrong with the words of a village and of the settings of its site."""
    every = PublishedTexts(library, today, site)
    advertising = AdvertisingCheck(library, today)
    claims = ClaimsCheck(every.heads)
    numbers = NumbersCheck(library, today)
    for texts in every:
        yield from advertising.of(texts)
        yield from claims.of(texts)
        yield from numbers.of(texts)
    yield from advertising.rest()
    yield from claims.rest()
