"""A folder that is written beside the one it replaces, and takes its place whole.

Whatever happens before that, the folder that was there stays as it was: an error, a full disk, a power
cut. One build at a time writes to a place; what a killed one left behind goes with the next.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from secrets import token_hex

from filelock import FileLock, Timeout

PATIENCE = 60.0
"""Seconds to wait for another build that writes to the same place."""

_NEW, _OLD = "new", "old"
_AT_CWD = -100
_EXCHANGE = 2
"""`AT_FDCWD` and `RENAME_EXCHANGE` of Linux."""


Last = Callable[[Path, Path], Path | None]
"""Called when the new folder is whole, with it and the one that it is to replace. Returns a name beside that for the
old one, or None where it may go."""


class BuildRunning(OSError):
    """Another build writes to the same place, and did not end in time."""


class fresh_folder:
    """A new folder beside `out` that takes its place when the block ends without an error.

    With a place for a `spare`, in a folder for nothing else, the one that was replaced goes there
    instead of away, and the new one is the one that lay there: whoever is given it has to look what
    is in it. On another disk there is none."""

    def __init__(
        self,
        out: Path,
        patience: float | None = None,
        spare: Path | None = None,
        last: Last | None = None,
    ) -> None:
        self._out, self._spare, self._last = out.resolve(), spare, last
        self._lock = FileLock(
            _lock_of(self._out), timeout=PATIENCE if patience is None else patience
        )

    def __enter__(self) -> Path:
        self._out.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire()
        except Timeout as error:
            raise BuildRunning(0, "busy") from error
        try:
            self._tidy()
            self._fresh = self._begun()
        except BaseException:
            self._lock.release()
            raise
        return self._fresh

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        try:
            if kind is None:
                aside = self._last(self._fresh, self._out) if self._last else None
                if aside:
                    self._replace_by_name(aside)
                else:
                    self._swap()
                    self._keep_spare(self._fresh)
        finally:
            shutil.rmtree(self._fresh, ignore_errors=True)
            self._lock.release()

    def _beside(self, use: str) -> Path:
        """An empty folder on the same disk, so that renaming it is one step."""
        made = workplace(self._out, use)
        made.mkdir()
        made.chmod(0o755)
        return made

    def _tidy(self) -> None:
        """Take away what killed builds left behind. Where one was killed between two renames, the
        site that it had put aside goes back first."""
        for old in _workplaces(self._out, _OLD):
            if not os.path.lexists(self._out) and _is_folder(old / "site"):
                (old / "site").replace(self._out)
            shutil.rmtree(old, ignore_errors=True)
        for new in _workplaces(self._out, _NEW):
            shutil.rmtree(new, ignore_errors=True)

    def _replace_by_name(self, aside: Path) -> None:
        """The old folder stays, under another name."""
        self._out.rename(aside)
        try:
            self._fresh.replace(self._out)
        except OSError:
            with suppress(OSError):
                aside.rename(self._out)
            raise

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
        else:
            self._keep_spare(old / "site")
        finally:
            if self._out.exists():
                shutil.rmtree(old, ignore_errors=True)

    def _begun(self) -> Path:
        """The folder to write into: the spare, which is in its place no more from here on, so that
        whoever kills us leaves none that is half changed; else an empty one."""
        if self._spare is not None and _is_plain(self._spare) and _is_folder(self._spare):
            with suppress(OSError):  # On another disk, or somebody has a file in it open.
                return self._spare.rename(workplace(self._out, _NEW))
        return self._beside(_NEW)

    def _keep_spare(self, old: Path) -> None:
        """One for a village, so that a place that it is built to no more costs nothing."""
        if self._spare is None or not _is_folder(old) or not _is_plain(self._spare):
            return
        with suppress(OSError):
            self._spare.parent.mkdir(parents=True, exist_ok=True)
            for other in self._spare.parent.iterdir():
                with suppress(OSError):  # Another build has it already.
                    _remove(other)
            old.rename(self._spare)


def workplace(out: Path, use: str) -> Path:
    """A new name beside `out` that nobody else gives: half of it follows from the other half."""
    return out.with_name(_work_name(out.name, use, token_hex(6)))


def _work_name(name: str, use: str, token: str) -> str:
    proof = hashlib.sha256(f"xiangji {name} {use} {token}".encode("utf-8", "surrogateescape"))
    return f".{name}.{use}.{token}{proof.hexdigest()[:12]}"


def _workplaces(out: Path, use: str) -> Iterator[Path]:
    """The folders beside `out` that builds of ours work in, and no link to one."""
    first = f".{out.name}.{use}."
    with os.scandir(out.parent) as entries:
        names = sorted(each.name for each in entries if each.is_dir(follow_symlinks=False))
    for each in names:
        if each.startswith(first) and each == _work_name(out.name, use, each[len(first) :][:12]):
            yield out.with_name(each)


def _is_folder(path: Path) -> bool:
    """Whether it is a folder itself, and no link to one."""
    with suppress(OSError):
        return stat.S_ISDIR(path.lstat().st_mode)
    return False


def _is_plain(path: Path) -> bool:
    """Whether no link leads to where a path lies: what is there may be moved and removed."""
    parent = path.parent
    return os.path.normcase(os.path.realpath(parent)) == os.path.normcase(os.path.abspath(parent))  # noqa: PTH100


def _remove(folder: Path) -> None:
    """Take away a folder that another build may want to have: it has all of it or nothing."""
    gone = Path(tempfile.mkdtemp(prefix="gone.", dir=folder.parent))
    folder.rename(gone / "site")
    shutil.rmtree(gone, ignore_errors=True)


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
    import ctypes

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return int(rename(_AT_CWD, names[0], _AT_CWD, names[1], _EXCHANGE)) == 0
