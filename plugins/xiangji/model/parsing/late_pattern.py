"""Regular expressions that are compiled when they are first used.

Compiling all that modules define took longer than reading a small village, and a command uses half of them.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast


class _LatePattern(Generic[AnyStr]):
    """Stands for a pattern. Each method is looked up once, so using it costs no more than using the pattern."""

    def __init__(self, text: AnyStr, flags: int) -> None:
        self._given: tuple[AnyStr, int] = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._given), name)
        setattr(self, name, found)
        return found


def late_pattern(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern that is compiled, and checked for mistakes, on first use."""
    return cast("re.Pattern[AnyStr]", _LatePattern(text, flags))
