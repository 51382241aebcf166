"""The files of a site with their sizes and times: what a ledger knows of it, and what is there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from xiangji.adapters.files import make_folder

Listing = dict[str, str]
"""By path in the site: size in bytes and time of change in nanoseconds, as two numbers in a text."""

_OTHER = "?"
"""What stands for an empty folder, a link and whatever else no build leaves."""


def listed(folder: Path) -> Listing:
    """Everything below a folder. Raises OSError where that cannot be seen."""
    found: Listing = {}
    _list(os.fspath(folder), "", found)
    return found


def _list(folder: str, below: str, found: Listing) -> None:
    empty = True
    with os.scandir(folder) as entries:
        for each in entries:
            empty = False
            if each.is_file(follow_symlinks=False):
                found[below + each.name] = _stamp(each.stat(follow_symlinks=False))
            elif each.is_dir(follow_symlinks=False):
                _list(each.path, f"{below}{each.name}/", found)
            else:
                found[below + each.name] = _OTHER
    if empty and below:
        found[below] = _OTHER


def stamps(folder: Path, files: Iterable[str]) -> Listing:
    """Sizes and times of some files below a folder."""
    # Strings and system calls: for four files a batch, objects would cost as much as looking does.
    return {file: _stamp(os.stat(f"{folder}/{file}")) for file in files}  # noqa: PTH116


def _stamp(found: os.stat_result) -> str:
    return f"{found.st_size} {found.st_mtime_ns}"


def link(source: Path, target: Path, wanted: Listing) -> Listing:
    """Hard links below `target` to those of the `wanted` files below `source` that are as told, and
    to nothing else; which those are. No more of them after the first that could not be linked."""
    found: Listing = {}
    there = ""
    with suppress(OSError):  # A disk without links.
        for file, stamp in wanted.items():
            if not _same(f"{source}/{file}", stamp):
                continue
            new = f"{target}/{file}"
            parent = new.rpartition("/")[0]
            if parent != there:
                make_folder(parent)
                there = parent
            _link(f"{source}/{file}", new)
            found[file] = stamp
    return found


def _link(old: str, new: str) -> None:
    try:
        os.link(old, new)
    except FileExistsError:
        os.unlink(new)  # noqa: PTH108
        os.link(old, new)


def _same(file: str, stamp: str) -> bool:
    try:
        seen = os.lstat(file)
    except OSError:
        return False
    return stat.S_ISREG(seen.st_mode) and _stamp(seen) == stamp


def prune(folder: Path, files: Iterable[str]) -> None:
    """Take away files below a folder, and the folders that are empty then."""
    parents = set()
    for file in files:
        os.unlink(f"{folder}/{file}")  # noqa: PTH108
        parents.add(file.rpartition("/")[0])
    # The deepest first; one that is not empty ends the way up.
    for parent in sorted(parents, key=len, reverse=True):
        left = parent
        with suppress(OSError):
            while left:
                os.rmdir(f"{folder}/{left}")  # noqa: PTH106
                left = left.rpartition("/")[0]


def text_of(listing: Listing) -> bytes:
    """A listing as text, in the order of its paths; one after another they make a listing again."""
    told = "".join(f"{path}\0{listing[path]}\0" for path in sorted(listing))
    return told.encode("utf-8", "surrogateescape")


def of_text(text: bytes) -> Listing:
    """The listing that a text tells."""
    parts = text.decode("utf-8", "surrogateescape").split("\0")
    return dict(zip(parts[:-1:2], parts[1::2], strict=True))
