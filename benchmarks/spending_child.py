"""Runs one command and writes down what it cost; `spending.py` starts it as a small separate process.

python -I -S spending_child.py RESULT.json COMMAND ...

It is a separate process, because Linux counts the memory of the starting process to the peak of the started one, and
the benchmark holds a whole village in memory.
"""

import json
import os
import sys
import threading
import time
from pathlib import Path

PAUSE = 0.1
"""Seconds between two samples of the memory of all processes together."""


class Watch(threading.Thread):
    """Samples the largest memory, in bytes, of a process and all its child processes together.

    A single process is not sampled, because the kernel knows its peak better. Shared memory is divided among its users
    (PSS), so that a library shared by several workers is not counted several times.
    """

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._over = threading.Event()
        self.peak = 0

    def run(self) -> None:
        while not self._over.wait(PAUSE):
            family = [self._process, *below(self._process)]
            if len(family) > 1:
                self.peak = max(self.peak, sum(map(share, family)))

    def stop(self) -> None:
        self._over.set()
        self.join()


def below(process: int) -> list[int]:
    """Return all child processes of `process`, and their child processes."""
    found = []
    try:
        for task in Path(f"/proc/{process}/task").iterdir():
            found += map(int, (task / "children").read_text().split())
    except OSError:
        return []  # The process has ended, or this is not Linux.
    return [*found, *(each for child in found for each in below(child))]


def share(process: int) -> int:
    """Return the PSS (proportional set size) of a process, in bytes."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def main() -> None:
    result, *command = sys.argv[1:]
    begun = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ)
    watch = Watch(process)
    watch.start()
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - begun
    watch.stop()
    largest = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    facts = {
        "status": os.waitstatus_to_exitcode(status),
        "wall": wall,
        "cpu": used.ru_utime + used.ru_stime,
        "memory": max(largest, watch.peak),
    }
    Path(result).write_text(json.dumps(facts))


if __name__ == "__main__":
    main()
