"""The shards of a site, made and written by several processes at once.

Processes are forked, so that each has the village before it without anything being sent; where a system
cannot do that well (Windows, macOS), or where it would not pay, one process does it all. A team
(`parcels`) makes them instead, wherever it is. Neither the bytes nor the names of files depend on who does.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from xiangji.adapters.files import write_outputs
from xiangji.adapters.parcels import Team, make_with
from xiangji.adapters.reuse import Reuse
from xiangji.pages.output import Shard
from xiangji.site import Site

Told = Callable[[str, int, int], None]
"""As `pages.darkroom.Progress`."""

BATCHES = "batches"

_WORTH = 300
"""Batches below which one process is done before a second has begun."""

_MOST = 16
_PR_SET_PDEATHSIG = 1


def write_shards(
    site: Site,
    folder: Path,
    progress: Told | None = None,
    reuse: Reuse | None = None,
    processes: int | None = None,
    team: Team | None = None,
) -> int:
    """Make and write the files of all shards below `folder`, those left out that an earlier build has;
    by a team where there is one. Returns how many."""
    unmade = [
        number for number, shard in enumerate(site.shards) if not (reuse and reuse.has(shard))
    ]
    near = [number for number in unmade if site.shards[number].near]
    unmade = [number for number in unmade if not site.shards[number].near]
    count = sum(len(shard.files) for shard in site.shards)
    count -= sum(len(site.shards[number].files) for number in unmade)
    for number in near:
        write_outputs(site.made(site.shards[number]), folder)
    tell = progress or (lambda *_: None)
    if team:
        return count + _by_team(team, site, unmade, folder, tell)
    return count + _make(site, unmade, folder, tell, processes)


def _by_team(team: Team, site: Site, unmade: list[int], folder: Path, tell: Told) -> int:
    shards = [site.shards[number] for number in unmade]
    total = sum(len(shard.batches) for shard in shards)
    done = count = 0

    def made(shard: Shard, files: int) -> None:
        nonlocal done, count
        done += len(shard.batches)
        count += files
        tell(BATCHES, done, total)

    tell(BATCHES, 0, total)
    make_with(team, site, shards, folder, made)
    return count


def _make(site: Site, unmade: list[int], folder: Path, tell: Told, processes: int | None) -> int:
    total = sum(len(site.shards[number].batches) for number in unmade)
    several = _several(total, processes)
    done = count = 0
    if total:
        tell(BATCHES, 0, total)
    if several == 1:
        for number in unmade:
            count += write_outputs(site.made(site.shards[number]), folder)
            done += len(site.shards[number].batches)
            tell(BATCHES, done, total)
        return count
    gc.freeze()  # What children look at for garbage is copied for each.
    fork = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(several, fork, _begin, (site, folder, os.getpid()))
    try:
        running = {pool.submit(_write, number): site.shards[number] for number in unmade}
        for future in as_completed(running):
            count += future.result()
            done += len(running[future].batches)
            tell(BATCHES, done, total)
    finally:
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()
    return count


def _several(batches: int, wanted: int | None) -> int:
    """How many processes to use."""
    if sys.platform != "linux":
        return 1
    if wanted is None:
        wanted = len(os.sched_getaffinity(0)) if batches >= _WORTH else 1
    return max(1, min(wanted, _MOST))


_work: Callable[[Shard], int] | None = None
_shards: tuple[Shard, ...] = ()


def _begin(site: Site, folder: Path, parent: int) -> None:
    """In a new process: it must not go on writing when the one that asked for it was killed."""
    global _work, _shards
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is told to the parent, which ends us.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    _work, _shards = (lambda shard: write_outputs(site.made(shard), folder)), site.shards


def _write(number: int) -> int:
    assert _work is not None
    return _work(_shards[number])
