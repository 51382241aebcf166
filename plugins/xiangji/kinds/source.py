"""Declares sources: publications that statements rest on, as a list in `products/brand.yml`.

They are cited where they are used, so they have no pages of their own.
"""

from __future__ import annotations

from xiangji.model.kind import RecordKind, Within, always
from xiangji.records.brand import Brand, Source

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
)
