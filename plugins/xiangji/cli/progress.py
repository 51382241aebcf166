"""How far long work is: a bar on a terminal, a line now and then in a log, nothing when it is short.

It goes to standard error, so that reports on standard output stay clean.
"""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

import click

from xiangji.cli.words import message_key, say


class ProgressLine:
    """Call it with a label (`photos`), how many are done, and of how many. `every` is in seconds:
    between two lines in a log, and before the first."""

    def __init__(self, lang: str, every: float = 2.0, quiet: bool = False) -> None:
        self._lang = lang
        self._quiet = quiet
        self._every = every
        self._bar: Any = None
        self._told = time.monotonic()

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def __call__(self, label: str, done: int, total: int) -> None:
        """Tell how far the work `label` is: `done` of `total`."""
        if self._quiet:
            return
        if sys.stderr.isatty():
            self._draw(label, done, total)
        else:
            self._write(label, done, total)

    def _draw(self, label: str, done: int, total: int) -> None:
        if self._bar is None:
            words = say(message_key(f"progress-{label}"), self._lang)
            self._bar = click.progressbar(
                length=total, label=words, file=sys.stderr, show_pos=True, show_eta=True
            )
            self._bar.render_progress()
        self._bar.update(done - self._bar.pos)
        if done >= total:
            self._close()

    def _write(self, label: str, done: int, total: int) -> None:
        now = time.monotonic()
        if done == 0:  # Reading the village before it is not the photos' time.
            self._told = now
        elif now - self._told >= self._every:
            self._told = now
            click.echo(
                f"{say(message_key(f'progress-{label}'), self._lang)} {done}/{total}", err=True
            )

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.render_finish()
            self._bar = None
