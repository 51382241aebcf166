"""Finds texts that look alike but differ in code points: no-break spaces, combining accents, a Cyrillic а.

A message such as “did you mean 200 克?” about 200 克 does not help. So for such a pair the message gives the code
points and Unicode names of the characters that differ.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from xiangji.model.parsing.late_pattern import compiled, late_pattern

_UNSEEN = late_pattern(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\U000e0000-\U000e01ef]"
)
_ALIKE = str.maketrans(
    "аеорсухіјѕАВЕКМНОРСТХІЈЅαοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ〇○", "aeopcyxijsABEKMHOPCTXIJSaoABEZHIKMNOPTYX00"
)
_MARKS = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹣", "-") | dict.fromkeys("•‧∙⋅・", "·") | dict.fromkeys("‘’`´", "'")
)
"""Dashes, dots and quotation marks that look like others. They are right in a text, and wrong in a name."""
_PRIVATE = late_pattern("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_DECOMPOSED = late_pattern("[A-Za-z\u3040-\u30ff][\u0300-\u036f\u3099\u309a]+")
"""A letter followed by combining marks. Only these are composed, because NFC would change rare characters of names."""
_MOST_SHOWN = 3


def plain_form(text: str) -> str:
    """A text with combining accents composed, and with plain spaces for those that look like one."""
    if text.isascii():
        return text
    composed = _DECOMPOSED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)
    return compiled("[\u00a0\u1680\u2000-\u200a\u202f\u205f]").sub(" ", composed)


def same_look(one: str, other: str) -> bool:
    """Whether two texts are different and look the same, or nearly the same."""
    return one != other and _skeleton(one) == _skeleton(other)


def strange_signs(text: str) -> str:
    """Code points and names of invisible, look-alike and private-use characters in a text, three at most.

    Empty if there are none.
    """
    if text.isascii():
        return ""
    found = (
        c for c in dict.fromkeys(text) if _UNSEEN.match(c) or ord(c) in _ALIKE or _PRIVATE.match(c)
    )
    return "、".join([_code_points(each) for each in found][:_MOST_SHOWN])


def private_sign(text: str) -> re.Match[str] | None:
    """The first private-use character of a text, or None. It has a meaning only in the font of its author."""
    return None if text.isascii() else _PRIVATE.search(text)


def _skeleton(text: str) -> str:
    folded = (
        _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).translate(_ALIKE).translate(_MARKS)
    )
    return " ".join(folded.split())


def what_differs(one: str, other: str) -> str:
    """The characters in which two texts differ that look the same: position from 1, code points and names.

    Three differences at most. `NFD / NFC` if the texts differ only in composition or in the kind of spaces.
    """
    if plain_form(one) == plain_form(other):
        return "NFD / NFC"
    return "；".join(list(_differences(one, other))[:_MOST_SHOWN])


def _differences(one: str, other: str) -> Iterator[str]:
    from difflib import SequenceMatcher  # Imported late, because only mistakes need it.

    for what, begin, end, from_, to in SequenceMatcher(None, one, other, False).get_opcodes():
        if what != "equal":
            mine, yours = (_code_points(each) for each in (one[begin:end], other[from_:to]))
            yield f"{begin + 1}: {mine or '—'} / {yours or '—'}"


def _code_points(signs: str) -> str:
    return " ".join(
        f"U+{ord(c):04X} {unicodedata.name(c, '')}".strip() for c in signs[:_MOST_SHOWN]
    )
