"""Loads the list of words that advertising and food law restrict.

The list is written in `advertising.yml` beside this module: words, severity, law, and harmless wordings that contain
them. The program reads `advertising.json`, which `tools/tables.py` makes from it with all expressions put together.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cache
from pkgutil import get_data

import msgspec
from msgspec import Struct

from xiangji.model.parsing.late_pattern import compiled

LEVELS = ("ban", "caution", "evidence")


class Law(Struct, frozen=True):
    """A law or regulation, and the date of the edition that was read."""

    name: str
    name_en: str
    date: str


class Term(Struct, frozen=True):
    """A row of the list. Its expressions are compiled on first use, because most texts contain no word of most rows."""

    needs: tuple[str, ...]
    """Expressions of which every text with the words matches one, and that are quicker to search."""
    starts: frozenset[str]
    """The first characters of the words."""
    expression: str
    """An expression for any of the words."""
    not_in: str
    """An expression for harmless wordings that contain the words."""
    level: str
    law: Law
    article: str
    article_en: str
    note: str
    note_en: str
    in_story: str
    ban_under: str
    certificate: tuple[str, ...]
    health: bool
    """Whether it is about disease and health, which ordinary food may never claim."""

    def may_stand_in(self, text: str, known: dict[str, bool]) -> bool:
        """Whether the text contains one of the words, so that the search with exceptions is needed.

        `known` collects which expressions the text matches, because several rows need the same.
        """
        for each in self.needs:
            if each not in known:
                known[each] = compiled(each).search(text) is not None
        if self.needs and not any(known[each] for each in self.needs):
            return False
        return self.look.search(text) is not None

    def may_begin_in(self, signs: Set[str]) -> bool:
        """Whether a text with these characters may contain one of the words. This excludes most rows quickly."""
        return not self.starts or not self.starts.isdisjoint(signs)

    @property
    def look(self) -> re.Pattern[str]:
        """The pattern that finds the words."""
        return compiled(self.expression)

    @property
    def unless(self) -> re.Pattern[str]:
        """The pattern of harmless wordings that contain the words."""
        return compiled(self.not_in)

    @property
    def is_health_claim(self) -> bool:
        """Whether it says that food heals, in whatever context."""
        return self.health and self.is_strong

    @property
    def is_strong(self) -> bool:
        """Whether it reads as a claim in any context, and not only on a page that sells."""
        return self.in_story == "ban"

    def level_for(self, running_text: bool, label_rules: str) -> str:
        """The severity level in running text of a story, or under a set of label rules."""
        if self.ban_under and self.ban_under == label_rules:
            return "ban"
        return self.in_story if running_text else self.level

    def level_apart(self) -> str:
        """The severity level on a page that sells nothing; empty if the term is not looked for there."""
        if self.health:
            return self.in_story
        return "" if self.level == "evidence" else "caution"

    def rule(self, level: str) -> str:
        """The rule that reports a finding of this level."""
        if self.health:
            return "health-claim" if level == "ban" else "health-word"
        return f"advert-{level}"


@cache
def terms() -> tuple[Term, ...]:
    """All rows of the list."""
    told = get_data(__package__, "advertising.json") or b""
    return msgspec.json.decode(told, type=tuple[Term, ...])
