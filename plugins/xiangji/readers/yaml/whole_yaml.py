"""Parses any YAML text into nodes with PyYAML. All scalars are strings, and each node has a location.

It reads the parser events directly (`libraries.md`). PyYAML's composer would recurse, convert `NO` and `0012`, and keep
only the last of two equal keys. Anchors, aliases and tags are refused, which also prevents alias bombs. The depth is
bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from xiangji.model.location import Location
from xiangji.model.node import Mapping, Node, Scalar, Sequence
from xiangji.problems import Report
from xiangji.readers.site.host_programs import tagged
from xiangji.readers.text_file import INVISIBLE, code_point
from xiangji.readers.yaml.slips import lost_to_comment, report_syntax

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 32


class _Stop(Exception):
    """Raised if parsing cannot continue, after reporting why. It is caught inside this module."""


def parse_whole(
    text: str, path: str, report: Report, *, first_line: int = 1, tags: bool = False
) -> Node | None:
    """Parse any YAML text, with the arguments and the result of `yaml_file.parse_yaml`."""
    lines = text.split("\n")
    reader = _Reader(path, report, first_line - 1, tags, lines)
    try:
        return reader.document(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        report_syntax(error, text, path, first_line - 1, report)
    except _Stop:
        pass
    return None


class _Reader:
    """Builds one node from the stream of parser events."""

    def __init__(self, path: str, report: Report, shift: int, tags: bool, lines: list[str]) -> None:
        self._path = path
        self._report = report
        self._shift = shift
        self._tags = tags
        self._lines = lines
        self._end = (len(lines) - 1, len(lines[-1]))

    def document(self, events: Iterator[Any]) -> Node | None:
        node: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop("yaml-documents", event)
            elif isinstance(event, yaml.NodeEvent):
                node = self._node(event, events, 0)
        if isinstance(node, Scalar) and not node.text:
            return None
        return node

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        self._refuse(event)
        place = self._place(event)
        if isinstance(event, yaml.ScalarEvent):
            # Escapes in double quotes ("\u202e") can produce characters that no file may contain.
            if hidden := INVISIBLE.search(event.value):
                self._report.add("yaml-character", place, value=code_point(hidden[0]))
            if not (event.value or event.style or self._tags):
                self._find_comment(event)
            return Scalar(event.value, place, self._begins(event))
        if depth >= _DEEPEST:
            self._stop("yaml-deep", event, limit=_DEEPEST)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(child := next(events), yaml.SequenceEndEvent):
                items.append(self._node(child, events, depth + 1))
            return Sequence(tuple(items), place)
        return self._mapping(place, events, depth)

    def _find_comment(self, event: Any) -> None:
        """Report a value that YAML reads as empty because it begins with #."""
        number = min(event.start_mark.line, self._end[0])
        line = self._lines[number]
        found = lost_to_comment(line[event.start_mark.column - 1 :])
        if found and event.start_mark.column:
            column = line.index(found, event.start_mark.column - 1) + 1
            better = line.strip().replace(found, f'"{found}"')
            place = Location(self._path, number + 1 + self._shift, column)
            self._report.add("yaml-hash", place, value=found, better=better)

    def _mapping(self, place: Location, events: Iterator[Any], depth: int) -> Mapping:
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, Location] = {}
        while not isinstance(child := next(events), yaml.MappingEndEvent):
            if not isinstance(child, yaml.ScalarEvent):
                self._stop("yaml-syntax", child, why="a key must be plain text / 名字必须是文字")
            key = self._node(child, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            assert isinstance(key, Scalar)
            if key.text in seen:
                line = seen[key.text].line
                self._report.add("yaml-duplicate", key.location, key=key.text, line=line)
                continue
            seen[key.text] = key.location
            entries.append((key, value))
        return Mapping(tuple(entries), place)

    def _refuse(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._stop("yaml-forbidden", event, what="引用（*）", what_en="alias (*)", sign="*")
        if event.anchor:
            self._stop("yaml-forbidden", event, what="锚点（&）", what_en="anchor (&)", sign="&")
        if event.tag and not self._tags and event.tag != "!":
            self._stop("yaml-forbidden", event, what="标签（!）", what_en="tag (!)", sign="!")
        if named := tagged(event.tag):
            said = {"what": "Python 里的", "what_en": "of Python", "value": named}
            self._report.add("host-runs", self._place(event), **said)

    def _place(self, event: Any) -> Location:
        mark = event.start_mark
        # If the last line has no newline, the parser may place an empty value after the end of the file.
        line, column = min((mark.line, mark.column), self._end)
        return Location(self._path, line + 1 + self._shift, column + 1)

    def _begins(self, event: Any) -> Location | None:
        """The location of the first character of a scalar, if its lines are lines of the file. Else None."""
        first, last = event.start_mark, event.end_mark
        if event.style == "|":
            for number in range(first.line + 1, min(last.line + 1, len(self._lines))):
                line = self._lines[number]
                if line.strip():
                    column = len(line) - len(line.lstrip(" ")) + 1
                    return Location(self._path, number + 1 + self._shift, column)
        elif first.line == last.line and event.value.strip() and first.line < len(self._lines):
            at = self._lines[first.line].find(event.value.strip(), first.column)
            if at >= 0:
                return Location(self._path, first.line + 1 + self._shift, at + 1)
        return None

    def _stop(self, rule: str, event: Any, **details: object) -> None:
        self._report.add(rule, self._place(event), **details)
        raise _Stop
