"""Repairs mechanical and unambiguous mistakes in the text of an author's file.

The result is the new text with a list of the repairs. Comments, order, line endings and a byte order mark are kept.
A change to the structure is kept only if the file then has no more problems than before. A value is changed only if the
value type of its field shows what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from xiangji.kinds.installed import installed_kinds
from xiangji.model.fields import (
    AnyValueType,
    Choice,
    ListOf,
    Reference,
    UnreadableValue,
    ValueType,
    fields_of,
    fold_key,
    keys_of,
    record_name,
)
from xiangji.model.location import Location
from xiangji.model.nearest import nearest
from xiangji.model.node import Mapping, Node, Scalar, Sequence
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.value_types import ID
from xiangji.model.vocabularies import EventKind, InspectionLayer
from xiangji.problems import Report
from xiangji.readers.hints import nested, without_quotes
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables.columns import is_title
from xiangji.readers.tables.csv_file import separator_of
from xiangji.readers.yaml.yaml_file import parse_yaml
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand


class _FileForm(Struct, frozen=True):
    """What a file contains: one record, or a list of records, possibly below one of the keys `lists`.

    `given` has placeholder values for the fields that come from the path of the file.
    """

    pattern: str
    record: type[Any]
    given: dict[str, str] = {}
    lists: tuple[str, ...] = ()


@cache
def _files() -> tuple[_FileForm, ...]:
    """The forms of all files of records, the form of the brand first."""
    found = [_FileForm(r"products/brand\.ya?ml", Brand)]
    for kind in installed_kinds().kinds:
        for each in (file for file in kind.record_files if file.ending != "csv"):
            ending = "md" if each.ending == "md" else "ya?ml"
            given = dict.fromkeys(each.given, "x")
            names = (
                (kind.name, kind.heading, *record_name(kind.record))
                if each.listed and not each.wrapper
                else ()
            )
            for place in each.places:
                pattern = rf"{re.escape(place).replace(re.escape('*'), '[^/]+')}\.{ending}"
                found.append(_FileForm(pattern, each.wrapper or kind.record, given, names))
    return tuple(found)


_TABLE = late_pattern(r"products/(?:[^/]+/)?batches\.csv")
_ZERO_WIDTH = late_pattern("[\u200b\u200c\u200e\u200f\u2060\ufeff]")
_LINES = late_pattern(r"([^\r\n]*)(\r\n|\n|\r|$)")
_KEY_LINE = late_pattern(
    r"^(\s*(?:- )*)([^\s:：#\"'{\[][^:：#\"'{\[]{0,30}?)(\s*)([:：])(\s*)(.*)$"
)
_BLOCK = late_pattern(r"^[|>][-+0-9]*\s*(#.*)?$")
_NUMBERS = ("date", "partial-date", "moment", "count", "money", "quantity", "shelf-life")
_PLAIN = str.maketrans("０１２３４５６７８９．－／：　", "0123456789.-/: ")
_DASHES = late_pattern(r"\s*[‐‑‒–—―−－]+\s*")
_ROUNDS = 6
_TOP = 5
"""The number of first lines in which the header of a table may stand."""


class Repair(Struct, frozen=True):
    """One repair: its line (from 1), its kind, and the line before and after."""

    line: int
    kind: str
    before: str
    after: str


def repairable(path: str) -> bool:
    """Whether the file at `path`, relative to the village, can be repaired."""
    return bool(_TABLE.fullmatch(path)) or _file(path) is not None


def repair(text: str, path: str) -> tuple[str, tuple[Repair, ...]]:
    """Repair the slips in `text` of the file at `path`. Return the new text and the repairs.

    `text` is the file as on disk, with its line endings and its byte order mark.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    parts = [match.groups() for match in _LINES.finditer(text[len(mark) :]) if match[0]]
    lines = [line for line, _ in parts]
    changes: list[Repair] = []
    for _ in range(_ROUNDS):
        before = list(lines)
        for mend in (_hidden, _header if _TABLE.fullmatch(path) else _facts):
            for number, kind, line in mend(lines, path):
                changes.append(Repair(number + 1, kind, lines[number], line))
                lines[number] = line
        if lines == before:
            break
    mended = "".join(line + end for line, (_, end) in zip(lines, parts, strict=True))
    return mark + mended, tuple(sorted(changes, key=lambda each: (each.line, each.kind)))


Edit = tuple[int, str, str]
"""A line's number from 0, the kind of repair, and the line as it should be."""


def _file(path: str) -> _FileForm | None:
    return next((each for each in _files() if re.fullmatch(each.pattern, path)), None)


def _hidden(lines: list[str], _: str) -> list[Edit]:
    """Remove zero-width characters, which come with pasted text."""
    found = ((n, _ZERO_WIDTH.sub("", line)) for n, line in enumerate(lines))
    return [(n, "hidden", line) for n, line in found if line != lines[n]]


