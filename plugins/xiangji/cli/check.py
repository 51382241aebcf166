"""`xiangji check`: reports the problems of a village, from the cache if nothing changed since the last check."""

from __future__ import annotations

from collections.abc import Sequence

import click
from msgspec.structs import replace

from xiangji.cli.progress import ProgressLine
from xiangji.cli.village import in_words, open_cache, say_all
from xiangji.cli.words import say
from xiangji.incremental.fingerprint import fingerprint
from xiangji.incremental.manifest import checked, folder_cache, keep_checked
from xiangji.problems import Problem, as_of_next, fatal
from xiangji.readers.site.destination import STATES
from xiangji.settings import Settings


def run_check(
    lang: str,
    settings: Settings,
    found: Sequence[Problem],
    form: str,
    strict: bool,
    of_next: bool = False,
) -> int:
    """Report the problems of a village, or with `of_next` those that the next version will report.

    `found` are the problems of its settings. Returns the exit status.
    """
    problems = _problems_of(lang, settings, found)
    if of_next:
        problems = as_of_next(problems)
    say_all(*in_words(problems, lang, settings.root, form))
    if of_next and form == "text":
        count = sum(each.raised for each in problems)
        told = say("next-stops" if count else "next-fine", lang, count=count)
        click.echo(told, err=bool(count))
    return 1 if fatal(problems, strict) else 0


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
