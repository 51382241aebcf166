"""Runs a generator's own server as a process, requests pages until they are right, and reads its CPU time."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from build_checks import Lacking
from peers import Peer
from spending import inherited

PATIENCE = 300.0
"""Seconds after which a server or a page is given up."""
PAUSE = 0.01
"""Seconds between two requests for the page."""


class Serving:
    """A running server."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self._process = process
        self._port = port
        self._log = log

    def until(self, address: str, shown: str) -> None:
        """Request a page until it exists and contains `shown`. Raises `Lacking` if that takes too long."""
        deadline = time.monotonic() + PATIENCE
        while not (page := self._page(address)) or shown not in page:
            if self._process.poll() is not None:
                raise Lacking(f"the server ended: {self._log.read_text('utf-8', 'replace')[-500:]}")
            if time.monotonic() > deadline:
                raise Lacking(f"{address} did not show the change within {PATIENCE:.0f} s")
            time.sleep(PAUSE)

    def cpu(self) -> float | None:
        """Return the CPU seconds so far, of the server and of all processes that it started.

        Returns None where the system does not report them. A process that has ended counts once its parent has waited
        for it.
        """
        if sys.platform != "linux":
            return None
        return sum(_used(each) for each in _session(self._process.pid))

    def _page(self, address: str) -> str:
        """Return the page that the server answers with; an empty string as long as there is none."""
        asked = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        try:
            asked.request("GET", f"/{address}")
            answer = asked.getresponse()
            text = answer.read().decode("utf-8", errors="replace")
            return text if answer.status == 200 else ""
        except (OSError, http.client.HTTPException):
            return ""  # The server does not listen yet, or is building.
        finally:
            asked.close()


@contextmanager
def serving(peer: Peer) -> Iterator[Serving]:
    """Start a generator's server. All its processes end with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = peer.folder / "server.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(
            peer.server(port),
            cwd=peer.folder,
            env=inherited() | peer.environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield Serving(process, port, log)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a server and its process group, with SIGTERM first."""
    for each in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, each)
        except ProcessLookupError:
            break
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            continue
        time.sleep(0.2)
    process.wait()


def _session(leader: int) -> Iterator[int]:
    """Yield the processes of a session, given its leader."""
    for each in Path("/proc").iterdir():
        facts = _facts(int(each.name)) if each.name.isdigit() else []
        if facts and int(facts[3]) == leader:
            yield int(each.name)


def _used(process: int) -> float:
    """Return CPU seconds: of the process with nanoseconds, of its ended children as the kernel counts them."""
    facts = _facts(process)
    if not facts:
        return 0.0
    ended = (int(facts[13]) + int(facts[14])) / os.sysconf("SC_CLK_TCK")
    try:
        return time.clock_gettime((~process << 3) | 2) + ended
    except OSError:
        return ended  # The process has ended meanwhile.


def _facts(process: int) -> list[str]:
    """Return the fields of `/proc/PID/stat` after the process name, from the state on."""
    try:
        return (
            Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        )
    except OSError:
        return []
