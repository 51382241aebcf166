"""A lock that one process holds at a time. The system releases it when the process ends, however it ends."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

_PAUSE = 0.05
"""Seconds between two attempts."""

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        """Lock a file. Raises OSError if another process holds the lock."""
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _give(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        """Lock a file. Raises OSError if another process holds the lock."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)


class FolderLock:
    """A lock on the file `file`, which is created and stays. Each object is one holder, in the same process too."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._handle = -1

    def acquire(self, patience: float) -> bool:
        """Take the lock. Returns False if another holder has not released it after `patience` seconds."""
        how = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(self._file, how, 0o600)
        deadline = time.monotonic() + patience
        while True:
            try:
                _take(handle)
            except (BlockingIOError, PermissionError):  # Windows reports the latter.
                if time.monotonic() >= deadline:
                    os.close(handle)
                    return False
                time.sleep(_PAUSE)
            except OSError:
                os.close(handle)
                raise
            else:
                self._handle = handle
                return True

    def release(self) -> None:
        """Release the lock."""
        handle, self._handle = self._handle, -1
        _give(handle)
        os.close(handle)
