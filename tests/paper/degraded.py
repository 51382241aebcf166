"""Degrades the picture of a printed page as a phone may see it: blur, rotation, perspective, poor print.

Every degrading function takes a page in grey and the number of dots per module of its codes.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pypdfium2
import zxingcpp
from PIL import Image, ImageFilter

WHITE = 255


def blurred(page: Image.Image, dots: float) -> Image.Image:
    """Return the page out of focus by half a module, which present decoders can still read (`libraries.md`, QR)."""
    return page.filter(ImageFilter.GaussianBlur(0.45 * dots))


def slanted(page: Image.Image, dots: float) -> Image.Image:
    """Return the page rotated by 15°."""
    return page.rotate(15, Image.Resampling.BICUBIC, expand=True, fillcolor=WHITE)


def in_perspective(page: Image.Image, dots: float) -> Image.Image:
    """Return the page as seen from the side. The far edge is a fifth shorter than the near one."""
    width, height = page.size
    slant = -0.2 / width
    plane = (1 + slant * width, 0, 0, slant * height / 2, 1, 0, slant, 0)
    return page.transform(
        page.size, Image.Transform.PERSPECTIVE, plane, Image.Resampling.BICUBIC, fillcolor=WHITE
    )


def pale(page: Image.Image, dots: float) -> Image.Image:
    """Return the page as printed with little toner on grey paper: black becomes grey value 110, white 217 (of 255)."""
    return page.point(lambda value: round(110 + (value / 255) * 107))


def compressed(page: Image.Image, dots: float) -> Image.Image:
    """Return the page as a JPEG of quality 50, like a photo that was sent in a chat."""
    out = BytesIO()
    page.save(out, "JPEG", quality=50)
    return Image.open(out).convert("L")


DEGRADED: dict[str, Callable[[Image.Image, float], Image.Image]] = {
    "as it is": lambda page, dots: page,
    "blurred": blurred,
    "slanted": slanted,
    "in perspective": in_perspective,
    "pale": pale,
    "compressed": compressed,
}


def rasterised(pdf: bytes, resolution: int) -> list[Image.Image]:
    """Return the pages of a PDF as grey images. `resolution` is in dots per inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            document[at].render(scale=resolution / 72, grayscale=True).to_pil().convert("L")
            for at in range(len(document))
        ]


def each_code(page: Image.Image) -> list[Image.Image]:
    """Return a picture of each code of a page with its surroundings, since a phone reads one code at a time."""
    parts = []
    for found in zxingcpp.read_barcodes(page):
        at = found.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        left, right = min(c.x for c in corners), max(c.x for c in corners)
        top, bottom = min(c.y for c in corners), max(c.y for c in corners)
        rim = (right - left) // 3
        around = (max(0, left - rim), max(0, top - rim), right + rim, bottom + rim)
        parts.append(
            page.crop((*around[:2], min(page.width, around[2]), min(page.height, around[3])))
        )
    return parts


def texts(page: Image.Image) -> list[str]:
    """Return the sorted texts of all codes on a page, without Micro QR codes.

    The decoder sometimes takes the corner of a small grey code for a Micro QR code, which phones do not read.
    """
    found = zxingcpp.read_barcodes(page)
    micro = zxingcpp.BarcodeFormat.MicroQRCode
    return sorted(each.text for each in found if each.format != micro)
