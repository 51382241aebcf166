"""What a command took: time, processor, memory, with everything that it started."""

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
    """Seconds from start to end, seconds of all processors, bytes of memory at the peak."""

    wall: float
    cpu: float
    memory: float


class Failed(Exception):
    """A command that was measured ended with an error; the text is what it said."""


_UNKEPT = "PYTHONDONTWRITEBYTECODE"
"""Where this is set, a Python compiles on each run what an installed program has compiled once."""


def inherited() -> dict[str, str]:
    """The environment of who measures, in which every Python keeps what it compiled."""
    return {name: value for name, value in os.environ.items() if name != _UNKEPT}


def spend(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> Spent:
    """Run a command in `folder` and say what it took. Processor time includes all processes that it waited for; memory is the larger of its largest process's peak (as the kernel counts it) and the
    largest sum over all its processes, looked at ten times a second (Linux only)."""
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
    """The median of each measure for itself."""
    taken = list(several)
    return Spent(
        statistics.median(each.wall for each in taken),
        statistics.median(each.cpu for each in taken),
        statistics.median(each.memory for each in taken),
    )
