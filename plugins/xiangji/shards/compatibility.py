"""Compares the programs of two computers: versions and digests of all that decides the bytes of a page."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from xiangji.entry_points import FAMILIES, KINDS, installed, is_ours, source_of

Facts = dict[str, str]
"""A version or a digest, by name."""

_PACKAGES = ("Jinja2", "MarkupSafe", "Markdown", "nh3", "zint-bindings")
"""The packages with which pages and codes are made."""

_SKIPPED = frozenset({"__pycache__"})


@lru_cache(4)
def program_facts(families: tuple[str, ...]) -> Facts:
    """The program on this computer, with the installed kinds and the page families of these names."""
    import xiangji
    import xiangji_theme

    found = {
        "Python": f"{sys.implementation.name} {sys.version_info[0]}.{sys.version_info[1]} {os.name}",
        "xiangji": f"{_version('xiangji')} {_contents(xiangji.__path__)}",
        "xiangji_theme": _contents(xiangji_theme.__path__),
    }
    found |= {name: _version(name) for name in _PACKAGES}
    for group in (FAMILIES, KINDS):
        for entry in installed(group).values():
            wanted = group == KINDS or entry.name in families
            if wanted and not is_ours(entry):
                found[f"{group} {entry.name}"] = (
                    f"{source_of(entry)} {_version(entry.distribution)}"
                )
    return found


def unlike(ours: Facts, theirs: Facts) -> list[tuple[str, str, str]]:
    """Name, our value and their value of everything that differs."""
    names = sorted(ours.keys() | theirs.keys())
    rows = [(name, ours.get(name, "—"), theirs.get(name, "—")) for name in names]
    return [row for row in rows if row[1] != row[2]]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "—"


def _contents(places: list[str]) -> str:
    """A digest of all files of a package, without their times, which differ between copies."""
    made = hashlib.sha256()
    for place in places:
        root = Path(place)
        for file in sorted(_files(root)):
            made.update(f"{file.relative_to(root).as_posix()}\n".encode())
            made.update(hashlib.sha256(file.read_bytes()).digest())
    return made.hexdigest()[:16]


def _files(folder: Path) -> Iterator[Path]:
    for each in folder.iterdir():
        if each.is_dir():
            if each.name not in _SKIPPED:
                yield from _files(each)
        elif each.name[0] != ".":
            yield each
