"""Checks a library: finds what cannot be true, and what may not be published.

Checks are pure functions: they read no clock and no file. Each family of rules has a module. `check` runs all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from xiangji.checks import (
    batches,
    brand,
    channels,
    codes,
    conformity,
    kinds,
    net_contents,
    partners,
    quantities,
    recordings,
    samples,
    stories,
    units,
    versions,
)
from xiangji.checks.consistency import (
    alike,
    balance,
    contents,
    direct_lots,
    grounds,
    heads,
    lot_days,
    lot_marks,
    other_days,
    registers,
)
from xiangji.checks.figures import in_texts
from xiangji.checks.labelling import labels
from xiangji.checks.people import answers, credits, neighbours, pictures, words
from xiangji.checks.wording import privacy, published
from xiangji.library import Library
from xiangji.problems import Problem
from xiangji.records.batch import Batch
from xiangji.settings import Settings

Check = Callable[[Library, date], Iterator[Problem]]
CheckOfBatch = Callable[[Library, Batch, date], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    brand.check,
    channels.check,
    kinds.check,
    labels.check,
    recordings.check,
    net_contents.check,
    conformity.check,
    answers.check,
    pictures.check,
    credits.check,
    neighbours.check,
    partners.check,
    codes.check,
    samples.check,
    stories.check,
    versions.check,
    units.check,
    alike.check,
    contents.check,
    in_texts.check,
    grounds.check,
    heads.check,
    lot_days.labels,
    other_days.check,
    registers.check,
)


OF_BATCHES: tuple[CheckOfBatch, ...] = (
    batches.of_batch,
    conformity.of_batch,
    quantities.of_batch,
    versions.of_batch,
    units.of_batch,
    balance.of_batch,
    in_texts.of_batch,
    lot_days.of_batch,
    direct_lots.of_batch,
    lot_marks.of_batch,
    other_days.of_batch,
)
"""Checks of one batch. They run batch by batch, so that a large village unpacks each batch only once."""


def check(library: Library, today: date, site: Settings | None = None) -> tuple[Problem, ...]:
    """All problems of a library on the day `today`, and of the texts of the settings of its site."""
    found = [problem for each in CHECKS for problem in each(library, today)]
    for of_texts in (privacy.check, words.check, published.check):
        found += of_texts(library, today, site)
    for batch in library.batches.values():
        for of_batch in OF_BATCHES:
            found += of_batch(library, batch, today)
    return tuple(found)
