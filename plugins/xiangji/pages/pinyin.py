"""Pinyin of names: for finding `lzj` and for addresses that can be read aloud.

From `pypinyin`, whose phrase table knows that 重 is chóng in 重庆. It is imported where it is used:
its tables take a quarter of a second to read, so what was spelled before is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

from xiangji.cache import Cache

_spelled: dict[str, str] = {}


def syllables(text: str) -> str:
    """The syllables of a text without tones, and its Latin words and numbers, in lower case with
    blanks between them: `阳朗辣子鸡 500 克` is `yang lang la zi ji 500 ke`."""
    if text not in _spelled:
        from pypinyin import lazy_pinyin

        parts = (re.findall(r"[a-z0-9]+", each.lower()) for each in lazy_pinyin(text))
        _spelled[text] = " ".join(piece for found in parts for piece in found)
    return _spelled[text]


@contextmanager
def kept_spellings(cache: Cache) -> Iterator[None]:
    """Within it, what was spelled in an earlier build need not be spelled again."""
    key = f"pinyin {version('pypinyin')}"
    known: dict[str, str] = json.loads(cache.stored(key) or b"{}")
    _spelled.update(known)
    yield
    if _spelled.keys() - known.keys():
        cache.store(key, json.dumps(_spelled, ensure_ascii=False).encode())


def slug(text: str) -> str:
    """A text as a part of an address: `la-wei`; `qita` where nothing can be spelled."""
    return "-".join(re.findall(r"[a-z0-9]+", syllables(text)))[:40].strip("-") or "qita"
