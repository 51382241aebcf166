"""A library to problems: what the files say, held against what can be true and may be said.

Pure: no clock, no disk. One module for each family of rules; `check` runs them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from xiangji.checks import (
    advertising,
    batches,
    brand,
    claims,
    labels,
    listening,
    pledges,
    privacy,
    quantities,
    register,
    samples,
    stories,
)
from xiangji.library import Library
from xiangji.problems import Problem

Check = Callable[[Library, date], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    advertising.check,
    batches.check,
    brand.check,
    claims.check,
    labels.check,
    listening.check,
    pledges.check,
    privacy.check,
    quantities.check,
    register.check,
    samples.check,
    stories.check,
)


def check(library: Library, today: date) -> tuple[Problem, ...]:
    """Every problem of a library on the day `today`."""
    return tuple(found for each in CHECKS for found in each(library, today))
