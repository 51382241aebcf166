"""Keeps only the audio frames of an MP3 file, and computes its duration from them.

The file is read frame by frame, as a player does, and only frames are kept. So all tags (ID3v1, ID3v2, APE, Lyrics3)
and anything else in the file are removed.
"""

from __future__ import annotations

from typing import NamedTuple

_MPEG_1, _MPEG_2 = 3, 2
_BITRATES = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
"""Bit rates of layer III in kbit/s by index, for MPEG-1 (True) and others. Index 0 (free format) is not accepted."""
_RATES = {_MPEG_1: (44100, 48000, 32000), _MPEG_2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
"""Sampling rates in Hz by version and index."""

_FEWEST = 2
"""The least number of frames. Two frames in a row are hardly there by chance."""


class _Frame(NamedTuple):
    length: int
    samples: int
    rate: int


def read_mp3(raw: bytes) -> tuple[bytes, float] | None:
    """The frames of `raw` and their duration in seconds. None if it is no MP3."""
    kept: list[bytes] = []
    count, seconds, junk, position, rate = 0, 0.0, 0, 0, 0
    while position < len(raw):
        if tag := _tag_length(raw, position):
            position += tag
            continue
        frame = _frame(raw, position)
        if (
            frame
            and frame.rate == (rate or frame.rate)
            and _continues(raw, position + frame.length)
        ):
            kept.append(raw[position : position + frame.length])
            rate = frame.rate
            count += 1
            seconds += frame.samples / frame.rate
            position += frame.length
            continue
        found = raw.find(b"\xff", position + 1)
        tagged = raw.find(b"ID3", position + 1, found if found >= 0 else len(raw))
        following = min((each for each in (found, tagged) if each >= 0), default=len(raw))
        junk += following - position
        position = following
    content = b"".join(kept)
    if count < _FEWEST or junk > len(content):
        return None
    return content, seconds


def _frame(raw: bytes, position: int) -> _Frame | None:
    """The frame whose header begins at `position`. None if there is none, or if it is cut off."""
    head = raw[position : position + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:  # Sync, layer III.
        return None
    version, bitrate, rate = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or bitrate in (0, 15) or rate == 3:
        return None
    samples = 1152 if version == _MPEG_1 else 576
    hertz = _RATES[version][rate]
    kilobits = _BITRATES[version == _MPEG_1][bitrate]
    length = samples // 8 * kilobits * 1000 // hertz + (head[2] >> 1 & 1)
    return _Frame(length, samples, hertz) if position + length <= len(raw) else None


def _continues(raw: bytes, position: int) -> bool:
    """Whether a frame header, a tag or the end follows at `position`.

    Otherwise the bytes before it only look like a frame. Only the sync bits are tested, because a recording that was
    cut off ends in an incomplete frame.
    """
    rest = raw[position : position + 2]
    cut = len(rest) == 2 and rest[0] == 0xFF and rest[1] & 0xE6 == 0xE2
    return not rest or cut or _tag_length(raw, position) > 0


def _tag_length(raw: bytes, position: int) -> int:
    """The length in bytes of the tag at `position`. 0 if none begins there."""
    head = raw[position : position + 16]
    if head[:3] in (b"ID3", b"3DI") and len(head) >= 10 and max(head[6:10]) < 0x80:
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        if head[:3] == b"3DI":  # The footer of a tag.
            return 10
        return 10 + size + (10 if head[5] & 0x10 else 0)
    if head[:4] == b"TAG+":
        return 227
    if head[:3] == b"TAG":
        return 128
    if head[:11] == b"LYRICSBEGIN":
        end = raw.find(b"LYRICS200", position)
        return (end + 9 if end >= 0 else len(raw)) - position
    if head[:8] == b"APETAGEX" and len(head) == 16:
        flags = int.from_bytes(raw[position + 20 : position + 24], "little")
        return 32 + (int.from_bytes(head[12:16], "little") if flags & 1 << 29 else 0)
    return 0
