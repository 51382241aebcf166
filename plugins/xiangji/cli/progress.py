"""Shows the progress of long work: a bar in a terminal, a line now and then in a log, nothing if the work is short.

It writes to standard error, so that standard output holds nothing but the report.
"""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

import click

from xiangji.cli.words import message_key, say


class ProgressLine:
    """Shows progress when called with a label (`photos`), the number of finished items and the total.

    `every` is the time in seconds between two lines in a log, and before the first one.
    """

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
        """Show that `done` of `total` items of the work `label` are finished."""
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
        if done == 0:  # The time for reading the village does not belong to this work.
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
