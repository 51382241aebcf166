"""What was published to a place, as that place remembers it: `.xiangji/published.json`.

It lies at the target, so that another computer goes on where the last one stopped. Every path in it
is public already, and nothing else is in it. Whoever can write to the place can write to it, so it is
read as strictly as any input: a path that would leave the place makes it damaged, and a damaged one is
never believed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

MEMORY = ".xiangji/published.json"
FORM = 1
"""The version of the form. One from the future is not guessed at."""

_DIGEST = re.compile(r"[0-9a-f]{64}")
_DRIVE = re.compile(r"[A-Za-z]:")


class DamagedMemory(ValueError):
    """The memory cannot be believed."""


class NewerMemory(ValueError):
    """It was written by a newer Xiangji."""


class PublishedFile(Struct, frozen=True):
    """A file at the target. `sha256` is empty while nobody knows whether the old or the new content
    is there: its upload had begun and was not seen to end. `size` is in bytes."""

    sha256: str
    size: int


class Published(Struct, frozen=True):
    """What stands at the target by us. `codes` are the files behind printed codes, as far as any
    register ever said so: paper stays out when a row of the register is lost."""

    site_url: str = ""
    site_name: str = ""
    files: Mapping[str, PublishedFile] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()

    def is_of(self, site_url: str, site_name: str) -> bool:
        """Whether it remembers this site. A site that had no address may get one."""
        if self.site_url:
            return self.site_url == site_url
        return self.site_name == site_name

    def as_bytes(self) -> bytes:
        """The same input gives the same bytes."""
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
    """The memory of a place; `DamagedMemory` or `NewerMemory` where it is of no use."""
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
    """Files by path, as they were told; `DamagedMemory` where one is none of the target."""
    if not isinstance(files, dict) or not all(map(is_safe, files)):
        raise DamagedMemory("path")
    return {path: _entry(each) for path, each in files.items()}


def is_safe(path: Any) -> bool:
    """Whether it names a file below the target, and not the memory itself."""
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
