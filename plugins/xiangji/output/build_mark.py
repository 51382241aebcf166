"""Writes the build mark `.xiangji/built.json` (read by `readers.site.build_mark`): size, time and digest of each file.

The code that writes a file also computes its digest. For a file that is kept from an earlier site, the digest comes
from the earlier mark, if size and time are the same. Only the remaining files are read again.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from xiangji.incremental.listing import listed, of_text, unpacked
from xiangji.output.files import Listing, Written
from xiangji.readers.site.build_mark import MARK, BuildMark, are_markable, head_of, read_mark
from xiangji.render.outputs import Shard

_OPEN = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_PIECE = 1 << 20


class Digests:
    """Collects the digests of files as they are written, for builds without a `Standby`.

    It has the methods that `shards.processes.write_shards` calls on a `Standby`, but never holds a shard from before.
    """

    def __init__(self) -> None:
        self._packed: list[tuple[str, bytes]] = []
        self._others: Written = {}
        self.below = ""
        """The path prefix of the files that are being written, such as `docs/`."""

    def has(self, shard: Shard) -> bool:
        """Whether the shard is present already. Here it never is."""
        return False

    def made(self, shard: Shard, files: bytes, asked: list[str]) -> None:
        """Record the digests of a shard's files. `files` is the packed listing of these files."""
        self._packed.append((self.below, files))

    def add(self, written: Written) -> None:
        """Record the digests of files that belong to no shard."""
        self._others |= {self.below + path: told for path, told in written.items()}

    def of(self, folder: Path) -> Iterator[Mapping[str, str]]:
        """Yield all files below `folder`: path → size and time, and the digest where it is known."""
        known = self._others
        for below, files in self._packed:
            known |= {below + path: told for path, told in of_text(unpacked(files)).items()}
        there = listed(folder)
        yield {path: _told(known, path, each) for path, each in there.items() if each != "?"}


def _told(known: Mapping[str, str], path: str, seen: str) -> str:
    """Return the recorded entry with digest if size and time still match `seen`; else `seen`, without a digest."""
    told = known.get(path, "")
    return told if told.startswith(f"{seen} ") else seen


def write_mark(
    folder: Path, kind: str, files: Iterable[Mapping[str, str]], earlier: Iterable[BuildMark | None]
) -> None:
    """Write the build mark of `folder`, through a temporary file.

    `files` maps paths to "size time" or "size time digest". `earlier` are the marks of sites that some files may come
    from. A file that cannot be read is left out. Raises OSError if the mark cannot be written.
    """
    place = folder / MARK
    if place.parent.is_symlink():
        place.parent.unlink()
    place.parent.mkdir(exist_ok=True)
    part = place.with_name(f"{place.name}.part")
    part.unlink(missing_ok=True)
    known = [each.files for each in earlier if each]
    with part.open("x", encoding="utf-8", errors="surrogateescape", newline="\n") as out:
        out.write(head_of(kind))
        between = "\n"
        for several in files:
            sure = are_markable(several)
            for path, told in several.items():
                row = _whole(folder, path, told, known)
                if row and (sure or are_markable([path])):
                    out.write(f'{between}"{path}": "{row}"')
                    between = ",\n"
        out.write("\n}}\n")
    part.replace(place)


def _whole(folder: Path, path: str, told: str, known: Iterable[Mapping[str, str]]) -> str:
    """Return "size time digest" of a file; an empty string where the file cannot be read."""
    if told.count(" ") == 2:
        return told
    start = f"{told} "
    for earlier in known:
        found = earlier.get(path, "")
        if found.startswith(start):
            return found
    digest = digest_of(folder / path)
    return f"{told} {digest}" if digest else ""


def digest_of(file: Path) -> str:
    """Return the digest of a regular file: SHA-256, the first 32 hexadecimal digits, as in a build mark.

    Returns an empty string if it is no regular file, is a symbolic link, or cannot be read.
    """
    made = hashlib.sha256()
    try:
        handle = os.open(file, _OPEN | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return ""
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return ""
        while piece := os.read(handle, _PIECE):
            made.update(piece)
    except OSError:
        return ""
    finally:
        os.close(handle)
    return made.hexdigest()[:32]


def own_files(folder: Path) -> Listing:
    """Return the files that the folder's build mark lists; all files where the folder has no mark."""
    mark = read_mark(folder)
    if mark is None:
        return listed(folder)
    return {path: told.rpartition(" ")[0] for path, told in mark.files.items()}
