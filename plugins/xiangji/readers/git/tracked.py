"""Reports output folders that are tracked in Git, because a clone would contain outdated or forged outputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from xiangji.model.location import Location
from xiangji.problems import Problem, problem
from xiangji.readers.git.repository import GitUnreadable, NoRepository, repository_of

OURS = (".cache", ".venv", "print")
"""The folders that our commands write in a village besides the site."""


def tracked_outputs(root: Path, site_dir: str) -> Iterator[Problem]:
    """Yield a warning for each existing output folder that has files in the latest commit."""
    names = [*OURS, *([site_dir] if _is_plain(site_dir) else [])]
    there = [name for name in names if (root / name).is_dir()]
    for name in _kept(root, there) if there else ():
        yield problem("tracked-output", Location(name), value=name)


def _is_plain(name: str) -> bool:
    """Whether a folder with this name lies in the village. Other folders are not checked."""
    path = Path(name)
    return not path.is_absolute() and path.parts != () and ".." not in path.parts


def _kept(root: Path, names: Iterable[str]) -> list[str]:
    try:
        files = repository_of(root).now(names)
    except (NoRepository, GitUnreadable):
        return []
    return [name for name in names if any(f.startswith(f"{Path(name).as_posix()}/") for f in files)]
