"""What can be told of a village without opening a file: names, sizes, times.

`fingerprint.py` reads on from here.
"""

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:  # `typing` and `collections.abc` take as long as looking at three hundred files.
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import Any

Stat = tuple[int, int, int, int]
"""Size, time of change of the content, time of change of anything, number of the file."""

SOON = 2_000_000_000
"""Nanoseconds within which two changes may bear the same time: FAT counts in steps of two seconds."""

CACHE = os.path.join(".cache", "xiangji")  # noqa: PTH118 (pathlib takes too long, here and below)
"""The folder of a village in which we remember."""

_SKIPPED = frozenset({"__pycache__", "node_modules"})
_ASKED_FOR = frozenset({".well-known", ".nojekyll"})
"""Hidden names that belong to a site (`readers.site.site_files`)."""

_GIT = ("HEAD", "index", "packed-refs", "logs/HEAD")


class SnapshotUnsure(Exception):
    """Something cannot be told by looking at files."""


class StatSnapshot:
    """A village and the program as they are at one moment. Raises OSError, and `SnapshotUnsure` where a folder
    is a link."""

    __slots__ = ("asked", "config", "files", "git", "moment", "program")

    def __init__(self, config: str, out: str, only: "Sequence[str]" = ()) -> None:
        """`config` and `out` are real paths; what lies in `out` is not looked at, nor, with `only`, what
        lies in other folders than these."""
        self.moment = time.time_ns()
        root = os.path.dirname(config)  # noqa: PTH120
        self.asked = (config, out, tuple(only))
        self.config = stat_of(os.stat(config)) if os.path.exists(config) else None  # noqa: PTH110, PTH116
        skipped = outside(root, out, only)
        self.files = files_below(root, skipped)
        self.git = git_state(root)
        self.program = program(root, self.files, skipped)

    def packages(self) -> "Iterator[dict[str, Stat]]":
        """The files of each of our packages, by their paths in it."""
        for each in self.program[1]:
            if isinstance(each, str):
                inner = (item for item in self.files.items() if item[0].startswith(each))
                yield {path.removeprefix(each): stat for path, stat in inner}
            else:
                yield each


def stat_of(found: os.stat_result) -> Stat:
    """What is remembered of a file."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def outside(root: str, out: str, only: "Sequence[str]") -> set[str]:
    """Paths below `root` that are not looked at: see `StatSnapshot`."""
    skipped = {_below(root, out)}
    if only:
        with os.scandir(root) as entries:
            skipped |= {each.name for each in entries if each.is_dir() and each.name not in only}
    return skipped


def files_below(root: str, skipped: "Collection[str]" = ()) -> dict[str, Stat]:
    """Every file that a build may read, by its path below `root`. What is hidden is nobody's page.
    Raises OSError, and `SnapshotUnsure` where a folder is a link."""
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
            hidden = name[0] == "." and name not in _ASKED_FOR
            if hidden or name in _SKIPPED or path in skipped:
                continue
            if not each.is_dir():
                found[path] = stat_of(each.stat())
            elif each.is_symlink():
                raise SnapshotUnsure
            else:
                waiting.append(f"{path}/")
    return found


Git = tuple[str, list[tuple[int, ...]]]
"""What is checked out, and size and time of what Git writes whenever something is saved."""


def git_state(root: str) -> Git:
    """What changes in the repository around a village whenever something is saved in it."""
    for folder in _upwards(root):
        place = os.path.join(folder, ".git")  # noqa: PTH118
        if os.path.isdir(place):  # noqa: PTH112
            with open(f"{place}/HEAD", encoding="utf-8") as head:  # noqa: PTH123
                out = head.read().strip()
            return out, [_two(f"{place}/{each}") for each in (*_GIT, out.removeprefix("ref: "))]
        if os.path.lexists(place):  # A repository that lies somewhere else.
            raise SnapshotUnsure
    return "", []


def _upwards(folder: str) -> "Iterator[str]":
    while True:
        yield folder
        above = os.path.dirname(folder)  # noqa: PTH120
        if above == folder:
            return
        folder = above


def _two(file: str) -> tuple[int, ...]:
    return stat_of(os.stat(file))[:2] if os.path.isfile(file) else ()  # noqa: PTH113, PTH116


Package = dict[str, Stat] | str
"""The files of a package of ours, or the folder of the village that it is, as in the demo."""

Program = tuple[str, list[Package], list[str]]
"""The version of Python, our packages, the names of all that is installed."""


def program(root: str, seen: dict[str, Stat], skipped: "Collection[str]") -> Program:
    """The program itself, where of the village `root` the files are `seen` that are not `skipped`."""
    import xiangji
    import xiangji_theme

    packages: list[Package] = []
    for place in (*xiangji.__path__, *xiangji_theme.__path__):
        inner = f"{_below(root, place)}/"
        whole = f"{inner}__init__.py" in seen and not any(p.startswith(inner) for p in skipped)
        packages.append(inner if whole else files_below(place))
    installed: list[str] = []
    for place in filter(None, sys.path):
        try:
            names = os.listdir(place)  # noqa: PTH208
        except OSError:  # An archive, or not there.
            continue
        installed += sorted(each for each in names if each.endswith((".dist-info", ".pth")))
    return sys.version, packages, installed


def same_programs(loaded: "Iterable[Sequence[Any]]") -> bool:
    """Whether programs of nobody's release are as they were: file, size, time of change."""
    try:
        stats = [(each, os.stat(each[0])) for each in loaded]  # noqa: PTH116
    except OSError:
        return False
    return all([s.st_size, s.st_mtime_ns] == list(each[1:]) for each, s in stats)


def _below(root: str, path: str) -> str:
    """The path below `root`; a path that nothing below it has, if it lies elsewhere."""
    start = os.path.join(root, "")  # noqa: PTH118
    return path.removeprefix(start).replace(os.sep, "/") if path.startswith(start) else ""
