"""The list of words that advertising and food law ask about, written in `advertising.yml` beside this
module: what to look for, how grave it is, which law says so, and what only looks like it. It is read from
`advertising.json`, the same in a form that takes no time (`tools/tables.py`)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Set
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct

LEVELS = ("ban", "caution", "evidence")


class Law(Struct, frozen=True):
    """A law or rule, and the date of the text that was read."""

    name: str
    name_en: str
    date: str


class Term(Struct, frozen=True):
    """One row. Expressions are compiled where they are needed: most texts hold no word of most rows."""

    words: tuple[str, ...]
    """What is looked for; empty where the row has an expression of its own."""
    starts: frozenset[str]
    """The signs that these begin with."""
    expression: str
    not_in: str
    level: str
    law: Law
    article: str
    article_en: str
    note: str
    note_en: str
    in_story: str
    ban_under: str
    certificate: tuple[str, ...]

    def may_stand_in(self, text: str) -> bool:
        """Whether it is worth looking for in a text; blanking out other wordings makes no word appear."""
        return not self.words or any(word in text for word in self.words)

    def may_begin_in(self, signs: Set[str]) -> bool:
        """Whether it is worth looking for where these signs stand: most are told apart by that alone."""
        return not self.starts or not self.starts.isdisjoint(signs)

    @property
    def look(self) -> re.Pattern[str]:
        """Finds it."""
        return _compiled(self.expression)

    @property
    def unless(self) -> re.Pattern[str]:
        """Wordings that are something else."""
        return _compiled(self.not_in)

    def level_for(self, running_text: bool, label_rules: str) -> str:
        """How grave it is where it stands: in a story's text, or under a set of label rules."""
        if self.ban_under and self.ban_under == label_rules:
            return "ban"
        return self.in_story if running_text else self.level


_compiled = cache(re.compile)


@cache
def terms() -> tuple[Term, ...]:
    """Every row of the list."""
    return tuple(
        read_terms(json.loads((files("xiangji.checks.wording") / "advertising.json").read_bytes()))
    )


def read_terms(content: Mapping[str, Any]) -> Iterator[Term]:
    """The rows of a list that was parsed; its laws and general exceptions applied."""
    laws = {
        key: Law(law["name"], law["name_en"], str(law["date"]))
        for key, law in content["laws"].items()
    }
    everywhere = content["unless"]
    for row in content["terms"]:
        words = () if row.get("pattern") else tuple(map(str, row["words"]))
        yield Term(
            words=words,
            starts=frozenset(word[0] for word in words),
            expression=row.get("pattern") or _any_of(row["words"]),
            not_in=_any_of([*everywhere, *row.get("unless", ())]),
            level=row["level"],
            law=laws[row["law"]],
            article=row["article"],
            article_en=row["article_en"],
            note=row["note"],
            note_en=row["note_en"],
            in_story=row.get("in_story", row["level"]),
            ban_under=row.get("ban_under", ""),
            certificate=tuple(row.get("certificate", ())),
        )


def _any_of(words: list[str]) -> str:
    """An expression for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(map(str, words), key=len, reverse=True))
