"""Which day it is for a build. The only module that reads the clock; hosts ask it, the core never."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta, timezone

_CHINA = timezone(timedelta(hours=8))


def today(given: str | None = None) -> date:
    """The day to build for: `given`, else `XIANGJI_DATE` (both `YYYY-MM-DD`), else
    `SOURCE_DATE_EPOCH`, else today in China. Raises ValueError for a text that is no date."""
    text = given or os.environ.get("XIANGJI_DATE")
    if text:
        return date.fromisoformat(text)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), _CHINA) if epoch else datetime.now(_CHINA)
    return moment.date()
