"""The shards of a site, made and written by several processes at once.

Processes are forked, so that each has the village before it without anything being sent; where a system
cannot do that well (Windows, macOS), or where it would not pay, one process does it all. A team
(`parcels`) makes them instead, wherever it is. Neither the bytes nor the names of files depend on who does.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from xiangji.build import Site
from xiangji.incremental.listing import packed
from xiangji.output.files import Written, write_outputs
from xiangji.render.outputs import Shard
from xiangji.shards.child_process import belong_to

if TYPE_CHECKING:  # Few have one, and it brings what tells whether two computers are alike.
    from xiangji.shards.remote import ShardExecutor

Told = Callable[[str, int, int], None]
"""As `images.worker.Progress`."""


class FileRecorder(Protocol):
    """Who knows what is there of a site, and is told what was made: `reuse.Standby`, `mark.Digests`."""

    def has(self, shard: Shard) -> bool:
        """Whether a shard's files are there already."""

    def made(self, shard: Shard, files: bytes, asked: list[str]) -> None:
        """A shard was made: its packed files, and what was asked of the village meanwhile."""


BATCHES = "batches"

_WORTH = 300
"""Batches below which one process is done before a second has begun."""

_MOST = 16

_RUN = 50
"""Shards that a process makes before it is heard of."""


def write_shards(
    site: Site,
    folder: Path,
    progress: Told | None = None,
    reuse: FileRecorder | None = None,
    processes: int | None = None,
    team: ShardExecutor | None = None,
) -> int:
    """Make and write the files of all shards below `folder`, those left out that an earlier build has;
    by a team where there is one. Returns how many."""
    if team:
        return _with_team(team, site, folder, progress, reuse)
    unmade = _unmade(site, reuse)
    tell, done = progress or _nobody, 0
    total = sum(_batches(site.shards[number]) for number in unmade)
    if total:
        tell(BATCHES, 0, total)
    for number in _written_here(site, folder, reuse, processes, unmade):
        done += _batches(site.shards[number])
        tell(BATCHES, done, total)
    return sum(len(shard.uris) for shard in site.shards)


def _with_team(
    team: ShardExecutor, site: Site, folder: Path, progress: Told | None, reuse: FileRecorder | None
) -> int:
    unmade = _unmade(site, reuse)
    far = [number for number in unmade if not site.shards[number].near]
    for number in unmade:
        shard = site.shards[number]
        if shard.near:
            _keep(reuse, shard, *_made(site, shard, folder))
    _by_team(team, site, [site.shards[number] for number in far], folder, progress, reuse)
    return sum(len(shard.uris) for shard in site.shards)


def _keep(reuse: FileRecorder | None, shard: Shard, files: bytes, asked: list[str]) -> None:
    if reuse:
        reuse.made(shard, files, asked)


def _unmade(site: Site, reuse: FileRecorder | None) -> list[int]:
    return [number for number, shard in enumerate(site.shards) if not (reuse and reuse.has(shard))]


def _nobody(*_: object) -> None:
    """Nobody is told how far it is."""


def _by_team(
    team: ShardExecutor,
    site: Site,
    shards: list[Shard],
    folder: Path,
    progress: Told | None,
    reuse: FileRecorder | None,
) -> None:
    from xiangji.shards.remote import make_with

    total = sum(len(shard.batches) for shard in shards)
    tell, done = progress or _nobody, 0

    def made(shard: Shard, files: Written, asked: list[str]) -> None:
        nonlocal done
        done += len(shard.batches)
        _keep(reuse, shard, packed(files), asked)
        tell(BATCHES, done, total)

    tell(BATCHES, 0, total)
    make_with(team, site, shards, folder, made)


def _written_here(
    site: Site, folder: Path, reuse: FileRecorder | None, processes: int | None, unmade: list[int]
) -> Iterator[int]:
    """Makes and writes shards, in several processes where that pays; each number as soon as its files are there."""

    def write(number: int) -> int:
        shard = site.shards[number]
        _keep(reuse, shard, *_made(site, shard, folder))
        return number

    several = _several(sum(_batches(site.shards[number]) for number in unmade), processes)
    # Templates and codes are prepared once for all of them.
    yield from map(write, unmade if several == 1 else unmade[:1])
    if several == 1:
        return
    # Few villages have so many batches that it pays.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed

    gc.freeze()  # What children look at for garbage is copied for each.
    fork = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(several, fork, _begin, (site, folder, os.getpid()))
    try:
        running = {pool.submit(_write, run): run for run in _runs(unmade[1:], several)}
        for future in as_completed(running):
            for number, done in zip(running[future], future.result(), strict=True):
                _keep(reuse, site.shards[number], *done)
                yield number
    finally:
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()


def _made(site: Site, shard: Shard, folder: Path) -> Done:
    files = packed(write_outputs(site.made(shard), folder))
    return files, site.asked_for(shard)


def _batches(shard: Shard) -> int:
    """The batches that count: those of lists do so with their sheets."""
    return 0 if shard.near else len(shard.batches)


def _runs(unmade: list[int], several: int) -> Iterator[list[int]]:
    """Numbers of shards that one process makes one after another: neighbours, since what lies beside
    each other in memory is copied for each process that looks at it. The last runs are short, so that
    no process waits long for the others."""
    at = 0
    while at < len(unmade):
        run = min(_RUN, max(1, (len(unmade) - at) // (4 * several)))
        yield unmade[at : at + run]
        at += run


def _several(batches: int, wanted: int | None) -> int:
    """How many processes to use."""
    if sys.platform != "linux":
        return 1
    if wanted is None:
        wanted = len(os.sched_getaffinity(0)) if batches >= _WORTH else 1
    return max(1, min(wanted, _MOST))


Done = tuple[bytes, list[str]]
"""A listing of files, packed, and what was asked for them."""

_work: Callable[[Shard], Done] | None = None
_shards: tuple[Shard, ...] = ()


def _begin(site: Site, folder: Path, parent: int) -> None:
    """In a new process."""
    global _work, _shards
    belong_to(parent)
    _work, _shards = (lambda shard: _made(site, shard, folder)), site.shards


def _write(numbers: list[int]) -> list[Done]:
    """Make some shards."""
    assert _work is not None
    return [_work(_shards[number]) for number in numbers]
