"""`xiangji check`: what is wrong, told at once where nothing changed since somebody looked."""

from __future__ import annotations

from collections.abc import Sequence

from xiangji.adapters.ledger import checked, keep_checked, memo_of
from xiangji.adapters.survey import survey
from xiangji.cli.progress import ProgressLine
from xiangji.cli.village import open_cache
from xiangji.problems import Problem
from xiangji.settings import Settings


def problems_of(lang: str, settings: Settings, found: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems of a village; `found` are those of its settings."""
    root, cache = settings.root, open_cache(settings.root)
    now = survey(settings, cache, root / settings.site_dir, "check")
    known = checked(cache, now, root) if now else None
    if known is not None:
        return known
    from xiangji.site import build

    with ProgressLine(lang) as progress:
        memo = memo_of(now, cache, root) if now else None
        problems = build(settings, found, cache, progress, memo=memo).problems
    if now:
        keep_checked(cache, now, root, problems)
    return problems
