"""Makes the renditions of one photo: it is decoded once, and encoded as WebP or JPEG in each ordered size.

Everything here is a function of the source's bytes and the orders, without clock or shared state. So several photos
can be processed in parallel with the same result. Pillow is imported late, since many commands never need it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from io import BytesIO
from itertools import pairwise
from threading import Lock
from typing import TYPE_CHECKING

from msgspec import Struct

from xiangji.readers.media.heic import formats_of

if TYPE_CHECKING:
    from PIL import Image

LOWEST, HIGHEST = 10, 82
"""The encoder qualities that are tried. Above the highest, no difference is visible on a phone."""
_GOOD_ENOUGH = 0.95
"""A rendition that fills this share of its limit is good enough, and the search ends."""
_SOFTNESS_STEPS = (1, 2, 4, 8, 16, 32, 64)
_LEAST_SIZE = (1200, 630)
"""Every photo is decoded at least in this size, that of the share card, which is the largest.

As a constant, it keeps the orders of one page from changing the bytes of another page's picture.
"""
_HEAVY = 20_000_000
"""Number of pixels (80 MB with transparency) above which photos are decoded one at a time, to limit memory."""
_one_heavy = Lock()
_ENCODING_VERSION = 3
"""Version of the encoding. It is part of the cache key, and is raised when the bytes of renditions change."""


class RenditionOrder(Struct, frozen=True, order=True):
    """An order for a rendition: size in pixels, limit in bytes, and format (`webp` or `jpeg`)."""

    width: int
    height: int
    ceiling: int
    form: str


class Rendition(Struct, frozen=True):
    """A finished rendition.

    `quality` is the encoder's (0 to 100). A `softness` of n means that n by n pixels were averaged before encoding.
    """

    content: bytes
    quality: int
    softness: int

    def packed(self) -> bytes:
        """The form in which the cache stores it."""
        return b"%d %d\n" % (self.quality, self.softness) + self.content

    @staticmethod
    def unpacked(stored: bytes) -> Rendition:
        """The inverse of `packed`. Raises ValueError if the bytes do not fit."""
        head, content = stored.split(b"\n", 1)
        quality, softness = map(int, head.split())
        return Rendition(picture_bytes(content), quality, softness)


def picture_bytes(content: bytes) -> bytes:
    """The same bytes, if they begin like a WebP, JPEG or PNG. Raises ValueError otherwise."""
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if not webp and not content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        raise ValueError("no picture")
    return content


class DecodedPhoto(Struct, frozen=True):
    """A photo as pixels: upright, in sRGB, on white, without metadata.

    `colours` is the number of colours in a sample of 65,536 pixels of the file. `orientation` is the file's EXIF
    value, 1 to 8, or 0 if the file has none.
    """

    picture: Image.Image
    colours: int
    orientation: int


class DamagedPhoto(Exception):
    """A file that can be opened but not decoded."""


@cache
def recipe() -> str:
    """What decides the bytes besides photo and order: our version of the encoding, and the versions of the encoders."""
    import PIL
    from PIL import features

    encoders = (features.version(each) for each in ("webp", "jpg", "libjpeg_turbo"))
    return "/".join(map(str, (_ENCODING_VERSION, PIL.__version__, *encoders)))


def scale_of(width: int, height: int, orders: Iterable[RenditionOrder]) -> int:
    """The factor (1, 2, 4 or 8) by which a source can be reduced while it is decoded and still covers every order."""
    needs = [_LEAST_SIZE, *((order.width, order.height) for order in orders)]
    spare = min(max(1, min(width // wide, height // high)) for wide, high in needs)
    return max(each for each in (1, 2, 4, 8) if each <= spare)


def decoded(raw: bytes, scale: int) -> DecodedPhoto:
    """The pixels of a photo, reduced by `scale` in each direction. Raises `DamagedPhoto` if it cannot be decoded."""
    from PIL import Image

    try:
        with Image.open(BytesIO(raw), formats=formats_of(raw)) as opened:
            width, height = opened.size
            # A JPEG can be decoded at a reduced size, which saves most of the time. Other formats are reduced
            # afterwards.
            opened.draft(None, (max(1, width // scale), max(1, height // scale)))
            with _room_for(*opened.size):
                return _pixels(opened, scale if opened.size == (width, height) else 1)
    except Image.DecompressionBombError as error:
        raise DamagedPhoto(str(error)) from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError) as error:
        raise DamagedPhoto(str(error)) from error
    # Pillow's readers raise these on some damaged files.
    except (TypeError, LookupError, struct.error, zlib.error) as error:
        raise DamagedPhoto(str(error)) from error


def _room_for(width: int, height: int) -> AbstractContextManager[object]:
    return _one_heavy if width * height > _HEAVY else nullcontext()


_UPRIGHT = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE",
    6: "ROTATE_270", 7: "TRANSVERSE", 8: "ROTATE_90",
}  # fmt: skip
"""The transposition that makes a photo with each EXIF orientation upright."""


def _pixels(opened: Image.Image, scale: int) -> DecodedPhoto:
    from PIL import Image

    orientation = opened.getexif().get(0x0112, 0)
    profile = opened.info.get("icc_profile")
    plain = _plain(opened)
    colours = _colours(plain.resize((256, 256), Image.Resampling.NEAREST))
    if scale > 1:
        plain = plain.reduce(scale)
    if plain.mode == "RGBA":
        ground = Image.new("RGBA", plain.size, "#FFFFFF")
        plain = Image.alpha_composite(ground, plain).convert("RGB")
    turned = _in_srgb(plain, profile)
    if orientation in _UPRIGHT:
        turned = turned.transpose(Image.Transpose[_UPRIGHT[orientation]])
    clean = Image.new("RGB", turned.size, None)
    clean.paste(turned)
    return DecodedPhoto(clean, colours, orientation)


def _colours(sample: Image.Image) -> int:
    """The number of colours in a picture."""
    if sample.mode == "L":
        return len(set(sample.tobytes()))
    four = sample.convert("RGBA") if sample.mode == "RGB" else sample
    return len(set(memoryview(four.tobytes()).cast("I")))


def _plain(opened: Image.Image) -> Image.Image:
    """The picture in a mode that can be averaged: L, RGB, RGBA or CMYK."""
    if opened.mode in ("RGBA", "LA", "PA", "La") or "transparency" in opened.info:
        return opened.convert("RGBA")
    if opened.mode.startswith("I"):  # 16 bits of grey, which `convert` would clip instead of scale.
        return opened.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if opened.mode == "1":
        return opened.convert("L")
    if opened.mode in ("L", "RGB", "CMYK"):
        opened.load()
        return opened
    return opened.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB. If its colour profile is damaged, its numbers are taken as sRGB."""
    from PIL import ImageCms

    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            done = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            done = None
        if done is not None:
            return done
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def develop(
    photo: DecodedPhoto, orders: Iterable[RenditionOrder]
) -> Iterator[tuple[RenditionOrder, Rendition]]:
    """The renditions that are ordered of a photo. Orders of the same size share one reduced picture."""
    sizes: dict[tuple[int, int], list[RenditionOrder]] = {}
    for order in orders:
        sizes.setdefault((order.width, order.height), []).append(order)
    for size, alike in sizes.items():
        sharp = _fitted(photo.picture, size)
        for order in alike:
            yield order, _within(sharp, order)


