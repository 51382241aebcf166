"""Measures the time from an edit until a generator's own server shows it, and the work that follows."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from build_cases import Say, Size, edit
from build_checks import Lacking
from build_servers import Serving, serving
from peers import Edit, Peer, put
from village_facts import Village

KINDS = ("batch", "story")


@dataclass(frozen=True, slots=True)
class Pace:
    """Waiting times of the measurement, in seconds.

    `rest` is the time between a page that has appeared and the next edit. `after` is the time after the last edit's
    page in which all work of the server counts, whether it was asked for or not.
    """

    rest: float
    after: float


PACE = Pace(1.5, 10)
QUICK = Pace(0.4, 0.1)


@dataclass(frozen=True, slots=True)
class Shown:
    """Elapsed seconds from an edit to the page, and CPU seconds in that time (Linux only)."""

    wall: float
    cpu: float | None


@dataclass
class Edited:
    """The measured edits, by key of the generator and kind of edit."""

    title: str
    peers: list[Peer] = field(default_factory=list)
    shown: dict[tuple[str, str], list[Shown]] = field(default_factory=dict)
    after: dict[str, float] = field(default_factory=dict)
    """By key: CPU seconds from the edit of a batch until `Pace.after` seconds after its page."""
    failed: dict[str, str] = field(default_factory=dict)

    def of(self, key: str, kind: str) -> Shown | None:
        """Return the median elapsed time, and the mean CPU time, which the kernel counts in hundredths of a second."""
        taken = self.shown.get((key, kind))
        if not taken or key in self.failed:
            return None
        spent = [each.cpu for each in taken if each.cpu is not None]
        cpu = statistics.fmean(spent) if len(spent) == len(taken) else None
        return Shown(statistics.median(each.wall for each in taken), cpu)


def time_edits(
    size: Size, kinds: Sequence[type[Peer]], times: int, folder: Path, say: Say, pace: Pace
) -> Edited:
    """Serve one village with each generator and edit it.

    One server runs at a time. The first edit of each kind is not counted.
    """
    source = folder / "source"
    village = size.write(source)
    edited = Edited(f"{size.batches:,}")
    for kind in kinds:
        peer = kind(folder / kind.key)
        peer.folder.mkdir()
        peer.write(source, village)
        edited.peers.append(peer)
        try:
            _time(edited, peer, village, times, pace)
        except Lacking as failure:
            edited.failed[peer.key] = str(failure)
            say(f"{peer.name} is left out: {failure}")
        else:
            say(f"{edited.title}, from an edit to the page: {peer.name}, {_said(edited, peer)}")
    return edited


def _said(edited: Edited, peer: Peer) -> str:
    found = ((kind, edited.of(peer.key, kind)) for kind in KINDS)
    return ", ".join(
        f"{kind} {shown.wall:.2f} s, CPU {shown.cpu or 0:.3f} s" for kind, shown in found if shown
    )


def _time(edited: Edited, peer: Peer, village: Village, times: int, pace: Pace) -> None:
    with serving(peer) as server:
        server.until(edit(peer, "batch", village, 0).address, "")
        for kind in reversed(
            KINDS
        ):  # Batches come last, because the work after their last edit is measured.
            for turn in range(times + 1):
                time.sleep(pace.rest)
                begun = server.cpu()
                shown = _shown(edit(peer, kind, village, turn), server)
                if turn:
                    edited.shown.setdefault((peer.key, kind), []).append(shown)
        time.sleep(pace.after)
        if begun is not None:
            edited.after[peer.key] = (server.cpu() or begun) - begun


def _shown(change: Edit, server: Serving) -> Shown:
    text = change.changed()
    before, begun = server.cpu(), time.perf_counter()
    put(change.file, text)
    server.until(change.address, change.shown)
    wall, after = time.perf_counter() - begun, server.cpu()
    return Shown(wall, None if before is None or after is None else after - before)
