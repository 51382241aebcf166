"""What is installed beside the program: entry points of the groups in which others may add to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points

FAMILIES = "xiangji.families"
KINDS = "xiangji.kinds"


@cache
def installed(group: str) -> Mapping[str, EntryPoint]:
    """Entry points of a group by name; ours win over a stranger's of the same name. Every package of the
    environment is asked, once: nothing is installed into a process that runs."""
    found: dict[str, EntryPoint] = {}
    for entry in sorted(_every(), key=lambda each: (each.name, each.value)):
        if entry.group == group and (is_ours(entry) or entry.name not in found):
            found[entry.name] = entry
    return found


@cache
def _every() -> tuple[EntryPoint, ...]:
    """Entry points of all our groups: looking through every package takes as long for one as for two."""
    every = entry_points()
    return tuple(entry for group in (FAMILIES, KINDS) for entry in every.select(group=group))


def is_ours(entry: EntryPoint) -> bool:
    """Whether an entry point leads into this distribution."""
    return entry.value.startswith("xiangji.")


def source_of(entry: EntryPoint) -> str:
    """Where an entry point comes from, for messages."""
    return entry.dist.name if entry.dist is not None else entry.value
