"""Runs a real Dask scheduler on loopback with workers in processes of their own, which can be killed."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from distributed import Client

PATIENCE = 60
"""Seconds until a process must have started."""

_OURS = {"PYTHONDONTWRITEBYTECODE": "1"}


@dataclass
class Cluster:
    """A scheduler, and its worker processes by their addresses."""

    address: str
    folder: Path
    scheduler: subprocess.Popen[bytes]
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def hire(self, count: int, env: dict[str, str] | None = None) -> None:
        """Start `count` more workers. Returns when the scheduler knows them."""
        words = (self.address, "--no-nanny", "--nthreads", "1", "--host", "127.0.0.1")
        names = [f"w{len(self.workers) + number}" for number in range(count)]
        begun = {
            name: _start("worker", *words, "--name", name, folder=self.folder, env=env)
            for name in names
        }
        with self.client() as client:
            deadline = time.monotonic() + PATIENCE
            while begun:
                for address, told in client.scheduler_info(n_workers=-1)["workers"].items():
                    if str(told["name"]) in begun:
                        self.workers[address] = begun.pop(str(told["name"]))
                assert time.monotonic() < deadline, f"no word of {[*begun]}"
                time.sleep(0.02)

    def busy(self) -> list[str]:
        """Return the addresses of workers that have tasks, the busiest first."""
        with self.client() as client:
            found = client.processing()
        return sorted((each for each in found if found[each]), key=lambda each: -len(found[each]))

    def kill(self, address: str) -> None:
        process = self.workers.pop(address)
        process.kill()
        process.wait()

    def client(self) -> Client:
        return Client(self.address, set_as_default=False)


@contextmanager
def scheduling(folder: Path) -> Iterator[Cluster]:
    """Start a scheduler without workers. What is still running at the end is killed."""
    told = folder / "scheduler.json"
    words = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told))
    scheduler = _start("scheduler", *words, folder=folder)
    cluster: Cluster | None = None
    try:
        deadline = time.monotonic() + PATIENCE
        while cluster is None:
            try:
                cluster = Cluster(json.loads(told.read_text("utf-8"))["address"], folder, scheduler)
            except (OSError, ValueError):  # The file is not written yet, or not completely.
                assert scheduler.poll() is None, (folder / "scheduler.log").read_text("utf-8")
                assert time.monotonic() < deadline
                time.sleep(0.02)
        yield cluster
    finally:
        for each in (*(cluster.workers.values() if cluster else ()), scheduler):
            each.kill()
            each.wait()


def _start(
    which: str, *words: str, folder: Path, env: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    log: IO[bytes]
    with (folder / f"{which}.log").open("ab") as log:
        command = [sys.executable, "-m", f"distributed.cli.dask_{which}", *words]
        if which == "worker":
            command += ["--no-dashboard", "--local-directory", str(folder)]
        # The process runs in a folder of its own, because `-m` puts the current folder first in the
        # module path.
        return subprocess.Popen(
            command, cwd=folder, env={**os.environ, **_OURS, **(env or {})}, stdout=log, stderr=log
        )


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as way:
        way.bind(("127.0.0.1", 0))
        return int(way.getsockname()[1])
