"""YAML files of a form that was read before: a village has thousands of files that differ in values only.

What a line says is remembered as long as a village is read, so nearly every line of such a file is found
instead of read. Whatever is not a plain repetition is left to `yaml_file` and `reader`, mistakes among it;
a property test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from xiangji.problems import Report
from xiangji.records import node as nodes
from xiangji.records.fields import (
    AnyKind,
    Field,
    ListOf,
    Nested,
    fields_of,
    fold_key,
    is_absent,
    keys_of,
)
from xiangji.records.location import Location
from xiangji.records.node import Node, Scalar, Sequence
from xiangji.sources.known_form import Making, defaults_of
from xiangji.sources.plain_yaml import is_plain, read_plain
from xiangji.sources.reader import REFUSED, read_record, read_value
from xiangji.sources.text_file import INVISIBLE, one_newline, text_of
from xiangji.sources.yaml_file import parse_yaml

R = TypeVar("R")

_MOST_FORMS = 2000
_MOST_ALIKE = 8
"""Forms with the same names on the same lines: a value in quotes here, none there."""

_MOST_LINES = 512
"""Lines remembered at one place of a form: dates and words recur, lots do not."""

_MARK = b"\xef\xbb\xbf"

_Key = tuple[tuple[Any, ...], tuple[str, ...]]


class _Otherwise(Exception):
    """A file is not of the form."""


class _Line(dict[str, Any]):
    """What one line of a form may say, as text and as value."""

    __slots__ = ("_before", "_kind", "_row")

    def __init__(
        self, line: str, value: Any, before: str, row: Field | None, kind: AnyKind | None
    ) -> None:
        super().__init__({line: value})
        self._before = before
        self._row = row
        self._kind = kind

    def __missing__(self, line: str) -> Any:
        row, kind = self._row, self._kind
        if row is None or kind is None or not line.startswith(self._before):
            raise _Otherwise
        text = line[len(self._before) :]
        plain = is_plain(text) and not INVISIBLE.search(text)
        value = read_value(row, kind, text) if plain else REFUSED
        if value is REFUSED:
            raise _Otherwise
        if len(self) < _MOST_LINES:
            self[line] = value
        return value


_Form = tuple[tuple[_Line, ...], Making]


class KnownYaml:
    """The forms of the YAML files that were read so far."""

    def __init__(self) -> None:
        self._forms: dict[_Key, list[_Form]] = {}
        self._last: dict[tuple[Any, ...], _Form] = {}
        self._seen: set[int] = set()

    def record(
        self, record: type[R], raw: bytes, path: str, report: Report, **given: Any
    ) -> R | None:
        """The record in the bytes of a file, or None after reporting why there is none. `given` are
        values that do not come from it."""
        file = _File(record, raw, path, given)
        known = self._repeated(file)
        if known is not None:
            return known
        before, lost = len(report.problems), len(report.lost)
        text = text_of(raw, path, report)
        node = None if text is None else parse_yaml(text, path, report)
        if text is None or (node is None and len(report.problems) > before):
            return None
        made = read_record(record, node, report, Location(path), **given)
        clean = len(report.problems) == before and len(report.lost) == lost
        if made is not None and clean:
            self._learn(file, text, made)
        return made

    def _repeated(self, file: _File[R]) -> R | None:
        """The record, if the file is of a known form and nothing is to be said of it."""
        last = self._last.get(file.of)
        made = file.made(last) if last else None
        if made is None and last:
            for form in self._forms.get(file.key, ()):
                made = file.made(form)
                if made is not None:
                    self._last[file.of] = form
                    break
        return made

    def _learn(self, file: _File[Any], text: str, made: Any) -> None:
        """Remember the form of a file. One that is met once is none."""
        seen = hash(file.key)
        if seen not in self._seen:
            self._seen.add(seen)
            return
        alike = self._forms.get(file.key, [])
        root = read_plain(text, "", 0)
        if len(alike) >= _MOST_ALIKE or len(self._forms) >= _MOST_FORMS or root is None:
            return
        try:
            form = _Learning(file.lines, file.given, made).form(root)
        except _Otherwise:
            return
        self._forms[file.key] = [*alike, form]
        self._last[file.of] = form


class _File(Generic[R]):
    """A file as lines, and what its record is to be."""

    def __init__(self, record: type[R], raw: bytes, path: str, given: Mapping[str, Any]) -> None:
        self.of = (record, *given)
        self.path = path
        self.given = given
        # What is no UTF-8 becomes signs that no line of a form has.
        text = raw.removeprefix(_MARK).decode(errors="surrogateescape")
        self.lines = one_newline(text).split("\n")

    @cached_property
    def key(self) -> _Key:
        """What is the same in all files of nearly one form: the names, and how far they are indented."""
        parts = [line.partition(": ") for line in self.lines]
        return self.of, tuple([head if sign else _bare(head) for head, sign, _ in parts])

    def made(self, form: _Form) -> R | None:
        """The record that the lines say, or None if they are of another form."""
        known, making = form
        try:
            values = [each[line] for each, line in zip(known, self.lines, strict=True)]
        except (_Otherwise, ValueError):
            return None
        made: R = making.made([*values, *self.given.values()], self.path)
        return made


def _bare(line: str) -> str:
    """A line without a value behind a name: of an item of a list only the dash."""
    inner = line.lstrip(" ")
    if inner.startswith("- ") and not inner.endswith(":"):
        return line[: len(line) - len(inner) + 2]
    return line


class _Learning:
    """What the lines of one file are to the record that was made of them."""

    def __init__(self, lines: list[str], given: Mapping[str, Any], made: Any) -> None:
        self._lines = lines
        self._given = given
        self._made = made
        # A line without a value is as it is.
        self._known = [_Line(line, None, line, None, None) for line in lines]
        self._making = Making(len(lines) + len(given))

    def form(self, root: Node) -> _Form:
        for record in _classes(self._made):
            for value in defaults_of(record).values():
                self._making.add(value)
        given = {name: len(self._lines) + at for at, name in enumerate(self._given)}
        self._record(self._made, root, given)
        return tuple(self._known), self._making

    def _record(self, made: Any, node: Node, given: Mapping[str, int]) -> int:
        """Where a record stands among what is made."""
        if not isinstance(node, nodes.Mapping):
            raise _Otherwise
        record = type(made)
        places = {name: self._making.add(value) for name, value in defaults_of(record).items()}
        places.update(given)
        for key, value in node.entries:
            row = keys_of(record).get(fold_key(key.text))
            if row is None:
                raise _Otherwise
            if not (isinstance(value, Scalar) and is_absent(value.text)):
                places[row.name] = self._value(row, row.kind, value, getattr(made, row.name))
        return self._making.add_record(record, places, made.origin)

    def _value(self, row: Field, kind: AnyKind, node: Node, made: Any) -> int:
        if isinstance(node, Scalar):
            return self._scalar(row, kind, node, made)
        if isinstance(kind, Nested):
            return self._record(made, node, {})
        if not isinstance(kind, ListOf) or not isinstance(node, Sequence):
            raise _Otherwise
        if len(node.items) != len(made):  # One of them says that there is nothing.
            raise _Otherwise
        pairs = zip(node.items, made, strict=True)
        return self._making.add_tuple([self._value(row, kind.item, *pair) for pair in pairs])

    def _scalar(self, row: Field, kind: AnyKind, node: Scalar, made: Any) -> int:
        """A value that stands alone on its line. One in quotes, or with a remark behind it, is read
        only as it is here."""
        at = node.location.line - 1
        line = self._lines[at]
        before = line[: node.location.column - 1]
        if before.endswith((": ", "- ")) and line == before + node.text and is_plain(node.text):
            self._known[at] = _Line(line, made, before, row, kind)
        else:
            self._known[at] = _Line(line, made, line, None, None)
        return at


def _classes(made: Any) -> Iterator[type[Any]]:
    """The classes of a record and of all inside it."""
    yield type(made)
    for row in fields_of(type(made)):
        value = getattr(made, row.name)
        kind = row.kind.item if isinstance(row.kind, ListOf) else row.kind
        if isinstance(kind, Nested) and value:
            for each in value if isinstance(row.kind, ListOf) else (value,):
                yield from _classes(each)
