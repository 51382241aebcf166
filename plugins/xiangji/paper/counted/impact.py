"""Makes one A4 of the page `/impact/`: the same three sentences, the same chart, and the tables as far as they fit.

What farmers say is not on it, since a consent for pages is none for paper. If the rows are too many even in the smallest
type, each class has fewer, and the paper says how many stand on the page.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from xiangji import urls
from xiangji.cache import Cache
from xiangji.model.location import Location
from xiangji.paper.art import brand_art
from xiangji.paper.coded import code_for, unreachable
from xiangji.paper.fonts import Fonts
from xiangji.paper.formats import A4, Piece
from xiangji.paper.glyphs import missing_in
from xiangji.paper.sheets import PrintedDocument, paper_data, paper_inks
from xiangji.paper.typesetter import typeset
from xiangji.problems import Problem, fatal
from xiangji.render.context import RenderContext
from xiangji.views.counted.bars import UNMEASURED
from xiangji.views.counted.impact import LEAD, NOTE, Panel, panels, sentences

PAGE = Piece("impact", "有没有用", "what came of it", *A4)
CODE_ROOM = 24.0
"""The side in millimetres of the square for the code, quiet zone included."""

_SEAL = 16.0


def set_impact(
    context: RenderContext, fonts: Fonts, cache: Cache, black_only: bool = False
) -> tuple[PrintedDocument | None, list[Problem]]:
    """Return the document of the page, and the problems that keep it from being printed."""
    place = Location(context.settings.config_file)
    address = context.absolute(urls.IMPACT) or ""
    found = unreachable(context, sheet=False)
    if fatal(found, strict=False) or not address:
        return None, found
    sized, told = code_for(address, CODE_ROOM, urls.IMPACT, place, PAGE.named())
    text = _text(context)
    records = list(context.library.shelf("indicators").values())
    told += missing_in([*records, context.library.brand], _words(text), fonts, place)
    if sized is None or fatal(told, strict=False):
        return None, [*found, *told]
    paper = paper_inks(context, black_only)
    art = brand_art(context.library, paper.inks, fonts, cache, _SEAL)
    data = {**paper_data(context, paper, art), **text, "symbol": sized.told()}
    document = typeset("impact", data, fonts, art.files)
    return PrintedDocument(document, (address,)), [*found, *told]


def _text(context: RenderContext) -> dict[str, Any]:
    brand = context.library.brand
    return {
        "title": urls.IMPACT_TITLE,
        "brand": brand.name,
        "village": brand.village_beside,
        "sample": brand.sample,
        "lead": LEAD,
        "sentences": list(sentences(context)),
        "note": NOTE,
        "unmeasured": UNMEASURED,
        "panels": [_panel(each) for each in panels(context, urls.IMPACT)],
    }


def _panel(panel: Panel) -> dict[str, Any]:
    chart = panel.chart
    drawn = (
        {
            "title": chart.title,
            "width": chart.width,
            "height": chart.height,
            "floor": chart.floor,
            "bars": [asdict(each) for each in chart.bars],
            "aim": asdict(chart.aim) if chart.aim else None,
        }
        if chart
        else None
    )
    rows = [
        [row.name.text, row.first, f"{row.now} {row.year}".strip(), row.aim, row.by]
        for row in panel.rows
    ]
    return {"word": panel.word, "chart": drawn, "rows": rows}


def _words(told: Any) -> str:
    """Every text of the page, whose signs a font must have."""
    if isinstance(told, str):
        return told
    if isinstance(told, dict):
        return "".join(map(_words, told.values()))
    return "".join(map(_words, told)) if isinstance(told, list) else ""
