"""What is said to somebody who named what does not exist: what was meant perhaps, and what there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiangji.batches import Batches
from xiangji.nearest import nearest

_LONGEST = 90
"""Characters of a list of what is known; the rest is only hinted at."""


def _called(record: Any) -> str:
    """What people call a record; of a person the alias where there is one."""
    for name in ("alias", "name", "title"):
        if value := getattr(record, name, None):
            return str(value)
    return ""


def nearest_id(key: str, shelf: Mapping[str, Any]) -> dict[str, str]:
    """A question with the id that was meant: by its name, or by a slip of the pen."""
    named = () if isinstance(shelf, Batches) else shelf.items()  # A lot has no name.
    names = {_called(record): each for each, record in named if _called(record)}
    near = nearest(key, [*names, *shelf])
    if near is None:
        return {"near": "", "near_en": ""}
    if near not in shelf:
        meant = names[near]
        return {
            "near": f"这里写编号，不写名称：“{near}”的编号是 {meant}。",
            "near_en": f"Write the id, not the name: “{near}” has the id {meant}. ",
        }
    return {"near": f"是不是想写“{near}”？", "near_en": f"Did you mean “{near}”? "}


def known(shelf: Mapping[str, Any]) -> str:
    """The ids of a shelf with their names, as far as there is room."""
    shown = ""
    for key in sorted(shelf):
        name = _called(shelf[key])
        shown += ("、" if shown else "") + (f"{key}（{name}）" if name else key)
        if len(shown) > _LONGEST:
            return f"{shown}……"
    return shown or "—"
