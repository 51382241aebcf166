"""Decides which folder a command writes into, and reports what happened to foreign files there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xiangji.cli.words import say
from xiangji.problems import Problem
from xiangji.readers.site.destination import Destination, destination
from xiangji.settings import Settings

if TYPE_CHECKING:  # For types only: an unchanged site does not need this import.
    from xiangji.output.foreign_files import ForeignFiles

_SHOWN = 5
"""The maximal number of names in a message; for more, the message gives their number."""


def named_destination(lang: str, settings: Settings, given: Path, kind: str) -> Destination:
    """Return the folder named on the command line. Raises click.UsageError if it may not be written."""
    found = destination(settings, given, kind)
    if isinstance(found, Destination):
        return found
    raise click.UsageError(refusal(found, lang))


def own_destination(settings: Settings) -> Destination | Problem:
    """Return the folder that the configuration names, or the problem that keeps it from being written."""
    shown, place = settings.site_dir, settings.root / settings.site_dir
    return destination(settings, place, "site", settings.site_dir_at, shown)


def refusal(found: Problem, lang: str) -> str:
    """Return why a folder may not be written, and what to do."""
    between = "" if lang == "zh" else " "
    return f"{found.message(lang)}{between}{found.remedy(lang)}"


def left_lines(
    left: ForeignFiles, out: Path, docs: str, lang: str, quiet: bool = False
) -> Iterator[str]:
    """Yield what happened to foreign files: what was moved, and unless `quiet`, what was kept."""
    if left.into and left.whole:
        yield say("output-aside", lang, out=out, into=left.into)
    elif left.into:
        names = _names(left.saved, lang)
        yield say("output-saved", lang, out=out, into=left.into, names=names)
    if left.kept and not quiet:
        yield say("output-kept", lang, out=out, names=_names(left.kept, lang), docs=docs)


def _names(names: Sequence[str], lang: str) -> str:
    plain = [
        "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in each)
        for each in names
    ]
    shown = ("、" if lang == "zh" else ", ").join(plain[:_SHOWN])
    return (
        shown if len(names) <= _SHOWN else say("output-more", lang, names=shown, count=len(names))
    )
