"""Shows the problems of a village on top of a page of the preview."""

from __future__ import annotations

import re
from html import escape

_STYLE = (
    "margin:0;padding:1rem;background:#a3211b;color:#fff;font:16px/1.6 monospace;"
    # After a reload the browser restores the scroll position, so the box must be visible there too.
    "position:sticky;top:0;z-index:9;max-height:45vh;overflow:auto"
)


def with_notice(document: str, notice: str) -> str:
    """Return the page with the text `notice` on top; unchanged if `notice` is empty."""
    if not notice:
        return document
    box = f'<pre role="alert" style="{_STYLE};white-space:pre-wrap">{escape(notice)}</pre>'
    return re.sub(r"(<body[^>]*>)", lambda match: match[1] + box, document, count=1)
