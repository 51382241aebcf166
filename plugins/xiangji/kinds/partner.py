"""Declares partners: the five parties that work with the village, as a list in `products/brand.yml`."""

from __future__ import annotations

from datetime import date

from xiangji.model.kind import RecordKind, Within, always
from xiangji.model.values import said_date
from xiangji.records.brand import Brand, Partner


def is_past(partner: Partner, today: date) -> bool:
    """Whether the cooperation has ended."""
    return partner.ends_on is not None and partner.ends_on < today


def ended(partner: Partner, today: date) -> str:
    """What pages say first of a cooperation that has ended."""
    if partner.ends_on is None or not is_past(partner, today):
        return ""
    return f"合作到 {said_date(partner.ends_on)}为止，已经结束"


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
    tallies=("role", "form"),
    measure="家",
    expected=("scope", "begins_on", "source"),
    over=ended,
    page="partner",
)
