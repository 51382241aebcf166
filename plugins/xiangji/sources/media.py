"""Pictures beside the records: found, measured, refused where they are not safe to show."""

from __future__ import annotations

import hashlib
import re
import warnings
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from xiangji.frozen import dataclass
from xiangji.problems import Report
from xiangji.records.location import Location

LARGEST = 40_000_000
"""Bytes; a phone's largest photo is about a quarter of it."""
_LARGEST_SVG = 200_000

_HEIC = re.compile(rb"....ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL)
"""How a picture begins that an iPhone keeps for itself."""


class Why(NamedTuple):
    """Why a picture cannot be used, in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Media:
    """A picture file: where it is, what it is, how large it shows.

    `digest` is the SHA-256 of its bytes; `twin` is a bitmap of the same name beside a drawing, for
    places that cannot show SVG (WeChat's share cards).
    """

    path: str
    file: Path
    format: str
    width: int
    height: int
    digest: str
    twin: Media | None = None

    @property
    def is_drawing(self) -> bool:
        return self.format == "svg"

    def read(self) -> bytes:
        """The bytes of the file."""
        return self.file.read_bytes()


def read_media(root: Path, path: str, place: Location, report: Report) -> Media | None:
    """The picture at `path` (POSIX, relative to `root`), or None after reporting at `place`."""
    file = root / path
    if not _is_file(file):
        near = _near(file)
        report.add("file-missing", place, value=path.rsplit("/", 1)[-1], near=near)
        return None
    media = _measure(root, path, place, report)
    if media is None or not media.is_drawing:
        return media
    for ending in (".png", ".jpg"):
        beside = path.removesuffix(".svg") + ending
        if (root / beside).is_file():
            twin = _measure(root, beside, place, report)
            return Media(*_parts(media), twin=twin) if twin else media
    return media


def find_file(root: Path, path: str, place: Location, report: Report) -> bool:
    """Whether there is a file at `path` inside the village; reported at `place` if not."""
    file = root / path
    if not _is_file(file):
        report.add("file-missing", place, value=path.rsplit("/", 1)[-1], near=_near(file))
        return False
    if not file.resolve().is_relative_to(root.resolve()):
        report.add("file-outside", place, value=path)
        return False
    return True


def _parts(media: Media) -> tuple[str, Path, str, int, int, str]:
    return (media.path, media.file, media.format, media.width, media.height, media.digest)


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except OSError:  # A name too long for this disk.
        return False


def _near(file: Path) -> str:
    try:
        names = sorted(each.name for each in file.parent.iterdir() if each.is_file())
    except (OSError, ValueError):
        names = []
    close = get_close_matches(file.name, names, n=3, cutoff=0.4) or names[:3]
    return "、".join(close) or "—"


def _measure(root: Path, path: str, place: Location, report: Report) -> Media | None:
    def refuse(why: Why) -> Media | None:
        report.add("picture-unreadable", place, value=path, why=why.zh, why_en=why.en)
        return None

    file = root / path
    if not file.resolve().is_relative_to(root.resolve()):
        report.add("file-outside", place, value=path)
        return None
    if file.stat().st_size > LARGEST:
        return refuse(Why("超过 40 MB", "larger than 40 MB"))
    raw = file.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    if path.lower().endswith(".svg"):
        size = _svg_size(raw)
        if isinstance(size, Why):
            return refuse(size)
        return Media(path, file, "svg", *size, digest)
    if _HEIC.match(raw):
        report.add("picture-heic", place, value=path)
        return None
    bitmap = _bitmap_size(raw)
    if isinstance(bitmap, Why):
        return refuse(bitmap)
    return Media(path, file, bitmap[0], bitmap[1], bitmap[2], digest)


def _bitmap_size(raw: bytes) -> tuple[str, int, int] | Why:
    """Format, width and height as shown (orientation applied), or why it cannot be used."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(raw), formats=("JPEG", "PNG", "WEBP")) as picture:
                orientation = picture.getexif().get(0x0112, 1)
                width, height = picture.size
                picture.draft("RGB", (1, 1))
                ImageOps.exif_transpose(picture.resize((1, 1)))
                if orientation in (5, 6, 7, 8):
                    width, height = height, width
                return (picture.format or "").lower(), width, height
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Why("尺寸太大", "too many pixels")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        return Why("文件坏了，或者不是 JPEG、PNG、WebP", "damaged, or not JPEG, PNG or WebP")


_SVG_ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "defs",
        "use",
        "title",
        "desc",
        "clipPath",
        "mask",
        "symbol",
        "text",
        "tspan",
    ]
)


# Paint may point inside the drawing and nowhere else. CSS folds case and undoes backslashes.
_OUTWARD = re.compile(r"\\|(?:image|image-set|src)\s*\(|url\(\s*(?!['\"]?#|\s)", re.IGNORECASE)


class _Unsafe(Exception):
    """A drawing holds more than shapes; `why` says what."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.why = Why(zh, en)


def _svg_size(raw: bytes) -> tuple[int, int] | Why:
    """Width and height of a plain drawing, or why it is refused. Only shapes are let through: no
    script, style, link, embedded picture, entity or event attribute."""
    if len(raw) > _LARGEST_SVG:
        return Why("SVG 超过 200 KB", "SVG larger than 200 KB")
    found: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rsplit(":", 1)[-1] not in _SVG_ELEMENTS:
            raise _Unsafe(f"SVG 里有 <{name}>", f"SVG holds <{name}>")
        for key, value in attributes.items():
            local = key.rsplit(":", 1)[-1].lower()
            outward = local == "href" and not value.startswith("#")
            if local.startswith("on") or local == "style" or outward or _OUTWARD.search(value):
                raise _Unsafe(f"SVG 里有 {key}", f"SVG holds {key}")
        if not found:
            if name.rsplit(":", 1)[-1] != "svg":
                raise _Unsafe("最外面不是 <svg>", "the outermost element is not <svg>")
            found.update(attributes or {"": ""})

    def doctype(*_: object) -> None:
        raise _Unsafe("SVG 里有 DOCTYPE", "SVG holds a DOCTYPE")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    parser.ProcessingInstructionHandler = doctype
    try:
        parser.Parse(raw, True)
    except _Unsafe as unsafe:
        return unsafe.why
    except (expat.ExpatError, LookupError, ValueError):  # The last two: an encoding unknown to us.
        return Why("SVG 写坏了", "SVG is not well-formed")
    numbers = re.split(r"[\s,]+", found.get("viewBox", "").strip())
    if len(numbers) == 4 and all(re.fullmatch(r"-?\d{0,6}(\.\d+)?", each) for each in numbers):
        width, height = (float(each or 0) for each in numbers[2:])
        if width >= 1 and height >= 1:
            return round(width), round(height)
    return Why("SVG 没有 viewBox", "SVG lacks a viewBox")


def drawing_flaw(raw: bytes) -> Why | None:
    """Why a drawing is refused, or None where it is safe to show."""
    size = _svg_size(raw)
    return size if isinstance(size, Why) else None
