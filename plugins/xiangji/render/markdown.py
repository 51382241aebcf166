"""Volunteers' Markdown to safe HTML.

Python-Markdown because it is the one renderer that sets `**注意：**这里` in bold; nh3 because what
volunteers and strangers write may hold HTML. Off-site pictures are dropped, scripts cannot pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape

import markdown
import nh3
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.md_in_html import MarkdownInHtmlExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension

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

_SCHEMES = frozenset({"http", "https", "tel", "mailto"})
_LINK = re.compile(
    r"""<(a|img)\b[^>]*?\s(?:href|src)=["']?([a-z][a-z0-9+.-]*:[^"'>]*)""", re.IGNORECASE
)
"""A link with a scheme."""

Resolve = Callable[[str, bool], str | None]
"""From a link as written (and whether it is a picture) to one that works, or None to drop it."""


@lru_cache(maxsize=2)
def _renderer(fenced: bool) -> markdown.Markdown:
    """With the extension for fenced code only where there is some: it brings a library that colours code. Extensions
    are named by class: by name they are looked for in every package that is installed."""
    return markdown.Markdown(
        extensions=[
            *(TableExtension(), SaneListExtension(), TocExtension(slugify=_slug)),
            *(MarkdownInHtmlExtension(), AdmonitionExtension()),
            *["fenced_code"] * fenced,
        ],
        output_format="html",
    )


def _slug(text: str, separator: str) -> str:
    """A fragment that keeps Chinese, so that a link to a heading can be read."""
    return re.sub(r"[^\w]+", separator, text).strip(separator).lower()


_MOST_SIGNS = 400
"""Opening signs in one paragraph. The renderer looks for the end of each anew, so that 20,000 of
them take a minute; a paragraph of a story has a handful, a long table some hundreds."""
_MOST_MARKS = 4_000
"""Signs of tables and emphasis in one paragraph: a table of 400 rows and 8 columns has fewer."""
_LONGEST = 40_000
"""Characters of one paragraph."""
_MOST_LINES = 2_000
"""Lines of one paragraph: each line of hyphens or equals signs cuts what is left of it anew."""
_MOST_BLOCKS = 400
"""HTML blocks with Markdown in them in one text: the renderer looks at all that are open for each."""
_DEEP = re.compile(r"^(?: {48,}|\t{12,})[ \t]*(?:[-*+>]|\d+\.)|^[ \t]*(?:>[ \t]*){13,}")
"""Lists and quotations nested deeper than twelve: the renderer calls itself for each level."""


def too_heavy(text: str) -> int | None:
    """The first line, from 0, of what would take the renderer too long or too deep; else None."""
    start, signs, marks, length, blocks = 0, 0, 0, 0, 0
    for number, line in enumerate(text.split("\n")):
        if not line.strip():
            start, signs, marks, length = number + 1, 0, 0, 0
            continue
        blocks += "<" in line and "markdown" in line
        if blocks > _MOST_BLOCKS or number - start > _MOST_LINES:
            return start
        signs += line.count("[") + line.count("<")
        marks += sum(map(line.count, "|*_`"))
        length += len(line)
        if signs > _MOST_SIGNS or marks > _MOST_MARKS or length > _LONGEST:
            return start
        if _DEEP.match(line):
            return number
    return None


def to_html(text: str, resolve: Resolve) -> str:
    """Safe HTML. A first-level heading becomes a second: the page has its own title."""
    html = _converted(text)

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) in (("a", "href"), ("img", "src")):
            return resolve(value, tag == "img")
        return value

    for match in _LINK.finditer(html):
        scheme = match[2].partition(":")[0].lower()
        if scheme not in _SCHEMES:  # The cleaner takes such a link away before it asks.
            resolve(unescape(match[2]), match[1].lower() == "img")
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=set(_SCHEMES),
        attribute_filter=keep,
        link_rel="noopener",
        strip_comments=True,
        allowed_classes={"div": {"admonition"}, "p": {"admonition-title"}},
    )


@lru_cache(1000)
def _converted(text: str) -> str:
    """What the renderer makes of a text, before it is known where its links lead: a preview comes to
    the same text again and again."""
    renderer = _renderer("```" in text or "~~~" in text)
    renderer.reset()
    return re.sub(r"<(/?)h1\b", r"<\1h2", renderer.convert(text))


def plain_text(html: str) -> str:
    """The words of an HTML fragment, for descriptions."""
    return re.sub(r"\s+", " ", nh3.clean(html, tags=set())).strip()
