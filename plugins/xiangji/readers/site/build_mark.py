"""What a build wrote into a folder, as the folder itself remembers it: `.xiangji/built.json`.

By it a build knows a folder of ours, and in it what is somebody else's. Everybody can write there, so it is read as
strictly as any input: one that is too large, of another form, or names a file outside the folder is none. It is no
page: it holds times, and nothing that lies in `.xiangji` is ever published.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Mapping
from pathlib import Path

from msgspec import Struct

from xiangji.regular_file import read_regular

MARK = ".xiangji/built.json"
FORM = 1
"""The version of the form. One from the future is not guessed at."""

KINDS = ("site", "stage")

_LARGEST = 256_000_000
"""Bytes: two million files. A mark is read line by line and takes a few times its size."""

_HEAD = '{{"xiangji": "built", "form": {form}, "kind": "{kind}", "files": {{'
_TAIL = ["}}", ""]
_ROWS = re.compile(r'^"([^"\\\x00-\x1f]+)": "(\d{1,15} \d{1,20} [0-9a-f]{32})",?$', re.M)
_SIGNS = re.compile(r"[\"\\\x00-\x1f]")
"""Signs that the form does not hold."""


class BuildMark(Struct, frozen=True):
    """What a build wrote. `files` are by path: size in bytes, time of change in nanoseconds, and the first half of
    the SHA-256, as three words in a text."""

    kind: str
    files: Mapping[str, str]


def head_of(kind: str) -> str:
    """The first line of a mark."""
    return _HEAD.format(form=FORM, kind=kind)


def are_markable(paths: Collection[str]) -> bool:
    """Whether a mark can name all of these files. Any other is as if somebody else had put it there."""
    text = "/\n/".join(paths)
    # Between two of them stands one sign that none may have.
    signs = sum(1 for _ in _SIGNS.finditer(text))
    return signs == max(0, len(paths) - 1) and (not paths or _stay(f"/{text}/"))


def kind_of(folder: Path) -> str | None:
    """What kind of folder a mark says that this is, without looking at the rest of it; None without a mark."""
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
    """The mark of a folder; None where there is none that can be believed."""
    place = _file_of(folder)
    if place is None:
        return None
    try:
        text = read_regular(place, _LARGEST).decode("utf-8", "surrogateescape")
    except OSError:
        return None
    return _read(text)


def _file_of(folder: Path) -> Path | None:
    """The file of the mark, if no link leads there."""
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
    # Nothing is asked of each of them: there are hundred thousands.
    files = dict(_ROWS.findall("\n".join(rows)))
    whole = len(files) == len(rows) and not (rows and rows[-1].endswith(","))
    safe = not files or _stay("/" + "/\n/".join(files) + "/")
    return BuildMark(kind, files) if whole and safe else None


def _stay(paths: str) -> bool:
    """Whether paths, each between slashes, name pages below a folder: no empty part, `.` or `..`, no drive, and
    nothing where the mark lies."""
    leave = any(each in paths for each in ("//", "/./", "/../"))
    first = f"\n{paths}"
    return not (leave or "\n/.xiangji/" in first.lower() or re.search(r"\n/[A-Za-z]:", first))
