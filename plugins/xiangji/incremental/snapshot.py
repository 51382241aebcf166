"""A snapshot of a village's files without opening them: names, sizes, times.

This module is imported before most others, so it imports little. `fingerprint.py` builds on it.
"""

import os
import sys
import time

from xiangji.model.folders import may_be_content

TYPE_CHECKING = False
# `typing` and `collections.abc` take as long to import as a stat of three hundred files.
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import Any

Stat = tuple[int, int, int, int]
"""Size in bytes, time of change of the content, time of change of anything (both in nanoseconds), inode number."""

SOON = 2_000_000_000
"""Nanoseconds within which two changes may have the same time. FAT stores times in steps of two seconds."""

CACHE = os.path.join(".cache", "xiangji")  # noqa: PTH118 (pathlib takes too long, here and below)
"""The folder of a village for its cache."""

_SKIPPED = frozenset({"__pycache__", "node_modules"})
_PUBLISHED_HIDDEN = frozenset({".well-known", ".nojekyll"})
"""Hidden names that are published (`readers.site.site_files`)."""

HIDDEN: Stat = (0, 0, 0, 0)
"""What is remembered of something hidden: that it is there."""

_UNTOLD = ("stories/", "products/", "village/")
"""Folders in which nobody is told of what is hidden."""

_GIT = ("HEAD", "index", "packed-refs", "logs/HEAD")


class SnapshotUnsure(Exception):
    """Whether something changed cannot be judged from file names, sizes and times."""


class StatSnapshot:
    """The state of a village and of the program at one moment.

    Raises OSError, and `SnapshotUnsure` if a folder is a link or the repository is in another place.
    """

    __slots__ = ("asked", "config", "files", "git", "moment", "program")

    def __init__(self, config: str, out: str, only: "Sequence[str]" = ()) -> None:
        """`config` and `out` are real paths.

        Files in `out` are left out, and with `only` those in other folders too.
        """
        self.moment = time.time_ns()
        root = os.path.dirname(config)  # noqa: PTH120
        self.asked = (config, out, tuple(only))
        self.config = stat_of(os.stat(config)) if os.path.exists(config) else None  # noqa: PTH110, PTH116
        skipped = outside(root, out, only)
        self.files = files_below(root, skipped, path_below(root, out))
        self.git = git_state(root)
        self.program = program(root, self.files, skipped)

    def packages(self) -> "Iterator[dict[str, Stat]]":
        """The files of each of our packages, by their path in the package."""
        for each in self.program[1]:
            if isinstance(each, str):
                inner = (item for item in self.files.items() if item[0].startswith(each))
                yield {path.removeprefix(each): stat for path, stat in inner}
            else:
                yield each


def stat_of(found: os.stat_result) -> Stat:
    """The parts of a stat that are stored and compared."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def outside(root: str, out: str, only: "Sequence[str]") -> set[str]:
    """Paths below `root` that are left out: see `StatSnapshot`."""
    skipped = {path_below(root, out)}
    if only:
        with os.scandir(root) as entries:
            skipped |= {each.name for each in entries if each.is_dir() and each.name not in only}
    return skipped


def files_below(root: str, skipped: "Collection[str]" = (), out: str = "") -> dict[str, Stat]:
    """Every file that a build may read, by its path below `root`. `out` is the folder that is written.

    Of what is hidden beside pages only the name counts, since `check` reports it; what macOS leaves everywhere does not.
    Of a folder in which nothing is read the name counts where it is nearly that of a content folder.
    Raises OSError, and `SnapshotUnsure` if a folder is a link.
    """
    found: dict[str, Stat] = {}
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{root}/{below}") as several:
            entries = {each.name: each for each in several}
        if below and "pyvenv.cfg" in entries:
            continue
        for name, each in entries.items():
            path = below + name
            if name in _SKIPPED or path in skipped:
                if not below and path != out and may_be_content(name) and each.is_dir():
                    found[f"{path}/"] = HIDDEN
                continue
            if name[0] == "." and name not in _PUBLISHED_HIDDEN:
                if (
                    below
                    and not below.startswith(_UNTOLD)
                    and name[:2] != "._"
                    and name != ".DS_Store"
                ):
                    found[path] = HIDDEN
                continue
            if not each.is_dir():
                found[path] = stat_of(each.stat())
            elif each.is_symlink():
                raise SnapshotUnsure
            else:
                waiting.append(f"{path}/")
    return found


Git = tuple[str, list[tuple[int, ...]]]
"""The content of `HEAD`, and size and time of the files that Git writes at every commit or change of the index."""


def git_state(root: str) -> Git:
    """The state of the repository around a village. It changes whenever something in it is committed or added."""
    for folder in _upwards(root):
        place = os.path.join(folder, ".git")  # noqa: PTH118
        if os.path.isdir(place):  # noqa: PTH112
            with open(f"{place}/HEAD", encoding="utf-8") as head:  # noqa: PTH123
                out = head.read().strip()
            return out, [
                _size_and_time(f"{place}/{each}") for each in (*_GIT, out.removeprefix("ref: "))
            ]
        if os.path.lexists(place):  # A repository in another place.
            raise SnapshotUnsure
    return "", []


def _upwards(folder: str) -> "Iterator[str]":
    while True:
        yield folder
        above = os.path.dirname(folder)  # noqa: PTH120
        if above == folder:
            return
        folder = above


def _size_and_time(file: str) -> tuple[int, ...]:
    return stat_of(os.stat(file))[:2] if os.path.isfile(file) else ()  # noqa: PTH113, PTH116


Package = dict[str, Stat] | str
"""The files of one of our packages; or its folder, if it is inside the village, as in the demo."""

Program = tuple[str, list[Package], list[str]]
"""The version of Python, our packages, and the names of everything installed."""


def program(root: str, seen: dict[str, Stat], skipped: "Collection[str]") -> Program:
    """The state of the program. `seen` are the files of the village `root`, without the `skipped` ones."""
    import xiangji
    import xiangji_theme

    packages: list[Package] = []
    for place in (*xiangji.__path__, *xiangji_theme.__path__):
        inner = f"{path_below(root, place)}/"
        whole = f"{inner}__init__.py" in seen and not any(p.startswith(inner) for p in skipped)
        packages.append(inner if whole else files_below(place))
    installed: list[str] = []
    for place in filter(None, sys.path):
        try:
            names = os.listdir(place)  # noqa: PTH208
        except OSError:  # An archive, or a path that does not exist.
            continue
        installed += sorted(each for each in names if each.endswith((".dist-info", ".pth")))
    return sys.version, packages, installed


def same_programs(loaded: "Iterable[Sequence[Any]]") -> bool:
    """Whether these modules outside installed packages are unchanged: path, size in bytes, time of change."""
    try:
        stats = [(each, os.stat(each[0])) for each in loaded]  # noqa: PTH116
    except OSError:
        return False
    return all([s.st_size, s.st_mtime_ns] == list(each[1:]) for each, s in stats)


def path_below(root: str, path: str) -> str:
    """The path below `root`, or an empty string if it is elsewhere."""
    start = os.path.join(root, "")  # noqa: PTH118
    return path.removeprefix(start).replace(os.sep, "/") if path.startswith(start) else ""
