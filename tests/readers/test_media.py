"""Pictures that are safe to show, and the many that are not."""

from __future__ import annotations

import io
import struct
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from xiangji.model.location import Location
from xiangji.problems import Report
from xiangji.readers.media.pictures import Media, read_media

PLACE = Location("products/brand.yml", 2, 5)


def picture(form: str = "PNG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, form, **options)  # type: ignore[arg-type]
    return out.getvalue()


def read(folder: Path, name: str, raw: bytes) -> tuple[Media | None, list[str]]:
    (folder / name).write_bytes(raw)
    report = Report()
    media = read_media(folder, name, PLACE, report)
    assert all(each.location == PLACE for each in report.problems)
    assert (media is None) == bool(report.problems)
    return media, [each.message("en") for each in report.problems]


@pytest.mark.parametrize(
    ("form", "name"), [("PNG", "a.png"), ("JPEG", "a.jpg"), ("WEBP", "a.webp")]
)
def test_a_bitmap_is_measured(tmp_path: Path, form: str, name: str) -> None:
    media, _ = read(tmp_path, name, picture(form))
    assert media is not None
    assert (media.format, media.width, media.height) == (form.lower(), 40, 20)
    assert not media.is_drawing


def test_the_content_counts_and_not_the_ending(tmp_path: Path) -> None:
    media, _ = read(tmp_path, "a.jpg", picture("PNG"))
    assert media is not None and media.format == "png"


def test_a_photo_held_upright_is_measured_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    media, _ = read(tmp_path, "a.jpg", picture("JPEG", exif=exif))
    assert media is not None and (media.width, media.height) == (20, 40)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_half_a_picture_is_refused(tmp_path: Path, form: str) -> None:
    raw = picture(form)
    _, problems = read(tmp_path, "a.png", raw[: len(raw) // 2])
    assert "damaged" in problems[0]


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(["PNG", "JPEG", "WEBP"]),
    st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=4)), min_size=1, max_size=6),
)
def test_a_damaged_picture_never_raises(
    tmp_path_factory: pytest.TempPathFactory, form: str, slips: list[tuple[int, bytes]]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = "秘密"
    raw = bytearray(picture(form, exif=exif))
    for start, content in slips:
        start %= len(raw)
        raw[start : start + len(content)] = content
    read(tmp_path_factory.getbasetemp(), "damaged.png", bytes(raw))


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200) | st.text(st.sampled_from("<svg viewBox=\"0 1.5e-9,'/>&;![]x")))
def test_no_drawing_raises(tmp_path_factory: pytest.TempPathFactory, raw: bytes | str) -> None:
    content = raw if isinstance(raw, bytes) else raw.encode()
    read(tmp_path_factory.getbasetemp(), "any.svg", content)


BOX = 'viewBox="0 0 30.4 20"'


def drawing(inside: str = "", attributes: str = BOX) -> bytes:
    link = "http://www.w3.org/1999/xlink"
    svg = "http://www.w3.org/2000/svg"
    return f'<svg xmlns="{svg}" xmlns:xlink="{link}" {attributes}>{inside}</svg>'.encode()


GOOD = {
    "plain": drawing('<path d="M0 0h9" fill="#fff"/>'),
    "paint inside": drawing('<path fill="url(#a)"/><path fill="url( \'#a\')"/>'),
    "use inside": drawing('<use xlink:href="#a"/><use href="#a"/>'),
    "UTF-16": drawing().decode().encode("utf-16"),
    "commas": drawing(attributes='viewBox="-1,-2,30.4,20"'),
    "declared": b'<?xml version="1.0" encoding="UTF-8"?>' + drawing("<title>团花</title>"),
}


@pytest.mark.parametrize("raw", GOOD.values(), ids=GOOD)
def test_a_plain_drawing_is_measured(tmp_path: Path, raw: bytes) -> None:
    media, problems = read(tmp_path, "a.svg", raw)
    assert problems == []
    assert media is not None and (media.width, media.height) == (30, 20)


