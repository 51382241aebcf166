"""Where a command writes a whole folder, and what it says of what others left there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xiangji.cli.words import say
from xiangji.problems import Problem
from xiangji.readers.site.destination import Destination, destination
from xiangji.settings import Settings

if TYPE_CHECKING:  # Where nothing changed, nobody left anything.
    from xiangji.output.foreign_files import ForeignFiles

_SHOWN = 5
"""Names that are told; of more, how many there are."""


def named_destination(lang: str, settings: Settings, given: Path, kind: str) -> Destination:
    """The folder that was named on the command line; one that may not be written is wrong use."""
    found = destination(settings, given, kind)
    if isinstance(found, Destination):
        return found
    raise click.UsageError(refusal(found, lang))


def own_destination(settings: Settings) -> Destination | Problem:
    """The folder that the configuration names."""
    shown, place = settings.site_dir, settings.root / settings.site_dir
    return destination(settings, place, "site", settings.site_dir_at, shown)


def refusal(found: Problem, lang: str) -> str:
    """Why a folder may not be written, and what to do."""
    between = "" if lang == "zh" else " "
    return f"{found.message(lang)}{between}{found.remedy(lang)}"


def left_lines(
    left: ForeignFiles, out: Path, docs: str, lang: str, quiet: bool = False
) -> Iterator[str]:
    """What became of others' files: what was moved, and unless all is to be `quiet`, what stays."""
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
