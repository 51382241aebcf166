"""Reads HEIC photos of iPhones where the extra `photos` is installed.

Pillow cannot decode HEIC itself. The decoder is a large library of its own, so it is an extra, and it is loaded only for
a file that is HEIC.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec

from xiangji.model.parsing.late_pattern import late_pattern

_USUAL = ("JPEG", "PNG", "WEBP")
_HEIC = late_pattern(rb"....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL)
"""The first bytes of HEIC photos, which browsers do not show."""


def is_heic(raw: bytes) -> bool:
    """Whether these are the bytes of a HEIC photo, whatever its file is called."""
    return _HEIC.match(raw) is not None


@cache
def can_read_heic() -> bool:
    """Whether the extra `photos` is installed."""
    return find_spec("pillow_heif") is not None


def formats_of(raw: bytes) -> tuple[str, ...]:
    """The formats that Pillow may take these bytes for. HEIC is among them only where they are HEIC."""
    if not is_heic(raw) or not can_read_heic():
        return _USUAL
    _load()
    return (*_USUAL, "HEIF")


@cache
def decoder() -> str:
    """The version of the decoder, which decides the pixels of a photo."""
    from importlib.metadata import version  # Imported late: it loads e-mail and ZIP.

    return version("pillow-heif")


@cache
def _load() -> None:
    from pillow_heif import register_heif_opener

    # Previews and depth maps are pictures of the same photo that nobody sees.
    register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
