"""The mark of a build (`readers.site.build_mark`), written: each file with its size, its time and its digest.

Whoever writes a file knows its digest then. Of a file that stays from an earlier site an earlier mark tells it, where
size and time are as told. Only what nobody knows is read again.
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
    """What is known of files as they were written, for whoever has no better account of them. Takes what shards
    leave (as `reuse.Standby` does), none of which was there before."""

    def __init__(self) -> None:
        self._packed: list[tuple[str, bytes]] = []
        self._others: Written = {}
        self.below = ""
        """The folder of the site in what is written, such as `docs/`."""

    def has(self, shard: Shard) -> bool:
        """Whether a shard is there already: here none is."""
        return False

    def made(self, shard: Shard, files: bytes, asked: list[str]) -> None:
        """Keep the digests of a shard's files."""
        self._packed.append((self.below, files))

    def add(self, written: Written) -> None:
        """Files of no shard."""
        self._others |= {self.below + path: told for path, told in written.items()}

    def of(self, folder: Path) -> Iterator[Mapping[str, str]]:
        """All files below a folder, as far as they are known."""
        known = self._others
        for below, files in self._packed:
            known |= {below + path: told for path, told in of_text(unpacked(files)).items()}
        there = listed(folder)
        yield {path: _told(known, path, each) for path, each in there.items() if each != "?"}


def _told(known: Mapping[str, str], path: str, seen: str) -> str:
    """What is known of a file that was seen like this: with its digest, where that was told of the same."""
    told = known.get(path, "")
    return told if told.startswith(f"{seen} ") else seen


def write_mark(
    folder: Path, kind: str, files: Iterable[Mapping[str, str]], earlier: Iterable[BuildMark | None]
) -> None:
    """Write the mark of a folder. `files` are told by path with size and time, and with the digest where it is known;
    `earlier` are marks of sites that some of them may be from. Raises OSError."""
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
    """Size, time and digest of a file; empty where it cannot be read."""
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
    """The digest of a regular file as a mark has it; empty where it is none, or cannot be read."""
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
    """The files of a folder that its mark tells of; all where it has none."""
    mark = read_mark(folder)
    if mark is None:
        return listed(folder)
    return {path: told.rpartition(" ")[0] for path, told in mark.files.items()}
