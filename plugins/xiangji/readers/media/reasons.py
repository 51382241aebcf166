"""Why a file beside the records cannot be used, in Chinese and English."""

from __future__ import annotations

from typing import NamedTuple


class Reason(NamedTuple):
    """Words that go into a problem's message."""

    zh: str
    en: str


NOT_REGULAR = Reason("不是普通文件", "not a regular file")
