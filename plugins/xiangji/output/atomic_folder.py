"""Writes a new folder beside an existing one and then replaces the existing one in a single step.

Until the replacement, the existing folder stays unchanged, whatever happens: an error, a full disk, a power failure. A
file lock lets only one build at a time write to a destination. The next build removes what a killed build left.
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

from xiangji.output.folder_lock import FolderLock

PATIENCE = 60.0
"""Seconds to wait for another build that writes to the same destination."""

_NEW, _OLD = "new", "old"
_AT_CWD = -100
_EXCHANGE = 2
"""`AT_FDCWD` and `RENAME_EXCHANGE` of the Linux system call `renameat2`."""


Last = Callable[[Path, Path], Path | None]
"""A function that is called when the new folder is complete, with the new folder and the folder that it will replace.
It returns a path beside the old folder to rename the old folder to, or None if the old folder may be removed.
"""


class BuildRunning(OSError):
    """Another build writes to the same destination and did not end in time."""


class fresh_folder:
    """A context manager: a new folder beside `out` that replaces `out` when the block ends without an error.

    `spare` is the path of the standby folder: the previous site, kept for reuse. Its parent folder holds nothing else.
    With `spare`, the block starts with that older site as its folder, so the caller must check what the folder
    contains. At the end the replaced folder is moved to `spare` instead of being removed. Where `spare` is on another
    disk, the block starts with an empty folder and nothing is kept.

    Entering raises BuildRunning if another build holds the lock for more than `patience` seconds (default `PATIENCE`).
    """

    def __init__(
        self,
        out: Path,
        patience: float | None = None,
        spare: Path | None = None,
        last: Last | None = None,
    ) -> None:
        self._out, self._spare, self._last = out.resolve(), spare, last
        self._patience = PATIENCE if patience is None else patience
        self._lock = FolderLock(_lock_of(self._out))

    def __enter__(self) -> Path:
        self._out.parent.mkdir(parents=True, exist_ok=True)
        if not self._lock.acquire(self._patience):
            raise BuildRunning(0, "busy")
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
        """Create an empty folder on the same disk as `out`, so that renaming it is one atomic step."""
        made = workplace(self._out, use)
        made.mkdir()
        made.chmod(0o755)
        return made

    def _tidy(self) -> None:
        """Remove what killed builds left behind.

        If a build was killed between the two renames of `_put_aside`, the old site is moved back first.
        """
        for old in _workplaces(self._out, _OLD):
            if not os.path.lexists(self._out) and _is_folder(old / "site"):
                (old / "site").replace(self._out)
            shutil.rmtree(old, ignore_errors=True)
        for new in _workplaces(self._out, _NEW):
            shutil.rmtree(new, ignore_errors=True)

    def _replace_by_name(self, aside: Path) -> None:
        """Keep the old folder under the name `aside`, and move the new one into place."""
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
        # After an exchange, `self._fresh` is the path of the old folder.

    def _put_aside(self) -> None:
        """Replace `out` in two renames, where the system cannot exchange two folders in one step."""
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
        """Return the folder to write into: the standby folder if there is one, else an empty folder.

        The standby folder is renamed first, so that a killed build never leaves a half-changed folder under that name.
        """
        if self._spare is not None and _is_plain(self._spare) and _is_folder(self._spare):
            with suppress(
                OSError
            ):  # The standby folder is on another disk, or another process has a file in it open.
                return self._spare.rename(workplace(self._out, _NEW))
        return self._beside(_NEW)

    def _keep_spare(self, old: Path) -> None:
        """Move the replaced folder to the standby path, and remove older standby folders: a village has only one."""
        if self._spare is None or not _is_folder(old) or not _is_plain(self._spare):
            return
        with suppress(OSError):
            self._spare.parent.mkdir(parents=True, exist_ok=True)
            for other in self._spare.parent.iterdir():
                with suppress(OSError):  # Another build has taken it already.
                    _remove(other)
            old.rename(self._spare)


def workplace(out: Path, use: str) -> Path:
    """Return a new path beside `out`.

    Half of its token is a digest of the other half, so that `_workplaces` recognises it as ours.
    """
    return out.with_name(_work_name(out.name, use, os.urandom(6).hex()))


def _work_name(name: str, use: str, token: str) -> str:
    proof = hashlib.sha256(f"xiangji {name} {use} {token}".encode("utf-8", "surrogateescape"))
    return f".{name}.{use}.{token}{proof.hexdigest()[:12]}"


def _workplaces(out: Path, use: str) -> Iterator[Path]:
    """Yield the folders beside `out` that builds of this program work in. Symbolic links are skipped."""
    first = f".{out.name}.{use}."
    with os.scandir(out.parent) as entries:
        names = sorted(each.name for each in entries if each.is_dir(follow_symlinks=False))
    for each in names:
        if each.startswith(first) and each == _work_name(out.name, use, each[len(first) :][:12]):
            yield out.with_name(each)


def _is_folder(path: Path) -> bool:
    """Whether the path is a folder itself, not a symbolic link to one."""
    with suppress(OSError):
        return stat.S_ISDIR(path.lstat().st_mode)
    return False


def _is_plain(path: Path) -> bool:
    """Whether no symbolic link is on the way to the path, so that what is there may be moved and removed."""
    parent = path.parent
    return os.path.normcase(os.path.realpath(parent)) == os.path.normcase(os.path.abspath(parent))  # noqa: PTH100


def _remove(folder: Path) -> None:
    """Remove a folder that another build may take at the same time.

    The rename gives the whole folder to one of the two builds.
    """
    gone = Path(tempfile.mkdtemp(prefix="gone.", dir=folder.parent))
    folder.rename(gone / "site")
    shutil.rmtree(gone, ignore_errors=True)


def _lock_of(out: Path) -> Path:
    """Return the path of the lock file for `out`. It lies in the temporary folder, so that it is never published."""
    user = getattr(os, "getuid", lambda: 0)()
    folder = Path(tempfile.gettempdir()) / f"xiangji-{user}"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = hashlib.sha256(os.fsencode(os.path.normcase(out))).hexdigest()[:24]
    return folder / f"{name}.lock"


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one atomic step (Linux `renameat2`), so that a site exists at every moment.

    Returns False where the system or the file system cannot do this.
    """
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    names = os.fsencode(one), os.fsencode(other)
    return int(rename(_AT_CWD, names[0], _AT_CWD, names[1], _EXCHANGE)) == 0
