"""What a build finds in a folder of ours that no build put there: it stays, or is saved before it goes.

A file that no build wrote is taken over into the new folder: `CNAME`, what proves to a search engine whose site it is.
One of ours that somebody changed, and one that lies where the new site has a page, are saved beside the folder. What
systems leave anywhere goes. Links are never followed.
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
    """What became of other people's files in a folder that was written. `kept` are in the new one; `saved` are in the
    folder `into`; or all that was there is, under the name `into`."""

    kept: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    into: Path | None = None
    whole: bool = False


def take_over(live: Path, fresh: Path, mark: BuildMark, day: date) -> ForeignFiles:
    """Bring what is not ours in `live` to `fresh`, which is going to replace it. Raises OSError, and then nothing was
    saved beside."""
    strangers, changed = _found(live, mark)
    kept = [path for path in strangers if _brought(live / path, fresh / path)]
    left = {*kept}
    going = [path for path in (*strangers, *changed) if path not in left]
    lost = [path for path in going if not _same(live / path, fresh / path)]
    names = names_of(kept, mark.files), tuple(sorted(lost))
    return ForeignFiles(*names, _saved(live, lost, day)) if lost else ForeignFiles(*names)


def free_name(folder: Path, day: date) -> Path:
    """A name beside a folder for what was in it, that nothing has yet."""
    first = folder.with_name(f"{folder.name}.old-{day}")
    found, number = first, 1
    while os.path.lexists(found):
        number += 1
        found = first.with_name(f"{first.name}-{number}")
    return found


def names_of(paths: Iterable[str], ours: Collection[str]) -> tuple[str, ...]:
    """Files in words: a folder that holds nothing of `ours` stands for all that is in it."""
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
    """Files of somebody else, and those of ours that somebody changed."""
    strangers, changed = [], []
    for path, seen in _below(os.fspath(live)):
        told = mark.files.get(path)
        if told is None:
            strangers.append(path)
        # It is read only where its size or time differ.
        elif not told.startswith(f"{seen} ") and digest_of(live / path) != told[-32:]:
            changed.append(path)
    return sorted(strangers), sorted(changed)


def _below(root: str) -> Iterator[tuple[str, str]]:
    """Everything below a folder that is no folder, with size and time; neither our mark nor what systems leave."""
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
    """Give a file a second name, or copy it; False where something else has the place."""
    try:
        new.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):  # Where a folder was, the site has a page.
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
    return True  # A pipe or a socket holds nothing that could be lost.


def _same(old: Path, new: Path) -> bool:
    """Whether two regular files hold the same."""
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
