"""Says in the pages of a host which language is where: its frame is Chinese, a page may be English, and so may titles."""

from __future__ import annotations

import re

from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.views.languages import CHINESE, ENGLISH, language_of

_PARTS = late_pattern(
    r'<(?=a href="[^"]*" class="md-skip"|header class="md-header"|nav class="md-tabs"'
    r'|div class="md-sidebar md-sidebar--primary"|nav class="md-grid md-typeset xj-recalls"'
    r'|footer class="md-footer"|button type="button" class="md-top)(\w+)'
)
"""The parts of a page that the theme makes, in Chinese."""

_TITLE = late_pattern(r'<span class="md-ellipsis">([^<]*)')
"""A title in the navigation."""


def with_languages(page: str, english: bool) -> str:
    """Return a page that says its language, and marks titles in the other one."""
    page = page.replace('<html lang="zh"', f'<html lang="{ENGLISH if english else CHINESE}"', 1)
    if english:
        page = _PARTS.sub(lambda found: f'{found[0]} lang="{CHINESE}"', page)
    return _TITLE.sub(_titled, page)


def _titled(found: re.Match[str]) -> str:
    words = found[1].split()
    if len(words) < 2 or language_of(found[1]) == CHINESE:  # A name is the same in both.
        return found[0]
    return f'<span class="md-ellipsis" lang="{ENGLISH}">{found[1]}'
