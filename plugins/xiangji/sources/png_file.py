"""A PNG without anything but its pixels: no text, no place, no clock, no profile, nothing after its end."""

from __future__ import annotations

import struct
import zlib

_BEGINS = b"\x89PNG\r\n\x1a\n"
_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs", b"bKGD", b"IDAT", b"IEND")
)  # fmt: skip
"""Chunks that say how a picture looks (PNG, W3C, §11). Text, EXIF, XMP, the time and whatever a program invented
are others."""
_FIXED = {b"gAMA": 4, b"cHRM": 32, b"sRGB": 1, b"pHYs": 9}
"""Bytes of those that hold numbers, so that nothing else hides in one."""


def clean_png(raw: bytes) -> bytes | None:
    """The same pixels with what shows them alone; None where the chunks are not those of a whole PNG."""
    if not raw.startswith(_BEGINS):
        return None
    kept = [_BEGINS]
    position = len(_BEGINS)
    while position + 12 <= len(raw):
        size, name = struct.unpack_from(">I4s", raw, position)
        end = position + 12 + size
        chunk = raw[position:end]
        if end > len(raw) or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            return None
        if name in _KEPT and _FIXED.get(name, size) == size:
            kept.append(chunk)
        if name == b"IEND":
            return b"".join(kept) if _ends_with_pixels(kept) else None
        position = end
    return None


def _ends_with_pixels(chunks: list[bytes]) -> bool:
    """Whether the packed pixels are one stream that ends where they do: behind its end anything could lie."""
    unpacking = zlib.decompressobj()
    left = sum(len(each) - 12 for each in chunks if each[4:8] == b"IDAT")
    for each in chunks:
        if each[4:8] != b"IDAT":
            continue
        packed = each[8:-4]
        while packed:
            try:
                unpacking.decompress(packed, 1 << 20)
            except zlib.error:
                return False
            if unpacking.unused_data:
                return False
            packed = unpacking.unconsumed_tail
    return left > 0 and unpacking.eof
