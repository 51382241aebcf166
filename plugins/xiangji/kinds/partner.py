"""Declares partners: the five parties that work with the village, as a list in `products/brand.yml`."""

from __future__ import annotations

from xiangji.model.kind import RecordKind, Within, always
from xiangji.records.brand import Brand, Partner

KIND = RecordKind(
    name="partners",
    one="partner",
    record=Partner,
    within=Within(Brand, "partners", "products/brand.yml"),
    heading="伙伴",
    lead="和村里一起做事的：政、社、校、企、农。",
    publishable=always,
    title="name",
    note="intro",
    group="role",
    tallies=("role",),
    measure="家",
    expected=("source",),
)
