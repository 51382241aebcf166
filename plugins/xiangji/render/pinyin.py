"""Pinyin of names: for searching `lzj`, and for addresses that can be read aloud.

The readings are those of `pypinyin`, whose phrase table knows that 重 is chóng in 重庆. Loading its tables takes a
quarter of a second and forty megabytes, as much as all else in a small build. `tools/tables.py` therefore writes what
is needed into one text file of this package. A name's few characters are looked up in that text, without parsing it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from xiangji.model.parsing.late_pattern import compiled


class Spelling:
    """Looks up the pinyin of texts.

    `hans` is the regular expression of a Chinese character. `singles` has a line for each syllable: the syllable, a
    blank, and the characters that are read so. `phrases` has a line for each character that phrases begin with. After
    the character, a tab precedes each phrase's remaining characters, sorted. A blank and the phrase's syllables
    follow where they differ from those of its single characters.
    """

    def __init__(self, hans: str, singles: str, phrases: str) -> None:
        self._is_han = compiled(hans).match
        self._singles = singles
        self._phrases = {line[0]: line for line in phrases.split("\n")}
        self._single = cache(self._single_of)

    def syllables(self, text: str) -> str:
        """The syllables of a text without tones, and its Latin words and numbers.

        All are in lower case and separated by blanks: `阳朗辣子鸡 500 克` gives `yang lang la zi ji 500 ke`.
        """
        parts: list[str] = []
        for han, run in groupby(text, lambda each: bool(self._is_han(each))):
            piece = "".join(run)
            parts += self._spelled(piece) if han else _latin(piece)
        return " ".join(part for part in parts if part)

    def slug(self, text: str) -> str:
        """A text as a part of an address, such as `la-wei`, at most 40 characters; `qita` if nothing can be spelled."""
        return "-".join(self.syllables(text).split())[:40].strip("-") or "qita"

    def _spelled(self, text: str) -> Iterator[str]:
        """The syllables of Chinese characters: repeatedly the longest known phrase, else one character."""
        while text:
            length, said = self._longest(text)
            yield said or " ".join(
                self._single(each) for each in text[:length] if self._single(each)
            )
            text = text[length:]

    def _longest(self, text: str) -> tuple[int, str]:
        """The number of characters in the longest phrase, and its syllables.

        The syllables are empty if they are those of the single characters. The segmentation is that of
        `pypinyin.seg.mmseg`.
        """
        known, found = self._phrases.get(text[0], ""), (1, "")
        for length in range(2, len(text) + 1):
            start = known.find(f"\t{text[1:length]}")
            if start < 0:
                return found
            at = start + length
            # Phrases are sorted, so a phrase comes before the longer ones that begin with it.
            if known[at] == " ":
                end = known.find("\t", at)
                found = length, known[at + 1 : end if end > 0 else None]
        # The whole rest begins a longer phrase that does not end here. As in pypinyin, no shorter phrase is then
        # searched in it.
        return found if found[0] > 1 else (len(text), "")

    def _single_of(self, character: str) -> str:
        at = self._singles.find(character)
        line = self._singles.rfind("\n", 0, at) + 1
        return self._singles[line : self._singles.index(" ", line)] if at >= 0 else ""


@cache
def spelling() -> Spelling:
    """The table in `spelling.txt`, whatever version of pypinyin is installed: printed addresses depend on it."""
    text = Path(__file__).with_name("spelling.txt").read_text("utf-8")
    _, hans, singles, phrases = text.rstrip("\n").split(f"\n{APART}\n")
    return Spelling(hans, singles, phrases)


APART = "--------"
"""The line between the parts of `spelling.txt`: licence, pattern of characters, single characters, phrases."""


def _latin(text: str) -> list[str]:
    return compiled(r"[a-z0-9]+").findall(text.lower())
