"""From an edit to the page: how long until a tool's own server shows what was just saved."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from build_cases import Say, Size, edit
from build_checks import Lacking
from peers import Edit, Peer, put
from village_facts import Village

PATIENCE = 300.0
"""Seconds until a server or a page is given up."""
PAUSE = 0.01
"""Seconds between two looks at the page."""
REST = 1.5
"""Seconds between a page that is there and the next edit, so that watching goes on."""
KINDS = ("batch", "story")


@dataclass
class Edited:
    """Seconds from an edit to the page, by key of the generator and what was edited."""

    title: str
    peers: list[Peer] = field(default_factory=list)
    seconds: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def of(self, key: str, kind: str) -> float | None:
        """The median."""
        taken = self.seconds.get((key, kind))
        return statistics.median(taken) if taken and key not in self.failed else None


def time_edits(
    title: str, size: Size, kinds: list[type[Peer]], times: int, folder: Path, say: Say
) -> Edited:
    """Serve one village with each generator and edit it. One server runs at a time; the first
    edit of each kind is not counted."""
    source = folder / "source"
    village = size.write(source)
    edited = Edited(title)
    for kind in kinds:
        peer = kind(folder / kind.key)
        peer.folder.mkdir()
        peer.write(source, village)
        edited.peers.append(peer)
        try:
            _time(edited, peer, village, times)
        except Lacking as failure:
            edited.failed[peer.key] = str(failure)
            say(f"{peer.name} is left out: {failure}")
        else:
            shown = (f"{kind} {edited.of(peer.key, kind) or 0:.2f} s" for kind in KINDS)
            say(f"{title}, from an edit to the page: {peer.name}, {', '.join(shown)}")
    return edited


def _time(edited: Edited, peer: Peer, village: Village, times: int) -> None:
    with _serving(peer) as (port, ended):
        first = edit(peer, "batch", village, 0)
        _until(port, first.address, lambda text: bool(text), ended)
        for kind in KINDS:
            for turn in range(times + 1):
                time.sleep(REST)
                seconds = _seconds(edit(peer, kind, village, turn), port, ended)
                if turn:
                    edited.seconds.setdefault((peer.key, kind), []).append(seconds)


def _seconds(change: Edit, port: int, ended: Callable[[], str | None]) -> float:
    text = change.changed()
    begun = time.perf_counter()
    put(change.file, text)
    _until(port, change.address, lambda page: change.shown in page, ended)
    return time.perf_counter() - begun


def _until(
    port: int, address: str, good: Callable[[str], bool], ended: Callable[[], str | None]
) -> None:
    """Ask for a page until it is good."""
    deadline = time.monotonic() + PATIENCE
    while not good(_page(port, address)):
        said = ended()
        if said is not None:
            raise Lacking(f"the server ended: {said[-500:]}")
        if time.monotonic() > deadline:
            raise Lacking(f"{address} did not show the change within {PATIENCE:.0f} s")
        time.sleep(PAUSE)


def _page(port: int, address: str) -> str:
    """What a server answers; nothing as long as it has no such page."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        asked.request("GET", f"/{address}")
        answer = asked.getresponse()
        text = answer.read().decode("utf-8", errors="replace")
        return text if answer.status == 200 else ""
    except (OSError, http.client.HTTPException):
        return ""  # Not listening yet, or just building.
    finally:
        asked.close()


@contextmanager
def _serving(peer: Peer) -> Iterator[tuple[int, Callable[[], str | None]]]:
    """A running server: its port, and what it said should it have ended. All that it started ends
    with the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = peer.folder / "server.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(
            peer.server(port),
            cwd=peer.folder,
            env={**os.environ, **peer.environment},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield (
                port,
                lambda: None if process.poll() is None else log.read_text("utf-8", "replace"),
            )
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a server and everything in its process group, politely first."""
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
