"""Which day it is for a build. The only module that reads the clock; hosts ask it, the core never."""

from __future__ import annotations

import os
import time
from datetime import date

_EAST = 8 * 3600
"""Seconds by which clocks in China are ahead of UTC; no summer time."""

_DAY = 24 * 3600


def day_number(moment: float) -> int:
    """Days since 1970-01-01 in China at a moment, in seconds since the epoch."""
    return int((moment + _EAST) // _DAY)


def today(given: str | None = None) -> date:
    """The day to build for: `given`, else `XIANGJI_DATE` (both `YYYY-MM-DD`), else
    `SOURCE_DATE_EPOCH`, else today in China. Raises ValueError for a text that is no date."""
    text = given or os.environ.get("XIANGJI_DATE")
    if text:
        return date.fromisoformat(text)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        first = date(1970, 1, 1).toordinal()
        return date.fromordinal(first + day_number(int(epoch) if epoch else time.time()))
    except OverflowError as error:
        raise ValueError(epoch) from error
