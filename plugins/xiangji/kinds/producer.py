"""Declares producers: who makes something and is responsible for it, as a list in `products/brand.yml`."""

from __future__ import annotations

from xiangji.model.kind import RecordKind, Within, always
from xiangji.records.brand import Brand, Producer

KIND = RecordKind(
    name="producers",
    one="producer",
    record=Producer,
    within=Within(Brand, "producers", "products/brand.yml"),
    heading="生产者",
    lead="合作社、作坊和农户：在哪里、找谁、做什么。",
    publishable=always,
    title="name",
    note="intro",
    group="kind",
    measure="家",
    expected=("place", "telephone", "credit_code", "licence"),
    page="producer",
)
