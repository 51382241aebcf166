"""Writes the generated tables of the program: the pinyin table and the list of advertising terms.

Run it after an update of `pypinyin`, and after a change of `checks/wording/advertising.yml`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import distribution, version
from pathlib import Path

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
    """Return the list as JSON, which loads faster than YAML."""
    return json.dumps(yaml.safe_load(source), ensure_ascii=False, default=str, indent=1) + "\n"


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
