"""The bytes of a regular file, within a limit: nothing in a village can make a reader wait or fill the memory.

A pipe never ends, a device has no size, a file may be larger than any memory. So each is looked at when it is
open, which no change between looking and opening can deceive. With as few questions to the system as there can be: a
village has ten thousand files.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""Opening a pipe waits for somebody who writes to it, unless told not to."""

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_PIECE = 1 << 20


class NotRegular(OSError):
    """A folder, a pipe, a socket or a device stands where a file was looked for."""


class TooLarge(OSError):
    """A file has more bytes than it may. `size` is in bytes, as far as it was counted."""

    def __init__(self, size: int, largest: int) -> None:
        super().__init__(0, f"more than {largest} bytes")
        self.size, self.largest = size, largest


def real_path(path: str | os.PathLike[str]) -> Path:
    """Where a path leads, through all links; what is missing at its end is kept as written.

    Raises `OSError` where links lead round in a ring. `Path.resolve` tells that by `RuntimeError` up to Python 3.12, and
    from 3.13 on not at all.
    """
    try:
        real = Path(path).resolve()
        real.stat()
    except RuntimeError as error:
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), os.fspath(path)) from error
    except OSError as error:
        if error.errno == errno.ELOOP or getattr(error, "winerror", 0) == _RING:
            raise
        return Path(path).resolve()
    return real


_RING = 1921
"""ERROR_CANT_RESOLVE_FILENAME of Windows: links in a ring."""


def can_be_named(file: str | os.PathLike[str]) -> bool:
    """Whether this system can have a file or folder of that name: none that is too long, or has a NUL in it."""
    try:
        os.lstat(file)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return True
    except (OSError, ValueError):
        return False
    return True


def read_regular(file: str | os.PathLike[str], largest: int, follow: bool = True) -> bytes:
    """All bytes of a regular file of at most `largest` bytes; a link is followed only with `follow`. Raises
    OSError: `NotRegular`, `TooLarge` before anything is read, or the system's own."""
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
    """What is in an open file that was just seen to have `size` bytes, whatever it has by now."""
    found = os.read(handle, size + 1)
    if len(found) == size:
        return found
    pieces = [found]
    total = len(found)
    while piece := os.read(handle, _PIECE):
        total += len(piece)
        if total > largest:
            raise TooLarge(total, largest)
        pieces.append(piece)
    return b"".join(pieces)
