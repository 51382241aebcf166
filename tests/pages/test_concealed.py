"""What documents beside the pages carry unseen."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from openpyxl.comments import Comment
from PIL import Image

from xiangji.readers.media.concealed import Concealed, concealed


def photo(located: bool) -> bytes:
    exif = Image.Exif()
    exif[0x0110] = "phone"
    if located:
        exif.get_ifd(0x8825).update({1: "N", 2: (26.0, 50.0, 12.0)})
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def pdf(content: bytes = b"", author: bytes = b"") -> bytes:
    info = b"1 0 obj<</Author" + author + b">>endobj" if author else b""
    return b"%PDF-1.4\n" + info + b"stream\n" + content + b"\nendstream\n%%EOF"


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (pdf(), Concealed()),
        (pdf(photo(False)), Concealed()),
        (pdf(photo(False) + photo(True)), Concealed(located=True)),
        (pdf(b"<x:xmpmeta><exif:GPSLatitude>26"), Concealed(located=True)),
        (pdf(author=b"(Wang Wu)"), Concealed(author="Wang Wu")),
        (pdf(author=b"<FEFF738B4E94>"), Concealed(author="王五")),
        (pdf(author=b"()"), Concealed()),
        (b"PK\x03\x04", Concealed()),
        (b"", Concealed()),
    ],
)
def test_what_a_pdf_carries(raw: bytes, found: Concealed) -> None:
    assert concealed(raw) == found


def test_what_a_workbook_carries() -> None:
    book = openpyxl.Workbook()
    out = BytesIO()
    book.save(out)
    assert concealed(out.getvalue()) == Concealed()
    book.active["A1"].comment = Comment("其实停了", "甲")
    book.create_sheet("工资").sheet_state = "veryHidden"
    book.properties.creator = "王五"
    out = BytesIO()
    book.save(out)
    assert concealed(out.getvalue()) == Concealed(sheets=True, notes=True, author="王五")
