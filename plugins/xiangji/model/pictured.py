"""The field that says who is in a picture."""

from __future__ import annotations

from typing import Any

from xiangji.model.fields import ListOf, Reference, field

NOBODY = ("没有人", "no_one")
"""Words that say that nobody is in a picture. No id may be spelled like them."""

PICTURED: Any = field(
    "谁在里面",
    ListOf(Reference("people", nobody=NOBODY)),
    "图片里认得出来的人，写编号，可以几个，小孩也写；没有人就写“没有人”",
    "who can be recognised in the picture: person ids; no_one if nobody can",
    also=["图片里的人"],
    private=True,
)
"""Declared by every record with a picture. It is about the pictures of that record itself."""
