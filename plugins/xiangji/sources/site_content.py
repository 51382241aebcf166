"""What is in a file beside the hand-written pages, as it may be published: cleaned, or refused with a reason.

A picture is told by its bytes and made anew by the darkroom (`pages/pictures.py`); a PNG, a recording and
a text are cleaned here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from xiangji.problems import Report
from xiangji.records.location import Location
from xiangji.sources.audio import read_audio
from xiangji.sources.media import Media, read_media
from xiangji.sources.plain_html import first_active
from xiangji.sources.png_file import clean_png
from xiangji.sources.raw import NotRegular, TooLarge, read_raw
from xiangji.sources.site_kinds import Unfit, unfit
from xiangji.sources.why import Why

PICTURES = {".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".webp": "webp", ".svg": "svg"}
RECORDINGS = {".mp3": "mp3", ".m4a": "m4a", ".ogg": "ogg", ".oga": "ogg", ".wav": "wav"}
TEXTS = frozenset((".txt", ".csv", ".json", ".geojson", ".webmanifest", ".ics", ".vtt", ".xml"))
FONTS = {
    ".woff2": (b"wOF2",),
    ".woff": (b"wOFF",),
    ".ttf": (b"\0\1\0\0", b"true"),
    ".otf": (b"OTTO", b"\0\1\0\0"),
}
PLAIN = frozenset((*TEXTS, *FONTS, ".html", ".htm", ".pdf"))
"""Endings of files that are published byte for byte, or not at all."""

_LARGEST_TEXT = 5_000_000
_LARGEST_FONT = 10_000_000
_LARGEST_PDF = 20_000_000
LARGEST_PNG = 1_000_000
"""Bytes. A screenshot or a sign is smaller; a photo as PNG is not, and is worth nothing more than as JPEG."""
LARGEST_RAW = 50_000_000

_KEY = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY", re.IGNORECASE)
_XML = re.compile(
    rb"<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet|www\.w3\.org/(?:1999/xhtml|2000/svg|1999/XSL)|<(?:\w+:)?script",
    re.IGNORECASE,
)
_ACTS = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData|XFA)\b"
)
_TOLD = (
    (rb"/Author\b|<dc:creator\b", "写的人", "its author"),
    (rb"exif:GPS|GPSLatitude", "照片的地点", "places of photos"),
    (rb"Exif\0\0", "照片里相机记下的事", "what a camera noted in its photos"),
    (rb"/CreationDate\b|xmp:CreateDate", "做它的时间", "when it was made"),
)


def read_picture(root: Path, path: str, known: Media | None) -> Media | bytes | Unfit:
    """A picture: a PNG's clean bytes, a drawing's own, or a photo for the darkroom."""
    report = Report()
    media = known or read_media(root, path, Location(path), report)
    ending = Path(path).suffix.lower()
    if media is None:
        return unfit(_said(report))
    if media.format != PICTURES[ending]:
        format_ = media.format.upper()
        return unfit(
            Why(f"名字和内容对不上，里面其实是 {format_}", f"it holds {format_}, whatever its name")
        )
    if media.format in ("jpeg", "webp"):
        return media
    raw = _bytes(root / path, LARGEST_PNG)
    if isinstance(raw, Unfit) or media.format == "svg":
        return raw
    return clean_png(raw) or unfit(Why("文件坏了", "the file is damaged"))


def _said(report: Report) -> Why:
    """Why a file could not be used, of what was reported."""
    for each in report.problems:
        details = dict(each.details)
        if "why" in details:
            return Why(details["why"], details["why_en"])
        if each.rule == "picture-heic":
            return Why("是苹果手机的 HEIC 格式", "it is HEIC")
        if "limit" in details:
            return Why(f"超过 {details['limit']}", f"larger than {details['limit']}")
    return Why("读不了", "it cannot be read")


def read_recording(root: Path, path: str) -> bytes | Unfit:
    """The sound of a recording and nothing else that was in the file."""
    report = Report()
    audio = read_audio(root, path, Location(path), report)
    if audio is None:
        return unfit(_said(report))
    if audio.format != RECORDINGS[Path(path).suffix.lower()]:
        form = audio.format.upper()
        return unfit(
            Why(f"名字和内容对不上，里面其实是 {form}", f"it holds {form}, whatever its name")
        )
    return audio.read()


def read_plain(file: Path, ending: str) -> bytes | Unfit:
    """A file that is published byte for byte, since there is nothing in it that acts."""
    largest = {".pdf": _LARGEST_PDF, **dict.fromkeys(FONTS, _LARGEST_FONT)}.get(
        ending, _LARGEST_TEXT
    )
    raw = _bytes(file, largest)
    if isinstance(raw, Unfit):
        return raw
    if _KEY.search(raw):
        return unfit(Why("里面有一把私钥", "it holds a private key"))
    check = _CHECKS.get(ending) or (_font if ending in FONTS else _text)
    return check(raw, ending) or raw


def read_raw_file(file: Path) -> bytes | Unfit:
    """Whatever is in a file."""
    return _bytes(file, LARGEST_RAW)


def _bytes(file: Path, largest: int) -> bytes | Unfit:
    try:
        return read_raw(file, largest)
    except TooLarge:
        return unfit(Why(f"超过 {largest / 1e6:g} MB", f"larger than {largest / 1e6:g} MB"))
    except NotRegular:
        return unfit(Why("不是普通文件", "it is no regular file"))
    except OSError as error:
        return unfit(Why("读不了", error.strerror or "it cannot be read"))


def _text(raw: bytes, ending: str) -> Unfit | None:
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return unfit(Why("里面不是文字", "it holds no text"))
    return None


def _xml(raw: bytes, ending: str) -> Unfit | None:
    found = _XML.search(raw)
    if b"\0" in raw or raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return unfit(Why("不是 UTF-8 编码", "it is not UTF-8"))
    if found is None:
        return None
    what = found[0].decode("ascii", "replace")
    return _active(what, raw.count(b"\n", 0, found.start()) + 1)


def _html(raw: bytes, ending: str) -> Unfit | None:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return unfit(Why("不是 UTF-8 编码", "it is not UTF-8"))
    found = first_active(text)
    return _active(*found) if found else None


def _active(what: str, line: int) -> Unfit:
    return Unfit("site-file-html", (("what", what),), line)


def _font(raw: bytes, ending: str) -> Unfit | None:
    return None if raw.startswith(FONTS[ending]) else unfit(Why("不是字体", "it is no font"))


def _pdf(raw: bytes, ending: str) -> Unfit | None:
    if not raw.startswith(b"%PDF-"):
        return unfit(Why("不是 PDF", "it is no PDF"))
    found = _ACTS.search(raw)
    if found is None:
        return None
    what = found[0].decode("ascii")
    return unfit(
        Why(
            f"里面有会做事的东西，或者夹着别的文件：{what}",
            f"it acts, or holds other files: {what}",
        )
    )


_CHECKS: dict[str, Callable[[bytes, str], Unfit | None]] = {
    ".html": _html,
    ".htm": _html,
    ".xml": _xml,
    ".pdf": _pdf,
}


def told_by(raw: bytes) -> Why | None:
    """What a PDF tells of who made it, where that can be seen from outside."""
    found = [(zh, en) for pattern, zh, en in _TOLD if re.search(pattern, raw)]
    return (
        Why("、".join(zh for zh, _ in found), ", ".join(en for _, en in found)) if found else None
    )
