"""Recordings: only their sound is published, whatever stands beside it in the file."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xiangji.model.location import Location
from xiangji.problems import Report
from xiangji.readers.media.audio import Audio, read_audio
from xiangji.readers.media.mp3_file import read_mp3
from xiangji.readers.media.mp4_file import read_mp4
from xiangji.readers.media.ogg_file import read_ogg

SECRET = b"+26.9 106.7 SECRET"

FRAME = bytes.fromhex("fff318c4") + bytes(32)
"""576 samples at 16 kHz."""

# Opus of a tenth of a second, by ffmpeg 5.1: `-metadata comment=SECRET-PLACE`.
OPUS = base64.b64decode(
    """
T2dnUwACAAAAAAAAAADx9SoRAAAAAFc9XLsBE09wdXNIZWFkAQE4AUAfAAAAAABPZ2dTAAAAAAAA
AAAAAPH1KhEBAAAAkhEmGwFaT3B1c1RhZ3MNAAAATGF2ZjU5LjI3LjEwMAIAAAAdAAAAZW5jb2Rl
cj1MYXZjNTkuMzcuMTAwIGxpYm9wdXMYAAAAREVTQ1JJUFRJT049U0VDUkVULVBMQUNFT2dnUwAE
+BMAAAAAAADx9SoRAgAAAL7UxbMGBwYGBgYGCAvmOyOrYAgIrLMOxggIrLMOxggIrLMOxggIrLMO
xggIrLMOxg==
"""
)


def read(tmp_path: Path, content: bytes) -> Audio:
    (tmp_path / "a").write_bytes(content)
    audio = read_audio(tmp_path, "a", Location("workshop.yml"), Report())
    assert audio is not None
    return audio


def id3v2(content: bytes, flags: int = 0) -> bytes:
    size = bytes(len(content) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x04\0" + bytes([flags]) + size + content


def ape(content: bytes, flags: int) -> bytes:
    head = struct.pack("<8sIIII8x", b"APETAGEX", 2000, len(content) + 32, 1, flags)
    return head + content


def test_an_mp3_keeps_its_frames_and_nothing_else(tmp_path: Path) -> None:
    tags = (
        id3v2(b"TIT2" + SECRET + FRAME),  # A frame inside a tag is none.
        ape(SECRET, 1 << 29 | 1 << 31) + ape(b"", 1 << 31),
        b"LYRICSBEGIN" + SECRET + b"000029LYRICS200",
        b"TAG" + SECRET.ljust(125, b"\0"),
    )
    audio = read(tmp_path, tags[0] + FRAME * 50 + tags[1] + tags[2] + tags[3])
    assert audio.read() == FRAME * 50
    assert audio.format == "mp3"
    assert audio.seconds == pytest.approx(50 * 576 / 16000)
    assert audio.size == 50 * len(FRAME)


def test_the_name_says_only_what_is_heard(tmp_path: Path) -> None:
    plain = read(tmp_path, FRAME * 9).digest
    assert read(tmp_path, id3v2(SECRET) + FRAME * 9).digest == plain
    assert read(tmp_path, FRAME * 10).digest != plain


def test_a_recording_cut_off_in_a_frame_is_read_up_to_it(tmp_path: Path) -> None:
    assert read(tmp_path, FRAME * 9 + FRAME[:20]).read() == FRAME * 9


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def m4a(*, codec: bytes = b"mp4a", handler: bytes = b"soun", extra: bytes = b"") -> bytes:
    """A recording of 2.5 seconds with a secret in every place that phones write to."""
    days = struct.pack(">II", 3_800_000_001, 3_800_000_002)
    udta = box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7" + SECRET))
    meta = box(b"meta", bytes(4), box(b"ilst", SECRET))
    stbl = box(
        b"stbl",
        box(b"stsd", bytes(4), struct.pack(">I", 1), box(codec, bytes(28))),
        box(b"stco", bytes(4), struct.pack(">II", 1, 4711)),
    )
    mdia = box(
        b"mdia",
        box(b"mdhd", bytes(4), days, struct.pack(">II", 8000, 20000), bytes(4)),
        box(b"hdlr", bytes(8), handler, bytes(12), SECRET + b"\0"),
        box(b"minf", box(b"smhd", bytes(8)), stbl, udta),
    )
    trak = box(b"trak", box(b"tkhd", bytes(4), days, bytes(72)), mdia, udta, meta)
    moov = box(b"moov", box(b"mvhd", bytes(4), days, bytes(88)), trak, udta, meta, extra)
    return b"".join(
        (
            box(b"ftyp", b"M4A \0\0\0\0"),
            moov,
            box(b"uuid", bytes(16), SECRET),
            box(b"free", SECRET),
            box(b"mdat", b"the sound itself"),
            struct.pack(">I4s", 0, b"skip") + SECRET,
        )
    )


def test_an_m4a_keeps_its_sound_where_it_was(tmp_path: Path) -> None:
    raw = m4a()
    audio = read(tmp_path, raw)
    clean = audio.read()
    assert audio.format == "m4a"
    assert audio.seconds == 2.5
    assert len(clean) == len(raw)
    assert clean.index(b"the sound itself") == raw.index(b"the sound itself")
    assert raw.count(SECRET) >= 9
    assert b"SECRET" not in clean
    assert b"\xa9xyz" not in clean
    assert struct.pack(">II", 3_800_000_001, 3_800_000_002) not in clean
    for kept in (b"ftyp", b"mvhd", b"stsd", b"stco", struct.pack(">I", 4711)):
        assert kept in clean


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (m4a(handler=b"vide"), "视频"),
        (m4a(codec=b"alac"), "alac"),
        (m4a(extra=box(b"trak", box(b"mdia", box(b"hdlr", bytes(8), b"meta", bytes(13))))), "一条"),
        (m4a()[:300], "坏"),
    ],
    ids=["film", "codec", "two tracks", "cut off"],
)
def test_what_is_no_plain_recording_is_refused(tmp_path: Path, raw: bytes, why: str) -> None:
    (tmp_path / "a").write_bytes(raw)
    report = Report()
    assert read_audio(tmp_path, "a", Location("workshop.yml"), report) is None
    (problem,) = report.problems
    assert problem.rule == "audio-unreadable"
    assert why in problem.message("zh")


def sum_of(page: bytes) -> int:
    """CRC-32 of a page as RFC 3533 has it, bit by bit."""
    value = 0
    for byte in page[:22] + bytes(4) + page[26:]:
        value ^= byte << 24
        for _ in range(8):
            value = value << 1 ^ (0x104C11DB7 if value >> 31 else 0)
    return value


def test_opus_keeps_its_pages_with_blank_comments(tmp_path: Path) -> None:
    audio = read(tmp_path, OPUS + b"SECRET behind the last page")
    clean = audio.read()
    assert (audio.format, audio.seconds) == ("ogg", pytest.approx(0.1))
    assert b"SECRET" in OPUS
    assert b"SECRET" not in clean
    assert len(clean) == len(OPUS)
    pages = [b"OggS" + each for each in clean.split(b"OggS")[1:]]
    assert len(pages) >= 3
    for page in pages:
        assert int.from_bytes(page[22:26], "little") == sum_of(page)


def test_a_wav_keeps_two_chunks(tmp_path: Path) -> None:
    form = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    chunks = b"".join(
        struct.pack("<4sI", name, len(content)) + content
        for name, content in ((b"LIST", SECRET), (b"fmt ", form), (b"data", b"sound!" * 800))
    )
    audio = read(tmp_path, b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks)
    assert (audio.format, audio.seconds) == ("wav", 0.6)
    assert b"sound!" * 800 in audio.read()
    assert b"SECRET" not in audio.read()


BYTES = st.one_of(
    st.binary(max_size=200),
    st.lists(
        st.sampled_from(
            [
                FRAME,
                b"ID3\x04\0\0\0\0\0\x05",
                b"TAG",
                b"APETAGEX",
                b"\xff\xf3",
                b"OggS",
                OPUS[:60],
                b"\0",
            ]
        )
    ).map(b"".join),
    st.tuples(st.integers(0, len(m4a()) - 1), st.integers(0, 255)).map(
        lambda at: m4a()[: at[0]] + bytes([at[1]]) + m4a()[at[0] + 1 :]
    ),
    st.tuples(st.integers(0, len(OPUS) - 1), st.integers(0, 255)).map(
        lambda at: OPUS[: at[0]] + bytes([at[1]]) + OPUS[at[0] + 1 :]
    ),
)


@given(BYTES)
def test_no_bytes_break_a_reader(raw: bytes) -> None:
    read_mp3(raw)
    read_mp4(raw)
    read_ogg(raw)
