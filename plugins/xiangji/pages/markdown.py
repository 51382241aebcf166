"""Volunteers' Markdown to safe HTML.

Python-Markdown because it is the one renderer that sets `**注意：**这里` in bold; nh3 because what
volunteers and strangers write may hold HTML. Off-site pictures are dropped, scripts cannot pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import markdown
import nh3

_TAGS = frozenset(
    (
        "a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure h2 "
        "h3 h4 hr i img ins kbd li mark ol p pre q rp rt ruby s section small span strong sub "
        "summary sup table tbody td tfoot th thead time tr u ul "
    ).split()
)
_ATTRIBUTES = {
    "*": {"id", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "time": {"datetime"},
}

Resolve = Callable[[str, bool], str | None]
"""From a link as written (and whether it is a picture) to one that works, or None to drop it."""


@lru_cache(maxsize=1)
def _renderer() -> markdown.Markdown:
    return markdown.Markdown(
        extensions=["tables", "sane_lists", "toc", "md_in_html", "fenced_code", "admonition"],
        extension_configs={"toc": {"slugify": _slug}},
        output_format="html",
    )


def _slug(text: str, separator: str) -> str:
    """A fragment that keeps Chinese, so that a link to a heading can be read."""
    return re.sub(r"[^\w]+", separator, text).strip(separator).lower()


def to_html(text: str, resolve: Resolve) -> str:
    """Safe HTML. A first-level heading becomes a second: the page has its own title."""
    renderer = _renderer()
    renderer.reset()
    html = renderer.convert(text)
    html = re.sub(r"<(/?)h1\b", r"<\1h2", html)

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) in (("a", "href"), ("img", "src")):
            return resolve(value, tag == "img")
        return value

    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "tel", "mailto"},
        attribute_filter=keep,
        link_rel="noopener",
        strip_comments=True,
        allowed_classes={"div": {"admonition"}, "p": {"admonition-title"}},
    )


def plain_text(html: str) -> str:
    """The words of an HTML fragment, for descriptions."""
    return re.sub(r"\s+", " ", nh3.clean(html, tags=set())).strip()
