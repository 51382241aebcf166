"""Finds and measures the pictures that records name, and refuses those that are not safe to publish."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from msgspec import Struct

from xiangji.model.location import Location
from xiangji.model.lookalike import same_look, what_differs
from xiangji.problems import Report
from xiangji.readers.media.bitmap import bitmap_size
from xiangji.readers.media.drawing import drawing_size
from xiangji.readers.media.heic import can_read_heic, is_heic
from xiangji.readers.media.reasons import NOT_REGULAR, Reason
from xiangji.readers.village_folder import shown
from xiangji.regular_file import NotRegular, TooLarge, read_regular, real_path

LARGEST = 40_000_000
"""The size limit in bytes. The largest photo of a phone has about a quarter of it."""


class Media(Struct, frozen=True):
    """A picture file. `width` and `height` are in pixels, as shown.

    `digest` is the SHA-256 of its bytes. `twin` is a bitmap with the same name beside a drawing, for places that cannot
    show SVG (WeChat's share cards).
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
        """Whether it is an SVG drawing."""
        return self.format == "svg"

    def read(self) -> bytes:
        """The bytes of the file."""
        return read_regular(self.file, LARGEST)


def read_media(root: Path, path: str, place: Location, report: Report) -> Media | None:
    """The picture at `path` (POSIX, relative to `root`), or None after reporting at `place` why it cannot be used."""
    if not _find(root, path, place, report):
        return None
    media = _measure(root, path, place, report)
    if media is None or not media.is_drawing:
        return media
    for ending in (".png", ".jpg"):
        beside = path.removesuffix(".svg") + ending
        if _exists(root / beside):
            twin = _measure(root, beside, place, report)
            return Media(*_parts(media), twin=twin) if twin else media
    return media


def find_file(root: Path, path: str, place: Location, report: Report) -> bool:
    """Whether there is a regular file at `path` inside the village. It is reported if not."""
    if not _find(root, path, place, report):
        return False
    if not (root / path).is_file():
        why = NOT_REGULAR
        report.add("file-unreadable", Location(path), why=why.zh, why_en=why.en)
        return False
    return True


def _find(root: Path, path: str, place: Location, report: Report) -> bool:
    """Whether there is something other than a folder at `path` inside the village. It is reported at `place` if not."""
    file = root / path
    if not _exists(file):
        name = path.rsplit("/", 1)[-1]
        report.add("file-missing", place, value=name, near=_near(file))
        return False
    if not _inside(root, file):
        report.add("file-outside", place, value=path)
        return False
    return True


def _parts(media: Media) -> tuple[str, Path, str, int, int, str]:
    return (media.path, media.file, media.format, media.width, media.height, media.digest)


def _exists(file: Path) -> bool:
    try:
        return file.exists() and not file.is_dir()
    except (OSError, ValueError):  # The name is too long for this disk, or a link leads to itself.
        return False


def _inside(root: Path, file: Path) -> bool:
    try:
        return real_path(file).is_relative_to(root.resolve())
    except OSError:
        return False


def _near(file: Path) -> str:
    from difflib import get_close_matches  # Imported late, because only mistakes need it.

    try:
        names = sorted(each.name for each in file.parent.iterdir() if each.is_file())
    except (OSError, ValueError):
        names = []
    close = get_close_matches(file.name, names, n=3, cutoff=0.4) or names[:3]
    return "、".join(_shown_beside(file.name, each) for each in close) or "—"


def _shown_beside(written: str, name: str) -> str:
    """The name of a file. If it looks like the written name, with the characters that differ."""
    plain = shown(name)
    return (
        f"{plain}（看上去一样，不一样的是 {what_differs(written, name)}）"
        if same_look(written, name)
        else plain
    )


def _measure(root: Path, path: str, place: Location, report: Report) -> Media | None:
    def refuse(why: Reason) -> Media | None:
        report.add("picture-unreadable", place, value=path, why=why.zh, why_en=why.en)
        return None

    file = root / path
    if not _inside(root, file):
        report.add("file-outside", place, value=path)
        return None
    try:
        raw = read_regular(file, LARGEST)
    except TooLarge:
        return refuse(Reason("超过 40 MB", "larger than 40 MB"))
    except NotRegular:
        return refuse(NOT_REGULAR)
    except OSError as error:
        return refuse(Reason("打不开", error.strerror or type(error).__name__))
    digest = hashlib.sha256(raw).hexdigest()
    if path.lower().endswith(".svg"):
        size = drawing_size(raw)
        if isinstance(size, Reason):
            return refuse(size)
        return Media(path, file, "svg", *size, digest)
    bitmap = bitmap_size(raw) if can_read_heic() or not is_heic(raw) else _NOT_READ
    if isinstance(bitmap, Reason):
        if not is_heic(raw):
            return refuse(bitmap)
        report.add("picture-heic", place, value=path)  # Nothing here reads it, or it is damaged.
        return None
    return Media(path, file, bitmap[0], bitmap[1], bitmap[2], digest)


_NOT_READ = Reason("", "")


def drawing_flaw(raw: bytes) -> Reason | None:
    """The reason why a drawing is refused, or None if it is safe to publish."""
    size = drawing_size(raw)
    return size if isinstance(size, Reason) else None


def media_path(record: Any, value: str) -> str:
    """The path, relative to the village, of a file that `record` names as `value`."""
    folder = record.origin.path.rpartition("/")[0]
    return f"{folder}/{value}" if folder else value
