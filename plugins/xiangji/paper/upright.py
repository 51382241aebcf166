"""Text from top to bottom: its signs one below the other, what is turned on its side, and what may
not begin or end a column.

Which form a sign takes is the font's business (its feature `vert`); how long a turned word is, only the
typesetter knows. So this decides what stands together, and the template breaks the columns.
"""

from __future__ import annotations

import re

from msgspec import Struct

_PIECE = re.compile(r"\s+|[—―─]+|[0-9]{1,2}(?![0-9A-Za-z.,%:/-])|[\x21-\x7e\u00a1-\u024f]+|.")

_OPENING = "（《〈【「『“‘〔［｛"
_CLOSING = "，。、；：？！）》〉】」』”’〕］｝…·～"

_FORMS = dict(
    zip("“”‘’（）《》〈〉【】「」『』〔〕", "﹃﹄﹁﹂︵︶︽︾︿﹀︻︼﹁﹂﹃﹄︹︺", strict=True)
)
"""Brackets as they stand in a column. Typst moves an opening bracket that begins a line to the left, and
here each sign is a line; it leaves these alone."""

_PAUSE = r"，。；、：,;:\s"
_PAUSES = re.compile(f"[{_PAUSE}]+")


class Token(Struct, frozen=True):
    """What stands together. `kind`: `sign` takes one square, `open` one that no column ends with,
    `close` one that no column begins with, `pair` a square with two digits side by side, `turned`
    lies on its side, `gap` is empty."""

    text: str
    kind: str


def tokens(text: str) -> tuple[Token, ...]:
    """A text as it is set from top to bottom."""
    return tuple(Token(_FORMS.get(each, each), _kind(each)) for each in _PIECE.findall(text))


def _kind(piece: str) -> str:
    if piece.isspace():
        return "gap"
    if piece in _OPENING:
        return "open"
    if piece in _CLOSING:
        return "close"
    if piece[0] in "—―─":
        return "turned"
    if piece.isdigit() and piece.isascii():
        return "pair" if len(piece) <= 2 else "turned"
    if piece.isascii() and len(piece) == 1 and not piece.isalpha():
        return "turned"
    return "turned" if len(piece) > 1 else "sign"


def title_columns(title: str) -> tuple[tuple[Token, ...], ...]:
    """A title as calligraphers set it: a column for each part, without the pauses between them."""
    return tuple(tokens(each) for each in _PAUSES.split(title) if each)


def title_parts(title: str) -> tuple[str, ...]:
    """The parts of a title with the pause that ends each: where a line may best be broken."""
    found = re.findall(rf"[^{_PAUSE}]+[{_PAUSE}]*", title)
    return tuple(found) or (title,)
