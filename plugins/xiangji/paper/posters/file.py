"""A poster as a file: small enough to be sent on, sharp enough to be scanned, and read back.

Flat colours stay sharp as PNG with a palette of 256; a photo becomes JPEG without coarser colour, at
the best quality that stays inside the ceiling.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from PIL import Image


class Ceiling(Struct, frozen=True):
    """The most bytes that a poster's picture may have."""

    bytes: int


SITE = Ceiling(180_000)
"""What a page of the site may ask of a phone for a poster."""

SENT = Ceiling(900_000)
"""A file that is sent on by hand: WeChat takes it as it is."""

_COLOURS = (256, 128, 64, 32)
_QUALITIES = range(92, 20, -4)


def encoded(png: bytes, ending: str, ceiling: Ceiling) -> bytes:
    """A rendered page as `png` or `jpg` inside the ceiling; no metadata."""
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
    """What a decoder reads in a picture, which had no part in making it."""
    import zxingcpp
    from PIL import Image

    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    with Image.open(BytesIO(content)) as opened:
        found = zxingcpp.read_barcodes(opened.convert("L"), formats=wanted)
    return [str(each.text) for each in found]
