"""Runs all checks of wording over every text that is published, which is listed once for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.checks.wording import advertising, claims, personal_numbers
from xiangji.checks.wording.passages import published_texts
from xiangji.library import Library
from xiangji.problems import Problem
from xiangji.settings import Settings


def check(library: Library, today: date, site: Settings | None = None) -> Iterator[Problem]:
    """Report what is wrong with the words of a village and of the settings of its site."""
    every = list(published_texts(library, today, site))
    yield from advertising.in_texts(every, library, today)
    yield from claims.in_texts(every, library)
    yield from personal_numbers.in_texts(every, library, today)
