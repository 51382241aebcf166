"""Outputs as files below a folder."""

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
"""By path in the site: size in bytes and time of change in nanoseconds, as two numbers in a text."""


Written = dict[str, str]
"""The same with the digest of the content, as a third word."""


def stamp(found: os.stat_result) -> str:
    """Size and time of change of a file."""
    return f"{found.st_size} {found.st_mtime_ns}"


def write_outputs(outputs: Iterable[Page | Artifact], folder: Path) -> Written:
    """Write outputs below `folder`. Returns what is there of them then."""
    written: Written = {}
    there: set[str] = set()
    for output in outputs:
        content = output.content
        # Strings and system calls: for four files a batch, objects would cost as much as writing does.
        target = f"{folder}/{output.file}"
        parent = target.rpartition("/")[0]
        if parent not in there:
            make_folder(parent)
            there.add(parent)
        write_bytes(target, content)
        # After it was closed: not before do all systems tell the time that it keeps.
        seen = stamp(os.stat(target))  # noqa: PTH116 (as above)
        written[output.file] = f"{seen} {hashlib.sha256(content).hexdigest()[:32]}"
    return written


def write_bytes(target: str, content: bytes) -> None:
    """Write a file in a folder that is there. One of that name is written into where it has no other name: else it
    may be one with a file of the last site, and is taken away first."""
    handle, size = _opened(target)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        # Not before: some file systems write a file that was emptied to the disk as soon as it is closed.
        if size > len(content):
            os.ftruncate(handle, len(content))
    finally:
        os.close(handle)


def _opened(target: str) -> tuple[int, int]:
    """A file to be written, and how many bytes are in it."""
    try:
        return os.open(target, _NEW, 0o666), 0
    except FileExistsError:
        found = _alone(target)
    if found is None:
        Path(target).unlink()
        return os.open(target, _NEW, 0o666), 0
    return found


def _alone(target: str) -> tuple[int, int] | None:
    """A file that may be written into, opened, and how many bytes are in it; none where it is not one of ours."""
    try:
        handle = os.open(target, _INTO)
    except OSError:  # A link, or one that somebody has closed to us.
        return None
    found = os.fstat(handle)
    if stat.S_ISREG(found.st_mode) and found.st_nlink == 1:
        return handle, found.st_size
    os.close(handle)
    return None


def make_folder(folder: str) -> None:
    """Make a folder and those that it lies in, unless it is there."""
    try:
        os.mkdir(folder)  # noqa: PTH102 (a Path for each batch, see above)
    except FileExistsError:
        return
    except FileNotFoundError:
        Path(folder).mkdir(parents=True, exist_ok=True)
