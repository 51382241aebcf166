"""The day of a build. This is the only module that reads the clock. Hosts call it, the core never does."""

from __future__ import annotations

import os
import time
from datetime import date

_EAST = 8 * 3600
"""Seconds by which China's time is ahead of UTC. There is no summer time."""

_DAY = 24 * 3600


def day_number(moment: float) -> int:
    """The number of days since 1970-01-01 in China, at a time in seconds since the epoch."""
    return int((moment + _EAST) // _DAY)


def today(given: str | None = None) -> date:
    """The day for which the site is built.

    It is `given`, else `XIANGJI_DATE` (both `YYYY-MM-DD`), else `SOURCE_DATE_EPOCH` (seconds), else today in China.
    Raises ValueError for a text that is no date.
    """
    text = given or os.environ.get("XIANGJI_DATE")
    if text:
        return date.fromisoformat(text)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        first = date(1970, 1, 1).toordinal()
        return date.fromordinal(first + day_number(int(epoch) if epoch else time.time()))
    except OverflowError as error:
        raise ValueError(epoch) from error
