"""`xiangji check`: what is wrong, told at once where nothing changed since somebody looked."""

from __future__ import annotations

from collections.abc import Sequence

from xiangji.adapters.glance import Answer, Question, remember
from xiangji.adapters.ledger import Loaded, checked, keep_checked, memo_of
from xiangji.adapters.survey import Survey, survey
from xiangji.cli.progress import ProgressLine
from xiangji.cli.village import in_words, open_cache, say_all
from xiangji.problems import Problem, fatal
from xiangji.settings import Settings
from xiangji.sources.destination import STATES


def run_check(
    lang: str,
    settings: Settings,
    found: Sequence[Problem],
    form: str,
    strict: bool,
    question: Question | None = None,
) -> int:
    """Tell the problems of a village; `found` are those of its settings. Returns the exit status. If all
    that was asked is this `question`, its answer is kept."""
    now, problems, loaded = _problems_of(lang, settings, found)
    said = in_words(problems, lang, form)
    status = 1 if fatal(problems, strict) else 0
    say_all(*said)
    if question and now and now.sight:
        remember(question, Answer(*said, status), now.sight, loaded)
    return status


def _problems_of(
    lang: str, settings: Settings, found: Sequence[Problem]
) -> tuple[Survey | None, tuple[Problem, ...], Loaded]:
    """What was looked at, the problems, and the programs that found them."""
    root, cache = settings.root, open_cache(settings.root)
    # What lies where the site goes is looked at by no survey: what is told of it is told anew each time.
    sure = not any(each.rule in STATES for each in found)
    out = root / settings.site_dir
    now = survey(settings, cache, out, "check", seen=True) if sure else None
    known = checked(cache, now, root) if now else None
    if known is not None:
        return now, *known
    from xiangji.adapters.readers import reading_ahead

    memo = memo_of(now, cache, root) if now else None
    with ProgressLine(lang) as progress, reading_ahead(root, now, memo):
        from xiangji.site import build

        problems = build(settings, found, cache, progress, memo=memo).problems
        if memo:
            memo.close()
    return now, problems, keep_checked(cache, now, root, problems) if now else []
