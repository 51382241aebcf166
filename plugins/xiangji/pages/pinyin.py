"""Pinyin of names: for finding `lzj` and for addresses that can be read aloud.

From `pypinyin`, whose phrase table knows that 重 is chóng in 重庆. It is imported where it is used:
its tables take a quarter of a second to read.
"""

from __future__ import annotations

import re
from functools import cache


@cache
def syllables(text: str) -> str:
    """The syllables of a text without tones, and its Latin words and numbers, in lower case with
    blanks between them: `阳朗辣子鸡 500 克` is `yang lang la zi ji 500 ke`."""
    from pypinyin import lazy_pinyin

    parts = (re.findall(r"[a-z0-9]+", each.lower()) for each in lazy_pinyin(text))
    return " ".join(piece for found in parts for piece in found)


def slug(text: str) -> str:
    """A text as a part of an address: `la-wei`; `qita` where nothing can be spelled."""
    return "-".join(re.findall(r"[a-z0-9]+", syllables(text)))[:40].strip("-") or "qita"
