"""Finds hidden data in documents (PDF, .xlsx): author, GPS position of photos, hidden sheets, notes on cells.

Pictures are encoded again without such data. Documents cannot be changed, so the data is reported to the village.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from xiangji.model.parsing.late_pattern import late_pattern

if TYPE_CHECKING:
    import zipfile

DOCUMENTS = frozenset({".pdf", ".xlsx"})

_LARGEST_PART = 20_000_000
_MOST_PHOTOS = 200
_EXIF = b"Exif\0\0"
_GPS = 0x8825
_PROGRAMS = frozenset(
    {"", "openpyxl", "wps", "wps office", "user", "administrator", "microsoft office user"}
)
_AUTHOR = late_pattern(rb"/Author\s*(?:\(((?:[^()\\]|\\.){1,200})\)|<([0-9A-Fa-f\s]{4,800})>)")
_WRITERS = late_pattern(rb"<(?:dc:creator|cp:lastModifiedBy)>([^<]{1,200})<")
_HIDDEN = late_pattern(rb"<sheet\s[^>]*state=\"(?:hidden|veryHidden)\"")


class Concealed(Struct, frozen=True):
    """The hidden data in a document."""

    located: bool = False
    """Whether a photo in it has a GPS position."""
    sheets: bool = False
    """Whether it has hidden sheets."""
    notes: bool = False
    """Whether it has notes on cells."""
    author: str = ""

    @property
    def told(self) -> tuple[str, str]:
        """The hidden data that should be reported before publication (zh, en). Empty if there is none.

        The author is not part of it.
        """
        words = (
            (self.located, "照片的拍摄地点", "where a photo was taken"),
            (self.sheets, "藏起来的工作表", "hidden sheets"),
            (self.notes, "批注", "notes"),
        )
        found = [(zh, en) for there, zh, en in words if there]
        return "、".join(zh for zh, _ in found), ", ".join(en for _, en in found)


def concealed(raw: bytes) -> Concealed:
    """Find the hidden data in a PDF or .xlsx file. Other and damaged files give an empty result."""
    if raw.startswith(b"PK"):
        import zipfile  # Imported late, because few villages have documents.

        try:
            with zipfile.ZipFile(BytesIO(raw)) as book:
                return _in_workbook(book)
        except (
            zipfile.BadZipFile,
            OSError,
            NotImplementedError,
            RuntimeError,
            EOFError,
            ValueError,
        ):
            return Concealed()
    if raw.startswith(b"%PDF"):
        author = _AUTHOR.search(raw)
        return Concealed(located=_located(raw), author=_written(author) if author else "")
    return Concealed()


def _in_workbook(book: zipfile.ZipFile) -> Concealed:
    names = book.namelist()
    writers = [
        each.decode("utf-8", "replace").strip()
        for each in _WRITERS.findall(_part(book, "docProps/core.xml"))
    ]
    people = [each for each in writers if each.lower() not in _PROGRAMS]
    photos = [name for name in names if "/media/" in name][:_MOST_PHOTOS]
    return Concealed(
        located=any(_located(_part(book, name)) for name in photos),
        sheets=_HIDDEN.search(_part(book, "xl/workbook.xml")) is not None,
        notes=any(re.search(r"/(?:threadedC|c)omments?[^/]*/?[^/]*\.xml$", name) for name in names),
        author=next(iter(people), ""),
    )


def _part(book: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a part of an archive. Empty if it is missing or larger than `_LARGEST_PART`."""
    try:
        if book.getinfo(name).file_size > _LARGEST_PART:
            return b""
    except KeyError:
        return b""
    with book.open(name) as part:
        return part.read(_LARGEST_PART)


def _located(raw: bytes) -> bool:
    """Whether a photo in these bytes has a GPS position in EXIF or XMP."""
    at = raw.find(_EXIF)
    for _ in range(_MOST_PHOTOS):
        if at < 0:
            break
        if _has_place(raw[at : at + 65_536]):
            return True
        at = raw.find(_EXIF, at + 1)
    return b"exif:GPSLatitude" in raw


def _has_place(exif: bytes) -> bool:
    from PIL import Image

    found = Image.Exif()
    try:
        found.load(exif)
        return bool(found.get_ifd(_GPS))
    except Exception:  # Damaged EXIF data gives no readable position.
        return False


def _written(author: re.Match[bytes]) -> str:
    """Decode an author's name from a PDF: bytes or hexadecimal digits, in UTF-8 or UTF-16."""
    plain, digits = author.groups()
    if plain is None:
        digits = re.sub(rb"\s", b"", digits)
        plain = bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
    text = (
        plain.decode("utf-16", "replace")
        if plain[:2] in (b"\xfe\xff", b"\xff\xfe")
        else plain.decode("utf-8", "replace")
    )
    return "".join(c for c in text if c.isprintable()).strip()
