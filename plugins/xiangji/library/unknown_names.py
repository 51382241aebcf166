"""Suggestions for authors who name a record that does not exist: the nearest id, and the ids that there are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from xiangji.library.batches import Batches
from xiangji.model.nearest import nearest, question

_LIST_LENGTH = 90
"""Maximum length of a list of known ids, in characters; a longer one ends with ……"""


_GUESS_LIMIT = 100
"""Maximum number of different unknown names per shelf for which the nearest id is searched."""

_NOT_NEAR = {"near": "", "near_en": ""}


def _name_of(record: Any) -> str:
    """What people call a record: its name or title; for a person the alias, if there is one."""
    for name in ("alias", "name", "title"):
        if value := getattr(record, name, None):
            return str(value)
    return ""


class UnknownNames:
    """Suggestions for unknown names on one shelf.

    The list of known ids is built once. The nearest id is searched for a limited number of names: comparing a
    thousand wrong names with all ids takes minutes, and so many have one common cause.
    """

    def __init__(self, shelf: Mapping[str, Any]) -> None:
        self.shelf = shelf
        self._found: dict[str, dict[str, str]] = {}

    def details(self, key: str) -> dict[str, str]:
        """The nearest id as a question, if any is near, and the list of known ids."""
        if key not in self._found and len(self._found) < _GUESS_LIMIT:
            self._found[key] = self._nearest(key)
        return {**self._found.get(key, _NOT_NEAR), "known": self._listed}

    def _nearest(self, key: str) -> dict[str, str]:
        """The id of the record with this name, or an id that is spelled nearly so."""
        near = nearest(key, [*self._names, *self.shelf])
        if near is None:
            return _NOT_NEAR
        if near not in self.shelf:
            meant = self._names[near]
            return {
                "near": f"这里写编号，不写名称：“{near}”的编号是 {meant}。",
                "near_en": f"Write the id, not the name: “{near}” has the id {meant}. ",
            }
        zh, en = question(key, near)
        return {"near": zh, "near_en": en}

    @cached_property
    def _names(self) -> dict[str, str]:
        """Ids by the name or title of their record."""
        if isinstance(self.shelf, Batches):  # A lot has no name.
            return {}
        named = ((_name_of(record), each) for each, record in self.shelf.items())
        return {name: each for name, each in named if name}

    @cached_property
    def _listed(self) -> str:
        """The known ids with names, up to the maximum length."""
        shown = ""
        for key in sorted(self.shelf):
            name = _name_of(self.shelf[key])
            shown += ("、" if shown else "") + (f"{key}（{name}）" if name else key)
            if len(shown) > _LIST_LENGTH:
                return f"{shown}……"
        return shown or "—"
