"""The page `/impact/`: what came of the work, to be read in a minute: three sentences, one chart, then tables.

All four classes stand on it, if only as 未测, so that sales never stand alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import escape
from msgspec import Struct

from xiangji import urls
from xiangji.kinds.counted.indicator import Indicator, Measured, Sphere
from xiangji.model.folders import FOLDER
from xiangji.model.headcount import FEW, said_headcount
from xiangji.model.values import said_date
from xiangji.readers.tables.cell_value import guarded
from xiangji.render.context import Link, RenderContext
from xiangji.render.outputs import Artifact, Output, Page, sheet_file
from xiangji.views.counted.bars import (
    MOST_YEARS,
    UNMEASURED,
    WITHHELD,
    Chart,
    chart_of,
    latest,
    number,
    said_value,
)
from xiangji.views.counted.indicator_page import VoiceView, voices
from xiangji.views.entries import large_print

LEAD = "做了这些，有没有用。数从记录里数，没测的写未测。"
NOTE = (
    f"“{UNMEASURED}”是没有人测过。“{WITHHELD}”是数目不到 {FEW}，或者一减就知道是谁家。"
    "每一样点进去，看得到谁数的、怎么数的。"
)
_SOURCE = f"{FOLDER}/indicators"
_LARGE_YEARS = 3
"""How many years fit into a chart in large print."""

OTHERS = (Sphere.SOCIETY, Sphere.ENVIRONMENT, Sphere.CULTURE)


class ImpactRow(Struct, frozen=True):
    """One indicator in the table of its class."""

    name: Link
    first: str
    now: str
    year: str
    aim: str
    by: str
    voices: tuple[VoiceView, ...]
    sample: bool


class Panel(Struct, frozen=True):
    """One of the four classes: the chart of its first indicator that has numbers, and all of its indicators."""

    word: str
    key: str
    chart: Chart | None
    rows: tuple[ImpactRow, ...]


def impact(context: RenderContext) -> Iterator[Output]:
    """The page and its large print, if the village has indicators."""
    if not context.library.shelf("indicators"):
        return
    title = urls.IMPACT_TITLE
    told = sentences(context)
    source = _SOURCE
    body = "".join(f"<p>{escape(each)}</p>" for each in told)
    usual = _document(context, urls.IMPACT, told, large=False)
    yield Page(urls.IMPACT, title, LEAD, body, usual, source)
    yield values_table(context)
    address = f"{urls.IMPACT}{urls.LARGE}"
    yield sheet_file(address, _document(context, address, told, large=True), source, listed=False)


_COLUMNS = ("编号", "指标", "类别", "年", "数", "单位", "问了几人", "谁数的", "出处", "说明")


def values_table(context: RenderContext) -> Artifact:
    """The values of all indicators as a table, one line for each year."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(_COLUMNS)
    for each in context.library.shelf("indicators").values():
        for value in each.values:
            table.writerow(guarded(cell) for cell in _cells(each, value))
    file = urls.kind_data("indicator-values", "csv")
    return Artifact(file, out.getvalue().encode("utf-8-sig"), _SOURCE)


def _cells(indicator: Indicator, each: Measured) -> tuple[str, ...]:
    there = each.value is not None
    return (
        indicator.id,
        indicator.title,
        str(indicator.sphere),
        str(each.year),
        format(each.value, "f") if each.value is not None else "",
        indicator.unit or "",
        said_headcount(each.sample_size) if each.sample_size is not None else "",
        each.counted_by or "",
        each.source or "",
        "" if there else said_value(indicator, each),
    )


def _document(context: RenderContext, page: str, told: Sequence[str], large: bool) -> str:
    return context.render(
        "impact.html",
        page,
        title=f"{urls.IMPACT_TITLE}（长辈版）" if large else urls.IMPACT_TITLE,
        description=told[0],
        canonical=urls.IMPACT,
        styles=("usual", "lists", "story", "impact", *(("elder",) if large else ())),
        lead=LEAD,
        sentences=told,
        panels=panels(context, page, _LARGE_YEARS if large else MOST_YEARS),
        note=NOTE,
        unmeasured=UNMEASURED,
        sample=context.library.brand.sample,
        large=large,
        other=large_print(page) if not large else None,
        usual=urls.relative(urls.IMPACT, page),
    )


def by_sphere(context: RenderContext) -> Mapping[Sphere, list[Indicator]]:
    """The indicators of each of the four classes, in the order written."""
    found: dict[Sphere, list[Indicator]] = {sphere: [] for sphere in Sphere}
    for each in context.library.shelf("indicators").values():
        found[each.sphere].append(each)
    return found


def panels(context: RenderContext, page: str, years: int = MOST_YEARS) -> tuple[Panel, ...]:
    """The four classes, for the page at an address, with charts of so many years."""
    return tuple(
        Panel(
            str(sphere),
            sphere.key,
            chart_of(head, years) if (head := headline(several)) else None,
            tuple(_row(context, each, page) for each in several),
        )
        for sphere, several in by_sphere(context).items()
    )


def headline(several: Sequence[Indicator]) -> Indicator | None:
    """The first indicator of a class with a number to show; None if there is none."""
    return next((each for each in several if (now := latest(each)) and now.value is not None), None)


def _row(context: RenderContext, indicator: Indicator, page: str) -> ImpactRow:
    now, first, aim = latest(indicator), indicator.baseline, indicator.target
    return ImpactRow(
        Link(indicator.title, urls.relative(f"indicators/{indicator.id}/", page)),
        f"{said_value(indicator, first)}（{first.year} 年）" if first else "",
        said_value(indicator, now) if now else UNMEASURED,
        f"{now.year} 年" if now else "",
        f"{number(aim.value)}（{aim.year} 年）" if aim else "",
        _by(context, now) if now else "",
        voices(context, indicator, page),
        indicator.sample and not context.library.brand.sample,
    )


def _by(context: RenderContext, each: Measured) -> str:
    source = context.library.sources.get(each.source or "")
    return each.counted_by or (source.title if source else "")


def sentences(context: RenderContext) -> tuple[str, str, str]:
    """What the page says in three sentences: how much is measured, what it is beside the economy, and then that."""
    found = by_sphere(context)
    parts = "、".join(f"{sphere} {len(several)} 样" for sphere, several in found.items())
    every = [each for several in found.values() for each in several]
    known = sum(headline([each]) is not None for each in every)
    day = said_date(context.settings.today)
    first = f"到 {day}，看 {len(every)} 样：{parts}；{known} 样有数，{len(every) - known} 样没有。"
    others = "；".join(f"{sphere}：{_said(found[sphere])}" for sphere in OTHERS)
    economy = f"{Sphere.ECONOMY}：{_said(found[Sphere.ECONOMY])}"
    return first, f"{others}。", f"{economy}。"


def _said(several: Sequence[Indicator]) -> str:
    head = headline(several)
    now = latest(head) if head else None
    if head is None or now is None:
        return UNMEASURED
    return f"{head.title}，{now.year} 年 {said_value(head, now)}"
