"""Regular expressions that are compiled when they are first used, and once for all runs of the program.

Compiling all that modules define took longer than reading a small village, and a command uses half of them. Those that
it uses took a seventh of a build of 100 batches. Python keeps the bytecode of modules, and not that of expressions.
"""

from __future__ import annotations

import re
import sys
from array import array
from functools import cache
from importlib import import_module
from typing import Any, AnyStr, Generic, cast

from msgspec import Struct


class PatternCode(Struct, frozen=True, array_like=True):
    """What Python compiles an expression to. `names` are its named groups, `words` its bytecode."""

    flags: int
    groups: int
    names: dict[str, int]
    words: bytes


CODES: dict[str, PatternCode] = {}
"""Expressions that this run or an earlier one compiled (`cache.keep_patterns`), by flags and text."""

_KNOWN = sys.implementation.name == "cpython" and sys.version_info < (3, 15)
"""Whether the steps of `re.compile` are those below. They are no public interface, so another Python takes `re.compile`."""


def compiled(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return the same as `re.compile`, from `CODES` if it is there."""
    return cast("re.Pattern[AnyStr]", _pattern(text, flags))


@cache
def _pattern(text: str | bytes, flags: int) -> Any:
    if not _KNOWN:
        return re.compile(text, flags)
    key = f"{int(flags)} {text!a}"
    code = CODES.get(key)
    if code is None:
        code = CODES[key] = _code_of(text, int(flags))
    named: list[str | None] = [None] * (code.groups + 1)
    for name, number in code.names.items():
        named[number] = name
    words = array("I", code.words).tolist()
    make = import_module("_sre").compile
    return make(text, code.flags, words, code.groups, code.names, tuple(named))


def _code_of(text: str | bytes, flags: int) -> PatternCode:
    parsed = import_module("re._parser").parse(text, flags)
    words = array("I", import_module("re._compiler")._code(parsed, flags))
    state = parsed.state
    return PatternCode(flags | state.flags, state.groups - 1, state.groupdict, words.tobytes())


class _LatePattern(Generic[AnyStr]):
    """Stands for a pattern. Each method is looked up once, so using it costs no more than using the pattern."""

    def __init__(self, text: AnyStr, flags: int) -> None:
        self._given: tuple[AnyStr, int] = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(compiled(*self._given), name)
        setattr(self, name, found)
        return found


def late_pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern that is compiled, and checked for mistakes, on first use."""
    return cast("re.Pattern[AnyStr]", _LatePattern(text, flags))
