"""Reads the mark `.xiangji/built.json` of a folder: the list of the files that a build wrote there.

By the mark a build recognises its own folder, and foreign files in it. Anybody can change the mark, so it is parsed
strictly: a mark that is too large, has another form, or names a file outside the folder is ignored. The mark contains
times, and nothing in `.xiangji` is ever published.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Mapping
from pathlib import Path

from msgspec import Struct

from xiangji.model.parsing.late_pattern import compiled, late_pattern
from xiangji.regular_file import read_regular

MARK = ".xiangji/built.json"
FORM = 1
"""The version of the file format. A mark with another version is not read."""

KINDS = ("site", "stage")

_LARGEST = 256_000_000
"""The size limit in bytes, for about two million files. Reading takes a few times as much memory."""

_HEAD = '{{"xiangji": "built", "form": {form}, "kind": "{kind}", "files": {{'
_TAIL = ["}}", ""]
_ROWS = late_pattern(r'^"([^"\\\x00-\x1f]+)": "(\d{1,15} \d{1,20} [0-9a-f]{32})",?$', re.M)
_SIGNS = late_pattern(r"[\"\\\x00-\x1f]")
"""Characters that paths in a mark must not contain."""


class BuildMark(Struct, frozen=True):
    """The mark of a folder. `kind` is `site` or `stage`.

    `files` maps each path to a text of three words: size in bytes, modification time in nanoseconds, and the first half
    of the SHA-256 in hexadecimal.
    """

    kind: str
    files: Mapping[str, str]


def head_of(kind: str) -> str:
    """The first line of a mark."""
    return _HEAD.format(form=FORM, kind=kind)


def are_markable(paths: Collection[str]) -> bool:
    """Whether a mark can contain all these paths. A file that it cannot contain would count as foreign."""
    text = "/\n/".join(paths)
    # The newline between two paths is such a character itself.
    signs = sum(1 for _ in _SIGNS.finditer(text))
    return signs == max(0, len(paths) - 1) and (not paths or _stay(f"/{text}/"))


def kind_of(folder: Path) -> str | None:
    """The kind in the first line of a folder's mark. None without a mark. The rest is not read."""
    place = _file_of(folder)
    if place is None:
        return None
    try:
        with place.open("rb") as opened:
            head = opened.readline(200).decode("utf-8", "replace").rstrip("\n")
    except OSError:
        return None
    return next((kind for kind in KINDS if head == head_of(kind)), None)


def read_mark(folder: Path) -> BuildMark | None:
    """The mark of a folder. None if there is no valid mark."""
    place = _file_of(folder)
    if place is None:
        return None
    try:
        text = read_regular(place, _LARGEST).decode("utf-8", "surrogateescape")
    except OSError:
        return None
    return _read(text)


def _file_of(folder: Path) -> Path | None:
    """The path of the mark. None if there is none, or if it or its folder is a symbolic link."""
    place = folder / MARK
    try:
        holder, file = os.lstat(place.parent), os.lstat(place)
    except (OSError, ValueError):
        return None
    return place if stat.S_ISDIR(holder.st_mode) and stat.S_ISREG(file.st_mode) else None


def _read(text: str) -> BuildMark | None:
    lines = text.split("\n")
    head, rows, tail = lines[0], lines[1:-2], lines[-2:]
    kind = next((each for each in KINDS if head == head_of(each)), None)
    if kind is None or tail != _TAIL:
        return None
    # All rows are parsed at once, because there may be hundred thousands.
    files = dict(_ROWS.findall("\n".join(rows)))
    whole = len(files) == len(rows) and not (rows and rows[-1].endswith(","))
    safe = not files or _stay("/" + "/\n/".join(files) + "/")
    return BuildMark(kind, files) if whole and safe else None


def _stay(paths: str) -> bool:
    """Whether paths stay inside a folder: no empty part, no `.` or `..`, no drive, and nothing in `.xiangji`.

    `paths` has one path per line, each between slashes.
    """
    leave = any(each in paths for each in ("//", "/./", "/../"))
    first = f"\n{paths}"
    return not (leave or "\n/.xiangji/" in first.lower() or compiled(r"\n/[A-Za-z]:").search(first))
