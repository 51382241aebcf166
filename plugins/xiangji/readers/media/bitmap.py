"""Recognises and measures photos, and refuses those that would take too much memory or time to decode.

Pillow limits pixels and the text chunks of a PNG. This module limits what Pillow does not: the number of chunks or
segments, and the frames of an animation.
"""

from __future__ import annotations

import re
import struct
import warnings
from io import BytesIO

from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.readers.media.conversions import no_picture
from xiangji.readers.media.heic import formats_of
from xiangji.readers.media.reasons import Reason

MOST_PIECES = 20_000
"""The most chunks of a PNG, or segments of a JPEG. Encoders write a PNG of 40 MB in 5,000 chunks."""
MOST_FRAMES = 200
"""The most frames of an animation. Only the first frame is shown."""

_MARKERS = late_pattern(rb"\xff+[\xc0-\xcf\xdb-\xfe]")
_DAMAGED = Reason("文件坏了，或者不是 JPEG、PNG、WebP", "damaged, or not JPEG, PNG or WebP")


def bitmap_size(raw: bytes) -> tuple[str, int, int] | Reason:
    """Format (`jpeg`, `png`, `webp` or `heif`), and width and height in pixels after the EXIF rotation.

    If the picture cannot be used, the reason.
    """
    from PIL import Image, UnidentifiedImageError

    damaged = no_picture(raw) or _DAMAGED
    if _pieces(raw) > MOST_PIECES:
        return Reason("里面的小块太多", "it holds too many pieces")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _measured(raw)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Reason("尺寸太大", "too many pixels")
    except ValueError as error:
        if re.search("too large|Too much memory", str(error)):
            return Reason("里面附带的文字太大", "the text inside it is too large")
        return damaged
    except (UnidentifiedImageError, OSError, SyntaxError, EOFError, MemoryError, OverflowError):
        return damaged
    except (TypeError, LookupError, struct.error):  # Pillow raises these on damaged files.
        return damaged


def _measured(raw: bytes) -> tuple[str, int, int] | Reason:
    from PIL import Image, ImageOps

    with Image.open(BytesIO(raw), formats=formats_of(raw)) as picture:
        if getattr(picture, "n_frames", 1) > MOST_FRAMES:
            return Reason("动画的画面太多", "the animation has too many frames")
        orientation = picture.getexif().get(0x0112, 1)
        width, height = picture.size
        picture.draft("RGB", (1, 1))
        ImageOps.exif_transpose(picture.resize((1, 1)))
        if orientation in (5, 6, 7, 8):
            width, height = height, width
        return (picture.format or "").lower(), width, height


def _pieces(raw: bytes) -> int:
    """The number of chunks of a PNG or segments of a JPEG, counted up to just above the limit. 0 for other formats."""
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        return _chunks(raw)
    return _segments(raw) if raw.startswith(b"\xff\xd8") else 0


def _chunks(raw: bytes) -> int:
    position, count = 8, 0
    while position + 12 <= len(raw) and count <= MOST_PIECES:
        position += 12 + int.from_bytes(raw[position : position + 4])
        count += 1
    return count


def _segments(raw: bytes) -> int:
    """The number of segments of a JPEG before its pixels."""
    position, count = 2, 0
    while count <= MOST_PIECES and (found := _MARKERS.match(raw, position)):
        if found[0][-1] == 0xDA:
            break
        position = found.end() + int.from_bytes(raw[found.end() : found.end() + 2])
        count += 1
    return count
