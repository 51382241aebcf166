"""Encodes a rendered poster as PNG or JPEG within a limit of bytes, and reads its code back.

A poster without photo becomes a PNG with a palette, which keeps edges sharp. A poster with a photo becomes a JPEG
without chroma subsampling, at the best quality within the limit.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from PIL import Image


class Ceiling(Struct, frozen=True):
    """The most bytes that a poster's file should have."""

    bytes: int


SITE = Ceiling(180_000)
"""The limit for a poster on a page of the site, which phones load over a mobile network."""

SENT = Ceiling(900_000)
"""The limit for a file that people send on. WeChat does not compress such a file again."""

_COLOURS = (256, 128, 64, 32)
_QUALITIES = range(92, 20, -4)


def encoded(png: bytes, ending: str, ceiling: Ceiling) -> bytes:
    """Return a rendered page, given as PNG, encoded as `png` or `jpg` and without metadata.

    If even the lowest quality exceeds the ceiling, that result is returned.
    """
    from PIL import Image

    with Image.open(BytesIO(png)) as opened:
        picture = opened.convert("RGB")
    return _png(picture, ceiling) if ending == "png" else _jpeg(picture, ceiling)


def _png(picture: Image.Image, ceiling: Ceiling) -> bytes:
    from PIL import Image

    content = b""
    for colours in _COLOURS:
        flat = picture.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        out = BytesIO()
        flat.save(out, "PNG")
        content = out.getvalue()
        if len(content) <= ceiling.bytes:
            break
    return content


def _jpeg(picture: Image.Image, ceiling: Ceiling) -> bytes:
    content = b""
    for quality in _QUALITIES:
        out = BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True, subsampling=0)
        content = out.getvalue()
        if len(content) <= ceiling.bytes:
            break
    return content


def codes_of(content: bytes) -> list[str]:
    """Return the texts of all QR codes in a picture, read by an independent decoder."""
    import zxingcpp
    from PIL import Image

    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    with Image.open(BytesIO(content)) as opened:
        found = zxingcpp.read_barcodes(opened.convert("L"), formats=wanted)
    return [str(each.text) for each in found]
