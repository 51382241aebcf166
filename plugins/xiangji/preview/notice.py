"""What is wrong, on top of a page of a preview."""

from __future__ import annotations

import re
from html import escape

_STYLE = (
    "margin:0;padding:1rem;background:#a3211b;color:#fff;font:16px/1.6 monospace;"
    # A page that reloads goes back to where it was scrolled to: the box must be seen there too.
    "position:sticky;top:0;z-index:9;max-height:45vh;overflow:auto"
)


def with_notice(document: str, notice: str) -> str:
    """A page with the problems on top, where there are any."""
    if not notice:
        return document
    box = f'<pre role="alert" style="{_STYLE};white-space:pre-wrap">{escape(notice)}</pre>'
    return re.sub(r"(<body[^>]*>)", lambda match: match[1] + box, document, count=1)
