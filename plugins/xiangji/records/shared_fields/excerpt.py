"""The fields of what was copied out of a publication: shared by sources and by reports in the press."""

from __future__ import annotations

from typing import Any

from xiangji.model.fields import Holds, field
from xiangji.model.value_types import DAY, LINE, PROSE

GIVEN = "a title or name that others gave"

EXCERPT: Any = field(
    "摘录",
    PROSE,
    "照抄要紧的几句，不抄整篇",
    "a few sentences as they stand there, never the whole",
    unchecked="words of others, quoted as theirs",
)
DIGEST: Any = field(
    "摘录指纹",
    LINE,
    "摘录的 SHA-256，乡记会告诉你写什么；以后改了一个字就看得出来",
    "the SHA-256 of the excerpt, so that a change of it is noticed",
    holds=Holds.NUMBER,
)
GONE: Any = field(
    "哪天打不开", DAY, "原文打不开了，写发现的那天", "day on which the link was found dead"
)
