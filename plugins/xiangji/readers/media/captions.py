"""Parses captions (WebVTT) into cues, by `standards.md` §8.1. Mistakes are reported, and parsing continues.

People write these files by hand or save them from a program that writes SRT. Frequent mistakes have messages of their
own: an empty line that contains blanks, a full-width colon, an arrow made by a word processor.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from pathlib import Path

from msgspec import Struct

from xiangji.model.location import Location
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.problems import Report
from xiangji.readers.media.caption_time import TIMING, ArrowLine, read_timing
from xiangji.readers.text_file import INVISIBLE, read_text

MOST = 20
"""The most problems reported for one file."""

_SETTING = late_pattern(r"(?:vertical|line|position|size|align|region):\S+")
_TAG = late_pattern(r"<(/?)([^\s<>./]*)([^\s<>]*)(?:\s+([^<>]*))?(>?)")
_MOMENT_TAG = late_pattern(r"<(?:\d{2,}:)?\d{2}:\d{2}\.\d{3}>")
_SPANS = frozenset(("c", "i", "b", "u", "ruby", "rt", "v", "lang"))
_ENTITY = late_pattern(r"&(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z0-9]{1,31})?(;?)")


class Cue(Struct, frozen=True):
    """A cue: the plain text for the time from `start` to `end` (seconds). Lines are separated by newlines.

    `voice` is the name of the speaker, or empty.
    """

    start: float
    end: float
    text: str
    voice: str
    place: Location


class Captions(Struct, frozen=True):
    """The cues of one file, in the order of the file."""

    path: str
    cues: tuple[Cue, ...]


def read_captions(file: Path, path: str, report: Report) -> Captions | None:
    """The captions in `file`, or None after reporting why it cannot be read. `path` is its name in messages."""
    text = read_text(file, path, report)
    return None if text is None else parse_captions(text, path, report)


def parse_captions(text: str, path: str, report: Report) -> Captions:
    """Parse the captions in a text with `\\n` newlines. Up to `MOST` mistakes are reported."""
    parser = _Parser(path)
    parser.read(text.split("\n"))
    report.problems.extend(parser.report.problems[:MOST])
    return Captions(path, tuple(parser.cues))


def paired(spoken: Captions | None, told: Captions | None) -> list[tuple[Cue | None, Cue | None]]:
    """Pair the cues of two files, in order. A cue without partner is paired with None.

    Two cues belong together if they overlap by at least half of the shorter one.
    """
    left, right = (deque(each.cues if each else ()) for each in (spoken, told))
    rows: list[tuple[Cue | None, Cue | None]] = []
    while left or right:
        one, other = left[0] if left else None, right[0] if right else None
        if one and other and not _together(one, other):
            one, other = (one, None) if one.start <= other.start else (None, other)
        if one:
            left.popleft()
        if other:
            right.popleft()
        rows.append((one, other))
    return rows


def _together(one: Cue, other: Cue) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared * 2 >= min(one.end - one.start, other.end - other.start)


class _Parser:
    """One reading of a file: collects cues and problems."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.report = Report()
        self.cues: list[Cue] = []
        self._last = 0.0
        self._begun = False

    def read(self, lines: list[str]) -> None:
        if self._is_srt(lines):
            return
        first = 0
        if re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
            first = 1
            if len(lines) > 1 and lines[1].strip():
                self._tell("captions-blank", 2, 1)
        else:
            self._tell("captions-header", 1, 1, value=lines[0].strip() or "（空行）")
            first = 0 if any(TIMING.match(line) for line in lines[:2]) else 1
        for number, block in _blocks(lines, first):
            self._block(number, block)
        filled = max((n for n, line in enumerate(lines, start=1) if line.strip()), default=0)
        for number, line in enumerate(lines[:filled], start=1):
            if line and not line.strip():
                self._tell("captions-space", number, 1)
        if not self.cues and not self.report.problems:
            self._tell("captions-none", 1, 1)

    def _is_srt(self, lines: list[str]) -> bool:
        """Whether the file is SRT: it has no header, and a comma in its times. It is reported if so."""
        filled = [(n, line) for n, line in enumerate(lines, start=1) if line.strip()][:2]
        for number, line in filled:
            if TIMING.match(line) and "," in line and not lines[0].startswith("WEBVTT"):
                better = line.strip().replace(",", ".")
                self._tell("captions-srt", number, line.index(",") + 1, better=better)
                return True
        return False

    def _block(self, number: int, lines: list[str]) -> None:
        head = lines[0]
        if re.fullmatch(r"NOTE(?:[ \t].*)?", head):
            for offset, line in enumerate(lines):
                self._find_arrow(number + offset, line)
        elif re.fullmatch(r"(?:STYLE|REGION)[ \t]*", head):
            if self._begun:
                self._tell("captions-block", number, 1, value=head.strip())
        else:
            self._cues(number, lines)

    def _cues(self, number: int, lines: list[str]) -> None:
        """Read the cues of a block. It has several if empty lines between them are missing."""
        places = [n for n, line in enumerate(lines) if TIMING.match(line)]
        if not places or places[0] > 1:
            places = [n for n, line in enumerate(lines[:2]) if "-->" in line][:1] + places
        # An id may stand on the line above the first times. Above later times, only a number is an id.
        if not places or places[0] > 1:
            self._tell("captions-no-time", number, 1, value=lines[0].strip())
        for order, at in enumerate(places):
            if order:
                self._tell("captions-together", number + at, 1, value=lines[at].strip())
            last = places[order + 1] if order + 1 < len(places) else len(lines)
            if last < len(lines) and lines[last - 1].strip().isdigit() and last - 1 > at:
                last -= 1
            self._cue(number + at, lines[at], lines[at + 1 : last])

    def _cue(self, number: int, timing: str, lines: list[str]) -> None:
        self._begun = True
        read = read_timing(timing)
        for slip in read.slips:
            why, why_en = slip.why
            details = {"value": slip.value, "why": why, "why_en": why_en, "better": slip.better}
            self._tell("captions-time", number, slip.column, **details)
        self._check_settings(number, read)
        text, voice = self._text(number + 1, lines)
        if not text:
            self._tell("captions-empty", number, 1)
        if read.start is None or read.end is None:
            return
        column = len(timing) - len(timing.lstrip()) + 1
        if read.end <= read.start:
            self._tell("captions-end", number, column, value=timing.strip())
        elif read.start < self._last:
            self._tell("captions-order", number, column, value=timing.strip())
        else:
            self._last = read.start
        place = Location(self._path, number, column)
        self.cues.append(Cue(read.start, read.end, text, voice, place))

    def _check_settings(self, number: int, read: ArrowLine) -> None:
        for match in re.finditer(r"\S+", read.rest):
            if not _SETTING.fullmatch(match[0]):
                column = read.rest_column + match.start()
                self._tell("captions-settings", number, column, value=read.rest[match.start() :])
                return

    def _find_arrow(self, number: int, line: str) -> None:
        if "-->" in line:
            self._tell("captions-arrow", number, line.index("-->") + 1)

    # --- text ------------------------------------------------------------------------------

    def _text(self, number: int, lines: list[str]) -> tuple[str, str]:
        """The plain text of a cue and its voice."""
        voice = ""
        open_spans: list[str] = []
        pieces = []
        for offset, line in enumerate(lines):
            self._find_arrow(number + offset, line)
            self._check_entities(number + offset, line)
            for tag in _TAG.finditer(line):
                self._span(number + offset, tag, open_spans)
                if tag[2] == "v" and not tag[1]:
                    voice = voice or _plain(tag[4] or "")
            pieces.append(_plain(_TAG.sub("", line)))
        # A voice span may stay open to the end of its cue.
        if left := [each for each in open_spans if each != "v"]:
            self._tag(number + len(lines) - 1, len(lines[-1]) + 1, f"<{left[-1]}>", "open")
        return "\n".join(piece for piece in pieces if piece), voice

    def _check_entities(self, number: int, line: str) -> None:
        for match in _ENTITY.finditer(line):
            if not _is_entity(match):
                self._tell("captions-ampersand", number, match.start() + 1, value=match[0])

    def _span(self, number: int, tag: re.Match[str], open_spans: list[str]) -> None:
        """Check one tag, and add it to or remove it from the open spans."""
        closing, name, classes, note, end = tag.groups()
        column = tag.start() + 1
        if _MOMENT_TAG.fullmatch(tag[0]):
            return
        if name not in _SPANS or (classes and not classes.startswith(".")):
            self._tag(number, column, tag[0], "unknown")
        elif not end:
            self._tag(number, column, tag[0], "cut")
        elif closing:
            if name not in open_spans:
                self._tag(number, column, tag[0], "closing")
            while open_spans and name in open_spans and open_spans.pop() != name:
                self._tag(number, column, tag[0], "crossed")
        else:
            if name in ("v", "lang") and not (note or "").strip():
                self._tag(number, column, tag[0], "nameless")
            if name == "v" and "v" in open_spans:
                open_spans.remove("v")
            open_spans.append(name)

    def _tag(self, number: int, column: int, value: str, why: str) -> None:
        zh, en = _TAG_WHY[why]
        self._tell("captions-tag", number, column, value=value, why=zh, why_en=en)

    def _tell(self, rule: str, line: int, column: int, **details: object) -> None:
        self.report.add(rule, Location(self._path, line, column), **details)


_TAG_WHY = {
    "unknown": ("WebVTT 里没有这个标记", "WebVTT has no such tag"),
    "cut": ("少了 >", "its > is missing"),
    "open": ("打开了，没有合上", "it is opened and never closed"),
    "closing": ("前面没有打开过", "it closes what was not open"),
    "crossed": ("没有按打开的顺序合上", "tags are closed in the wrong order"),
    "nameless": ("后面没有写名字", "its name is missing"),
}


def _is_entity(match: re.Match[str]) -> bool:
    name = match[1] or ""
    return bool(match[2]) and (name.startswith("#") or f"{name};" in html5)


def _plain(text: str) -> str:
    """A text with character references decoded and invisible characters removed."""
    undone = _ENTITY.sub(lambda match: unescape(match[0]) if _is_entity(match) else match[0], text)
    return INVISIBLE.sub("", undone).strip()


def _blocks(lines: list[str], first: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the blocks from the line at index `first` on, each with the number (from 1) of its first line.

    A line with only blanks separates blocks too, because it was meant as an empty line.
    """
    block: list[str] = []
    for number, line in enumerate(lines[first:], start=first + 1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []
    if block:
        yield len(lines) - len(block) + 1, block
