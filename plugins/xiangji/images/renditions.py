"""One photo, decoded once, and what is made of it: each size as WebP or JPEG inside its ceiling.

Everything here is a function of the source's bytes and the orders: no clock, no shared state, so
that several photos can be worked on at once and come out the same. Pillow is imported late, since
many commands never need it.
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

if TYPE_CHECKING:
    from PIL import Image

LOWEST, HIGHEST = 10, 82
"""Encoder qualities that are tried. Above the highest nobody sees a difference on a phone."""
_CLOSE = 0.95
"""A picture that fills so much of its ceiling is not searched for any further."""
_SOFTNESS = (1, 2, 4, 8, 16, 32, 64)
_COVER = (1200, 630)
"""Every photo is decoded at least so large: the share card, which needs most. The constant keeps
one page's wishes from changing the bytes of another's picture."""
_HEAVY = 20_000_000
"""Pixels decoded at once; 80 MB with transparency. Larger ones wait for each other."""
_one_heavy = Lock()
_RECIPE = 3
"""Raised when what is made of a photo changes, so that no cache answers with the old bytes."""


class RenditionOrder(Struct, frozen=True, order=True):
    """A picture to make: pixels, the ceiling in bytes, and `webp` or `jpeg`."""

    width: int
    height: int
    ceiling: int
    form: str


class Rendition(Struct, frozen=True):
    """A finished picture. `quality` is the encoder's (0 to 100); with a `softness` of n, n pixels
    each way were made one before."""

    content: bytes
    quality: int
    softness: int

    def packed(self) -> bytes:
        """As the cache keeps it."""
        return b"%d %d\n" % (self.quality, self.softness) + self.content

    @staticmethod
    def unpacked(stored: bytes) -> Rendition:
        """From what `packed` returned. Raises ValueError."""
        head, content = stored.split(b"\n", 1)
        quality, softness = map(int, head.split())
        return Rendition(picture_bytes(content), quality, softness)


def picture_bytes(content: bytes) -> bytes:
    """The bytes themselves, if they begin as a picture of ours does. Raises ValueError."""
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if not webp and not content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        raise ValueError("no picture")
    return content


class DecodedPhoto(Struct, frozen=True):
    """A photo as pixels: upright, in sRGB, on white, free of everything else. `colours` counts
    those in a sample of 65,536 of the file's own pixels; `orientation` is EXIF's, 1 to 8."""

    picture: Image.Image
    colours: int
    orientation: int


class DamagedPhoto(Exception):
    """A file that opened and could not be decoded."""


@cache
def recipe() -> str:
    """What decides the bytes besides the photo and the order: our recipe and the encoders."""
    import PIL
    from PIL import features

    encoders = (features.version(each) for each in ("webp", "jpg", "libjpeg_turbo"))
    return "/".join(map(str, (_RECIPE, PIL.__version__, *encoders)))


def scale_of(width: int, height: int, orders: Iterable[RenditionOrder]) -> int:
    """By how much (1, 2, 4, 8) a source may be shrunk while it is decoded, so that it still covers
    every order."""
    needs = [_COVER, *((order.width, order.height) for order in orders)]
    spare = min(max(1, min(width // wide, height // high)) for wide, high in needs)
    return max(each for each in (1, 2, 4, 8) if each <= spare)


def decoded(raw: bytes, scale: int) -> DecodedPhoto:
    """The pixels of a photo, `scale` times smaller each way; raises `DamagedPhoto`."""
    from PIL import Image

    try:
        with Image.open(BytesIO(raw), formats=("JPEG", "PNG", "WEBP")) as opened:
            width, height = opened.size
            # JPEG can be decoded small, which saves most of the time; others are shrunk after.
            opened.draft(None, (max(1, width // scale), max(1, height // scale)))
            with _room_for(*opened.size):
                return _pixels(opened, scale if opened.size == (width, height) else 1)
    except Image.DecompressionBombError as error:
        raise DamagedPhoto(str(error)) from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError) as error:
        raise DamagedPhoto(str(error)) from error
    # What Pillow's readers let through of their own slips on damaged files.
    except (TypeError, LookupError, struct.error, zlib.error) as error:
        raise DamagedPhoto(str(error)) from error


def _room_for(width: int, height: int) -> AbstractContextManager[object]:
    return _one_heavy if width * height > _HEAVY else nullcontext()


_UPRIGHT = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE",
    6: "ROTATE_270", 7: "TRANSVERSE", 8: "ROTATE_90",
}  # fmt: skip
"""How a photo with each EXIF orientation is turned to stand upright."""


def _pixels(opened: Image.Image, scale: int) -> DecodedPhoto:
    from PIL import Image

    orientation = opened.getexif().get(0x0112, 1)
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
    """How many colours a picture has."""
    if sample.mode == "L":
        return len(set(sample.tobytes()))
    four = sample.convert("RGBA") if sample.mode == "RGB" else sample
    return len(set(memoryview(four.tobytes()).cast("I")))


def _plain(opened: Image.Image) -> Image.Image:
    """A picture in a mode that can be averaged: L, RGB, RGBA or CMYK."""
    if opened.mode in ("RGBA", "LA", "PA", "La") or "transparency" in opened.info:
        return opened.convert("RGBA")
    if opened.mode.startswith("I"):  # 16 bits of grey, which `convert` would cut off, not scale.
        return opened.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if opened.mode == "1":
        return opened.convert("L")
    if opened.mode in ("L", "RGB", "CMYK"):
        opened.load()
        return opened
    return opened.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB. With a damaged profile the plain numbers are the better guess."""
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
    """What is ordered of a photo; pictures of one size are drawn small once."""
    sizes: dict[tuple[int, int], list[RenditionOrder]] = {}
    for order in orders:
        sizes.setdefault((order.width, order.height), []).append(order)
    for size, alike in sizes.items():
        sharp = _fitted(photo.picture, size)
        for order in alike:
            yield order, _within(sharp, order)


