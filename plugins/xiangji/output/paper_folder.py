"""Writes printable files into a folder, and records their digests in `.xiangji/written.json` there.

The folder may hold a user's own file under one of our names, or a user may have changed a file that we wrote. So an
existing file is replaced only if the record has the digest of its content; otherwise nothing at all is written. Anybody
who can write to the folder can change the record. It is therefore validated like any input, and only its entries for
files that the command is about to write are used.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.output.single_file import look_at, put_below, way_clear
from xiangji.publish.published import is_safe
from xiangji.regular_file import read_regular

RECORD = ".xiangji/written.json"
FORM = 1

_DIGEST = late_pattern(r"[0-9a-f]{64}")
_LARGEST_RECORD = 64_000_000
_LARGEST = 2_000_000_000

Digests = dict[str, tuple[str, ...]]
"""File name → digests of the contents that we may have left there: old and new while a file is being replaced."""


class ForeignPaper(Exception):
    """The folder holds files that we did not write, or that were changed since. `names` are all of these files."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


class PaperFolder(Struct, frozen=True):
    """A folder for printable files: `base` joined with `below`. No symbolic link is followed below `base`."""

    base: Path
    below: str = ""

    @property
    def shown(self) -> Path:
        """The folder's path, as messages show it."""
        return self.base / self.below if self.below else self.base

    def path(self, name: str) -> str:
        """The path of a file relative to `base`."""
        return f"{self.below}/{name}" if self.below else name


def place_files(place: PaperFolder, files: Mapping[str, bytes]) -> None:
    """Write the files, each as a whole.

    Raises `ForeignPaper` and `FileNotWritten` before anything is written, and `OSError`.
    """
    known = may_place(place, files)
    left = {name: each for name, each in known.items() if look_at(place.shown / name)}
    new = {name: _digest(content) for name, content in files.items()}
    both = {
        name: tuple({**dict.fromkeys(left.get(name, ())), each: None}) for name, each in new.items()
    }
    # The record is written first, so that a killed command leaves no file that the record does not
    # know.
    _remember(place, left | both)
    for name, content in files.items():
        put_below(place.base, place.path(name), content)
    _remember(place, left | {name: (each,) for name, each in new.items()})


def may_place(place: PaperFolder, files: Mapping[str, bytes]) -> Digests:
    """Check that the files may be written, and return the folder's record.

    Raises `ForeignPaper` and `FileNotWritten`.
    """
    for name in (*files, RECORD):
        way_clear(place.base, place.path(name))
    known = _record(place)
    there = {name: place.shown / name for name in files if look_at(place.shown / name)}
    found = {
        name: _digest(read_regular(file, _LARGEST, follow=False)) for name, file in there.items()
    }
    allowed = {name: (*known.get(name, ()), _digest(files[name])) for name in found}
    theirs = [name for name, digest in found.items() if digest not in allowed[name]]
    if theirs:
        raise ForeignPaper(theirs)
    return known


def _record(place: PaperFolder) -> Digests:
    """Return the digests in the folder's record; an empty dict where the record is missing or invalid."""
    try:
        return read_written(read_regular(place.shown / RECORD, _LARGEST_RECORD, follow=False))
    except (OSError, ValueError):
        return {}


def read_written(raw: bytes) -> Digests:
    """Parse a record into digests by file name. Raises ValueError where it is damaged or has another format version."""
    try:
        told = json.loads(raw)
    except RecursionError as error:
        raise ValueError("no JSON") from error
    files = told.get("files") if isinstance(told, dict) else None
    if not isinstance(files, dict) or told.get("xiangji") != "written" or told.get("form") != FORM:
        raise ValueError("form")
    if not all(is_safe(name) and _are_digests(each) for name, each in files.items()):
        raise ValueError("entry")
    return {name: tuple(each) for name, each in files.items()}


def _are_digests(told: Any) -> bool:
    return isinstance(told, list) and all(
        isinstance(each, str) and _DIGEST.fullmatch(each) for each in told
    )


def _remember(place: PaperFolder, files: Digests) -> None:
    told = {"xiangji": "written", "form": FORM, "files": dict(sorted(files.items()))}
    content = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
    put_below(place.base, place.path(RECORD), content)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
