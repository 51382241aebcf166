"""Keeps the regular expressions that a run compiled beside Python's own bytecode, so that the next need not."""

from __future__ import annotations

import atexit
import sys
from functools import cache

import msgspec

from xiangji.cache import installed
from xiangji.model.parsing.late_pattern import CODES, PatternCode

_KEY = f"patterns 1 {sys.version}"


@cache
def keep_patterns() -> None:
    """Read what earlier runs compiled, and write it at the end if this one compiled more."""
    kept = installed()
    CODES.update(kept.stored(_KEY, msgspec.msgpack.Decoder(dict[str, PatternCode]).decode) or {})
    before = len(CODES)

    def write() -> None:
        if len(CODES) > before:
            kept.store(_KEY, msgspec.msgpack.encode(CODES))

    atexit.register(write)
