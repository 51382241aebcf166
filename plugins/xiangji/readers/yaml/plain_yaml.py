"""Parses the plain subset of YAML in which nearly all records are written: key, colon and value on each line.

It reads line by line, about ten times as fast as a full YAML parser, and gives the same nodes with the same locations.
Text outside the subset, including text with mistakes, is left to the full parser (`whole_yaml`). So there is only one
set of messages. A property test checks that the two parsers give the same result.
"""

from __future__ import annotations

import re

from xiangji.model.location import Location
from xiangji.model.node import Mapping, Node, Scalar, Sequence
from xiangji.model.parsing.late_pattern import late_pattern

_TEXT = r"""(?![-?:,[\]{}#&*!|>%@`"' ])[^:#\n]*(?:(?::(?=[^ \n])|(?<=[^ ])#)[^:#\n]*)*(?<![ :])"""
"""An unquoted value on one line: it begins with no YAML indicator, and contains no comment and no key."""

_VALUE = rf"""(?:{_TEXT}|"[^"\\\n]*"|'[^'\n]*')"""

_LINE = late_pattern(
    rf"^(?:( *)(- )?(?:(\w[\w（）()/·、-]{{0,59}}):(?:( +)({_VALUE})(?: +#.*)?)?|({_VALUE}))"
    r"| *(?:#.*)?|(.+))$",
    re.MULTILINE,
)
"""The groups are: indentation, dash, key, blanks, its value, a value without key, and text outside the subset.
A comment may follow a value or stand on a line of its own."""

_STRANGE = late_pattern(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff"
    "\ufeff\ufffe\uffff]"
)
"""Characters that a YAML parser may treat specially, and all blanks except the space."""

_AS_IT_STANDS = late_pattern(_TEXT)

_DEEPEST = 8

_Row = tuple[int, bool, str, str, int, int]
"""Indentation, whether there is a dash, key, value, number of blanks before the value, line."""


class _OutsideSubset(Exception):
    """Raised if the text is outside the plain subset."""


def read_plain(text: str, path: str, shift: int) -> Node | None:
    """Parse `text`, whose first line is line `shift` + 1 of `path`. None if it is outside the plain subset."""
    if _STRANGE.search(text):
        return None
    rows: list[_Row] = []
    for number, found in enumerate(_LINE.findall(text), start=1 + shift):
        blank, dash, name, gap, value, alone, other = found
        if other or (alone and not dash):
            return None
        if name or alone:
            rows.append((len(blank), bool(dash), name, value or alone, len(gap), number))
    try:
        return _Builder(path, rows).document()
    except _OutsideSubset:
        return None


def says_nothing(text: str) -> bool:
    """Whether a text contains only blank lines and comments."""
    lines = text.split("\n")
    return not _STRANGE.search(text) and all(each.lstrip(" ")[:1] in ("", "#") for each in lines)


def is_plain(text: str) -> bool:
    """Whether a text can be written as an unquoted value on one line."""
    return bool(text and _AS_IT_STANDS.fullmatch(text) and not _STRANGE.search(text))


class _Builder:
    """Builds nodes from rows by their indentation."""

    def __init__(self, path: str, rows: list[_Row]) -> None:
        self._path = path
        self._rows = rows

    def document(self) -> Node:
        rows = self._rows
        if not rows or rows[0][0]:
            raise _OutsideSubset
        rows.append((-1, False, "", "", 0, 0))
        node, end = self._node(0, 0, 0)
        if end != len(rows) - 1:
            raise _OutsideSubset
        return node

    def _node(self, at: int, indent: int, depth: int) -> tuple[Node, int]:
        """The node that begins at row `at`, and the index of the row after it."""
        if depth > _DEEPEST:
            raise _OutsideSubset
        if self._rows[at][1]:
            return self._sequence(at, indent, depth)
        return self._mapping(at, indent, depth)

    def _sequence(self, at: int, indent: int, depth: int) -> tuple[Node, int]:
        items: list[Node] = []
        place = Location(self._path, self._rows[at][5], indent + 1)
        while (row := self._rows[at])[1] and row[0] == indent:
            if not row[2]:
                items.append(self._scalar(row[3], row[5], indent + 3))
                at += 1
            else:
                item, at = self._mapping(at, indent + 2, depth + 1)
                items.append(item)
        return Sequence(tuple(items), place), at

    def _mapping(self, at: int, indent: int, depth: int) -> tuple[Node, int]:
        """The mapping that begins at row `at`, whose first row may follow a dash, and the row after it."""
        rows = self._rows
        first = at
        entries: list[tuple[Scalar, Node]] = []
        names = set()
        while True:
            blank, dash, name, said, gap, line = rows[at]
            if not name or (blank != indent if not dash else at > first):
                break
            place = Location(self._path, line, indent + 1)
            key = Scalar(name, place, place)
            names.add(name)
            behind = indent + len(name) + 2  # The column after the colon.
            at += 1
            value: Node
            below, listed, *_ = rows[at]
            if said:
                value = self._scalar(said, line, behind + gap)
            elif below > indent or (listed and below == indent):
                value, at = self._node(at, below, depth + 1)
            else:
                value = Scalar("", Location(self._path, line, behind))
            entries.append((key, value))
        if len(names) < len(entries) or rows[at][0] > indent:
            raise _OutsideSubset
        return Mapping(tuple(entries), entries[0][0].location), at

    def _scalar(self, said: str, line: int, column: int) -> Scalar:
        place = Location(self._path, line, column)
        if said[0] not in "\"'":
            return Scalar(said, place, place)
        text = said[1:-1]
        inner = text.strip()
        begins = Location(self._path, line, column + 1 + text.index(inner)) if inner else None
        return Scalar(text, place, begins)
