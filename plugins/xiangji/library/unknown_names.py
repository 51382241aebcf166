"""What is said to somebody who named what does not exist: what was meant perhaps, and what there is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from xiangji.library.batches import Batches
from xiangji.model.nearest import nearest

_LONGEST = 90
"""Characters of a list of what is known; the rest is only hinted at."""


_GUESSES = 100
"""Different names of nothing for which a near one is looked for on a shelf."""

_NOT_NEAR = {"near": "", "near_en": ""}


def _called(record: Any) -> str:
    """What people call a record; of a person the alias where there is one."""
    for name in ("alias", "name", "title"):
        if value := getattr(record, name, None):
            return str(value)
    return ""


class UnknownNames:
    """What can be said of a shelf to those who named what does not stand on it. Where many did, what is the
    same for all is found once, and what a name is near to is looked for a limited number of times: a look at
    all names for each of a thousand mistakes takes minutes, and who made so many made one."""

    def __init__(self, shelf: Mapping[str, Any]) -> None:
        self.shelf = shelf
        self._told: dict[str, dict[str, str]] = {}

    def details(self, key: str) -> dict[str, str]:
        """A question with the id that was meant, if any is near, and the ids that there are."""
        if key not in self._told and len(self._told) < _GUESSES:
            self._told[key] = self._nearest(key)
        return {**self._told.get(key, _NOT_NEAR), "known": self._listed}

    def _nearest(self, key: str) -> dict[str, str]:
        """By its name, or by a slip of the pen."""
        near = nearest(key, [*self._names, *self.shelf])
        if near is None:
            return _NOT_NEAR
        if near not in self.shelf:
            meant = self._names[near]
            return {
                "near": f"这里写编号，不写名称：“{near}”的编号是 {meant}。",
                "near_en": f"Write the id, not the name: “{near}” has the id {meant}. ",
            }
        return {"near": f"是不是想写“{near}”？", "near_en": f"Did you mean “{near}”? "}

    @cached_property
    def _names(self) -> dict[str, str]:
        """Ids by what people say."""
        if isinstance(self.shelf, Batches):  # A lot has no name.
            return {}
        named = ((_called(record), each) for each, record in self.shelf.items())
        return {name: each for name, each in named if name}

    @cached_property
    def _listed(self) -> str:
        """The ids with their names, as far as there is room."""
        shown = ""
        for key in sorted(self.shelf):
            name = _called(self.shelf[key])
            shown += ("、" if shown else "") + (f"{key}（{name}）" if name else key)
            if len(shown) > _LONGEST:
                return f"{shown}……"
        return shown or "—"
