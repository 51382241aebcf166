"""A folder that a command writes whole, into a place that may be written, with a mark that says so.

`swap` puts it there in one step. What is there is looked at twice: before anything of the village is read, and again
right before the new folder takes its place, when nobody else of us writes there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from xiangji.clock import today
from xiangji.output.atomic_folder import fresh_folder
from xiangji.output.build_mark import Digests, write_mark
from xiangji.output.foreign_files import ForeignFiles, free_name, take_over
from xiangji.problems import Problem
from xiangji.readers.site.build_mark import read_mark
from xiangji.readers.site.destination import Destination, destination
from xiangji.settings import Settings

Files = Callable[[], Iterable[Mapping[str, str]]]
"""Gives all files that were written, as `mark.write_mark` wants them."""


class ReplacementRefused(Exception):
    """What is there by now may not be replaced."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


class whole_folder:
    """The folder that takes the place of a destination when the block ends without an error."""

    def __init__(self, settings: Settings, to: Destination, spare: Path | None = None) -> None:
        self._settings, self._to = settings, to
        self._fresh = fresh_folder(to.real, spare=spare, last=self._settle)
        self.digests = Digests()
        self.files: Files | None = None
        """Who knows what was written; `digests`, if nobody does better."""
        self.left = ForeignFiles()
        """What became of others' files, when it is done."""

    def __enter__(self) -> Path:
        self._folder = self._fresh.__enter__()
        return self._folder

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        self._fresh.__exit__(kind, value, trace)

    def _settle(self, fresh: Path, live: Path) -> Path | None:
        """All is written: mark it, and see to what is not ours. Returns where what is there goes; None where it may
        go away."""
        now = destination(self._settings, self._to.real, self._to.kind)
        if isinstance(now, Problem):
            raise ReplacementRefused(now)
        files = self.files() if self.files else self.digests.of(fresh)
        write_mark(fresh, self._to.kind, files, (read_mark(fresh), now.mark))
        if now.state == "old":
            self.left = ForeignFiles(into=free_name(live, today()), whole=True)
        elif now.mark is not None:
            self.left = take_over(live, fresh, now.mark, today())
        return self.left.into if self.left.whole else None