# --- tables ----------------------------------------------------------------------------------


def _header(lines: list[str], _: str) -> list[Edit]:
    """Repair column titles: remove quotation marks, and correct misspellings with only one possible meaning."""
    for number, line in enumerate(lines[:_TOP]):
        separator = separator_of("\n".join(lines))
        cells = line.split(separator)
        if sum(is_title(cell) for cell in cells) < 2 or '"' in line:
            continue
        mended = [_title(cell, cells) for cell in cells]
        return [(number, "key", separator.join(mended))] if mended != cells else []
    return []


def _title(cell: str, cells: list[str]) -> str:
    text = cell.strip()
    if not text or is_title(text):
        return cell
    bare = without_quotes(ID, text)
    if bare is not None and is_title(bare):
        return cell.replace(text, bare)
    known = [row.zh for row in fields_of(Batch) if nested(row.kind) is None]
    known += [str(word) for words in (InspectionLayer, EventKind) for word in words]
    meant = _one_slip(text, [name for name in known if name not in cells])
    return cell.replace(text, meant) if meant else cell


# --- YAML ------------------------------------------------------------------------------------


def _facts(lines: list[str], path: str) -> list[Edit]:
    """Repair a YAML file or the front matter of a story."""
    found = _file(path)
    span = _span(lines, path)
    if found is None or span is None:
        return []
    first, last = span
    document = _Document(lines[first:last], found)
    return [(number + first, kind, line) for number, kind, line in document.edits()]


def _span(lines: list[str], path: str) -> tuple[int, int] | None:
    """The range of the YAML lines: all, or in Markdown those between the two lines ---. None if there are none."""
    if not path.endswith(".md"):
        return 0, len(lines)
    if not lines or lines[0].rstrip() != "---":
        return None
    ends = (n for n, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "..."))
    last = next(ends, None)
    return (1, last) if last else None


class _Document:
    """A YAML document with one record or a list of records."""

    def __init__(self, lines: list[str], form: _FileForm) -> None:
        self._lines = lines
        self._record = form.record
        self._given = form.given
        self._lists = form.lists
        self._replacements: list[tuple[Scalar, str, str]] = []

    def edits(self) -> list[Edit]:
        """The first of these repairs that are needed: trailing blanks, structure of lines, keys and values."""
        return self._blanks() or self._shape() or self._values()

    def _outside(self) -> Iterator[tuple[int, str]]:
        """Yield the lines outside block scalars. Inside them, blanks may be part of the text."""
        inside: int | None = None
        for number, line in enumerate(self._lines):
            indent = len(line) - len(line.lstrip(" "))
            if inside is not None and (not line.strip() or indent > inside):
                continue
            match = _KEY_LINE.match(line)
            inside = len(match[1]) if match and _BLOCK.match(match[6]) else None
            yield number, line

    def _blanks(self) -> list[Edit]:
        found = ((number, line, line.rstrip(" \t\u3000")) for number, line in self._outside())
        return [(number, "trailing", bare) for number, line, bare in found if bare != line]

    def _shape(self) -> list[Edit]:
        """Repair colons, blanks and tabs, if the file then has no more problems than before."""
        cost = self._cost(self._lines)
        if cost == (False, 0):
            return []
        known = {key for record in _inside(self._record) for key in keys_of(record)}
        known |= {fold_key(name) for name in self._lists}
        found = [edit for number, line in self._outside() if (edit := _line(number, line, known))]
        trial = list(self._lines)
        for number, _, line in found:
            trial[number] = line
        return found if self._cost(trial) <= cost else []

    def _cost(self, lines: list[str]) -> tuple[bool, int]:
        """Whether the lines cannot be read at all, and the number of problems in them."""
        report = Report()
        node = parse_yaml("\n".join(lines), "", report)
        records = self._records(node)
        for each in records or ():
            read_record(self._record, each, report, Location(""), **self._given)
        return records is None, len(report.problems)

    def _records(self, node: Node | None) -> list[Mapping] | None:
        """The nodes of the records in the document. None if it has another structure."""
        if not self._lists:
            return [node] if isinstance(node, Mapping) else None
        if isinstance(node, Mapping) and len(node.entries) == 1:
            node = node.entries[0][1]
        if not isinstance(node, Sequence):
            return None
        return [each for each in node.items if isinstance(each, Mapping)]

    def _values(self) -> list[Edit]:
        """Repair keys and values for which the field table shows what was meant."""
        for each in self._records(parse_yaml("\n".join(self._lines), "", Report())) or ():
            self._walk(self._record, each)
        edits: dict[int, Edit] = {}
        # Replace from the end of a line to its beginning, so that columns stay valid.
        for scalar, text, kind in sorted(self._replacements, key=lambda r: r[0].location)[::-1]:
            number, column = scalar.location.line - 1, scalar.location.column - 1
            line = edits[number][2] if number in edits else self._lines[number]
            column += line[column : column + 1] in ("'", '"')
            if line[column:].startswith(scalar.text):
                line = line[:column] + text + line[column + len(scalar.text) :]
                edits[number] = (number, kind, line)
        return list(edits.values())

    def _walk(self, record: type[Any], node: Mapping) -> None:
        known = keys_of(record)
        written = {row.name for key, _ in node.entries if (row := known.get(fold_key(key.text)))}
        for key, value in node.entries:
            row = known.get(fold_key(key.text))
            if row is not None:
                self._value(row.kind, value)
            elif (name := self._meant(record, key.text, written)) is not None:
                self._replacements.append((key, name, "key"))

    def _meant(self, record: type[Any], key: str, written: set[str]) -> str | None:
        """The only field that a misspelt key can mean, or None.

        A key of another nested record is not changed, because its indentation may be wrong instead.
        """
        if any(fold_key(key) in keys_of(each) for each in _inside(self._record)):
            return None
        names = {name: row for row in fields_of(record) for name in row.keys}
        meant = _one_slip(key, names)
        return meant if meant and names[meant].name not in written else None

    def _value(self, kind: AnyValueType, node: Node) -> None:
        inner = nested(kind)
        if isinstance(node, Sequence):
            for item in node.items:
                self._value(kind.item if isinstance(kind, ListOf) else kind, item)
        elif inner is not None and isinstance(node, Mapping):
            self._walk(inner, node)
        elif isinstance(node, Scalar):
            kind = kind.item if isinstance(kind, ListOf) else kind
            if isinstance(kind, ValueType | Choice | Reference):
                self._scalar(kind, node)

    def _scalar(self, kind: ValueType | Choice | Reference, node: Scalar) -> None:
        bare = without_quotes(kind, node.text)
        if bare is not None and _fits(kind, bare):
            # A value that begins with # needs quotes, or YAML reads it as a comment.
            quoted = f'"{bare}"' if bare.startswith("#") else bare
            self._replacements.append((node, quoted, "quotes"))
        elif isinstance(kind, ValueType) and kind.name in _NUMBERS:
            plain = node.text.translate(_PLAIN)
            if kind.name in ("date", "partial-date", "moment"):
                plain = _DASHES.sub("-", plain)
            if plain != node.text and _fits(kind, plain):
                self._replacements.append((node, plain, "digits"))


