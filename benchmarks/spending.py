"""Measures what a command and all its child processes cost: time, CPU time and memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_CHILD = Path(__file__).with_name("spending_child.py")


@dataclass(frozen=True, slots=True)
class Spent:
    """Elapsed seconds, CPU seconds, and peak memory in bytes."""

    wall: float
    cpu: float
    memory: float


class Failed(Exception):
    """A measured command failed. The text is its output."""


_UNKEPT = "PYTHONDONTWRITEBYTECODE"
"""If this variable is set, Python compiles on each run what an installed program has compiled once."""


def inherited() -> dict[str, str]:
    """Return the environment of the benchmark, without the variable that keeps Python from saving bytecode."""
    return {name: value for name, value in os.environ.items() if name != _UNKEPT}


def spend(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Spent:
    """Run a command in `folder` and return what it cost. Raises `Failed` if the command fails.

    CPU time includes all processes that it waited for. Memory is the larger of two values: the peak of its largest
    process as the kernel counts it, and the largest sum over all its processes, sampled ten times a second (Linux
    only).
    """
    with tempfile.TemporaryDirectory(prefix="xiangji-spent-") as kept:
        result, said = Path(kept, "result.json"), Path(kept, "said.txt")
        with said.open("wb") as out:
            subprocess.run(
                [sys.executable, "-I", "-S", str(_CHILD), str(result), *command],
                cwd=folder,
                env=inherited() | (environment or {}),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                check=True,
            )
        facts = json.loads(result.read_text("utf-8"))
        if facts["status"]:
            raise Failed(f"{' '.join(command)}\n{said.read_text('utf-8', errors='replace')}")
    return Spent(facts["wall"], facts["cpu"], facts["memory"])


def middle(several: Iterable[Spent]) -> Spent:
    """Return the median of each measure separately."""
    taken = list(several)
    return Spent(
        statistics.median(each.wall for each in taken),
        statistics.median(each.cpu for each in taken),
        statistics.median(each.memory for each in taken),
    )
