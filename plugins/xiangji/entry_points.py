"""Finds the entry points of installed packages that add page families or kinds."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, distributions

FAMILIES = "xiangji.families"
KINDS = "xiangji.kinds"


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
    """The entry points of our groups.

    Of a package without such a group only the text is searched, because parsing the entry points of all packages
    takes longer than reading a small village. If two packages have the same name, the first on the path counts, as
    for imports.
    """
    found: dict[str, tuple[EntryPoint, ...]] = {}
    for each in distributions():
        text = each.read_text("entry_points.txt") or ""
        if any(f"[{group}]" in text for group in (FAMILIES, KINDS)):
            found.setdefault(each.name, tuple(each.entry_points))
    every = (entry for entries in found.values() for entry in entries)
    return tuple(entry for entry in every if entry.group in (FAMILIES, KINDS))


def is_ours(entry: EntryPoint) -> bool:
    """Whether an entry point leads into this distribution."""
    return entry.value.startswith("xiangji.")


def source_of(entry: EntryPoint) -> str:
    """The distribution of an entry point, for messages."""
    return entry.dist.name if entry.dist is not None else entry.value
