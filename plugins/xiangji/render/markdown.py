"""Renders volunteers' Markdown to safe HTML.

Python-Markdown is used because it renders `**注意：**这里` in bold, which CommonMark renderers do not. nh3 cleans the
result, because Markdown may contain HTML. Pictures from other sites are dropped; scripts cannot pass.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import nh3

from xiangji.cache import Cache
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.views.table_labels import with_labels

if TYPE_CHECKING:
    import markdown

_TAGS = frozenset(
    (
        "a abbr b blockquote br caption cite code dd del details div dl dt em figcaption figure h2 "
        "h3 h4 hr i img ins kbd li mark ol p pre q rp rt ruby s section small span strong sub "
        "summary sup table tbody td tfoot th thead time tr u ul "
    ).split()
)
_ATTRIBUTES = {
    "*": {"id", "lang", "title", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
    "time": {"datetime"},
}

_SCHEMES = frozenset({"http", "https", "tel", "mailto"})
_LINK = late_pattern(
    r"""<(a|img)\b[^>]*?\s(?:href|src)=["']?([a-z][a-z0-9+.-]*:[^"'>]*)""", re.IGNORECASE
)
"""Matches a link or picture whose target has a URL scheme."""

Resolve = Callable[[str, bool], str | None]
"""A function from a link as written, and whether it is a picture, to a target that works, or to None to drop it."""


@lru_cache(maxsize=2)
def _renderer(fenced: bool) -> markdown.Markdown:
    """The Markdown renderer.

    The extension for fenced code is loaded only if `fenced`, since it imports a highlighter. Extensions are given as
    classes, because Markdown looks up names in the entry points of all installed packages. Everything is imported
    late, because a build in which no text is new renders none.
    """
    import markdown
    from markdown.extensions.admonition import AdmonitionExtension
    from markdown.extensions.md_in_html import MarkdownInHtmlExtension
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension
    from markdown.extensions.toc import TocExtension

    return markdown.Markdown(
        extensions=[
            *(TableExtension(), SaneListExtension(), TocExtension(slugify=slug)),
            *(MarkdownInHtmlExtension(), AdmonitionExtension()),
            *["fenced_code"] * fenced,
        ],
        output_format="html",
    )


def slug(text: str, separator: str) -> str:
    """The fragment of a heading. It keeps Chinese characters, so that a link to a heading can be read."""
    return re.sub(r"[^\w]+", separator, text).strip(separator).lower()


_OPENING_SIGN_LIMIT = 400
"""Maximum number of `[` and `<` in one paragraph.

The renderer searches the end of each anew: 20,000 take a minute. A paragraph of a story has a handful, a long table
some hundreds.
"""
_MARK_LIMIT = 4_000
"""Maximum number of table and emphasis signs in one paragraph. A table of 400 rows and 8 columns has fewer."""
_LENGTH_LIMIT = 40_000
"""Maximum number of characters in one paragraph."""
_LINE_LIMIT = 2_000
"""Maximum number of lines in one paragraph.

At each line of hyphens or equals signs, the renderer splits the rest anew.
"""
_BLOCK_LIMIT = 400
"""Maximum number of HTML blocks with Markdown in one text: for each block the renderer visits all open blocks."""
_TOO_DEEP = late_pattern(r"^(?: {48,}|\t{12,})[ \t]*(?:[-*+>]|\d+\.)|^[ \t]*(?:>[ \t]*){13,}")
"""Matches lists and quotations nested deeper than twelve levels: the renderer recurses for each level."""


def too_heavy(text: str) -> int | None:
    """The first line, from 0, of a paragraph that is too heavy to render; None if there is none.

    Such a paragraph would take the renderer too long, or would make it recurse too deep.
    """
    start, signs, marks, length, blocks = 0, 0, 0, 0, 0
    for number, line in enumerate(text.split("\n")):
        if not line.strip():
            start, signs, marks, length = number + 1, 0, 0, 0
            continue
        blocks += "<" in line and "markdown" in line
        if blocks > _BLOCK_LIMIT or number - start > _LINE_LIMIT:
            return start
        signs += line.count("[") + line.count("<")
        marks += sum(map(line.count, "|*_`"))
        length += len(line)
        if signs > _OPENING_SIGN_LIMIT or marks > _MARK_LIMIT or length > _LENGTH_LIMIT:
            return start
        if _TOO_DEEP.match(line):
            return number
    return None


class ConvertedTexts:
    """The HTML of Markdown texts before their links are resolved. The next build finds it in `cache`."""

    def __init__(self, cache: Cache | None = None) -> None:
        self._cache = cache or Cache()
        self._used: dict[str, str] = {}

    def html(self, text: str) -> str:
        """The HTML of a text, from the last build if it had the same text."""
        digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        found = self._kept.get(digest)
        self._used[digest] = _converted(text) if found is None else found
        return self._used[digest]

    def keep(self) -> None:
        """Keep the HTML of the texts of this build for the next one."""
        if self._used != self._kept:
            self._cache.store(_recipe(), msgspec.json.encode(self._used))

    @cached_property
    def _kept(self) -> dict[str, str]:
        return self._cache.stored(_recipe(), _read_converted) or {}


def _read_converted(kept: bytes) -> dict[str, str]:
    return msgspec.json.decode(kept, type=dict[str, str])


@cache
def _recipe() -> str:
    """What decides the HTML of a text: the versions of Python and of the renderer, and this module."""
    found = find_spec("markdown")
    version = Path(found.origin).with_name("__meta__.py") if found and found.origin else None
    read = [each.read_bytes() for each in (Path(__file__), version) if each]
    return f"markdown {sys.version} {sha256(b''.join(read)).hexdigest()}"


def to_html(text: str, resolve: Resolve, convert: Callable[[str], str] | None = None) -> str:
    """Safe HTML of a Markdown text, with links resolved by `resolve`.

    First-level headings become second-level, because the page has a title of its own. `convert` is
    `ConvertedTexts.html`, if texts of earlier builds are known.
    """
    html = (convert or _converted)(text)

    def keep(tag: str, attribute: str, value: str) -> str | None:
        if (tag, attribute) in (("a", "href"), ("img", "src")):
            return resolve(value, tag == "img")
        return value

    for match in _LINK.finditer(html):
        scheme = match[2].partition(":")[0].lower()
        # nh3 removes a link with another scheme before it calls the filter, so it is reported here.
        if scheme not in _SCHEMES:
            resolve(unescape(match[2]), match[1].lower() == "img")
    safe = nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=set(_SCHEMES),
        attribute_filter=keep,
        link_rel="noopener",
        strip_comments=True,
        allowed_classes={"div": {"admonition"}, "p": {"admonition-title"}},
    )
    return with_labels(safe)


@lru_cache(1000)
def _converted(text: str) -> str:
    """HTML of a text before its links are resolved. It is cached because a preview renders the same texts again."""
    renderer = _renderer("```" in text or "~~~" in text)
    renderer.reset()
    return re.sub(r"<(/?)h1\b", r"<\1h2", renderer.convert(text))


def plain_text(html: str) -> str:
    """The text of an HTML fragment without tags, for descriptions."""
    return re.sub(r"\s+", " ", nh3.clean(html, tags=set())).strip()
