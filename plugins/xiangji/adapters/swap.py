"""A folder that is written beside the one it replaces, and takes its place whole.

Whatever happens before that, the folder that was there stays as it was: an error, a full disk, a power
cut. One build at a time writes to a place; what a killed one left behind goes with the next.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

PATIENCE = 60.0
"""Seconds to wait for another build that writes to the same place."""

_NEW, _OLD = "new", "old"
_AT_CWD = -100
_EXCHANGE = 2
"""`AT_FDCWD` and `RENAME_EXCHANGE` of Linux."""


class Busy(OSError):
    """Another build writes to the same place, and did not end in time."""


class fresh_folder:
    """A new folder beside `out` that takes its place when the block ends without an error."""

    def __init__(self, out: Path, patience: float | None = None) -> None:
        self._out = out.resolve()
        self._lock = FileLock(
            _lock_of(self._out), timeout=PATIENCE if patience is None else patience
        )

    def __enter__(self) -> Path:
        self._out.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise Busy(0, "busy") from error
        try:
            self._tidy()
            self._fresh = self._beside(_NEW)
        except BaseException:
            self._lock.release()
            raise
        return self._fresh

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        try:
            if kind is None:
                self._swap()
        finally:
            shutil.rmtree(self._fresh, ignore_errors=True)
            self._lock.release()

    def _beside(self, use: str) -> Path:
        """An empty folder on the same disk, so that renaming it is one step."""
        made = tempfile.mkdtemp(prefix=f".{self._out.name}.{use}.", dir=self._out.parent)
        Path(made).chmod(0o755)
        return Path(made)

    def _tidy(self) -> None:
        """Take away what killed builds left behind. Where one was killed between two renames, the
        site that it had put aside goes back first."""
        for old in sorted(self._out.parent.glob(f".{self._out.name}.{_OLD}.*")):
            if not self._out.exists() and (old / "site").is_dir():
                (old / "site").replace(self._out)
            shutil.rmtree(old, ignore_errors=True)
        for new in self._out.parent.glob(f".{self._out.name}.{_NEW}.*"):
            shutil.rmtree(new, ignore_errors=True)

    def _swap(self) -> None:
        if not self._out.exists():
            self._fresh.replace(self._out)
        elif not _exchanged(self._fresh, self._out):
            self._put_aside()
        # Where they were exchanged, the folder in our hands is the old one now.

    def _put_aside(self) -> None:
        """In two renames, where a system cannot do it in one."""
        old = self._beside(_OLD)
        self._out.replace(old / "site")
        try:
            self._fresh.replace(self._out)
        except OSError:
            with suppress(OSError):
                (old / "site").replace(self._out)
            raise
        finally:
            if self._out.exists():
                shutil.rmtree(old, ignore_errors=True)


def _lock_of(out: Path) -> str:
    """The file that says that somebody writes to `out`. It lies where nobody publishes it."""
    user = getattr(os, "getuid", lambda: 0)()
    folder = Path(tempfile.gettempdir()) / f"xiangji-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = hashlib.sha256(os.fsencode(os.path.normcase(out))).hexdigest()[:24]
    return str(folder / f"{name}.lock")


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, so that there is never none: Linux can (`renameat2`), on some
    file systems. False where it could not be done."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return int(rename(_AT_CWD, names[0], _AT_CWD, names[1], _EXCHANGE)) == 0
