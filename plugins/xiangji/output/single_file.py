"""One file put in place whole: never through a link, never over what somebody has closed, never half.

A village is cloned and copied from others, links and all. Whoever lays one where a command writes would have it
write where the link leads.
"""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path

from xiangji.readers.text_file import LARGEST
from xiangji.regular_file import read_regular

_JUNCTION = 0xA0000003
"""How Windows marks a folder that is another one (IO_REPARSE_TAG_MOUNT_POINT)."""


class FileNotWritten(OSError):
    """A file must not be written. `word` is a sentence's key; `place` is what is in the way, below where was
    looked."""

    def __init__(self, word: str, place: str) -> None:
        super().__init__(f"{place}: {word}")
        self.word, self.place = word, place


def is_link(found: os.stat_result) -> bool:
    """Whether what was looked at, not followed, leads elsewhere."""
    return stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _JUNCTION


def look_at(place: str | os.PathLike[str]) -> os.stat_result | None:
    """What stands there itself, or None."""
    try:
        return os.lstat(place)
    except (FileNotFoundError, NotADirectoryError):
        return None


def way_clear(base: Path, path: str) -> None:
    """Nothing but folders between `base` and the file, and a plain file or nothing at its place. Raises `FileNotWritten`.
    `base` itself is whatever it was given as."""
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
    """A file that may be written, or nothing, stands there. Raises `FileNotWritten`."""
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
    """Write a file whole, with the permissions of the one it replaces. Raises `OSError`, and leaves nothing behind
    then."""
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
    """Write a file below a folder that somebody named; no link below it is followed."""
    way_clear(base, path)
    put_in_place(base / path, content)


def content_place(root: Path, file: Path) -> Path:
    """Where a file of the village's content really lies. A link is followed inside the folder of content that it
    stands in (`products/`, `stories/`) and nowhere else. Raises `FileNotWritten`."""
    shown = file.relative_to(root)
    home, real = root.resolve(), file.resolve()
    inside = real.is_relative_to(home)
    parts = real.relative_to(home).parts if inside else ()
    if not parts or parts[0] != shown.parts[0] or any(each.startswith(".") for each in parts):
        raise FileNotWritten("written-out", shown.as_posix())
    file_clear(real, shown.as_posix())
    return real


def read_content(file: Path) -> bytes | None:
    """What is in a file of the village's content before something is added to it; None where there is none. Raises
    `OSError`."""
    try:
        return read_regular(file, LARGEST)
    except FileNotFoundError:
        return None


def put_content(root: Path, file: Path, content: bytes) -> None:
    """Write a file of the village's content. Raises `OSError`."""
    put_in_place(content_place(root, file), content)
