"""Cleans the HTML of hand-written pages that a host has rendered: no scripts, redirects, frames or foreign files.

What Markdown extensions produce (classes, admonitions, tables) passes. A page without unsafe HTML keeps its bytes.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

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
    return html if _pieces(html) == _pieces(safe) else safe


def _pieces(html: str) -> list[object]:
    reader = _PieceReader(convert_charrefs=True)
    reader.feed(html)
    reader.close()
    return reader.pieces()


class _PieceReader(HTMLParser):
    """Splits HTML into comparable pieces: tags with sorted attributes, texts, comments and declarations.

    Two spellings of the same HTML give the same pieces.
    """

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self._found: list[object] = []
        self._text: list[str] = []

    def _add(self, piece: object) -> None:
        self._found += [*filter(None, ["".join(self._text)]), piece]
        self._text = []

    def pieces(self) -> list[object]:
        self._add(None)
        return self._found

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._add(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self._add(("!", data))

    def handle_decl(self, decl: str) -> None:
        self._add(("!", decl))

    def handle_pi(self, data: str) -> None:
        self._add(("?", data))

    def unknown_decl(self, data: str) -> None:
        self._add(("!", data))


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
