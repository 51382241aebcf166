"""Splits a text into tokens for vertical setting: which characters stay together, are turned, or may end a column.

The font chooses the vertical form of a character (OpenType feature `vert`). Only the typesetter knows the length of a
turned word. So this module makes tokens, and the template breaks them into columns.
"""

from __future__ import annotations

import re

from msgspec import Struct

from xiangji.model.parsing.late_pattern import late_pattern

_PIECE = late_pattern(r"\s+|[—―─]+|[0-9]{1,2}(?![0-9A-Za-z.,%:/-])|[\x21-\x7e\u00a1-\u024f]+|.")

_OPENING = "（《〈【「『“‘〔［｛"
_CLOSING = "，。、；：？！）》〉】」』”’〕］｝…·～"

_FORMS = dict(
    zip("“”‘’（）《》〈〉【】「」『』〔〕", "﹃﹄﹁﹂︵︶︽︾︿﹀︻︼﹁﹂﹃﹄︹︺", strict=True)
)
"""The vertical forms of brackets.

Each character is a line of its own for Typst, and Typst shifts an opening bracket at the beginning of a line to the
left. It does not shift these forms.
"""

_PAUSE = r"，。；、：,;:\s"
_PAUSES = late_pattern(f"[{_PAUSE}]+")


class Token(Struct, frozen=True):
    """Characters that stay together. `kind` is one of:

    - `sign`: one square
    - `open`: one square that may not end a column
    - `close`: one square that may not begin a column
    - `pair`: one square with one or two digits side by side
    - `turned`: turned by 90 degrees
    - `gap`: empty
    """

    text: str
    kind: str


_YEAR = late_pattern(r"(?<![0-9])(1[0-9]{3}|20[0-9]{2})\s*(?=年)")
_SIGNS = str.maketrans("0123456789", "〇一二三四五六七八九")


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, from top to bottom. A year stands as people write it in columns: 一九七九年."""
    text = _YEAR.sub(lambda found: found[1].translate(_SIGNS), text)
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
    """Return the tokens of a title, one column for each part between punctuation marks. The marks are left out."""
    return tuple(tokens(each) for each in _PAUSES.split(title) if each)


def title_parts(title: str) -> tuple[str, ...]:
    """Return the parts of a title, each with the punctuation mark at its end. Lines are best broken between them."""
    found = re.findall(rf"[^{_PAUSE}]+[{_PAUSE}]*", title)
    return tuple(found) or (title,)
