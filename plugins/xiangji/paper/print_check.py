"""The print check: it rasterises a finished PDF and reads every code in it with an independent decoder.

It measures the module size, the quiet zone and the contrast in the raster image, not in the data of the document.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from xiangji.codes.png import QUIET_ZONE

if TYPE_CHECKING:
    from PIL import Image

LOWEST_CONTRAST = 0.7
"""The lowest symbol contrast that passes. 0.7 is the limit of the best grade in ISO/IEC 15415.

Symbol contrast is the lightest minus the darkest reflectance, from 0 to 1.
"""

_POINTS_PER_INCH = 72
_MM_PER_INCH = 25.4
_HIGHEST_RESOLUTION = 300
"""The highest resolution of the raster, in dots per inch. At 600, an A4 page has 35 million dots and shows no more."""

_DARKEST_PAPER = 200
"""The darkest grey value, of 255, that counts as empty paper."""

Progress = Callable[[str, int, int], None]


class SeenCode(Struct, frozen=True):
    """A code as the decoder read it.

    `page` counts from 1. `level` is the error correction level. `module` is in millimetres. `quiet` says whether the
    quiet zone is empty. `contrast` is from 0 to 1.
    """

    page: int
    text: str
    level: str
    module: float
    quiet: bool
    contrast: float


class PrintVerdict(Struct, frozen=True):
    """The result of a print check.

    `pages` is the number of pages, `seen` are the codes that were read, `wanted` is the number of expected codes.
    `faults` are sentences in Chinese.
    """

    pages: int
    seen: tuple[SeenCode, ...]
    wanted: int
    faults: tuple[str, ...]

    @property
    def module(self) -> float:
        """The smallest module of all codes, in millimetres; 0 if no code was read."""
        return min((each.module for each in self.seen), default=0.0)

    @property
    def contrast(self) -> float:
        """The lowest contrast of all codes, from 0 to 1; 0 if no code was read."""
        return min((each.contrast for each in self.seen), default=0.0)


def check_print(
    pdf: bytes, addresses: Iterable[str], resolution: int, progress: Progress | None = None
) -> PrintVerdict:
    """Read every code of a PDF, rasterised as by a printer of `resolution` dots per inch.

    `addresses` are the expected contents of the codes, each as often as it is printed.
    """
    wanted = Counter(addresses)
    dots, count = min(resolution, _HIGHEST_RESOLUTION), 0
    seen: list[SeenCode] = []
    for count, page in pages(pdf, dots, progress):
        seen += codes_in(page, count, dots)
    there = Counter(each.text for each in seen)
    faults = [
        f"{address}（{there[address]} / {number}）"
        for address, number in wanted.items()
        if there[address] != number
    ]
    faults += [f"{each.text}（不该在这里）" for each in seen if each.text not in wanted]
    faults += [f"第 {each.page} 页：码的静区里有东西" for each in seen if not each.quiet]
    faults += [
        f"第 {each.page} 页：反差 {each.contrast:.0%}"
        for each in seen
        if each.contrast < LOWEST_CONTRAST
    ]
    return PrintVerdict(count, tuple(seen), wanted.total(), tuple(dict.fromkeys(faults)))


def pages(
    pdf: bytes, resolution: int, progress: Progress | None = None
) -> Iterator[tuple[int, Image.Image]]:
    """Yield the pages as grey images, with their numbers from 1."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        for at in range(len(document)):
            if progress:
                progress("print-check", at, len(document))
            shown = document[at].render(scale=resolution / _POINTS_PER_INCH, grayscale=True)
            yield at + 1, shown.to_pil().convert("L")
        if progress:
            progress("print-check", len(document), len(document))


def codes_in(page: Image.Image, number: int, resolution: float) -> Iterator[SeenCode]:
    """Yield the QR codes of one page, which was rasterised at `resolution` dots per inch."""
    import zxingcpp

    for found in zxingcpp.read_barcodes(
        page, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    ):
        yield _measured(page, found, number, resolution)


def _measured(page: Image.Image, found: Any, number: int, resolution: float) -> SeenCode:
    """Return a code with its measurements. The corners that the decoder returns exclude the quiet zone."""
    at = found.position
    corners = [at.top_left, at.top_right, at.bottom_right, at.bottom_left]
    side = math.dist((corners[0].x, corners[0].y), (corners[1].x, corners[1].y))
    modules = _modules(page, corners, side)
    dots = side / modules
    left, right = min(c.x for c in corners), max(c.x for c in corners)
    top, bottom = min(c.y for c in corners), max(c.y for c in corners)
    darkest, lightest = _extremes(page.crop((left, top, right, bottom)))
    return SeenCode(
        number,
        str(found.text),
        str(found.ec_level),
        dots * _MM_PER_INCH / resolution,
        _is_quiet(page, (left, top, right, bottom), dots),
        (lightest - darkest) / 255,
    )


def _modules(page: Image.Image, corners: list[Any], side: float) -> int:
    """Return how many modules a symbol has along a side, estimated from the width of a finder pattern.

    A finder pattern is 7 modules wide. A side has 17 + 4 × version modules.
    """
    left, row = corners[0].x, corners[0].y + max(1, round(side / 120))
    line = page.crop((left, row, left + round(side), row + 1)).point(lambda v: 255 * (v >= 128))
    dark = line.tobytes().lstrip(b"\xff")
    about = 7 * side / max(1, len(dark) - len(dark.lstrip(b"\0")))
    version: int = max(1, round((about - 17) / 4))
    return 17 + 4 * version


def _is_quiet(page: Image.Image, box: tuple[int, int, int, int], dots: float) -> bool:
    """Whether the quiet zone is on the page and empty. A tolerance of two dots allows for blurred edges."""
    from PIL import Image

    left, top, right, bottom = box
    reach = math.floor(QUIET_ZONE * dots) - 2
    around = (left - reach, top - reach, right + reach, bottom + reach)
    if around[0] < 0 or around[1] < 0 or around[2] > page.width or around[3] > page.height:
        return False
    ring = page.crop(around)
    inner = Image.new("L", (right - left + 4, bottom - top + 4), 255)
    ring.paste(inner, (reach - 2, reach - 2))
    return _extremes(ring)[0] >= _DARKEST_PAPER


def _extremes(picture: Image.Image) -> tuple[float, float]:
    low, high = picture.getextrema()
    assert not isinstance(low, tuple) and not isinstance(high, tuple)
    return low, high
