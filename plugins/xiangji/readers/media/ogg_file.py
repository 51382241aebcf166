"""Removes the comments from Ogg files with Opus or Vorbis (RFC 3533, RFC 7845).

The second packet of both codecs is a list of comments, such as author, place and device. It is replaced by an empty
list of the same length, so that no page moves. Only the checksums of its pages change.
"""

from __future__ import annotations

import struct
from functools import cache

from msgspec import Struct

from xiangji.readers.media.reasons import Reason

_HEAD = struct.Struct("<4sBBqIIIB")
"""The header of a page: capture pattern, version, flags, granule position, serial number, page number, checksum, number
of lacing values."""
_CHECKSUM_AT = 22
_DAMAGED = Reason("文件坏了", "the file is damaged")


class _Page(Struct, frozen=True):
    start: int
    body: int
    end: int
    granule: int
    serial: int
    lacing: bytes


def read_ogg(raw: bytes) -> tuple[bytes, float | None] | Reason:
    """`raw` without comments, and its duration in seconds (None if unknown). Or the reason why it cannot be used."""
    pages = _pages(raw)
    if not pages or len({page.serial for page in pages}) > 1:
        return (
            Reason("里面不是一条声音", "it does not hold one track of sound") if pages else _DAMAGED
        )
    packets = _first_packets(pages, 2)
    if len(packets) < 2:
        return _DAMAGED
    head, comments = (b"".join(raw[a:b] for a, b in spans) for spans in packets)
    last = max(page.granule for page in pages)
    if head.startswith(b"OpusHead") and len(head) >= 12:
        seconds = (last - int.from_bytes(head[10:12], "little")) / 48000
        blank = _blank(b"OpusTags", b"", comments)
    elif head.startswith(b"\x01vorbis") and len(head) >= 16:
        rate = int.from_bytes(head[12:16], "little")
        seconds = last / rate if rate else 0.0
        blank = _blank(b"\x03vorbis", b"\x01", comments)
    else:
        return Reason("里面不是 Opus，也不是 Vorbis", "it holds neither Opus nor Vorbis")
    if blank is None:
        return _DAMAGED
    out = bytearray(raw[: pages[-1].end])
    for start, end in packets[1]:
        out[start:end], blank = blank[: end - start], blank[end - start :]
    for page in pages:
        if any(page.start <= start < page.end for start, _ in packets[1]):
            _write_checksum(out, page)
    return bytes(out), seconds if seconds > 0 else None


def _pages(raw: bytes) -> list[_Page]:
    """The pages from the beginning of the file, up to the first bytes that are no page."""
    pages: list[_Page] = []
    position = 0
    while position + _HEAD.size <= len(raw):
        mark, version, _, granule, serial, _, _, count = _HEAD.unpack_from(raw, position)
        lacing = raw[position + _HEAD.size : position + _HEAD.size + count]
        body = position + _HEAD.size + count
        end = body + sum(lacing)
        if mark != b"OggS" or version or len(lacing) < count or end > len(raw):
            break
        pages.append(_Page(position, body, end, granule, serial, lacing))
        position = end
    return pages


def _first_packets(pages: list[_Page], wanted: int) -> list[list[tuple[int, int]]]:
    """The byte ranges of the first packets. A packet that continues on another page has several."""
    packets: list[list[tuple[int, int]]] = []
    pieces: list[tuple[int, int]] = []
    for page in pages:
        start = position = page.body
        for value in page.lacing:
            position += value
            if value == 255:  # The packet continues.
                continue
            packets.append([*pieces, (start, position)])
            pieces, start = [], position
            if len(packets) == wanted:
                return packets
        if position > start:
            pieces.append((start, position))
    return packets


def _blank(mark: bytes, close: bytes, comments: bytes) -> bytes | None:
    """An empty list of comments with the length of `comments`: the vendor name consists of blanks.

    None if `comments` is no such list.
    """
    room = len(comments) - len(mark) - 8 - len(close)
    if not comments.startswith(mark) or room < 0:
        return None
    return mark + struct.pack("<I", room) + b" " * room + struct.pack("<I", 0) + close


@cache
def _table() -> tuple[int, ...]:
    """The CRC-32 of each byte, with the polynomial of Ogg."""
    values = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
        values.append(value)
    return tuple(values)


def _write_checksum(out: bytearray, page: _Page) -> None:
    """Compute and write the checksum of a changed page."""
    place = page.start + _CHECKSUM_AT
    out[place : place + 4] = bytes(4)
    table, value = _table(), 0
    for byte in out[page.start : page.end]:
        value = (value << 8 & 0xFFFFFFFF) ^ table[value >> 24 ^ byte]
    struct.pack_into("<I", out, place, value)
