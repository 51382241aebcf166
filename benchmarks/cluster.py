"""Compares a local build with a build by a Dask cluster: seconds, bytes sent, and whether the sites are equal.

python benchmarks/cluster.py --batches 10000 --workers 2

The workers are processes on this machine and share its cores with the build. So this measures what sending costs, not
what more machines would gain. Exits with status 1 if a byte differs.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from dask_cluster import scheduling
from village import write_village
from xiangji.build import Site, build
from xiangji.readers.config import read_settings
from xiangji.shards.cluster import open_cluster
from xiangji.shards.processes import write_shards

DAY = date(2026, 11, 22)


@dataclass
class Counting(Executor):
    """Wraps an executor, and counts the bytes sent to it and received from it."""

    inner: Executor
    sent: int = 0
    back: int = 0

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        self.sent += sum(len(each) for each in given if isinstance(each, bytes))
        future = self.inner.submit(work, *given, **named)
        future.add_done_callback(self._came)
        return future

    def _came(self, future: Future[Any]) -> None:
        if not future.cancelled() and future.exception() is None:
            self.back += len(future.result())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=10_000)
    parser.add_argument("--products", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="xiangji-cluster-") as folder:
        sys.exit(compare(Path(folder), given.batches, given.products, given.workers))


def compare(folder: Path, batches: int, products: int, workers: int) -> int:
    """Build in every way and print the results. Returns the exit status."""
    write_village(folder / "village", products, batches, makers=15, stories=10)
    settings, found = read_settings(folder / "village/mkdocs.yml", DAY)
    begun = time.perf_counter()
    site = build(settings, found)
    print(f"read, checked, all other pages made: {time.perf_counter() - begun:.1f} s")
    rows = [
        ("one process", timed(site, folder / "one", processes=1)),
        ("forked processes", timed(site, folder / "forked")),
    ]
    (folder / "cluster").mkdir()
    with scheduling(folder / "cluster") as cluster:
        cluster.hire(workers)
        with open_cluster(cluster.address) as team:
            counting = Counting(team.executor)
            kit = 0

            def lay_out(packed: bytes) -> Any:
                nonlocal kit
                kit = len(packed)
                return team.lay_out(packed)

            whole = replace(team, executor=counting, lay_out=lay_out)
            rows.append((f"cluster of {workers}", timed(site, folder / "far", team=whole)))
    print(f"{batches} batches in {len(site.shards)} shards, made and written by")
    for name, (seconds, here) in rows:
        print(f"{name:>20}: {seconds:6.1f} s by the clock, {here:6.1f} s of this process")
    print(
        f"sent: {_size(counting.sent)} in parcels and {_size(kit)} as a kit; {_size(counting.back)} back"
    )
    differing = [name for name in ("forked", "far") if not same(folder / "one", folder / name)]
    files = sum(1 for each in (folder / "one").rglob("*") if each.is_file())
    told = f"differ: {', '.join(differing)}" if differing else "the same bytes"
    print(f"{files} files in each; {told}")
    return 1 if differing else 0


def timed(site: Site, out: Path, **how: Any) -> tuple[float, float]:
    """Return the seconds to make and write all shards: elapsed, and CPU seconds of this process alone."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    begun, used = time.perf_counter(), time.process_time()
    write_shards(site, out, **how)
    return time.perf_counter() - begun, time.process_time() - used


def same(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files with the same bytes."""
    names = {each.relative_to(one) for each in one.rglob("*") if each.is_file()}
    if names != {each.relative_to(other) for each in other.rglob("*") if each.is_file()}:
        return False
    return all((one / each).read_bytes() == (other / each).read_bytes() for each in names)


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"


if __name__ == "__main__":
    main()
