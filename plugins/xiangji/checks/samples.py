"""Checks sample villages: each record is marked as a sample (示例) or names a source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xiangji.library import Library
from xiangji.problems import Problem, problem


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report records of a sample village that are not marked 示例 and name no source."""
    if not library.brand.sample:
        return
    marked: list[Any] = [*library.people.values(), *library.products.values()]
    marked += [*library.producers.values(), *library.workshops.values()]
    for record in marked:
        if not record.sample:
            yield problem("sample-unmarked", record.origin.location)
    for story in library.stories.values():
        if not story.sample and not story.sources:
            yield problem("sample-unmarked", story.origin.location)
    for place in library.places.values():
        if not place.sample and not place.source:
            yield problem("sample-unmarked", place.origin.location)
    for partner in library.brand.partners:
        if not partner.sample and not partner.source:
            yield problem("sample-unmarked", partner.origin.location)
