"""Removes metadata from M4A files (ISO/IEC 14496-12).

Phones write the location (`©xyz`), the day and the owner into the boxes `udta` and `meta`. Only boxes that are known to
contain sound, or the information to play it, keep their content. Each other box becomes a `free` box of zeros with the
same length, so that offsets inside the file stay valid.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct, field

from xiangji.readers.media.reasons import Reason

_CONTAINERS = {
    "": frozenset(("ftyp", "styp", "moov", "mdat", "moof", "sidx")),
    "moov": frozenset(("mvhd", "trak", "mvex")),
    "mvex": frozenset(("mehd", "trex")),
    "trak": frozenset(("tkhd", "edts", "mdia")),
    "edts": frozenset(("elst",)),
    "mdia": frozenset(("mdhd", "hdlr", "minf")),
    "minf": frozenset(("smhd", "dinf", "stbl")),
    "dinf": frozenset(("dref",)),
    "stbl": frozenset(
        "stsd stts stsc stsz stz2 stco co64 stss ctts cslg sdtp sbgp sgpd".split(),
    ),
    "moof": frozenset(("mfhd", "traf")),
    "traf": frozenset(("tfhd", "tfdt", "trun", "sbgp", "sgpd")),
}
"""The boxes that keep their content, by the box that contains them. The empty name is the file itself."""

_DATED = frozenset(("mvhd", "tkhd", "mdhd"))
"""Boxes that begin with the time of recording."""


class _Box(NamedTuple):
    kind: str
    start: int
    payload: int
    end: int


class _Damaged(Exception):
    """Raised if boxes do not fit into each other."""


class _Found(Struct):
    """The information about the sound that was found in the boxes."""

    handlers: list[str] = field(default_factory=list)
    codecs: list[str] = field(default_factory=list)
    seconds: float | None = None


def read_mp4(raw: bytes) -> tuple[bytes, float | None] | Reason:
    """`raw` without metadata, and its duration in seconds (None if unknown). Or the reason why it cannot be used."""
    out = bytearray(raw)
    found = _Found()
    try:
        _clean(out, 0, len(out), "", found)
    except (_Damaged, struct.error, IndexError):
        return Reason("文件坏了", "the file is damaged")
    if "vide" in found.handlers:
        return Reason("这是视频，不是录音", "it is a film, not a recording")
    if found.handlers != ["soun"]:
        return Reason("里面不是一条声音", "it does not hold one track of sound")
    if found.codecs != ["mp4a"]:
        codec = "".join(each for each in "".join(found.codecs) if each.isalnum()) or "?"
        return Reason(
            f"声音是 {codec} 编码，很多手机不会放", f"its sound is coded as {codec}, not AAC"
        )
    return bytes(out), found.seconds


def _clean(out: bytearray, start: int, end: int, parent: str, found: _Found) -> None:
    """Blank the unknown boxes between `start` and `end`, and collect information from the known ones."""
    for box in _boxes(out, start, end):
        if box.kind not in _CONTAINERS[parent]:
            out[box.start + 4 : box.start + 8] = b"free"
            out[box.payload : box.end] = bytes(box.end - box.payload)
        elif box.kind in _CONTAINERS:
            _clean(out, box.payload, box.end, box.kind, found)
        else:
            _note(out, box, found)


def _boxes(out: bytearray, start: int, end: int) -> Iterator[_Box]:
    position = start
    while position < end:
        if end - position < 8:
            raise _Damaged
        size, name = struct.unpack_from(">I4s", out, position)
        payload = position + 8
        if size == 1:  # The length follows the name, in eight bytes.
            (size,) = struct.unpack_from(">Q", out, payload)
            payload += 8
        elif size == 0:  # The box extends to the end of its container.
            size = end - position
        if position + size > end or position + size < payload:
            raise _Damaged
        yield _Box(name.decode("latin-1"), position, payload, position + size)
        position += size


def _note(out: bytearray, box: _Box, found: _Found) -> None:
    """Collect the information of a box in `found`, and blank the times and names in it."""
    long = box.end > box.payload and out[box.payload] == 1
    if box.kind in _DATED:
        days = 16 if long else 8
        if box.kind == "mdhd":
            scale, length = struct.unpack_from(
                ">IQ" if long else ">II", out, box.payload + 4 + days
            )
            unknown = not scale or length in (0, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF)
            found.seconds = None if unknown else length / scale
        if box.payload + 4 + days > box.end:
            raise _Damaged
        out[box.payload + 4 : box.payload + 4 + days] = bytes(days)
    elif box.kind == "hdlr":
        found.handlers.append(bytes(out[box.payload + 8 : box.payload + 12]).decode("latin-1"))
        name = box.payload + 24
        if name > box.end:
            raise _Damaged
        out[name : box.end] = bytes(box.end - name)
    elif box.kind == "stsd":
        (count,) = struct.unpack_from(">I", out, box.payload + 4)
        entries = _boxes(out, box.payload + 8, box.end)
        found.codecs += [entry.kind for entry in entries][:count]
