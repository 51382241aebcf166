"""YAML text to nodes: strings only, every place kept, everything clever refused.

PyYAML's parser events are read directly (`libraries.md`): composing would recurse, resolve `NO` and
`0012`, and keep the last of two equal keys. Anchors, aliases and tags are refused, which also ends
alias bombs; depth is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from xiangji.problems import Report
from xiangji.records.location import Location
from xiangji.records.node import Mapping, Node, Scalar, Sequence
from xiangji.sources.text_file import INVISIBLE, code_point

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DEEPEST = 32


class _Stop(Exception):
    """Reading cannot go on; the report says why. Never leaves this module."""


def parse_yaml(
    text: str, path: str, report: Report, *, first_line: int = 1, tags: bool = False
) -> Node | None:
    """The document in `text`, or None for an empty or unreadable one.

    `first_line` is the line in `path` on which `text` begins (front matter). With `tags`, tagged
    values are kept as plain text: mkdocs.yml may hold tags that are for MkDocs alone.
    """
    lines = text.split("\n")
    reader = _Reader(path, report, first_line - 1, tags, (len(lines) - 1, len(lines[-1])))
    try:
        return reader.document(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        _report_syntax(error, text, path, first_line - 1, report)
    except _Stop:
        pass
    return None


class _Reader:
    """Turns a stream of events into one node."""

    def __init__(
        self, path: str, report: Report, shift: int, tags: bool, end: tuple[int, int]
    ) -> None:
        self._path = path
        self._report = report
        self._shift = shift
        self._tags = tags
        self._end = end

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
            # Escapes in double quotes ("\u202e") bring in what no file may hold.
            if hidden := INVISIBLE.search(event.value):
                self._report.add("yaml-character", place, value=code_point(hidden[0]))
            return Scalar(event.value, place)
        if depth >= _DEEPEST:
            self._stop("yaml-deep", event, limit=_DEEPEST)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(child := next(events), yaml.SequenceEndEvent):
                items.append(self._node(child, events, depth + 1))
            return Sequence(tuple(items), place)
        return self._mapping(place, events, depth)

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

    def _place(self, event: Any) -> Location:
        mark = event.start_mark
        # The parser ends a last line that the file does not: an empty value may lie behind it.
        line, column = min((mark.line, mark.column), self._end)
        return Location(self._path, line + 1 + self._shift, column + 1)

    def _stop(self, rule: str, event: Any, **details: object) -> None:
        self._report.add(rule, self._place(event), **details)
        raise _Stop


def _report_syntax(error: yaml.YAMLError, text: str, path: str, shift: int, report: Report) -> None:
    """Say what the slip is, not what the parser tripped over."""
    mark = getattr(error, "problem_mark", None)
    line = mark.line if mark else 0
    column = mark.column if mark else 0
    lines = text.split("\n")
    if line >= len(lines):  # The parser ends a last line that the file does not.
        line, column = len(lines) - 1, len(lines[-1])
    for number in (line - 1, line):
        if 0 <= number < len(lines) and _report_slip(
            lines[number], path, number + 1 + shift, report
        ):
            return
    for number, content in enumerate(lines[: line + 1]):
        if _report_slip(content, path, number + 1 + shift, report, certain=True):
            return
    if _report_sign(error, Location(path, line + 1 + shift, column), report):
        return
    why = getattr(error, "problem", None) or str(error).split("\n")[0]
    report.add("yaml-syntax", Location(path, line + 1 + shift, column + 1), why=why)


def _report_sign(error: yaml.YAMLError, place: Location, report: Report) -> bool:
    """A Chinese text that begins with * or & reads like a broken alias or anchor."""
    context = getattr(error, "context", None) or ""
    if "scanning an alias" in context:
        report.add("yaml-forbidden", place, what="引用（*）", what_en="alias (*)", sign="*")
    elif "scanning an anchor" in context:
        report.add("yaml-forbidden", place, what="锚点（&）", what_en="anchor (&)", sign="&")
    else:
        return False
    return True


_FULL_COLON = re.compile(r"^(\s*(?:- )?)([^\s:：#\"'][^:：#\"']{0,30})：\s*(.*)$")
_NO_SPACE = re.compile(r"^(\s*(?:- )?)([^\s:\"'#{\[]{1,30}):([^\s:/\\].*)$")


def _report_slip(line: str, path: str, number: int, report: Report, certain: bool = False) -> bool:
    """Recognise a typical slip in one line and report it. With `certain`, only a tab or a
    full-width colon straight after a short key counts, since the parser stopped elsewhere."""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent:
        report.add("yaml-tab", Location(path, number, indent.index("\t") + 1))
        return True
    if match := _FULL_COLON.match(line):
        column = len(match[1]) + len(match[2]) + 1
        better = f"{match[2]}: {match[3]}".rstrip()
        if not certain or len(match[2]) <= 8:
            value = line.strip()
            report.add("yaml-colon", Location(path, number, column), value=value, better=better)
            return True
    if not certain and (match := _NO_SPACE.match(line)):
        column = len(match[1]) + len(match[2]) + 1
        better = f"{match[2]}: {match[3]}"
        value = line.strip()
        report.add("yaml-colon-space", Location(path, number, column), value=value, better=better)
        return True
    return False


def shape(node: Node) -> tuple[str, str]:
    """What a node is, for a message about what it should have been."""
    if isinstance(node, Scalar):
        return "一个值", "a single value"
    return ("一个列表", "a list") if isinstance(node, Sequence) else ("一段内容", "a mapping")


def report_not_facts(node: Node, field: str, report: Report) -> None:
    """Report a node that stands where named values should, for what it is: text whose colon was
    slipped parses as one value, the lines below folded into it."""
    if isinstance(node, Scalar):
        line = re.split(r"\s(?=\S{1,12}[：:])", node.text.strip(), maxsplit=1)[0]
        for rule, pattern in (("yaml-colon", _FULL_COLON), ("yaml-colon-space", _NO_SPACE)):
            if match := pattern.match(line):
                better = f"{match[2]}: {match[3]}".rstrip()
                report.add(rule, node.location, value=line, better=better)
                return
    found, found_en = shape(node)
    report.add("shape-record", node.location, field=field, found=found, found_en=found_en)
