"""Replaces a destination folder with a new one, after checking that the destination may be replaced.

`output.atomic_folder` does the replacement in one step. The destination is checked twice: before the village is read,
and again right before the replacement, while the lock keeps other builds away. The new folder gets a build mark.
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
"""Returns all files that were written, in the form that `build_mark.write_mark` takes."""


class ReplacementRefused(Exception):
    """The present content of the destination may not be replaced."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


class whole_folder:
    """A context manager: a folder that replaces the destination when the block ends without an error.

    Leaving raises ReplacementRefused if the destination may no longer be replaced.
    """

    def __init__(self, settings: Settings, to: Destination, spare: Path | None = None) -> None:
        self._settings, self._to = settings, to
        self._fresh = fresh_folder(to.real, spare=spare, last=self._settle)
        self.digests = Digests()
        self.files: Files | None = None
        """A function that lists what was written. Where it is None, `digests` is used."""
        self.left = ForeignFiles()
        """What happened to foreign files; set when the block has ended."""

    def __enter__(self) -> Path:
        self._folder = self._fresh.__enter__()
        return self._folder

    def __exit__(self, kind: object, value: object, trace: object) -> None:
        self._fresh.__exit__(kind, value, trace)

    def _settle(self, fresh: Path, live: Path) -> Path | None:
        """Write the build mark, and keep or save foreign files.

        Returns the path to rename the old folder to; None where the old folder may be removed.
        """
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
