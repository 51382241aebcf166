"""Shows the problems of a village on top of a page of the preview: the faulty line, what is wrong and what to do.

Chinese comes first, English is folded. The page that was good before stays below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

from xiangji.messages import message
from xiangji.preview.source_line import source_line
from xiangji.problems import Problem, Severity

_STYLE = (
    "margin:0;padding:1rem 1.125rem;background:#a3211b;color:#fff;font:1.125rem/1.6 system-ui,sans-serif;"
    # After a reload the browser restores the scroll position, so the box must be visible there too.
    "position:sticky;top:0;z-index:9;max-height:60vh;overflow:auto"
)
_LINE = (
    "display:block;margin:.25rem 0;padding:.4rem .7rem;background:#fff;color:#211c17;overflow-x:auto;"
    "white-space:pre;font:1.125rem/1.5 monospace"
)
_MOST = 20
"""How many problems are shown. Whoever has more mends these first."""

_LONGEST = 160
"""How many characters of a line are shown."""

_LEFT = 60
"""How many of them stand before the fault where the line is cut."""


def notice_of(problems: Iterable[Problem], root: Path) -> str:
    """Return the problems as HTML, those that stop a build first. `root` is the village, whose lines are quoted."""
    ranked = sorted(problems, key=lambda each: each.severity is not Severity.ERROR)
    shown = "".join(_one(each, root) for each in ranked[:_MOST])
    further = len(ranked) - _MOST
    more = f"<p style='margin:0'>还有 {further} 处，先改这些。</p>" if further > 0 else ""
    return f'<div role="alert" style="{_STYLE}">{shown}{more}</div>' if shown else ""


def with_notice(document: str, notice: str) -> str:
    """Return the page with `notice` on top; unchanged if `notice` is empty."""
    if not notice:
        return document
    return re.sub(r"(<body[^>]*>)", lambda match: match[1] + notice, document, count=1)


def _one(found: Problem, root: Path) -> str:
    word = message("report", found.severity.value, "zh")
    head = f"{found.location}: {word} [{found.rule}]"
    told = f"{found.message('zh')} {message('report', 'remedy', 'zh').format(remedy=found.remedy('zh'))}"
    told_en = f"{found.message('en')} {message('report', 'remedy', 'en').format(remedy=found.remedy('en'))}"
    line = _line(found, root)
    quoted = f'<code style="{_LINE}">{line}</code>' if line else ""
    return (
        f'<div style="margin:0 0 1rem"><b style="overflow-wrap:anywhere">{escape(head)}</b>{quoted}'
        f'<p style="margin:0">{escape(told)}</p>'
        f'<details lang="en"><summary style="cursor:pointer">English</summary>{escape(told_en)}</details></div>'
    )


def _line(found: Problem, root: Path) -> str:
    """Return the faulty line as HTML, marked from the column on. Empty if it cannot be quoted."""
    line = source_line(found, root)
    if line is None:
        return ""
    before, behind = line.before, line.behind
    if len(before) > _LEFT and len(before) + len(behind) > _LONGEST:
        before = f"…{before[-_LEFT:]}"
    if len(behind) > _LONGEST - len(before):
        behind = f"{behind[: _LONGEST - len(before)]}…"
    if not behind.strip():
        return escape(before + behind)
    return f"{escape(before)}<mark>{escape(behind)}</mark>"
