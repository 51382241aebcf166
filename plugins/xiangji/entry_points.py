"""What is installed beside the program: entry points of the groups in which others may add to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, distributions

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
    """Entry points of all our groups. Of packages that name none of them only that much is read: to understand what
    all others bring takes longer than a small village takes to be read. Of two of one name the first on the path counts,
    as it does for imports."""
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
    """Where an entry point comes from, for messages."""
    return entry.dist.name if entry.dist is not None else entry.value
