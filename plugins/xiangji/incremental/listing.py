"""The files of a site with their sizes and times: what a ledger knows of it, and what is there."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from xiangji.output.files import Listing, make_folder, stamp
from xiangji.readers.site.build_mark import MARK

_OTHER = "?"
"""What stands for an empty folder, a link and whatever else no build leaves."""


def listed(folder: Path) -> Listing:
    """Everything below a folder but our mark in it. Raises OSError where that cannot be seen."""
    found: Listing = {}
    _list(os.fspath(folder), "", found)
    return found


def _list(folder: str, below: str, found: Listing) -> None:
    empty = True
    with os.scandir(folder) as entries:
        for each in entries:
            empty = False
            if each.is_file(follow_symlinks=False):
                if below + each.name != MARK:
                    found[below + each.name] = stamp(each.stat(follow_symlinks=False))
            elif each.is_dir(follow_symlinks=False):
                _list(each.path, f"{below}{each.name}/", found)
            else:
                found[below + each.name] = _OTHER
    if empty and below:
        found[below] = _OTHER


def stamps(folder: Path, files: Iterable[str]) -> Listing:
    """Sizes and times of some files below a folder."""
    return {file: stamp((folder / file).stat()) for file in files}


def link(source: Path, target: Path, wanted: Listing) -> Listing:
    """Hard links below `target` to those of the `wanted` files below `source` that are as told, and
    to nothing else; which those are. No more of them after the first that could not be linked."""
    found: Listing = {}
    there = ""
    with suppress(OSError):  # A disk without links.
        for file, told in wanted.items():
            if not _same(f"{source}/{file}", told):
                continue
            new = f"{target}/{file}"
            parent = new.rpartition("/")[0]
            if parent != there:
                make_folder(parent)
                there = parent
            _link(f"{source}/{file}", new)
            found[file] = told
    return found


def _link(old: str, new: str) -> None:
    try:
        os.link(old, new)
    except FileExistsError:
        os.unlink(new)  # noqa: PTH108
        os.link(old, new)


def _same(file: str, told: str) -> bool:
    try:
        seen = os.lstat(file)
    except OSError:
        return False
    return stat.S_ISREG(seen.st_mode) and stamp(seen) == told


def prune(folder: Path, files: Iterable[str]) -> None:
    """Take away files below a folder, and the folders that are empty then."""
    parents = set()
    for file in files:
        if not file.endswith("/"):  # An empty folder goes with those that become empty.
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


def packed(listing: Listing) -> bytes:
    """A listing as a text that takes little room: there are as many as shards."""
    return zlib.compress(text_of(listing), 1)


def unpacked(text: bytes) -> bytes:
    """The text of a listing that was packed."""
    return zlib.decompress(text)


def without_digests(text: bytes) -> bytes:
    """The text of a listing, of one in which each file has its digest too."""
    return text_of({path: told.rpartition(" ")[0] for path, told in of_text(text).items()})


def of_text(text: bytes) -> Listing:
    """The listing that a text tells."""
    parts = text.decode("utf-8", "surrogateescape").split("\0")
    return dict(zip(parts[:-1:2], parts[1::2], strict=True))
