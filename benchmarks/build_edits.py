"""From an edit to the page: what it takes until a tool's own server shows what was just saved, and what follows."""

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
    """Seconds between a page that is there and the next edit, so that watching goes on; and seconds after the page of
    the last edit of a batch in which everything counts that a server does, asked or not."""

    rest: float
    after: float


PACE = Pace(1.5, 10)
QUICK = Pace(0.4, 0.1)


@dataclass(frozen=True, slots=True)
class Shown:
    """Seconds from an edit to the page, and of the processor meanwhile (Linux only)."""

    wall: float
    cpu: float | None


@dataclass
class Edited:
    """What edits took, by key of the generator and what was edited."""

    title: str
    peers: list[Peer] = field(default_factory=list)
    shown: dict[tuple[str, str], list[Shown]] = field(default_factory=dict)
    after: dict[str, float] = field(default_factory=dict)
    """Seconds of the processor from an edit of a batch until `Pace.after` seconds behind its page, by key."""
    failed: dict[str, str] = field(default_factory=dict)

    def of(self, key: str, kind: str) -> Shown | None:
        """The median of the time, and the mean of the processor's, which a kernel counts in hundredths."""
        taken = self.shown.get((key, kind))
        if not taken or key in self.failed:
            return None
        spent = [each.cpu for each in taken if each.cpu is not None]
        cpu = statistics.fmean(spent) if len(spent) == len(taken) else None
        return Shown(statistics.median(each.wall for each in taken), cpu)


def time_edits(
    size: Size, kinds: Sequence[type[Peer]], times: int, folder: Path, say: Say, pace: Pace
) -> Edited:
    """Serve one village with each generator and edit it. One server runs at a time; the first
    edit of each kind is not counted."""
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
        for kind in reversed(KINDS):  # What follows the last edit of a batch is looked at.
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
