"""Checks that an HTML or XML file of a village runs no code, redirects nobody and loads nothing from other sites.

The verification file of a search engine passes. In doubt a file is refused: HTML parsers differ, so suspicious text is
refused wherever it occurs, even in comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser

from msgspec import Struct

from xiangji.model.parsing.late_pattern import late_pattern

_TAGS = frozenset(
    "script iframe frame frameset object embed applet base portal fencedframe svg math template noscript plaintext xmp "
    "noembed noframes form marquee".split()
)
_LOADS = frozenset(
    "src srcset poster background data manifest ping action formaction xlink:href".split()
)
_SIGNS = (
    late_pattern(r"<\s*/?\s*(?:[\w-]+:)?(?:" + "|".join(sorted(_TAGS)) + r")\b", re.IGNORECASE),
    late_pattern(r"(?<![\w-])on[a-z]{3,}\s*=", re.IGNORECASE),
    late_pattern(r"(?:java|vb|live)\s*script\s*:|data:\s*text/", re.IGNORECASE),
    late_pattern(r"http-equiv\s*=\s*[\"']?\s*(?!content-type)[\w-]+", re.IGNORECASE),
    late_pattern(r"@import|url\s*\(|expression\s*\(|image(?:-set)?\s*\(", re.IGNORECASE),
)
_XML_SIGNS = (
    late_pattern(
        r"<\?xml-stylesheet|<!DOCTYPE|<!ENTITY|www\.w3\.org/(?:1999/xhtml|2000/svg|1999/XSL)",
        re.IGNORECASE,
    ),
)
_SCRIPT_ADDRESS = late_pattern(r"(?:javascript|vbscript|data|livescript):", re.IGNORECASE)
_ELSEWHERE = late_pattern(r"[a-z][a-z0-9+.-]*:|[\\/]{2}", re.IGNORECASE)


class Flaw(Struct, frozen=True):
    """The reason why a document is refused: the text in question, and its line (from 1)."""

    line: int
    what: str


def flaw_in(raw: bytes, xml: bool = False) -> Flaw | None:
    """The first reason why a document is not published, or None."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Flaw(1, "UTF-8?")
    if "\0" in text:
        return Flaw(1, "\\0")
    found = [*_signs(text, (*_SIGNS, *(_XML_SIGNS if xml else ()))), *_parsed(text)]
    return min(found, key=lambda each: each.line, default=None)


def _signs(text: str, signs: Iterable[re.Pattern[str]]) -> Iterable[Flaw]:
    for sign in signs:
        match = sign.search(text)
        if match:
            yield Flaw(text.count("\n", 0, match.start()) + 1, match[0])


def _parsed(text: str) -> list[Flaw]:
    reader = _Reader(convert_charrefs=True)
    reader.feed(text)
    reader.close()
    return reader.flaws


def leads_elsewhere(value: str) -> bool:
    """Whether an address leads to another site, as browsers read it.

    Browsers ignore blanks and control characters in an address, and read a backslash as a slash.
    """
    return bool(_ELSEWHERE.match(re.sub(r"[\x00-\x20]", "", value)))


class _Reader(HTMLParser):
    """Collects attributes that run or load something. Character references such as `&#106;` are decoded."""

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.flaws: list[Flaw] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if self._is_active(tag, name, value or ""):
                self.flaws.append(Flaw(self.getpos()[0], f"<{tag} {name}>"))

    @staticmethod
    def _is_active(tag: str, name: str, value: str) -> bool:
        plain = re.sub(r"[\x00-\x20]", "", value)
        if _SCRIPT_ADDRESS.match(plain) or name.startswith("on") or name == "srcdoc":
            return True
        loads = name in _LOADS or (tag == "link" and name == "href")
        if name == "srcset":
            return any(leads_elsewhere(each) for each in value.split(","))
        styled = name == "style" and ("\\" in value or "(" in value)
        return styled or (loads and leads_elsewhere(value))
