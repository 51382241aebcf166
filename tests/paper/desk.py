"""Helpers for tests of printing: they load a village on the day of the tests, and read finished PDFs."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pypdfium2

from built import ROOT, write
from paper.degraded import DEGRADED, blurred, pale, rasterised, slanted, texts
from xiangji.build import open_press
from xiangji.cache import Cache
from xiangji.paper.fonts import Fonts, find_fonts
from xiangji.paper.print_check import check_print, codes_in, pages
from xiangji.paper.sheets import PrintedDocument
from xiangji.paper.symbol import Sized
from xiangji.readers.config import read_settings
from xiangji.render.context import RenderContext

TODAY = date(2026, 11, 22)
MM = 25.4

SMALL = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": "名称: 立碑村\n",
}
"""The files that a village needs at least to print something."""


@dataclass(frozen=True)
class Desk:
    """A loaded village with what printing needs: its render context, the fonts and a cache."""

    context: RenderContext
    fonts: Fonts
    cache: Cache


def at_desk(root: Path, cache: Path | None = None) -> Desk:
    """Load the village in `root` on the day of the tests."""
    settings, found = read_settings(root / "mkdocs.yml", TODAY)
    context, problems = open_press(settings, found)
    assert context is not None, [each.message("en") for each in problems]
    return Desk(context, find_fonts(root), Cache(cache))


def demo_desk(cache: Path) -> Desk:
    """Load the demo village."""
    return at_desk(ROOT, cache)


def small_desk(root: Path, files: dict[str, str]) -> Desk:
    """Write a village of the files `SMALL` and `files`, and load it."""
    return at_desk(write(root, {**SMALL, **files}))


def text_of(pdf: bytes, page: int | None = None) -> str:
    """Return the text of a page of a PDF (from 0) or of all pages, without white space and zero-width spaces."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = range(len(document)) if page is None else (page,)
        text = "".join(document[at].get_textpage().get_text_bounded() for at in pages)
    return flat(text)


def flat(text: str) -> str:
    return re.sub(r"[\s\u200b\ufffe\x02]+", "", text)


def page_count(pdf: bytes) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def type_sizes(pdf: bytes) -> set[float]:
    """Return the type sizes in millimetres of all text objects on the first page."""
    found = set()
    with pypdfium2.PdfDocument(pdf) as document:
        for each in document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            size = ctypes.c_float()
            assert pypdfium2.raw.FPDFTextObj_GetFontSize(each, size)
            found.add(round(abs(size.value * each.get_matrix().d) / 72 * MM, 3))
    return found


def survives(
    pdf: bytes, wanted: list[str], module: float, dots_per_inch: int, page: int = 0
) -> None:
    """Assert that all `wanted` codes of a page are still read after each degradation. `module` is in millimetres."""
    shown, dots = rasterised(pdf, dots_per_inch)[page], module * dots_per_inch / MM
    for name, degrade in DEGRADED.items():
        assert texts(degrade(shown, dots)) == sorted(wanted), f"{name} at {dots_per_inch}"
    worst = slanted(blurred(pale(shown, dots), 0.6 * dots), dots)
    assert texts(worst) == sorted(wanted), f"all at once at {dots_per_inch}"


def measured(printed: PrintedDocument, pdf: bytes, code: Sized) -> None:
    """Assert that all codes of a PDF have the module size of `code`, empty quiet zones, and pass the print check."""
    for number, page in pages(pdf, 600):
        for seen in codes_in(page, number, 600):
            assert abs(seen.module - code.module) < 0.02
            assert seen.module >= 0.5
            assert seen.quiet
    verdict = check_print(pdf, printed.addresses, 300)
    assert verdict.faults == ()
    assert verdict.wanted == len(printed.addresses)
