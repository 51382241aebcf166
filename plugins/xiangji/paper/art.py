"""Converts the brand's drawings (seal, motif, border) into pictures for printing: black only, or CMYK.

A drawing that is embedded in a PDF keeps its RGB colours. A print shop would have to convert them, and a thermal
printer would print them as grey dots. So a drawing is rasterised at print resolution, and the result is cached.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from xiangji.cache import Cache
from xiangji.images.renditions import picture_bytes
from xiangji.library import Library
from xiangji.paper.fonts import Fonts
from xiangji.paper.inks import WHITE, Ink, Inks
from xiangji.paper.typesetter import typeset
from xiangji.readers.media.heic import formats_of
from xiangji.readers.media.pictures import Media
from xiangji.records.brand import Brand

if TYPE_CHECKING:
    from PIL import Image

_RECIPE = 4
"""Part of the cache key. Raise it if a change of this module changes the result for the same drawing."""

_BLACK_RESOLUTION, _TONE_RESOLUTION = 600, 300
"""The resolution in dots per inch of black-only pictures, and of pictures in tones, for which print shops ask 300."""


class Art(Struct, frozen=True, kw_only=True):
    """The brand's drawings for a template.

    `files` are the pictures by file name. The other fields are names of these files, or empty if the brand has no such
    drawing. `seal` has a white background; the others have the background colour of the label. `border_ratio` is the
    border's width divided by its height.
    """

    files: dict[str, bytes]
    seal: str = ""
    seal_on_page: str = ""
    motif: str = ""
    border: str = ""
    border_ratio: float = 10.0
    seal_text: str = ""


def brand_art(
    library: Library,
    inks: Inks,
    fonts: Fonts,
    cache: Cache,
    seal_width: float = 16,
    motif_width: float = 24,
) -> Art:
    """Return the seal, the motif and the border of the brand for printing.

    The seal is made twice, on white and on the background colour of the label. The widths are the largest in print, in
    millimetres.
    """
    brand = library.brand
    files: dict[str, bytes] = {}

    def kept(name: str, media: Media | None, width: float, ground: Ink) -> str:
        if media is None:
            return ""
        file = f"{name}.{_ending(inks)}"
        files[file] = as_ink(media, inks, width, ground, fonts, cache)
        return file

    seal = library.picture(brand.seal, "picture") if brand.seal else None
    border = library.picture(brand, "border")
    return Art(
        files=files,
        seal=kept("seal", seal, seal_width, WHITE),
        seal_on_page=kept("seal-on-page", seal, seal_width, inks.page),
        motif=kept("motif", library.picture(brand, "motif"), motif_width, inks.page),
        border=kept("border", border, 80, inks.page),
        border_ratio=border.width / border.height if border else 10.0,
        seal_text=_seal_text(brand),
    )


def _seal_text(brand: Brand) -> str:
    return brand.seal.text if brand.seal else ""


def _ending(inks: Inks) -> str:
    return "png" if inks.black_only else "jpg"


def as_ink(
    media: Media, inks: Inks, width: float, ground: Ink, fonts: Fonts, cache: Cache
) -> bytes:
    """Return a picture for printing `width` mm wide: a black and white PNG, or a CMYK JPEG on the colour `ground`."""
    key = f"ink {_RECIPE} {media.digest} {inks.black_only} {width} {ground}"
    return cache.made(key, lambda: _drawn(media, inks, width, ground, fonts), picture_bytes)


def _drawn(media: Media, inks: Inks, width: float, ground: Ink, fonts: Fonts) -> bytes:
    from PIL import Image, ImageOps

    raw = _raster(media, width, fonts, inks.black_only)
    with Image.open(BytesIO(raw), formats=formats_of(raw)) as opened:
        # A photo may need to be turned by its EXIF orientation.
        picture = ImageOps.exif_transpose(opened).convert("RGBA")
    most = round(width / 25.4 * (_BLACK_RESOLUTION if inks.black_only else _TONE_RESOLUTION))
    if not media.is_drawing and picture.width > most:
        size = (most, round(most * picture.height / picture.width))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    out = BytesIO()
    if inks.black_only:
        white = Image.new("RGBA", picture.size, "white")
        grey = Image.alpha_composite(white, picture).convert("L")
        grey.point(lambda v: 0 if v < 150 else 255).convert("1").save(out, "PNG", optimize=True)
        return out.getvalue()
    paper = Image.new("CMYK", picture.size, tuple(round(each * 2.55) for each in ground))
    paper.paste(_separated(picture), mask=picture.getchannel("A"))
    paper.save(out, "JPEG", quality=95, subsampling=0, dpi=(_TONE_RESOLUTION, _TONE_RESOLUTION))
    return out.getvalue()


def _raster(media: Media, width: float, fonts: Fonts, black_only: bool) -> bytes:
    if not media.is_drawing:
        return media.read()
    data = {"file": "drawing.svg", "width": width, "height": width * media.height / media.width}
    dots = _BLACK_RESOLUTION if black_only else _TONE_RESOLUTION
    return typeset("drawing", data, fonts, {"drawing.svg": media.read()}).pictures(dots)[0]


def _separated(picture: Image.Image) -> Image.Image:
    """Convert RGB to CMYK by the same formula as `inks.ink`."""
    from PIL import Image, ImageChops, ImageMath

    red, green, blue = picture.convert("RGB").split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)

    def part(channel: Image.Image) -> Image.Image:
        # `most` is 0 for black. Adding 1 there avoids a division by zero.
        share: Any = ImageMath.lambda_eval(
            lambda given: given["left"] * 255 / (given["most"] + (given["most"] == 0)),
            left=ImageChops.subtract(most, channel),
            most=most,
        )
        made: Image.Image = share.convert("L")
        return made

    return Image.merge("CMYK", [part(red), part(green), part(blue), ImageChops.invert(most)])
