"""Writes outputs as files below a folder, and returns their sizes, times and digests."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xiangji.render.outputs import Artifact, Page

_WRITE = os.O_WRONLY | getattr(os, "O_BINARY", 0)
_NEW = _WRITE | os.O_CREAT | os.O_EXCL
_INTO = _WRITE | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


Listing = dict[str, str]
"""Path in the site → size in bytes and modification time in nanoseconds, as two numbers in one string."""


Written = dict[str, str]
"""The same, with the content's digest as a third word: SHA-256, the first 32 hexadecimal digits."""


def stamp(found: os.stat_result) -> str:
    """Return size in bytes and modification time in nanoseconds, as two numbers in one string."""
    return f"{found.st_size} {found.st_mtime_ns}"


def write_outputs(outputs: Iterable[Page | Artifact], folder: Path) -> Written:
    """Write the outputs below `folder`. Returns size, time and digest of each file."""
    written: Written = {}
    there: set[str] = set()
    for output in outputs:
        content = output.content
        # Strings and system calls, no Path objects: a batch has four files, and Path objects cost
        # as much as writing.
        target = f"{folder}/{output.file}"
        parent = target.rpartition("/")[0]
        if parent not in there:
            make_folder(parent)
            there.add(parent)
        write_bytes(target, content)
        # After closing, because some systems set the final modification time only then.
        seen = stamp(os.stat(target))  # noqa: PTH116 (as above)
        written[output.file] = f"{seen} {hashlib.sha256(content).hexdigest()[:32]}"
    return written


def write_bytes(target: str, content: bytes) -> None:
    """Write a file into an existing folder.

    An existing file of that name is overwritten in place if it has no other hard link. With another hard link it may
    share its content with the previous site, so it is removed first and a new file is made.
    """
    handle, size = _opened(target)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        # Truncate last: some file systems flush a file that was truncated to zero to the disk as
        # soon as it is closed.
        if size > len(content):
            os.ftruncate(handle, len(content))
    finally:
        os.close(handle)


def _opened(target: str) -> tuple[int, int]:
    """Return the file descriptor of the file to write, and the file's present size in bytes."""
    try:
        return os.open(target, _NEW, 0o666), 0
    except FileExistsError:
        found = _alone(target)
    if found is None:
        Path(target).unlink()
        return os.open(target, _NEW, 0o666), 0
    return found


def _alone(target: str) -> tuple[int, int] | None:
    """Open an existing file for overwriting and return its descriptor and size; None if it must not be overwritten."""
    try:
        handle = os.open(target, _INTO)
    except OSError:  # A symbolic link, or a file without write permission.
        return None
    found = os.fstat(handle)
    if stat.S_ISREG(found.st_mode) and found.st_nlink == 1:
        return handle, found.st_size
    os.close(handle)
    return None


def make_folder(folder: str) -> None:
    """Create a folder and its parents, unless it exists."""
    try:
        os.mkdir(folder)  # noqa: PTH102 (a Path for each batch is slow, see above)
    except FileExistsError:
        return
    except FileNotFoundError:
        Path(folder).mkdir(parents=True, exist_ok=True)
