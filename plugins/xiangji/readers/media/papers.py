"""Reads the reports and certificates that records name as files: a picture or a PDF, published without hidden data."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from xiangji.model.location import Location
from xiangji.problems import Report
from xiangji.readers.media.pdf_file import plain_pdf
from xiangji.readers.media.pictures import find_file, media_path
from xiangji.readers.media.reasons import Reason
from xiangji.readers.text_file import read_bytes
from xiangji.records.batch import Batch
from xiangji.records.product import Product
from xiangji.regular_file import read_regular

LARGEST = 5_000_000
"""The limit in bytes. A scanned page has some hundred kilobytes."""

_PICTURES = ((b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"))

R = TypeVar("R")


class Paper(Struct, frozen=True):
    """A report or certificate as a file.

    `digest` is the SHA-256 of the file as it lies in the village; `ending` is `pdf`, `jpg` or `png`.
    """

    path: str
    file: Path
    digest: str
    ending: str

    @property
    def name(self) -> str:
        """The name under which it is published, which tells nothing of the name in the village."""
        return f"{self.digest[:16]}.{self.ending}"

    def read(self) -> bytes:
        """The bytes of the file: of a PDF without its hidden data, of a picture as it is."""
        raw = read_regular(self.file, LARGEST)
        plain = plain_pdf(raw) if self.ending == "pdf" else raw
        return b"" if isinstance(plain, Reason) else plain


class PaperReader:
    """Reads each file once, and writes into the records under which name it is published."""

    def __init__(self, root: Path, report: Report) -> None:
        self._root = root
        self._report = report
        self._found: dict[str, Paper | None] = {}

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The files that were read, in the order of their paths."""
        return tuple(each for _, each in sorted(self._found.items()) if each)

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all files that records name."""
        return frozenset(self._found)

    def products(self, products: Iterable[Product]) -> list[Product]:
        """The products, with the published names of the files of their certificates."""
        return [
            replace(each, certificates=self._all(each.certificates))
            if any(paper.file for paper in each.certificates)
            else each
            for each in products
        ]

    def batches(self, batches: Iterable[Batch]) -> list[Batch]:
        """The batches, with the published names of the files of their inspections."""
        return [
            replace(each, inspections=self._all(each.inspections))
            if any(check.file for check in each.inspections)
            else each
            for each in batches
        ]

    def _all(self, records: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(self._one(each) if each.file else each for each in records)

    def _one(self, record: Any) -> Any:
        path = media_path(record, record.file)
        if path not in self._found:
            self._found[path] = self._read(path, record.origin.of("file"))
        paper = self._found[path]
        return replace(record, paper=paper.name) if paper else record

    def _read(self, path: str, place: Location) -> Paper | None:
        if not find_file(self._root, path, place, self._report):
            return None
        raw = read_bytes(self._root / path, path, self._report, LARGEST)
        if raw is None:
            return None
        ending = next((ending for begin, ending in _PICTURES if raw.startswith(begin)), "")
        if raw.startswith(b"%PDF-"):
            ending = "pdf"
            plain = plain_pdf(raw)
            if isinstance(plain, Reason):
                said = {"value": path, "why": plain.zh, "why_en": plain.en}
                self._report.add("paper-hidden", place, **said)
                return None
        elif not ending:
            self._report.add("paper-kind", place, value=path)
            return None
        return Paper(path, self._root / path, hashlib.sha256(raw).hexdigest(), ending)
