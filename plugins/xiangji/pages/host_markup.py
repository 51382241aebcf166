"""Cleans the HTML of hand-written pages that a host has rendered: no scripts, redirects, frames or foreign files.

What Markdown extensions produce (classes, admonitions, tables) passes. A page without unsafe HTML keeps its bytes.
"""

from __future__ import annotations

import re

import nh3

from xiangji.model.parsing.late_pattern import late_pattern

_TAGS = frozenset(
    (
        "a abbr address article aside audio b bdi bdo blockquote br caption center cite code col colgroup data dd del "
        "details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li main "
        "mark nav ol p path picture pre q rp rt ruby s samp section small source span strong sub summary sup svg table "
        "tbody td tfoot th thead time tr track u ul var video wbr"
    ).split()
)
_ATTRIBUTES = {
    "*": set("id class lang dir title style align role tabindex hidden width height name".split()),
    "a": {"href", "rel", "download"},
    "img": {"src", "alt", "loading", "decoding"},
    "audio": {"src", "controls", "preload"},
    "video": {"src", "controls", "preload", "poster"},
    "source": {"src", "type"},
    "track": {"src", "kind", "srclang", "label"},
    "input": {"type", "checked", "disabled"},
    "label": {"for"},
    "details": {"open"},
    "col": {"span"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "time": {"datetime"},
    "data": {"value"},
    "svg": {"viewBox", "xmlns", "fill"},
    "path": {"d", "fill"},
}


def _kept(tag: str, attribute: str, value: str) -> str | None:
    if attribute in ("src", "poster"):
        from xiangji.readers.site.site_html import leads_elsewhere

        if leads_elsewhere(value):
            return None
    if attribute == "style" and re.search(r"[\\(@]|position|expression", value, re.IGNORECASE):
        return None
    if (tag, attribute) == ("input", "type") and value not in ("checkbox", "radio"):
        return None
    return value


def cleaned(html: str) -> str:
    """Rendered HTML without what is unsafe; the same text if nothing in it is unsafe."""
    from xiangji.readers.site.html_pieces import (
        pieces_of,  # Few villages have a host that renders pages.
    )

    safe = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_kept,
        url_schemes={"http", "https", "tel", "mailto"},
        link_rel=None,
        strip_comments=True,
        generic_attribute_prefixes={"data-", "aria-"},
    )
    return html if pieces_of(html) == pieces_of(safe) else safe


def as_rendered(block: str) -> str:
    """A block of HTML as Markdown's `md_in_html` extension would render it."""
    import markdown  # Imported late, because few villages have such blocks.

    return markdown.Markdown(extensions=["md_in_html"]).convert(block)


_SUSPECT = late_pattern(
    r"<\s*[/!?a-z]|script|&#|data:|\bon\w+\s*=|!\[[^\]]*\]\(\s*<?(?:\w+:|//)", re.IGNORECASE
)


def first_doubt(text: str) -> int | None:
    """The first line, from 0, of Markdown that may contain unsafe HTML; None if it certainly contains none."""
    match = _SUSPECT.search(text)
    return text.count("\n", 0, match.start()) if match else None


def without_markup(text: str) -> str:
    """Markdown that is safe in a host without our cleaning.

    It is the same text if that renders to safe HTML, else the cleaned HTML.
    """
    if first_doubt(text) is None and "{" not in text:
        return text
    import markdown

    html = markdown.Markdown(
        extensions=[
            "tables",
            "sane_lists",
            "md_in_html",
            "attr_list",
            "admonition",
            "toc",
            "fenced_code",
        ]
    ).convert(text)
    safe = cleaned(html)
    return text if safe == html else f"<div>\n{safe}\n</div>\n"
