"""Aligns text in a terminal, where a Chinese character is two columns wide: tables, and the mark below a faulty line."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

ROOM = 64
"""The width of a quoted line in columns. With its number it fits a terminal of 80."""

_LEFT = 24
"""How many columns stand before the fault where a line is cut."""


def width(text: str) -> int:
    """Return the width of a text in a terminal, in columns."""
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def marked(number: int, before: str, behind: str, room: int = ROOM) -> str:
    """Return a line of a file with its number, and below it a mark where the fault begins.

    `before` and `behind` are the line's text before the fault and from there on. A long line is cut around the fault.
    """
    if width(before) + width(behind) > room:
        if width(before) > _LEFT:
            before = f"…{_fitting(before[::-1], _LEFT - 1)[::-1]}"
        rest = room - width(before)
        if width(behind) > rest:
            behind = f"{_fitting(behind, rest - 1)}…"
    quoted = f"  {number} | {before}{behind}".rstrip()
    return f"{quoted}\n  {' ' * len(str(number))} | {' ' * width(before)}^"


def _fitting(text: str, room: int) -> str:
    """Return the beginning of a text that is at most `room` columns wide."""
    taken = 0
    for at, character in enumerate(text):
        taken += _columns(character)
        if taken > room:
            return text[:at]
    return text


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Return rows with aligned columns, two spaces between them."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        padded = (text + " " * (room - width(text)) for text, room in zip(row, widths, strict=True))
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)
