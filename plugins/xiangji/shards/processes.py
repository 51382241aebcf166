"""Makes and writes the shards of a site in several worker processes, or by a remote executor.

Processes are forked, so that each has the village in memory without a transfer. On systems that cannot fork reliably
(Windows, macOS), or if it would not be faster, one process makes all shards. With an executor (`shards.remote`), the
shards are made elsewhere. The bytes and names of files do not depend on any of this.
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

if TYPE_CHECKING:  # Few builds use one, and its module imports what compares two computers.
    from xiangji.shards.remote import ShardExecutor

Told = Callable[[str, int, int], None]
"""The same as `images.worker.Progress`."""


class FileRecorder(Protocol):
    """Records which shards are there and which were made.

    It is `incremental.standby.Standby` or `output.build_mark.Digests`.
    """

    def has(self, shard: Shard) -> bool:
        """Whether a shard's files are there already."""

    def made(self, shard: Shard, files: bytes, asked: list[str]) -> None:
        """A shard was made. `files` is the packed listing of its files, `asked` the questions that it asked."""


BATCHES = "batches"

_PARALLEL_FROM = 300
"""Number of batches below which one process is faster than starting a second."""

_PROCESS_LIMIT = 16

_RUN_LENGTH = 50
"""Maximum number of shards that a process makes before it returns a result."""


def write_shards(
    site: Site,
    folder: Path,
    progress: Told | None = None,
    reuse: FileRecorder | None = None,
    processes: int | None = None,
    team: ShardExecutor | None = None,
) -> int:
    """Make the files of all shards and write them below `folder`, except those that `reuse` already has.

    With `team`, a remote executor makes them. Returns the number of files of all shards.
    """
    if team:
        return _near_and_remote(team, site, folder, progress, reuse)
    unmade = _unmade(site, reuse)
    tell, done = progress or _no_progress, 0
    total = sum(_batches(site.shards[number]) for number in unmade)
    if total:
        tell(BATCHES, 0, total)
    for number in _written_here(site, folder, reuse, processes, unmade):
        done += _batches(site.shards[number])
        tell(BATCHES, done, total)
    return sum(len(shard.uris) for shard in site.shards)


def _near_and_remote(
    team: ShardExecutor, site: Site, folder: Path, progress: Told | None, reuse: FileRecorder | None
) -> int:
    unmade = _unmade(site, reuse)
    far = [number for number in unmade if not site.shards[number].near]
    for number in unmade:
        shard = site.shards[number]
        if shard.near:
            _keep(reuse, shard, *_made(site, shard, folder))
    _by_executor(team, site, [site.shards[number] for number in far], folder, progress, reuse)
    return sum(len(shard.uris) for shard in site.shards)


def _keep(reuse: FileRecorder | None, shard: Shard, files: bytes, asked: list[str]) -> None:
    if reuse:
        reuse.made(shard, files, asked)


def _unmade(site: Site, reuse: FileRecorder | None) -> list[int]:
    return [number for number, shard in enumerate(site.shards) if not (reuse and reuse.has(shard))]


def _no_progress(*_: object) -> None:
    """Report no progress."""


def _by_executor(
    team: ShardExecutor,
    site: Site,
    shards: list[Shard],
    folder: Path,
    progress: Told | None,
    reuse: FileRecorder | None,
) -> None:
    from xiangji.shards.remote import make_with

    total = sum(map(_batches, shards))
    tell, done = progress or _no_progress, 0

    def made(shard: Shard, files: Written, asked: list[str]) -> None:
        nonlocal done
        done += _batches(shard)
        _keep(reuse, shard, packed(files), asked)
        tell(BATCHES, done, total)

    tell(BATCHES, 0, total)
    make_with(team, site, shards, folder, made)


def _written_here(
    site: Site, folder: Path, reuse: FileRecorder | None, processes: int | None, unmade: list[int]
) -> Iterator[int]:
    """Make and write shards, in several processes if that is faster. Yields each number when its files are written."""

    def write(number: int) -> int:
        shard = site.shards[number]
        _keep(reuse, shard, *_made(site, shard, folder))
        return number

    several = _process_count(sum(_batches(site.shards[number]) for number in unmade), processes)
    if several == 1:
        yield from map(write, unmade)
        return
    # The first of each kind is made before the fork, so that templates and codes are prepared only once.
    first = {site.shards[number].make: number for number in reversed(unmade)}
    yield from map(write, first.values())
    unmade = sorted({*unmade} - {*first.values()})
    # Imported late, because few villages have enough batches to need it.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed

    gc.freeze()  # The garbage collector of a worker process would copy the memory pages that it visits.
    fork = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(several, fork, _initialise, (site, folder, os.getpid()))
    try:
        running = {pool.submit(_write, run): run for run in _runs(unmade, several)}
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
    """The number of batches that count for progress. Their sheets count, lists of them and codes do not."""
    return len(shard.batches) if shard.reads and not shard.near else 0


def _runs(unmade: list[int], several: int) -> Iterator[list[int]]:
    """Split the numbers of shards into runs of neighbours that one process makes one after another.

    Neighbours share memory pages, which are copied for each process that reads them. The last runs are short, so that
    no process waits long for the others.
    """
    at = 0
    while at < len(unmade):
        run = min(_RUN_LENGTH, max(1, (len(unmade) - at) // (4 * several)))
        yield unmade[at : at + run]
        at += run


def _process_count(batches: int, wanted: int | None) -> int:
    """The number of processes to use."""
    if sys.platform != "linux":
        return 1
    if wanted is None:
        wanted = len(os.sched_getaffinity(0)) if batches >= _PARALLEL_FROM else 1
    return max(1, min(wanted, _PROCESS_LIMIT))


Done = tuple[bytes, list[str]]
"""The packed listing of a shard's files, and the questions that it asked."""

_make_shard: Callable[[Shard], Done] | None = None
_shards: tuple[Shard, ...] = ()


def _initialise(site: Site, folder: Path, parent: int) -> None:
    """Initialise a worker process."""
    global _make_shard, _shards
    belong_to(parent)
    _make_shard, _shards = (lambda shard: _made(site, shard, folder)), site.shards


def _write(numbers: list[int]) -> list[Done]:
    """Make and write these shards in a worker process."""
    assert _make_shard is not None
    return [_make_shard(_shards[number]) for number in numbers]
