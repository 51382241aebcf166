"""Folders that a build fills and that Git keeps all the same: whoever clones the village gets them, old or forged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from xiangji.model.location import Location
from xiangji.problems import Problem, problem
from xiangji.readers.git.repository import GitUnreadable, NoRepository, repository_of

OURS = (".cache", ".venv", "print")
"""What our commands fill in a village besides the site."""


def tracked_outputs(root: Path, site_dir: str) -> Iterator[Problem]:
    """A warning for each folder of outputs, of those that are there, in which the latest commit has files."""
    names = [*OURS, *([site_dir] if _is_plain(site_dir) else [])]
    there = [name for name in names if (root / name).is_dir()]
    for name in _kept(root, there) if there else ():
        yield problem("tracked-output", Location(name), value=name)


def _is_plain(name: str) -> bool:
    """Whether a folder of that name lies in the village: another is somebody else's to keep."""
    path = Path(name)
    return not path.is_absolute() and path.parts != () and ".." not in path.parts


def _kept(root: Path, names: Iterable[str]) -> list[str]:
    try:
        files = repository_of(root).now(names)
    except (NoRepository, GitUnreadable):
        return []
    return [name for name in names if any(f.startswith(f"{Path(name).as_posix()}/") for f in files)]
