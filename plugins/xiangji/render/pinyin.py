"""Pinyin of names: for finding `lzj` and for addresses that can be read aloud.

The readings are those of `pypinyin`, whose phrase table knows that 重 is chóng in 重庆. Its tables take a quarter
of a second and forty megabytes to read, as much as everything else of a small build, so what is needed of
them comes with the program, as one text in which a name's few characters are looked up where they stand
(`tools/tables.py` writes it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby


class Spelling:
    """How texts are spelled. `hans` is the pattern of what counts as a character; `singles` has a line
    for each syllable, with the characters that are read so after it; `phrases` a line for each character
    that phrases begin with: then after a tab the rest of each, sorted, and after a blank its syllables if they
    are not those of its characters alone."""

    def __init__(self, hans: str, singles: str, phrases: str) -> None:
        self._is_han = re.compile(hans).match
        self._singles = singles
        self._phrases = {line[0]: line for line in phrases.split("\n")}
        self._single = cache(self._single_of)

    def syllables(self, text: str) -> str:
        """The syllables of a text without tones, and its Latin words and numbers, in lower case with
        blanks between them: `阳朗辣子鸡 500 克` is `yang lang la zi ji 500 ke`."""
        parts: list[str] = []
        for han, run in groupby(text, lambda each: bool(self._is_han(each))):
            piece = "".join(run)
            parts += self._spelled(piece) if han else _latin(piece)
        return " ".join(part for part in parts if part)

    def slug(self, text: str) -> str:
        """A text as a part of an address: `la-wei`; `qita` where nothing can be spelled."""
        return "-".join(self.syllables(text).split())[:40].strip("-") or "qita"

    def _spelled(self, text: str) -> Iterator[str]:
        """Syllables of characters: those of the longest phrase that begins here, else of one character."""
        while text:
            length, said = self._longest(text)
            yield said or " ".join(
                self._single(each) for each in text[:length] if self._single(each)
            )
            text = text[length:]

    def _longest(self, text: str) -> tuple[int, str]:
        """How many characters are spelled together, and how, if not as each alone (as `pypinyin.seg.mmseg`)."""
        known, found = self._phrases.get(text[0], ""), (1, "")
        for length in range(2, len(text) + 1):
            start = known.find(f"\t{text[1:length]}")
            if start < 0:
                return found
            at = start + length
            if known[at] == " ":  # Sorted: a phrase stands before those that it begins.
                end = known.find("\t", at)
                found = length, known[at + 1 : end if end > 0 else None]
        # All that is left begins a phrase that does not end here: then none is looked for within it.
        return found if found[0] > 1 else (len(text), "")

    def _single_of(self, character: str) -> str:
        at = self._singles.find(character)
        line = self._singles.rfind("\n", 0, at) + 1
        return self._singles[line : self._singles.index(" ", line)] if at >= 0 else ""


@cache
def spelling() -> Spelling:
    """How texts are spelled: as `spelling.txt` has it, whatever is installed, since addresses are made so and printed."""
    text = (files("xiangji.render") / "spelling.txt").read_text("utf-8")
    _, hans, singles, phrases = text.rstrip("\n").split(f"\n{APART}\n")
    return Spelling(hans, singles, phrases)


APART = "--------"
"""Between the parts of `spelling.txt`: whose it is, what is a character, characters, phrases."""


def _latin(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())
