"""`xiangji check`: reports the problems of a village, from the cache if nothing changed since the last check."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import click
from msgspec.structs import replace

from xiangji.cli.progress import ProgressLine
from xiangji.cli.village import in_words, open_cache, say_all
from xiangji.cli.words import say
from xiangji.incremental.fingerprint import fingerprint
from xiangji.incremental.manifest import checked, folder_cache, keep_checked
from xiangji.problems import Problem, as_of_next, fatal, in_order
from xiangji.readers.site.destination import STATES
from xiangji.settings import Settings


def run_check(
    lang: str,
    settings: Settings,
    found: Sequence[Problem],
    form: str,
    strict: bool,
    of_next: bool = False,
    links: bool = False,
) -> int:
    """Report the problems of a village, or with `of_next` those that the next version will report.

    `found` are the problems of its settings. With `links` the web is asked for outside pages. Returns the exit status.
    """
    problems = _problems_of(lang, settings, found)
    if links:
        problems = in_order((*problems, *_asked_on_the_web(lang, settings)))
    if of_next:
        problems = as_of_next(problems)
    say_all(*in_words(problems, lang, settings.root, form))
    if of_next and form == "text":
        count = sum(each.raised for each in problems)
        told = say("next-stops" if count else "next-fine", lang, count=count)
        click.echo(told, err=bool(count))
    return 1 if fatal(problems, strict) else 0


def _asked_on_the_web(lang: str, settings: Settings) -> tuple[Problem, ...]:
    """The problems of outside addresses. How many were asked for is told on standard error."""
    from xiangji.library.references import assemble
    from xiangji.linkcheck.addresses import outside_addresses
    from xiangji.linkcheck.findings import Offline, problems_of
    from xiangji.readers.village import gather

    library, _ = assemble(gather(settings.root, settings.docs_dir, settings.site_name))
    written = outside_addresses(library, settings.today, settings) if library else ()
    try:
        with ProgressLine(lang) as progress:
            found = problems_of(written, partial(progress, "links"))
    except Offline:
        click.echo(say("links-offline", lang, count=len(written)), err=True)
        return ()
    click.echo(say("links-asked", lang, count=len(written)), err=True)
    return found


def _problems_of(lang: str, settings: Settings, found: Sequence[Problem]) -> tuple[Problem, ...]:
    root, cache = settings.root, open_cache(settings.root)
    # The snapshot does not cover the output folder, so problems of that folder are found anew each
    # time.
    sure = not any(each.rule in STATES for each in found)
    now = fingerprint(settings, cache, root / settings.site_dir, "check") if sure else None
    known = checked(cache, now, root) if now else None
    if known is not None:
        return known
    with ProgressLine(lang) as progress:
        from xiangji.build import build

        memo = folder_cache(cache, root, now) if now else None
        asked = replace(settings, compared=True)
        problems = build(asked, found, cache, progress, memo=memo).problems
    if now:
        keep_checked(cache, now, root, problems)
    return problems
