"""What every command does first and last: open the village, tell the problems."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from xiangji.cli.options import FORMATS
from xiangji.cli.words import say
from xiangji.problems import Problem, as_text, fatal, in_order, summary


def open_settings(
    lang: str, config: Path, date: str | None, site_url: str | None, since: str = ""
) -> Any:
    """Settings and the problems of reading them; wrong use ends here with status 2."""
    from xiangji.calendar import today
    from xiangji.sources.config import read_settings

    if not config.is_file():
        raise click.UsageError(say("no-config", lang, path=config))
    try:
        day = today(date)
    except ValueError:
        given = date or os.environ.get("XIANGJI_DATE") or os.environ.get("SOURCE_DATE_EPOCH")
        raise click.UsageError(say("bad-date", lang, value=given)) from None
    settings, found = read_settings(config.resolve(), day, site_url)
    return replace(settings, since=since), found


def open_cache(root: Path) -> Any:
    """The village's cache."""
    from xiangji.cache import Cache

    return Cache(root / ".cache" / "xiangji")


def open_library(lang: str, config: Path, date: str | None, site_url: str | None) -> Any:
    """Settings and the whole library; problems that leave none end here with status 1."""
    from xiangji.library import assemble
    from xiangji.sources.village import gather

    settings, _ = open_settings(lang, config, date, site_url)
    gathered = gather(settings.root, settings.docs_dir, settings.site_name, settings.site_url)
    library, unresolved = assemble(gathered)
    problems = in_order((*gathered.problems, *unresolved))
    if library is None or fatal(problems, strict=False):
        tell(problems, lang)
        sys.exit(1)
    return settings, library


def tell(problems: tuple[Problem, ...], lang: str, form: str = "text") -> None:
    if form != "text":
        click.echo(FORMATS[form](problems, lang))
        return
    if problems:
        click.echo(as_text(problems, lang), err=True)
    counts = summary(problems, lang)
    click.echo(say("found" if problems else "fine", lang, summary=counts), err=bool(problems))
