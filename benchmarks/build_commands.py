"""Measures other commands that users wait for: a check after an edit, the help, the start of a preview."""

from __future__ import annotations

import os
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from build_cases import Say, Size, changed_batch
from build_servers import serving
from peer_xiangji import Xiangji
from peers import sheet_address
from spending import spend
from village_facts import Village

COMMANDS = {
    "check": "`xiangji check` after an edit of a batch",
    "help": "`xiangji --help`",
    "serve": "`xiangji serve` until it shows a batch",
}
MEASURE = "import"
"""The command that the others are compared with."""
IMPORTED = "import mkdocs.commands.build"


@dataclass
class Commands:
    """Elapsed and CPU seconds of each command, a pair for each round."""

    size: Size
    taken: dict[str, list[tuple[float, float | None]]] = field(default_factory=dict)

    def wall(self, name: str) -> float | None:
        """Return the median of the elapsed seconds."""
        taken = self.taken.get(name)
        return statistics.median(each for each, _ in taken) if taken else None

    def cpu(self, name: str) -> float | None:
        """Return the median of the CPU seconds, where the system reports them."""
        taken = [cpu for _, cpu in self.taken.get(name, ()) if cpu is not None]
        return statistics.median(taken) if taken else None


def time_commands(size: Size, rounds: int, folder: Path, say: Say) -> Commands:
    """Run all commands in turns, after one round that is not counted."""
    village = size.write(folder / "source")
    peer = Xiangji(folder / Xiangji.key)
    peer.folder.mkdir()
    peer.write(folder / "source", village)
    found = Commands(size)
    for turn in range(rounds + 1):
        peer.edit_batch(changed_batch(village), turn).do()
        os.sync()
        once = {
            "check": _run(peer, peer.check),
            MEASURE: _run(peer, [sys.executable, "-c", IMPORTED]),
            "help": _run(peer, [sys.executable, "-m", "xiangji", "--help"]),
            "serve": _begin(peer, village),
        }
        for name, taken in once.items() if turn else ():
            found.taken.setdefault(name, []).append(taken)
    say(
        ", ".join(f"{name} {found.wall(name):.3f} s, CPU {found.cpu(name)}" for name in found.taken)
    )
    return found


def _run(peer: Xiangji, command: list[str]) -> tuple[float, float]:
    spent = spend(command, peer.folder, peer.environment)
    return spent.wall, spent.cpu


def _begin(peer: Xiangji, village: Village) -> tuple[float, float | None]:
    """Measure the time from starting a server until it shows a page."""
    begun = time.perf_counter()
    with serving(peer) as server:
        server.until(sheet_address(changed_batch(village)), "")
        return time.perf_counter() - begun, server.cpu()
