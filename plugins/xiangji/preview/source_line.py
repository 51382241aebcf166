"""Quotes the line of a problem: for the preview's page of mistakes, and for a person at a terminal.

A line of a private field is quoted nowhere, nor one with a personal number: people send pictures of their screen to
ask for help.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from xiangji.checks.wording.personal_numbers import numbers_in
from xiangji.kinds.installed import installed_kinds
from xiangji.model.fields import Nested, fields_of, fold_key
from xiangji.model.parsing.late_pattern import compiled, late_pattern
from xiangji.problems import Problem
from xiangji.readers.text_file import LARGEST
from xiangji.records.brand import Brand
from xiangji.records.code import PrintedCode
from xiangji.records.conformity import IssuedCertificate
from xiangji.regular_file import read_regular

_TABLES = (".csv", ".tsv", ".txt")
_RECORDS = (".yml", ".yaml", ".md")
_SITE = (".json", ".vtt")
_HEAD = 5
"""In how many lines from the top the head of a table may be."""

_REGISTERS: tuple[type[Any], ...] = (PrintedCode, IssuedCertificate)
"""What the program writes down in tables."""

_KEY = late_pattern(r"""(?:^|[\s{,\["'-])([^\s{}\[\],:："'#-][^{}\[\],:："'#]*?)["']?\s*[:：]""")


class SourceLine(Struct, frozen=True):
    """One line of a source file, parted where the fault begins."""

    number: int
    before: str
    behind: str


def source_line(found: Problem, root: Path) -> SourceLine | None:
    """The line that a problem points at. None if it cannot be read, or may not be quoted.

    `root` is the folder to which the problem's location is relative.
    """
    place = found.location
    lines = _lines(root / place.path)
    if found.rule.startswith("private-") or not 0 < place.line <= len(lines):
        return None
    text = lines[place.line - 1]
    if not text.strip() or _is_private(lines, place.line - 1, Path(place.path).suffix.lower()):
        return None
    column = max(place.column - 1, 0)
    return SourceLine(place.line, _plain(text[:column]), _plain(text[column:]))


def _plain(text: str) -> str:
    """A text without characters that would move the cursor or change the direction of writing."""
    spaced = "".join(" " if c.isspace() and c != "\u3000" else c for c in text)
    return "".join(c if c.isprintable() or c == "\u3000" else "\ufffd" for c in spaced)


def _lines(file: Path) -> list[str]:
    """The lines of a text file; none if it is no text, or cannot be read."""
    kind = file.suffix.lower()
    if kind not in (*_TABLES, *_RECORDS, *_SITE):
        return []
    try:
        raw = read_regular(file, LARGEST)
    except (OSError, ValueError):
        return []
    for encoding in ("utf-8-sig", *(("gb18030",) if kind in _TABLES else ())):
        try:
            return compiled(r"\r\n|\n|\r").split(raw.decode(encoding))
        except UnicodeError:
            continue
    return []


def _is_private(lines: list[str], at: int, kind: str) -> bool:
    """Whether a line belongs to a private field, or holds a personal number."""
    if numbers_in(lines[at]):
        return True
    if kind in _TABLES:
        cells = (compiled(r"[,;\t]").split(line) for line in lines[:_HEAD])
        return any(_named(cell) in _private_columns() for row in cells for cell in row)
    return any(
        _named(key) in _private_keys()
        for line in _enclosing(lines, at)
        for key in _KEY.findall(line)
    )


def _enclosing(lines: list[str], at: int) -> Iterator[str]:
    """A line, and every line above it that it is indented below."""
    yield lines[at]
    depth = _depth(lines[at])
    for line in reversed(lines[:at]):
        if line.strip() and _depth(line) < depth:
            depth = _depth(line)
            yield line


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _named(key: str) -> str:
    """A key as the readers compare it, without what stands in brackets behind it."""
    return fold_key(compiled(r"[(（].*").sub("", key.strip().strip("\"'")))


@cache
def _private_keys() -> frozenset[str]:
    """Every key of a private field in the records of a village."""
    written = {kind.record for kind in installed_kinds().kinds} - set(_REGISTERS)
    return frozenset(_keys_of((Brand, *written)))


@cache
def _private_columns() -> frozenset[str]:
    """The same with the columns of the registers, which hold remarks of the village."""
    return _private_keys() | frozenset(_keys_of(_REGISTERS))


def _keys_of(records: Iterable[type[Any]]) -> Iterator[str]:
    seen: set[type[Any]] = set()
    waiting = list(records)
    while waiting:
        record = waiting.pop()
        if record in seen:
            continue
        seen.add(record)
        for row in fields_of(record):
            if row.private:
                yield from map(fold_key, row.keys)
            if isinstance(row.item, Nested):
                waiting.append(row.item.record)
