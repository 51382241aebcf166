"""Replaces single files atomically: never through a symbolic link, never over a read-only file, never in part.

A village folder may be cloned or copied from strangers, with symbolic links in it. Without this check a command would
write to wherever such a link leads.
"""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from xiangji.readers.text_file import LARGEST
from xiangji.regular_file import read_regular

_JUNCTION = 0xA0000003
"""The reparse tag of a Windows junction, a folder that refers to another one (IO_REPARSE_TAG_MOUNT_POINT)."""


class FileNotWritten(OSError):
    """A file must not be written. `word` is the key of the message; `place` is the path that is in the way."""

    def __init__(self, word: str, place: str) -> None:
        super().__init__(f"{place}: {word}")
        self.word, self.place = word, place


def is_link(found: os.stat_result) -> bool:
    """Whether an `lstat` result is that of a symbolic link or a junction."""
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _JUNCTION


def look_at(place: str | os.PathLike[str]) -> os.stat_result | None:
    """Return the `lstat` result of a path, or None if nothing is there."""
    try:
        return os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return None


def way_clear(base: Path, path: str) -> None:
    """Check that only folders are between `base` and the file, and that at the path is a regular file or nothing.

    `base` itself may be a symbolic link, because the user named it. Raises `FileNotWritten`.
    """
    *folders, name = path.split("/")
    place = base
    for each in folders:
        place = place / each
        found = look_at(place)
        if found is None:
            return
        if is_link(found) or not stat.S_ISDIR(found.st_mode):
            raise FileNotWritten(_in_the_way(found), place.relative_to(base).as_posix())
    file_clear(place / name, path)


def file_clear(file: Path, shown: str) -> None:
    """Check that the path holds a writable regular file, or nothing. Raises `FileNotWritten`."""
    found = look_at(file)
    if found is None:
        return
    if is_link(found) or not stat.S_ISREG(found.st_mode):
        raise FileNotWritten(_in_the_way(found), shown)
    if not found.st_mode & 0o222:
        raise FileNotWritten("written-closed", shown)


def _in_the_way(found: os.stat_result) -> str:
    return "written-link" if is_link(found) else "written-kind"


def put_in_place(file: Path, content: bytes) -> None:
    """Write a file atomically (temporary file, fsync, rename) with the permissions of the file that it replaces.

    Raises `OSError`, and leaves no temporary file behind in that case.
    """
    file_clear(file, file.name)
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{file.name[:40]}.", dir=file.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        found = look_at(file)
        fresh.chmod(stat.S_IMODE(found.st_mode) if found else 0o644)
        fresh.replace(file)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def put_below(base: Path, path: str, content: bytes) -> None:
    """Write a file below a folder that the user named. No symbolic link below that folder is followed."""
    way_clear(base, path)
    put_in_place(base / path, content)


def content_place(root: Path, file: Path) -> Path:
    """Return the real path of a content file of the village.

    A symbolic link is followed only within the content folder that it lies in (`products/`, `stories/`). Raises
    `FileNotWritten`.
    """
    shown = file.relative_to(root)
    home, real = root.resolve(), file.resolve()
    inside = real.is_relative_to(home)
    parts = real.relative_to(home).parts if inside else ()
    if not parts or parts[0] != shown.parts[0] or any(each.startswith(".") for each in parts):
        raise FileNotWritten("written-out", shown.as_posix())
    file_clear(real, shown.as_posix())
    return real


def read_content(file: Path) -> bytes | None:
    """Return the bytes of a content file; None where the file does not exist. Raises `OSError`."""
    try:
        return read_regular(file, LARGEST)
    except FileNotFoundError:
        return None


def put_content(root: Path, file: Path, content: bytes) -> None:
    """Write a content file of the village. Raises `OSError`."""
    put_in_place(content_place(root, file), content)