def _fitted(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The middle of a picture in this size. A much larger picture is first averaged to at least twice the size.

    The difference is not visible, and the filter need not read all pixels.
    """
    from PIL import Image

    width, height = picture.size
    across = min(width, height * size[0] / size[1])
    down = min(height, width * size[1] / size[0])
    left, top = (width - across) / 2, (height - down) / 2
    box = (left, top, min(width, left + across), min(height, top + down))
    return picture.resize(size, Image.Resampling.LANCZOS, box, reducing_gap=2.0)


def _within(sharp: Image.Image, order: RenditionOrder) -> Rendition:
    """One rendition within its limit: the best quality that fits.

    If none fits, the picture is softened until one does, because a page that opens matters more than detail.
    """
    from PIL import Image

    for softness in _SOFTNESS_STEPS:
        found = _best(_softened(sharp, softness), order)
        if found is not None:
            return Rendition(*found, softness)
    # Nothing is left to reduce, so the picture becomes a single colour.
    flat = sharp.resize((1, 1), Image.Resampling.BOX).resize(sharp.size)
    return Rendition(_bytes_of(flat, LOWEST, order.form), LOWEST, max(sharp.size))


def _best(picture: Image.Image, order: RenditionOrder) -> tuple[bytes, int] | None:
    """The bytes of about the highest quality that fits the limit, and that quality.

    None if even the lowest quality is too large. The search assumes that bytes grow with quality, which is nearly
    true. The size of the result has been measured.
    """
    content = _bytes_of(picture, HIGHEST, order.form)
    if len(content) <= order.ceiling:
        return content, HIGHEST
    best = None
    fits, fails = (LOWEST - 1, len(content) * _TYPICAL_SIZES[0][1] // 1000), (HIGHEST, len(content))
    quality = _first_guess(order.ceiling, len(content))
    tries = 1
    while True:
        content = _bytes_of(picture, quality, order.form)
        if len(content) > order.ceiling:
            fails = quality, len(content)
        else:
            best, fits = (content, quality), (quality, len(content))
        near = best is not None and len(best[0]) >= order.ceiling * _GOOD_ENOUGH
        if near or fails[0] - fits[0] <= 1:
            return best
        quality = _next_guess(fits, fails, order.ceiling, halved=tries >= _TRIES)
        tries += 1


_TYPICAL_SIZES = ((LOWEST, 180), (27, 330), (45, 480), (63, 620), (72, 740), (HIGHEST, 1000))
"""Quality, and the typical size in thousandths of the size at the highest quality. It is used for the first guess."""

_TRIES = 4
"""Number of guesses after which the range is halved, so that an unusual photo takes only a few tries more."""


def _first_guess(ceiling: int, size: int) -> int:
    """The quality at which a photo, whose size at the highest quality is given, probably fills 97.5 % of its limit."""
    share = ceiling * 975 // size
    for (low, small), (high, large) in pairwise(_TYPICAL_SIZES):
        if share < large:
            return max(low, low + (high - low) * (share - small) // (large - small))
    return HIGHEST - 1


def _next_guess(
    fits: tuple[int, int], fails: tuple[int, int], ceiling: int, *, halved: bool
) -> int:
    """The next quality to try between one that fits and one that does not, each given with its size in bytes."""
    low, high = fits[0] + 1, fails[0] - 1
    wide = fails[1] - fits[1]
    if halved or wide <= 0:
        return (low + high) // 2
    guess = fits[0] + (fails[0] - fits[0]) * (ceiling * 975 // 1000 - fits[1]) // wide
    return min(high, max(low, guess))


def _softened(picture: Image.Image, times: int) -> Image.Image:
    """A picture of the same size, with the detail reduced by `times` in each direction."""
    from PIL import Image

    if times == 1:
        return picture
    size = (max(1, picture.width // times), max(1, picture.height // times))
    small = picture.resize(size, Image.Resampling.BOX)
    return small.resize(picture.size, Image.Resampling.BICUBIC)


def _bytes_of(picture: Image.Image, quality: int, form: str) -> bytes:
    out = BytesIO()
    if form == "webp":
        picture.save(out, "WEBP", quality=quality, method=4)
    else:
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