def _fitted(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The middle of a picture at this size. Much larger ones are averaged first, to twice the size or more:
    nobody sees it, and the filter need not look at all their pixels."""
    from PIL import Image

    width, height = picture.size
    across = min(width, height * size[0] / size[1])
    down = min(height, width * size[1] / size[0])
    left, top = (width - across) / 2, (height - down) / 2
    box = (left, top, min(width, left + across), min(height, top + down))
    return picture.resize(size, Image.Resampling.LANCZOS, box, reducing_gap=2.0)


def _within(sharp: Image.Image, order: RenditionOrder) -> Rendition:
    """One derivative inside its ceiling: the best quality that fits; where none does, softened
    until one fits, since a grainy photo is worth less than a page that opens."""
    from PIL import Image

    for softness in _SOFTNESS:
        found = _best(_softened(sharp, softness), order)
        if found is not None:
            return Rendition(*found, softness)
    # Nothing is left to take away but the picture itself.
    flat = sharp.resize((1, 1), Image.Resampling.BOX).resize(sharp.size)
    return Rendition(_bytes_of(flat, LOWEST, order.form), LOWEST, max(sharp.size))


def _best(picture: Image.Image, order: RenditionOrder) -> tuple[bytes, int] | None:
    """The bytes with the highest quality that fits, and that quality, or nearly; None where even the
    lowest is too large. More quality is more bytes, near enough, and what is returned has been measured."""
    content = _bytes_of(picture, HIGHEST, order.form)
    if len(content) <= order.ceiling:
        return content, HIGHEST
    best = None
    fits, fails = (LOWEST - 1, len(content) * _TYPICAL[0][1] // 1000), (HIGHEST, len(content))
    quality = _likely(order.ceiling, len(content))
    tries = 1
    while True:
        content = _bytes_of(picture, quality, order.form)
        if len(content) > order.ceiling:
            fails = quality, len(content)
        else:
            best, fits = (content, quality), (quality, len(content))
        near = best is not None and len(best[0]) >= order.ceiling * _CLOSE
        if near or fails[0] - fits[0] <= 1:
            return best
        quality = _between(fits, fails, order.ceiling, halved=tries >= _TRIES)
        tries += 1


_TYPICAL = ((LOWEST, 180), (27, 330), (45, 480), (63, 620), (72, 740), (HIGHEST, 1000))
"""Qualities, and the size that photos have there of a thousand at the highest. A first guess, and no more."""

_TRIES = 4
"""Guesses after which the range is halved, so that no odd photo takes longer than that."""


def _likely(ceiling: int, size: int) -> int:
    """The quality at which a photo that has this size at the highest fills its ceiling, but for a little."""
    share = ceiling * 975 // size
    for (low, small), (high, large) in pairwise(_TYPICAL):
        if share < large:
            return max(low, low + (high - low) * (share - small) // (large - small))
    return HIGHEST - 1


def _between(fits: tuple[int, int], fails: tuple[int, int], ceiling: int, *, halved: bool) -> int:
    """The next quality to try, between one that fits and one that does not, each with its size."""
    low, high = fits[0] + 1, fails[0] - 1
    wide = fails[1] - fits[1]
    if halved or wide <= 0:
        return (low + high) // 2
    guess = fits[0] + (fails[0] - fits[0]) * (ceiling * 975 // 1000 - fits[1]) // wide
    return min(high, max(low, guess))


def _softened(picture: Image.Image, times: int) -> Image.Image:
    """A picture of the same size with so many times less detail each way."""
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
