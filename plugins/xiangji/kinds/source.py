"""Declares sources: publications that statements rest on, as a list in `products/brand.yml`.

They are cited where they are used, so they have no pages of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xiangji.kinds.telling.excerpt import kept
from xiangji.model.kind import RecordKind, Within, always
from xiangji.problems import Problem
from xiangji.records.brand import Brand, Source


def unchanged(library: Any, source: Source, today: date) -> Iterator[Problem]:
    """Yield a problem if the excerpt of a source is not as it was copied."""
    yield from kept(source)


KIND = RecordKind(
    name="sources",
    one="source",
    record=Source,
    within=Within(Brand, "sources", "products/brand.yml"),
    heading="来源",
    lead="文章、网页和档案。",
    publishable=always,
    page="",
    measure="条",
    checks=(unchanged,),
)
