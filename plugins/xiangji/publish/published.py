"""Reads and writes `.xiangji/published.json`, which records at the target what was published there.

The record lies at the target, so that another computer can continue. It holds nothing but paths, sizes and digests of
files that are public already, with the site's name and address. Anybody who can write to the target can change it, so
it is validated strictly: a path that leads outside the target makes it damaged, and a damaged record is never used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from xiangji.model.parsing.late_pattern import late_pattern

MEMORY = ".xiangji/published.json"
FORM = 1
"""The version of the file format. A newer version is rejected, not guessed at."""

_DIGEST = late_pattern(r"[0-9a-f]{64}")
_DRIVE = late_pattern(r"[A-Za-z]:")


class DamagedMemory(ValueError):
    """The record is damaged."""


class NewerMemory(ValueError):
    """The record was written by a newer version of Xiangji."""


class PublishedFile(Struct, frozen=True):
    """A file at the target. `size` is in bytes.

    `sha256` is empty while it is unknown whether the old or the new content is there: its upload started and was not
    seen to end.
    """

    sha256: str
    size: int


class Published(Struct, frozen=True):
    """What we have published at the target.

    `codes` are the files behind printed codes that any earlier register named. They are remembered, because the printed
    paper is still in use when a row of the register is lost.
    """

    site_url: str = ""
    site_name: str = ""
    files: Mapping[str, PublishedFile] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()

    def is_of(self, site_url: str, site_name: str) -> bool:
        """Whether the record belongs to this site. A site that had no address may have got one."""
        if self.site_url:
            return self.site_url == site_url
        return self.site_name == site_name

    def as_bytes(self) -> bytes:
        """Serialize the record. The same input gives the same bytes."""
        files = {
            path: {"sha256": each.sha256, "size": each.size}
            for path, each in sorted(self.files.items())
        }
        told = {
            "xiangji": "published",
            "form": FORM,
            "site_url": self.site_url,
            "site_name": self.site_name,
            "codes": sorted(self.codes),
            "files": files,
        }
        return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def read_published(raw: bytes) -> Published:
    """Parse a record. Raises `DamagedMemory` or `NewerMemory` if it cannot be used."""
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise DamagedMemory("no JSON") from error
    if not isinstance(told, dict) or told.get("xiangji") != "published":
        raise DamagedMemory("not ours")
    form = told.get("form")
    if isinstance(form, int) and form > FORM:
        raise NewerMemory(str(form))
    files, codes = told.get("files"), told.get("codes")
    names = told.get("site_url"), told.get("site_name")
    if form != FORM or not isinstance(files, dict) or not isinstance(codes, list):
        raise DamagedMemory("form")
    if not all(isinstance(each, str) for each in names):
        raise DamagedMemory("site")
    if not all(map(is_safe, codes)):
        raise DamagedMemory("path")
    return Published(str(names[0]), str(names[1]), entries_of(files), frozenset(codes))


def entries_of(files: Any) -> dict[str, PublishedFile]:
    """Return files by path. Raises `DamagedMemory` where a path is not one below the target."""
    if not isinstance(files, dict) or not all(map(is_safe, files)):
        raise DamagedMemory("path")
    return {path: _entry(each) for path, each in files.items()}


def is_safe(path: Any) -> bool:
    """Whether the value is a path of a file below the target, outside the folder `.xiangji/`."""
    if not isinstance(path, str) or "\\" in path or "\0" in path or _DRIVE.match(path):
        return False
    parts = path.split("/")
    return not {"", ".", ".."} & {*parts} and parts[0] != MEMORY.split("/")[0]


def _entry(told: Any) -> PublishedFile:
    digest, size = (told.get("sha256"), told.get("size")) if isinstance(told, dict) else (None, 0)
    known = isinstance(digest, str) and (not digest or _DIGEST.fullmatch(digest))
    if not known or type(size) is not int or size < 0:
        raise DamagedMemory("entry")
    return PublishedFile(str(digest), size)
