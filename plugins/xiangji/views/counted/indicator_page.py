"""The page of an indicator: its chart, every value with who counted it, and what farmers say of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from xiangji import urls
from xiangji.kinds.counted.computed import COUNTERS, counts
from xiangji.kinds.counted.indicator import Indicator
from xiangji.kinds.installed import kind_named
from xiangji.model.values import said_date
from xiangji.render.context import Link, RenderContext
from xiangji.views.counted.bars import chart_of, number, said_value
from xiangji.views.entries import source_views

STYLES = ("impact",)
APART = ("values", "baseline", "target", "voices", "scale", "people", "computed")
"""The fields that the page shows in a form of their own."""


class ValueRow(Struct, frozen=True):
    """One line of the table of values."""

    year: str
    value: str
    by: str
    sources: tuple[Any, ...] = ()


class VoiceView(Struct, frozen=True):
    """What somebody says of it."""

    text: str
    who: Link
    day: str


def figures(context: RenderContext, indicator: Indicator, page: str) -> Markup:
    """The chart, the table and the voices of an indicator, as a part of its page."""
    return context.fragment(
        "figures.html",
        chart=chart_of(indicator),
        rows=tuple(_rows(context, indicator)),
        basis=basis(context, indicator, page),
        voices=voices(context, indicator, page),
    )


def _rows(context: RenderContext, indicator: Indicator) -> Iterator[ValueRow]:
    named = [("起点 ", indicator.baseline)] if indicator.baseline else []
    named += [("", each) for each in indicator.values]
    for word, each in named:
        sources = source_views(context.library, (each.source,) if each.source else ())
        value = said_value(indicator, each)
        yield ValueRow(f"{word}{each.year} 年", value, each.counted_by or "", tuple(sources))
    if indicator.target:
        aim = indicator.target
        value = f"{number(aim.value)} {'分' if indicator.scale else indicator.unit or ''}".strip()
        yield ValueRow(f"目标 {aim.year} 年", value, "")


def basis(context: RenderContext, indicator: Indicator, page: str) -> Link | None:
    """From how many records the numbers are counted, with a link to their list; None if they are typed."""
    if indicator.computed is None:
        return None
    counter = COUNTERS[indicator.computed]
    found = counts(context.library, indicator.computed, context.settings.today)
    rows = {(row.kind, row.key) for each in found.values() for row in (*each.rows, *each.few)}
    kind = kind_named(counter.kind)
    if kind is None:
        return None
    listed = bool(rows) and (not kind.family or kind.family in context.choice)
    href = urls.relative(kind.address, page) if listed else ""
    return Link(f"从“{kind.heading}”的 {len(rows)} 条记录里数出来，不是谁写的", href)


def voices(context: RenderContext, indicator: Indicator, page: str) -> tuple[VoiceView, ...]:
    """What farmers say of it, as far as they agreed to be quoted."""
    people = context.library.people
    return tuple(
        VoiceView(
            each.text,
            context.person_link(people[each.who], page),
            said_date(each.on) if each.on else "",
        )
        for each in indicator.voices
    )
