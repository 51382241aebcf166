"""Reads recordings: recognises the format by the bytes, measures the duration, and removes metadata.

Phones write their location and their owner into a recording. Only the sound and what a player needs is published
(`mp3_file`, `mp4_file`, `ogg_file`), whatever the name of the file is.
"""

from __future__ import annotations

import hashlib
import re
import struct
from pathlib import Path

from msgspec import Struct

from xiangji.model.location import Location
from xiangji.problems import Report
from xiangji.readers.media.mp3_file import read_mp3
from xiangji.readers.media.mp4_file import read_mp4
from xiangji.readers.media.ogg_file import read_ogg
from xiangji.readers.media.pictures import find_file
from xiangji.readers.media.reasons import Reason
from xiangji.readers.text_file import read_bytes
from xiangji.regular_file import read_regular

LARGEST = 4_000_000
"""The limit in bytes: a quarter of an hour of clear speech as MP3."""
HEAVY = 1_000_000
"""Bytes above which there is a hint: it takes twenty seconds or more on a weak signal (`design.md` §7: 400 kbit/s)."""
LARGEST_WAV = 500_000
"""The limit of WAV files in bytes: a sound of some seconds. Speech as MP3 is twenty times smaller."""


class Audio(Struct, frozen=True):
    """A recording. `seconds` is its duration, or None if unknown.

    `digest` is the SHA-256 and `size` the number of bytes of the result of `read`, that is of the sound alone. `format`
    is `mp3`, `m4a`, `ogg` or `wav`, and also the ending of the published file.
    """

    path: str
    file: Path
    format: str
    seconds: float | None
    size: int
    digest: str

    def read(self) -> bytes:
        """The bytes of the recording without metadata. Empty if the file can no longer be read as sound."""
        found = _sound(read_regular(self.file, LARGEST))
        return found.content if isinstance(found, _Sound) else b""


class _Sound(Struct, frozen=True):
    format: str
    content: bytes
    seconds: float | None


def read_audio(root: Path, path: str, place: Location, report: Report) -> Audio | None:
    """The recording at `path` (POSIX, relative to `root`), or None after reporting at `place` why it cannot be used."""
    if not find_file(root, path, place, report):
        return None
    file = root / path
    size = file.stat().st_size
    if size > LARGEST:
        report.add("audio-large", place, value=path, size=_megabytes(size), limit="4 MB")
        return None
    raw = read_bytes(file, path, report, LARGEST)
    if raw is None:
        return None
    found = _sound(raw)
    if isinstance(found, Reason):
        report.add("audio-unreadable", place, value=path, why=found.zh, why_en=found.en)
        return None
    if found.format == "wav" and len(found.content) > LARGEST_WAV:
        report.add("audio-large", place, value=path, size=_megabytes(size), limit="0.5 MB (WAV)")
        return None
    if len(found.content) > HEAVY:
        report.add("audio-heavy", place, value=path, size=_megabytes(len(found.content)))
    if found.format == "ogg":
        report.add("audio-ogg", place, value=path)
    digest = hashlib.sha256(found.content).hexdigest()
    return Audio(path, file, found.format, found.seconds, len(found.content), digest)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


_FOREIGN = (
    (
        rb"#!AMR",
        Reason("这是 AMR 录音，浏览器不会放", "it is an AMR recording, which browsers do not play"),
    ),
    (
        rb"\x02?#!SILK",
        Reason(
            "这是微信语音的 SILK 格式，浏览器不会放",
            "it is SILK, the format of WeChat's voice messages",
        ),
    ),
    (
        rb"\x1aE\xdf\xa3",
        Reason("这是 WebM，苹果手机不会放", "it is WebM, which iPhones do not play"),
    ),
    (rb"fLaC", Reason("这是 FLAC，文件太大", "it is FLAC, which is too large")),
    (rb"\xff[\xf0\xf1\xf8\xf9]", Reason("这是没有装箱的 AAC", "it is raw AAC without a container")),
)
"""First bytes of audio formats that cannot be used, each with the reason."""


def _sound(raw: bytes) -> _Sound | Reason:
    """The sound in `raw`, with the format recognised by the first bytes, or the reason why it cannot be used."""
    for begins, why in _FOREIGN:
        if re.match(begins, raw):
            return why
    if raw[4:8] == b"ftyp":
        return _as("m4a", read_mp4(raw))
    if raw[:4] == b"OggS":
        return _as("ogg", read_ogg(raw))
    if raw[:4] == b"RIFF" and raw[8:12] == b"WAVE":
        return _as("wav", _read_wav(raw))
    mp3 = read_mp3(raw)
    if mp3 is None:
        return Reason(
            "文件坏了，或者不是 MP3、M4A、Ogg、WAV", "damaged, or not MP3, M4A, Ogg or WAV"
        )
    return _as("mp3", mp3)


def _as(form: str, found: tuple[bytes, float | None] | Reason) -> _Sound | Reason:
    return found if isinstance(found, Reason) else _Sound(form, *found)


def _read_wav(raw: bytes) -> tuple[bytes, float | None] | Reason:
    """A WAV file with only its chunks `fmt ` and `data`, and the seconds; or the reason why it cannot be used."""
    chunks: dict[bytes, bytes] = {}
    position = 12
    while position + 8 <= len(raw):
        name, size = struct.unpack_from("<4sI", raw, position)
        chunks.setdefault(name, raw[position + 8 : position + 8 + size])
        position += 8 + size + size % 2
    form, data = chunks.get(b"fmt ", b""), chunks.get(b"data", b"")
    if len(form) < 16 or not data:
        return Reason("文件坏了", "the file is damaged")
    if int.from_bytes(form[:2], "little") not in (1, 0xFFFE):
        return Reason("这个 WAV 里的声音是压缩过的", "the sound in this WAV is compressed")
    rate = int.from_bytes(form[8:12], "little")
    body = b"WAVE" + _chunk(b"fmt ", form) + _chunk(b"data", data)
    return _chunk(b"RIFF", body), len(data) / rate if rate else None


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def sound_of(raw: bytes) -> bytes | None:
    """The bytes of a recording without metadata. None if it cannot be used."""
    found = _sound(raw)
    return found.content if isinstance(found, _Sound) else None