def _line(number: int, line: str, known: Iterable[str]) -> Edit | None:
    """The repair of a line with a wrong indentation or colon, or None."""
    if line.lstrip().startswith("#"):
        return None
    blanks = line[: len(line) - len(line.lstrip(" \t"))]
    if "\t" in blanks:
        return number, "tab", blanks.replace("\t", "  ") + line[len(blanks) :]
    match = _KEY_LINE.match(line)
    if match is None or fold_key(match[2]) not in known:
        return None
    start, key, _, colon, space, rest = match.groups()
    if colon == "：":
        return number, "colon", f"{start}{key}: {rest}".rstrip()
    if rest and not space and not rest.startswith("//"):
        return number, "blank", f"{start}{key}: {rest}"
    return None


def _inside(record: type[Any]) -> Iterator[type[Any]]:
    """Yield a record class and all nested ones."""
    yield record
    for row in fields_of(record):
        if (inner := nested(row.kind)) is not None:
            yield from _inside(inner)


def _fits(kind: ValueType | Choice | Reference, text: str) -> bool:
    """Whether a text is valid for its value type and needs no quotes in YAML."""
    if isinstance(kind, Choice):
        return kind.words.of(text) is not None
    if isinstance(kind, Reference):
        return re.fullmatch(r"[\w./-]+", text) is not None
    try:
        kind.parse(text)
    except UnreadableValue:
        return False
    return not re.search(r"[,\[\]{}\"']|: |:$| #", text)


def _one_slip(word: str, names: Iterable[str]) -> str | None:
    """The only name that differs from `word` by one slip. None for a word of fewer than three characters."""
    wanted = fold_key(word)
    known = list(names)
    near = [name for name in known if _is_slip(wanted, fold_key(name))]
    if len(wanted) < 3 or len(near) != 1 or nearest(word, known) != near[0]:
        return None
    return near[0]


def _is_slip(one: str, other: str) -> bool:
    """Whether two words differ by one character added, left out or replaced, or by two neighbours swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    swapped = one[:at] + one[at + 1 : at + 2] + one[at] + one[at + 2 :]
    mistaken_or_added = other[at + 1 :] in (one[at + 1 :], one[at:])
    return swapped == other or mistaken_or_added or other[at:] == one[at + 1 :]
