"""Keeps or saves the files in an output folder that no build wrote ("strangers" in the glossary).

A file that no build wrote is moved over into the new folder, for example `CNAME` or a search engine's verification
file. A file of the last build that somebody changed is saved in a folder beside the site. So is a stranger whose path
the new site needs. Junk files of operating systems are removed. Symbolic links are never followed.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import Struct

from xiangji.output.build_mark import digest_of
from xiangji.output.files import stamp
from xiangji.readers.site.build_mark import MARK, BuildMark
from xiangji.readers.site.junk import is_junk


class ForeignFiles(Struct, frozen=True):
    """What happened to foreign files in a folder that was written.

    `kept` are in the new folder; `saved` are in the folder `into`. If `whole` is true, the complete old folder was kept
    under the name `into`.
    """

    kept: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    into: Path | None = None
    whole: bool = False


def take_over(live: Path, fresh: Path, mark: BuildMark, day: date) -> ForeignFiles:
    """Bring the foreign files in `live` to `fresh`, the folder that will replace it.

    Raises OSError; in that case nothing was saved beside the folder.
    """
    strangers, changed = _found(live, mark)
    kept = [path for path in strangers if _brought(live / path, fresh / path)]
    left = {*kept}
    going = [path for path in (*strangers, *changed) if path not in left]
    lost = [path for path in going if not _same(live / path, fresh / path)]
    names = names_of(kept, mark.files), tuple(sorted(lost))
    return ForeignFiles(*names, _saved(live, lost, day)) if lost else ForeignFiles(*names)


def free_name(folder: Path, day: date) -> Path:
    """Return a path beside the folder that does not exist yet, to save its old content: `<name>.old-<day>`."""
    first = folder.with_name(f"{folder.name}.old-{day}")
    found, number = first, 1
    while os.path.lexists(found):
        number += 1
        found = first.with_name(f"{first.name}-{number}")
    return found


def names_of(paths: Iterable[str], ours: Collection[str]) -> tuple[str, ...]:
    """Shorten a list of paths for a message: a folder with none of our files stands for all files below it."""
    paths = [each for each in paths if not each.endswith("/") and not _is_junk(each)]
    if not paths:
        return ()
    folders = {each.rpartition("/")[0] for each in ours}
    while above := {each.rpartition("/")[0] for each in folders} - folders:
        folders |= above
    return tuple(sorted({_shortest(each, folders) for each in paths}))


def _shortest(path: str, ours: Collection[str]) -> str:
    at = path.find("/")
    while at > 0 and path[:at] in ours:
        at = path.find("/", at + 1)
    return path if at < 0 else path[: at + 1]


def _is_junk(path: str) -> bool:
    return is_junk(path.rpartition("/")[2])


def _found(live: Path, mark: BuildMark) -> tuple[list[str], list[str]]:
    """Return the files that no build wrote, and the files of the last build that somebody changed."""
    strangers, changed = [], []
    for path, seen in _below(os.fspath(live)):
        told = mark.files.get(path)
        if told is None:
            strangers.append(path)
        # The content is compared only where size or time differ.
        elif not told.startswith(f"{seen} ") and digest_of(live / path) != told[-32:]:
            changed.append(path)
    return sorted(strangers), sorted(changed)


def _below(root: str) -> Iterator[tuple[str, str]]:
    """Yield path, size and time of everything below a folder except folders, the build mark and system junk files."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{root}/{below}") as entries:
            for each in entries:
                path = below + each.name
                if each.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif path != MARK and not is_junk(each.name):
                    yield path, stamp(each.stat(follow_symlinks=False))


def _brought(old: Path, new: Path) -> bool:
    """Hard-link or copy a file to a new path. Returns False if something else has that path."""
    try:
        new.parent.mkdir(parents=True, exist_ok=True)
    except (
        FileExistsError,
        NotADirectoryError,
    ):  # The site has a page where a folder would be needed.
        return False
    if os.path.lexists(new):
        return False
    found = old.lstat().st_mode
    if stat.S_ISLNK(found):
        new.symlink_to(old.readlink())
        return True
    with suppress(OSError):
        os.link(old, new)
        return True
    if stat.S_ISREG(found):
        shutil.copy2(old, new)
    return True  # A pipe or a socket holds no content that could be lost.


def _same(old: Path, new: Path) -> bool:
    """Whether both are regular files with the same content."""
    digest = digest_of(old)
    return bool(digest) and digest == digest_of(new)


def _saved(live: Path, paths: Iterable[str], day: date) -> Path:
    into = free_name(live, day)
    into.mkdir()
    try:
        for path in paths:
            _brought(live / path, into / path)
    except BaseException:
        shutil.rmtree(into, ignore_errors=True)
        raise
    return into
