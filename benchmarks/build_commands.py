"""What a village's people wait for besides a build: a check after an edit, the help, a preview that begins."""

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
"""Beside what they stand."""
IMPORTED = "import mkdocs.commands.build"


@dataclass
class Commands:
    """Seconds of clock and processor, a pair for each round."""

    size: Size
    taken: dict[str, list[tuple[float, float | None]]] = field(default_factory=dict)

    def wall(self, name: str) -> float | None:
        """The median by the clock."""
        taken = self.taken.get(name)
        return statistics.median(each for each, _ in taken) if taken else None

    def cpu(self, name: str) -> float | None:
        """The median of the processor, where it is told."""
        taken = [cpu for _, cpu in self.taken.get(name, ()) if cpu is not None]
        return statistics.median(taken) if taken else None


def time_commands(size: Size, rounds: int, folder: Path, say: Say) -> Commands:
    """Run all of them in turns, after one of each that is not counted."""
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
    """From the start of a server to a page that it shows."""
    begun = time.perf_counter()
    with serving(peer) as server:
        server.until(sheet_address(changed_batch(village)), "")
        return time.perf_counter() - begun, server.cpu()
