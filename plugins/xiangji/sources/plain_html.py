"""HTML files that say something and do nothing: no script, no handler, nothing loaded, nobody sent elsewhere.

Search engines prove whose site it is by such a file. It is published byte for byte, so what cannot be read here
without any doubt is refused: a browser mends what is written wrong in ways of its own.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

_TAGS = frozenset(
    (
        "html head title meta body a abbr b blockquote br caption center cite code dd del details div dl dt em "
        "figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q rp rt ruby s "
        "section small span strong sub summary sup table tbody td tfoot th thead time tr u ul"
    ).split()
)
_ATTRIBUTES = frozenset(
    (
        "id class lang title dir href src alt width height colspan rowspan scope start datetime charset name "
        "content align valign"
    ).split()
)
_TOKEN = re.compile(
    r"(?P<text>[^<\0]+)"
    r"|(?P<doctype><!doctype html>)"
    r"|(?P<comment><!--(?!-?>)(?:[^-<\0]|-(?!-))*-->)"
    r"|(?P<title><title>[^<\0]*</title\s*>)"
    r"|</(?P<end>[a-z][a-z0-9]*)\s*>"
    r"|<(?P<tag>[a-z][a-z0-9]*)"
    r"(?P<attributes>(?:\s+[a-z][a-z0-9-]*(?:\s*=\s*(?:\"[^\"<>\0]*\"|'[^'<>\0]*'|[^\s\"'<>=`\0]+))?)*)\s*/?>",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"([a-z][a-z0-9-]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>=`]+)))?", re.IGNORECASE
)
_WHERE_TO = re.compile(r"[a-z][a-z0-9+.-]*:|[\\/]{2}")
_MAY_LEAD_TO = ("http:", "https:", "mailto:", "tel:")


class Found(NamedTuple):
    """What makes a file more than plain, and in which line."""

    what: str
    line: int


def first_active(text: str) -> Found | None:
    """The first thing in an HTML text that is more than plain; None where there is none."""
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        what = _active(match) if match else _bit(text[position : position + 40])
        if what or match is None:
            return Found(what or "<", text.count("\n", 0, position) + 1)
        position = match.end()
    return None


def _bit(text: str) -> str:
    """What cannot be read, as it begins."""
    name = re.match(r"</?[a-zA-Z][a-zA-Z0-9]*", text)
    return f"{name[0]}>" if name else text[:8].split("\n", 1)[0] or "<"


def _active(token: re.Match[str]) -> str:
    """What is more than plain in a token; empty for none."""
    end = token["end"]
    if end:
        return "" if end.lower() in _TAGS else f"</{end}>"
    if not token["tag"]:
        return ""
    tag = token["tag"].lower()
    if tag not in _TAGS or tag == "title":
        return f"<{tag}>"
    for name, *values in _ATTRIBUTE.findall(token["attributes"]):
        if _is_active(tag, name.lower(), "".join(values)):
            return f"<{tag} {name.lower()}>"
    return ""


def _is_active(tag: str, name: str, value: str) -> bool:
    if name not in _ATTRIBUTES or (name in ("charset", "content", "name") and tag != "meta"):
        return True
    if name == "href":
        return tag != "a" or not leads_well(value)
    return name == "src" and (tag != "img" or leads_away(value))


def leads_away(link: str) -> bool:
    """Whether a link, unescaped by a browser, leads out of the site."""
    return bool(_WHERE_TO.match(_as_read(link)))


def leads_well(link: str) -> bool:
    """Whether a link may be followed: inside the site, or to a page, a letter box or a telephone."""
    read = _as_read(link)
    return not _WHERE_TO.match(read) or read.startswith(_MAY_LEAD_TO) or read.startswith("//")


def _as_read(link: str) -> str:
    """A link as browsers read it: blanks and control characters in it count for nothing."""
    return re.sub(r"[\x00-\x20\x7f-\x9f\u2028\u2029]", "", unescape(link)).lower()
