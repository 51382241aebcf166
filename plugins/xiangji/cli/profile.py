"""Measures where the time of a command goes: seconds and CPU seconds of each stage."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from msgspec import Struct, field

from xiangji.cli.text_table import aligned
from xiangji.cli.words import message_key, say


class TimeSpent(Struct, frozen=True):
    """Elapsed seconds, and CPU seconds of this process with all its threads and finished child processes."""

    wall: float
    cpu: float

    def __add__(self, other: TimeSpent) -> TimeSpent:
        return TimeSpent(self.wall + other.wall, self.cpu + other.cpu)


def _cpu() -> float:
    """Return the CPU seconds so far, of this process and of the child processes that it has waited for."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


class Stopwatch(Struct):
    """Measures stages, one after another.

    The time before the stopwatch was made is called start: the interpreter and its imports. Only its CPU time is known.
    """

    stages: dict[str, TimeSpent] = field(default_factory=dict)
    _begun: float = field(default_factory=time.perf_counter)
    _start: float = field(default_factory=_cpu)

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Measure the time from entering to leaving the block, and add it to a stage."""
        wall, cpu = time.perf_counter(), _cpu()
        try:
            yield
        finally:
            spent = TimeSpent(time.perf_counter() - wall, _cpu() - cpu)
            self.stages[stage] = self.stages.get(stage, TimeSpent(0, 0)) + spent

    @property
    def whole(self) -> TimeSpent:
        """The whole time so far, including the start."""
        return TimeSpent(time.perf_counter() - self._begun + self._start, _cpu())

    def rows(self) -> Iterator[tuple[str, TimeSpent]]:
        """Yield the start, each stage in the order of its first measurement, and the rest of the time."""
        whole = self.whole
        yield "start", TimeSpent(self._start, self._start)
        yield from self.stages.items()
        known = TimeSpent(self._start, self._start)
        for spent in self.stages.values():
            known = known + spent
        yield "rest", TimeSpent(max(0.0, whole.wall - known.wall), max(0.0, whole.cpu - known.cpu))


_NAMED = ("start", "fingerprint", "write", "manifest", "rest")
"""Stages with a translated name; the others are shown under their internal name."""


def profile_text(watch: Stopwatch, lang: str) -> str:
    """The table that people read."""
    named = {each: say(message_key(f"profile-{each}"), lang) for each in _NAMED}
    whole = watch.whole
    rows = [say("profile-head", lang).split("|")]
    rows += [_row(named.get(stage, stage), spent, whole) for stage, spent in watch.rows()]
    rows.append(_row(say("profile-all", lang), whole, whole))
    return aligned(rows)


def _row(name: str, spent: TimeSpent, whole: TimeSpent) -> list[str]:
    share = spent.wall / whole.wall if whole.wall else 0.0
    return [name, f"{spent.wall:.2f}", f"{spent.cpu:.2f}", f"{share:.0%}"]