BAD = {
    "script": drawing("<script>alert(1)</script>"),
    "named script": drawing('<x:script xmlns:x="http://www.w3.org/2000/svg">1</x:script>'),
    "handler": drawing(attributes=BOX + ' onload="alert(1)"'),
    "Handler": drawing('<path OnClick="alert(1)"/>'),
    "style element": drawing("<style>*{fill:url(//evil.example)}</style>"),
    "style attribute": drawing('<path style="fill:red"/>'),
    "foreign": drawing("<foreignObject/>"),
    "link": drawing('<a href="#x"/>'),
    "image": drawing('<image href="#x"/>'),
    "animation": drawing('<animate attributeName="href"/>'),
    "href": drawing('<use href="https://evil.example/a.svg#b"/>'),
    "xlink": drawing('<use xlink:href="//evil.example/a.svg#b"/>'),
    "data": drawing('<use href="data:image/svg+xml,x#b"/>'),
    "paint": drawing('<path fill="url(https://evil.example/a)"/>'),
    "second paint": drawing('<path fill="url(#a) url(https://evil.example/a)"/>'),
    "capital paint": drawing('<path fill="URL(https://evil.example/a)"/>'),
    "escaped paint": drawing(r'<path fill="u\72l(https://evil.example/a)"/>'),
    "image set": drawing("<path mask=\"image-set('https://evil.example/a' 1x)\"/>"),
    "doctype": b"<!DOCTYPE svg>" + drawing(),
    "entity": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + drawing("&a;"),
    "laughs": b'<!DOCTYPE svg [<!ENTITY a "xx"><!ENTITY b "&a;&a;">]>' + drawing("&b;"),
    "style sheet": b'<?xml-stylesheet href="https://evil.example/a.css"?>' + drawing(),
    "no size": drawing(attributes=""),
    "no number": drawing(attributes='viewBox="0 0 . 5"'),
    "endless": drawing(attributes=f'viewBox="0 0 {"9" * 400} 5"'),
    "flat": drawing(attributes='viewBox="0 0 30 0"'),
    "inside out": drawing(attributes='viewBox="0 0 -30 20"'),
    "other root": b'<g viewBox="0 0 9 9"/>',
    "unknown encoding": b'<?xml version="1.0" encoding="foo"?>' + drawing(),
    "GBK": b'<?xml version="1.0" encoding="gbk"?>' + drawing(),
    "large": drawing("<g/>" * 60_000),
    "open": drawing()[:-1],
    "empty": b"",
}


@pytest.mark.parametrize("raw", BAD.values(), ids=BAD)
def test_a_drawing_that_does_more_than_draw_is_refused(tmp_path: Path, raw: bytes) -> None:
    media, problems = read(tmp_path, "a.svg", raw)
    assert media is None
    assert problems


def test_deep_drawings_are_answered(tmp_path: Path) -> None:
    read(tmp_path, "a.svg", drawing("<g>" * 20_000 + "</g>" * 20_000))


def test_the_bitmap_beside_a_drawing_is_its_twin(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(picture())
    media, _ = read(tmp_path, "a.svg", drawing())
    assert media is not None and media.twin is not None
    assert (media.twin.path, media.twin.format) == ("a.png", "png")


@pytest.mark.parametrize("name", ["a" * 300 + ".png", "b/" * 3000 + "c.png", "a\0.png", "."])
def test_a_name_that_no_disk_takes_is_a_missing_file(tmp_path: Path, name: str) -> None:
    report = Report()
    assert read_media(tmp_path, name, PLACE, report) is None
    assert [each.rule for each in report.problems] == ["file-missing"]


def test_a_link_out_of_the_village_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(picture())
    root = tmp_path / "village"
    root.mkdir()
    (root / "a.png").symlink_to("../secret.png")
    (root / "b").symlink_to("..")
    report = Report()
    assert read_media(root, "a.png", PLACE, report) is None
    assert read_media(root, "b/secret.png", PLACE, report) is None
    assert [each.rule for each in report.problems] == ["file-outside"] * 2


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG with further chunks behind its head."""
    raw = picture("PNG")
    more = b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
    return raw[:33] + more + raw[33:]


TEXT = b"Comment\0\0" + zlib.compress(b"x" * 30_000_000)
ANIMATED = [
    Image.new("RGB", (2, 2), (n * 97 % 256, n * 53 % 256, n * 31 % 256)) for n in range(400)
]


def animation(form: str) -> bytes:
    out = io.BytesIO()
    ANIMATED[0].save(out, form, save_all=True, append_images=ANIMATED[1:])
    return out.getvalue()


HEAVY = {
    "text": (png((b"zTXt", TEXT)), "the text inside it is too large"),
    "many texts": (png(*[(b"tEXt", b"a\0b")] * 100_000), "it holds too many pieces"),
    "segments": (b"\xff\xd8" + b"\xff\xe1\0\2" * 5_000_000, "it holds too many pieces"),
    "APNG": (animation("PNG"), "the animation has too many frames"),
    "WebP": (animation("WEBP"), "the animation has too many frames"),
}


@pytest.mark.parametrize(("raw", "why"), HEAVY.values(), ids=HEAVY)
def test_a_picture_that_costs_too_much_is_refused(tmp_path: Path, raw: bytes, why: str) -> None:
    begun = time.monotonic()
    _, problems = read(tmp_path, "a.png", raw)
    assert time.monotonic() - begun < 5
    assert len(problems) == 1 and why in problems[0]


def test_a_short_animation_is_a_picture(tmp_path: Path) -> None:
    out = io.BytesIO()
    ANIMATED[0].save(out, "WEBP", save_all=True, append_images=ANIMATED[1:20])
    assert read(tmp_path, "a.webp", out.getvalue())[0] is not None
