"""`xiangji impact`: one A4 of what came of the work, to hang up or to hand over."""

from __future__ import annotations

from pathlib import Path

import click

from xiangji.build import open_press
from xiangji.cli.printing.paper import deliver, paper_place, say_read
from xiangji.cli.village import open_cache, open_settings, refused, tell
from xiangji.cli.words import say
from xiangji.model.location import Location
from xiangji.problems import fatal

FILE = "impact.pdf"


def make_impact(
    lang: str,
    black: bool,
    out: Path | None,
    config: Path,
    date: str | None,
    site_url: str | None,
) -> int:
    """Make the page. Returns the exit status."""
    from xiangji.paper.coded import RESOLUTION
    from xiangji.paper.counted.impact import set_impact
    from xiangji.paper.delivery import finish
    from xiangji.paper.fonts import find_fonts

    settings, found = open_settings(lang, config, date, site_url)
    fonts = find_fonts(settings.root)
    cache = open_cache(settings.root)
    context, problems = open_press(settings, found, cache)
    if context is None:
        tell(problems, lang, settings.root)
        return 1
    if not context.library.shelf("indicators"):
        raise click.UsageError(say("impact-none", lang))
    printed, told = set_impact(context, fonts, cache, black)
    if printed is None or fatal(told, strict=False):
        refused(lang, settings.root, told)
        return 1
    made, told = finish(printed, told, RESOLUTION, Location(settings.config_file))
    if refused(lang, settings.root, told) or made is None:
        return 1
    place = paper_place(settings.root, out, "impact")
    deliver(lang, place, {FILE: made.pdf})
    say_read(lang, place.shown / FILE, made)
    click.echo(say("paper-actual", lang))
    return 0
