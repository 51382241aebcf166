"""Loads the list of words that advertising and food law restrict.

The list is written in `advertising.yml` beside this module: words, severity, law, and harmless wordings that contain
them. The program reads `advertising.json`, which `tools/tables.py` makes from it, because JSON loads faster.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import cache
from pkgutil import get_data
from typing import Any

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

    words: tuple[str, ...]
    """The words to find. Empty if the row has an expression of its own."""
    needs: tuple[str, ...]
    """Expressions of which every text with the words matches one, and that are quicker to search."""
    starts: frozenset[str]
    """The first characters of the words."""
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
    return tuple(read_terms(json.loads(get_data(__package__, "advertising.json") or b"")))


def read_terms(content: Mapping[str, Any]) -> Iterator[Term]:
    """Yield the rows of a parsed list, with their laws and the general exceptions filled in."""
    laws = {
        key: Law(law["name"], law["name_en"], str(law["date"]))
        for key, law in content["laws"].items()
    }
    lists = {f"<{name}>": tuple(map(str, some)) for name, some in content["lists"].items()}
    for row in content["terms"]:
        words = () if row.get("pattern") else tuple(map(str, row["words"]))
        yield Term(
            words=words,
            needs=tuple(_expression(each, lists) for each in row.get("needs", ())),
            starts=_starts(row.get("starts", ""), lists) or frozenset(word[0] for word in words),
            expression=_expression(row.get("pattern", ""), lists) or _any_of(words),
            not_in=_harmless(row, content),
            level=row["level"],
            law=laws[row["law"]],
            article=row["article"],
            article_en=row["article_en"],
            note=row["note"],
            note_en=row["note_en"],
            in_story=row.get("in_story", row["level"]),
            ban_under=row.get("ban_under", ""),
            certificate=tuple(row.get("certificate", ())),
            health=bool(row.get("health")),
        )


def _harmless(row: Mapping[str, Any], content: Mapping[str, Any]) -> str:
    """The expression of harmless wordings around the words of a row. To deny a health claim is not harmless."""
    parts = [row.get("unless_pattern"), None if row.get("health") else content["denied"]]
    return "|".join((*filter(None, parts), _any_of([*content["unless"], *row.get("unless", ())])))


def _expression(pattern: str, lists: Mapping[str, tuple[str, ...]]) -> str:
    """A pattern with the names of lists replaced by their words. A word may name a later list."""
    for name, words in lists.items():
        if name in pattern:
            pattern = pattern.replace(name, f"(?:{_any_of(words)})")
    return pattern


def _starts(signs: str, lists: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """Characters with the names of lists replaced by the first characters of their words."""
    for name, words in lists.items():
        firsts = (word if word[0] == "<" else word[0] for word in words)
        signs = signs.replace(name, "".join(firsts))
    return frozenset(signs)


def _any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first.

    Words with the same first character are grouped, so that hundreds of words take hardly longer than a few.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(map(str, words), key=len, reverse=True):
        groups.setdefault(word if word[0] == "<" else word[0], []).append(re.escape(word))
    return "|".join(_group(some) for some in groups.values())


def _group(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    first = words[0][0]
    return f"{first}(?:{'|'.join(word[1:] for word in words)})"
