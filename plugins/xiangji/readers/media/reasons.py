"""Defines `Reason`: why a media file cannot be used, in Chinese and English."""

from __future__ import annotations

from typing import NamedTuple


class Reason(NamedTuple):
    """A reason that is inserted into the message of a problem."""

    zh: str
    en: str


NOT_REGULAR = Reason("不是普通文件", "not a regular file")
