"""Writes the generated tables of the program: the pinyin table and the list of advertising terms.

Run it after an update of `pypinyin`, and after a change of `checks/wording/advertising.yml`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

import yaml
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT, RE_HANS
from pypinyin.contrib.tone_convert import to_normal

from xiangji.render.pinyin import APART, _latin

HERE = Path(__file__).resolve().parent.parent / "plugins" / "xiangji"


def tables() -> dict[Path, str]:
    """Return the content of each generated file."""
    terms = HERE / "checks" / "wording" / "advertising.yml"
    return {
        HERE / "render" / "spelling.txt": spelling_table(),
        terms.with_suffix(".json"): terms_table(terms.read_text("utf-8")),
    }


def terms_table(source: str) -> str:
    """Return the list as `Term` reads it: JSON, a row on each line, with laws, lists and exceptions filled in."""
    rows = (json.dumps(row, ensure_ascii=False) for row in _terms(yaml.safe_load(source)))
    return "[\n" + ",\n".join(rows) + "\n]\n"


def _terms(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a parsed list."""
    laws = {key: {**law, "date": str(law["date"])} for key, law in content["laws"].items()}
    lists = {f"<{name}>": tuple(map(str, some)) for name, some in content["lists"].items()}
    for row in content["terms"]:
        words = () if row.get("pattern") else tuple(map(str, row["words"]))
        yield {
            "needs": [_expression(each, lists) for each in row.get("needs", ())],
            "starts": sorted(_starts(row.get("starts", ""), lists) or {word[0] for word in words}),
            "expression": _expression(row.get("pattern", ""), lists) or _any_of(words),
            "not_in": _harmless(row, content),
            "level": row["level"],
            "law": laws[row["law"]],
            "article": row["article"],
            "article_en": row["article_en"],
            "note": row["note"],
            "note_en": row["note_en"],
            "in_story": row.get("in_story", row["level"]),
            "ban_under": row.get("ban_under", ""),
            "certificate": row.get("certificate", []),
            "health": bool(row.get("health")),
        }


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


def _starts(signs: str, lists: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Characters with the names of lists replaced by the first characters of their words."""
    for name, words in lists.items():
        firsts = (word if word[0] == "<" else word[0] for word in words)
        signs = signs.replace(name, "".join(firsts))
    return set(signs)


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


def spelling_table() -> str:
    """Return the table that `Spelling` loads, with the licence of its source."""
    plain: Callable[[str], str] = cache(lambda toned: " ".join(_latin(to_normal(toned))))
    alone = {chr(code): plain(said.split(",")[0]) for code, said in PINYIN_DICT.items()}
    lines: dict[str, list[str]] = {}
    for character, said in alone.items():
        lines.setdefault(said, []).append(character)
    singles = "\n".join(f"{said} {''.join(characters)}" for said, characters in lines.items())
    phrases: dict[str, list[str]] = {}
    for phrase in sorted(PHRASES_DICT):
        said = _together(plain(each[0]) for each in PHRASES_DICT[phrase])
        usual = _together(alone.get(each, "") for each in phrase)
        row = phrases.setdefault(phrase[0], [phrase[0]])
        row.append(f"{phrase[1:]} {said if said != usual else ''}")
    parts = (_owner(), RE_HANS.pattern, singles, "\n".join(map("\t".join, phrases.values())))
    return f"\n{APART}\n".join(parts) + "\n"


def _owner() -> str:
    licences = (
        each for each in distribution("pypinyin").files or () if "LICENSE" in each.name.upper()
    )
    text = next(licences).read_text("utf-8").strip()
    return f"pypinyin {version('pypinyin')}: the readings of its tables, without tones.\n\n{text}"


def _together(parts: Iterable[str]) -> str:
    return " ".join(part for part in parts if part)


if __name__ == "__main__":
    for file, text in tables().items():
        file.write_text(text, "utf-8", newline="\n")
