"""Reads regular files within a size limit, so that no file in a village can block a reader or fill the memory.

A pipe never ends, a device has no size, and a file may be larger than memory. Each file is checked after it is
opened, so that replacing it between check and opening has no effect. There are as few system calls as possible,
because a village has ten thousand files.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""Without O_NONBLOCK, opening a pipe waits for a writer."""

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_PIECE_SIZE = 1 << 20


class NotRegular(OSError):
    """The path is a folder, a pipe, a socket or a device, and not a regular file."""


class TooLarge(OSError):
    """A file is larger than allowed. `size` is its size in bytes, as far as it was counted."""

    def __init__(self, size: int, largest: int) -> None:
        super().__init__(0, f"more than {largest} bytes")
        self.size, self.largest = size, largest


def real_path(path: str | os.PathLike[str]) -> Path:
    """The target of a path with all links resolved. A missing end of the path is kept as written.

    Raises `OSError` if links form a cycle. `Path.resolve` raises `RuntimeError` for that up to Python 3.12, and
    nothing from 3.13 on.
    """
    try:
        real = Path(path).resolve()
        real.stat()
    except RuntimeError as error:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), os.fspath(path)) from error
    except OSError as error:
        if error.errno == errno.ELOOP or getattr(error, "winerror", 0) == _LINK_CYCLE:
            raise
        return Path(path).resolve()
    return real


_LINK_CYCLE = 1921
"""Windows error ERROR_CANT_RESOLVE_FILENAME: links form a cycle."""


def can_be_named(file: str | os.PathLike[str]) -> bool:
    """Whether this system accepts a file or folder name: it is not too long, and contains no NUL."""
    try:
        os.lstat(file)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return True
    except (OSError, ValueError):
        return False
    return True


def read_regular(file: str | os.PathLike[str], largest: int, follow: bool = True) -> bytes:
    """All bytes of a regular file of at most `largest` bytes. Links are followed only with `follow`.

    Raises OSError: `NotRegular`, or `TooLarge` before anything is read, or the system's own error.
    """
    handle = os.open(file, _READ if follow else _READ | _NO_LINK)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise NotRegular(0, "not a regular file")
        if found.st_size > largest:
            raise TooLarge(found.st_size, largest)
        return _all_of(handle, found.st_size, largest)
    finally:
        os.close(handle)


def _all_of(handle: int, size: int, largest: int) -> bytes:
    """The content of an open file that had `size` bytes a moment ago, even if its size has changed since."""
    found = os.read(handle, size + 1)
    if len(found) == size:
        return found
    pieces = [found]
    total = len(found)
    while piece := os.read(handle, _PIECE_SIZE):
        total += len(piece)
        if total > largest:
            raise TooLarge(total, largest)
        pieces.append(piece)
    return b"".join(pieces)
