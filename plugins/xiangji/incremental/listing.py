"""Listings: the files of a site with their sizes and times, for comparing a site with the manifest of its build."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from xiangji.output.files import Listing, make_folder, stamp
from xiangji.readers.site.build_mark import MARK

_NO_BUILD_FILE = "?"
"""The value for an empty folder, a link, and everything else that no build writes."""


def listed(folder: Path) -> Listing:
    """Everything below a folder except the build mark. Raises OSError if it cannot be read."""
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
                found[below + each.name] = _NO_BUILD_FILE
    if empty and below:
        found[below] = _NO_BUILD_FILE


def stamps(folder: Path, files: Iterable[str]) -> Listing:
    """Sizes and times of the given files below a folder."""
    return {file: stamp((folder / file).stat()) for file in files}


def link(source: Path, target: Path, wanted: Listing) -> Listing:
    """Hard-link those of the `wanted` files below `source` that have the listed size and time to `target`.

    Returns the files that were linked. After the first failed link it stops, since the file system then supports
    none.
    """
    found: Listing = {}
    there = ""
    with suppress(OSError):  # A file system without hard links.
        for file, told in wanted.items():
            if not _is_unchanged(f"{source}/{file}", told):
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


def _is_unchanged(file: str, told: str) -> bool:
    try:
        seen = os.lstat(file)
    except OSError:
        return False
    return stat.S_ISREG(seen.st_mode) and stamp(seen) == told


def prune(folder: Path, files: Iterable[str]) -> None:
    """Remove files below a folder, and the folders that become empty."""
    parents = set()
    for file in files:
        if not file.endswith("/"):  # An empty folder is removed with the others.
            os.unlink(f"{folder}/{file}")  # noqa: PTH108
        parents.add(file.rpartition("/")[0])
    # The deepest come first. A folder that is not empty ends the walk up.
    for parent in sorted(parents, key=len, reverse=True):
        left = parent
        with suppress(OSError):
            while left:
                os.rmdir(f"{folder}/{left}")  # noqa: PTH106
                left = left.rpartition("/")[0]


def text_of(listing: Listing) -> bytes:
    """A listing as text, sorted by path. The joined texts of several listings are the text of a listing again."""
    told = "".join(f"{path}\0{listing[path]}\0" for path in sorted(listing))
    return told.encode("utf-8", "surrogateescape")


def packed(listing: Listing) -> bytes:
    """A listing as compressed text, because there is one for each shard."""
    return zlib.compress(text_of(listing), 1)


def unpacked(text: bytes) -> bytes:
    """The text of a packed listing."""
    return zlib.decompress(text)


def without_digests(text: bytes) -> bytes:
    """The text of a listing without the digests of files, from a text with digests."""
    return text_of({path: told.rpartition(" ")[0] for path, told in of_text(text).items()})


def of_text(text: bytes) -> Listing:
    """The listing from its text. If a path is there twice, the later one counts."""
    parts = text.decode("utf-8", "surrogateescape").split("\0")
    return dict(zip(parts[:-1:2], parts[1::2], strict=True))
