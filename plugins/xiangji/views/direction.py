"""Which way words run: Uyghur, Kazakh and Arabic from right to left, on pages that run from left to right.

Nobody marks that by hand, and a browser that is not told sets the full stop on the wrong side. So whatever begins with
a letter of such a script says so in `dir`, wherever the words came from: a story, a name, a cell.
"""

from __future__ import annotations

import unicodedata
from html.parser import HTMLParser
from itertools import accumulate

_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li td th dt dd blockquote figcaption caption summary".split()
)
_INLINE = frozenset("a b strong em span i q cite small mark label button".split())
_LISTS = frozenset({"ul", "ol"})
_SILENT = frozenset("script style title template textarea svg".split())
_ALONE = frozenset("area base br col embed hr img input link meta source track wbr".split())


def with_directions(document: bytes) -> bytes:
    """An HTML document with `dir` on whatever runs from right to left."""
    text = document.decode("utf-8")
    reader = _Reader(text)
    reader.feed(text)
    reader.close()
    pieces, before = [], 0
    for at, way in sorted(_ways(reader.found)):
        pieces += [text[before:at], f' dir="{way}"']
        before = at
    return "".join([*pieces, text[before:]]).encode()


class _Node:
    """An element: where an attribute goes, and which way its words run."""

    __slots__ = ("at", "children", "mother", "said", "tag", "way")

    def __init__(self, tag: str, at: int, mother: _Node | None, said: bool) -> None:
        self.tag, self.at, self.mother, self.said = tag, at, mother, said
        self.way = ""
        self.children: list[_Node] = []
        if mother is not None:
            mother.children.append(self)


class _Reader(HTMLParser):
    """Collects the elements of a document in their order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Node] = []
        self._open: list[_Node] = []
        self._lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        at = self._lines[line - 1] + column + 1 + len(tag)
        said = any(name == "dir" for name, _ in attrs)
        node = _Node(tag, at, self._open[-1] if self._open else None, said)
        self.found.append(node)
        if tag not in _ALONE:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing stands in it."""

    def handle_endtag(self, tag: str) -> None:
        if any(each.tag == tag for each in self._open):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        if any(each.tag in _SILENT for each in self._open):
            return
        way = _way(data)
        for node in reversed(self._open):
            if not way or node.way:
                break
            node.way = way


def _way(text: str) -> str:
    """Which way the first letter runs; empty where there is none."""
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return ""


def _ways(nodes: list[_Node]) -> list[tuple[int, str]]:
    """Where which way has to be said: mothers come before their children."""
    told = []
    ways: dict[int, str] = {}
    for node in nodes:
        around = ways.get(id(node.mother), "ltr")
        way = _said(node, around)
        ways[id(node)] = way or around
        if way and not node.said:
            told.append((node.at, way))
    return told


def _said(node: _Node, around: str) -> str:
    """What an element says: blocks from right to left always, so that each can be lifted out; others where they
    differ from what is around them."""
    if node.tag in _BLOCKS:
        return node.way if node.way == "rtl" or (node.way and node.way != around) else ""
    if node.tag in _LISTS:
        items = [each.way for each in node.children if each.tag == "li"]
        return "rtl" if items and set(items) == {"rtl"} else ""
    return "rtl" if node.tag in _INLINE and node.way == "rtl" and around == "ltr" else ""
