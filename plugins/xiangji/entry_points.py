"""Finds the entry points of installed packages that add page families or kinds.

`importlib.metadata` can do this too, but importing it and its parser for e-mail takes as long as reading a small
village.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import Any

from msgspec import Struct

FAMILIES = "xiangji.families"
KINDS = "xiangji.kinds"

_OURS = "xiangji"


class EntryPoint(Struct, frozen=True):
    """A name under which a distribution offers an object: `value` is `module:attribute`."""

    distribution: str
    group: str
    name: str
    value: str

    def load(self) -> Any:
        """Import the object. Raises whatever importing the module raises."""
        module, _, attribute = self.value.partition("[")[0].strip().partition(":")
        found = import_module(module.strip())
        return attrgetter(attribute.strip())(found) if attribute.strip() else found


@cache
def installed(group: str) -> Mapping[str, EntryPoint]:
    """The entry points of a group, by name. Ours win over those of other packages with the same name.

    All installed packages are searched once, because nothing is installed while the process runs.
    """
    found: dict[str, EntryPoint] = {}
    for entry in sorted(_every(), key=lambda each: (each.name, each.value)):
        if entry.group == group and (is_ours(entry) or entry.name not in found):
            found[entry.name] = entry
    return found


@cache
def _every() -> tuple[EntryPoint, ...]:
    """The entry points of our groups. If two packages have the same name, the first on the path counts."""
    texts: dict[str, str] = {}
    for name, file in _distributions():
        if name not in texts and (text := _text(file)) is not None:
            texts[name] = text
    return tuple(entry for name, text in texts.items() for entry in _read(name, text))


def _distributions() -> Iterator[tuple[str, str]]:
    """The names of all installed distributions, and the paths of their lists of entry points."""
    for folder in sys.path:
        try:
            names = os.listdir(folder or os.curdir)  # noqa: PTH208 (as below)
        except OSError:  # It is missing, or an archive.
            continue
        for each in names:
            stem, dot, ending = each.rpartition(".")
            if dot and ending in ("dist-info", "egg-info"):
                yield stem.partition("-")[0], os.path.join(folder, each, "entry_points.txt")  # noqa: PTH118


def _text(file: str) -> str | None:
    try:
        with open(file, encoding="utf-8") as opened:  # noqa: PTH123 (a Path for each package takes longer)
            return opened.read()
    except (OSError, ValueError):  # Most packages have no such list.
        return None


def _read(distribution: str, text: str) -> Iterator[EntryPoint]:
    """The entry points of our groups in a list."""
    if f"[{FAMILIES}]" not in text and f"[{KINDS}]" not in text:
        return
    group = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            group = line.strip("[]")
        elif group in (FAMILIES, KINDS) and "=" in line and line[0] not in "#;":
            name, _, value = line.partition("=")
            yield EntryPoint(distribution, group, name.strip(), value.strip())


def is_ours(entry: EntryPoint) -> bool:
    """Whether an entry point leads into this distribution."""
    return entry.value.startswith(f"{_OURS}.")


def source_of(entry: EntryPoint) -> str:
    """The distribution of an entry point, for messages."""
    return entry.distribution.replace("_", "-")
