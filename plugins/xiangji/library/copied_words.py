"""Finds parts of given words in other texts, whatever their punctuation and width.

A part counts if it can hardly stand there by chance: a whole sentence, a whole clause of eight characters, or ten
characters in a row. Names that stand everywhere, such as those of products, do not count.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from xiangji.model.parsing.late_pattern import late_pattern

_GRAM = 7
"""Characters that are looked up at once: the shortest part that counts."""
_PIECE = 4
"""Signs of the pieces by which most texts are passed over: half of a shortest part, rounded up."""
_SENTENCE, _CLAUSE, _RUN = 7, 8, 10
"""The least weight of a whole sentence, of a whole clause, and of any other part."""
_LATIN = 0.25
"""The weight of a letter or digit: four of them say about as much as one Chinese character."""

_NO_SIGN = late_pattern(r"[\W_]+")
_SENTENCES = late_pattern(r"[^。！？!?；;\n]+")
_CLAUSES = late_pattern(r"[^。！？!?；;\n，,、：:—…“”\"（）()]+")


class Essence(Struct, frozen=True):
    """A text without punctuation and blanks, in one width. `offsets` has the offset in the text of each character."""

    text: str
    offsets: tuple[int, ...]


class CopiedWords(Struct, frozen=True):
    """A copy: where it begins in the text, the words as they stand there, and the number of the words it is of."""

    start: int
    words: str
    of: int


class _Source(Struct, frozen=True):
    """Words that are looked for. `wholes` are the ranges of sentences and clauses, each with the least weight."""

    essence: str
    wholes: tuple[tuple[int, int, int], ...]


@lru_cache(8192)
def _plain(sign: str) -> str:
    return "".join(e for e in unicodedata.normalize("NFKC", sign).casefold() if e.isalnum())


def essence(text: str) -> Essence:
    """The letters, digits and Chinese characters of a text, with their offsets."""
    folded = [(_plain(sign), at) for at, sign in enumerate(text)]
    return Essence(
        "".join(each for each, _ in folded), tuple(at for each, at in folded for _ in each)
    )


class WordIndex:
    """The parts of several words, to be found in any number of texts."""

    def __init__(self, words: Iterable[str], names: Iterable[str] = ()) -> None:
        self._sources = [_source(each) for each in words]
        self._names = sorted(
            {e for n in names if len(e := essence(n).text) > 1}, key=len, reverse=True
        )
        self._pieces = {
            source.essence[at : at + _PIECE]
            for source in self._sources
            for at in range(len(source.essence) - _PIECE + 1)
        }
        self._grams: dict[str, list[tuple[int, int]]] = {}
        for number, source in enumerate(self._sources):
            for at in range(len(source.essence) - _GRAM + 1):
                place = source.essence[at : at + _GRAM]
                self._grams.setdefault(place, []).append((number, at))

    def __bool__(self) -> bool:
        return bool(self._grams)

    def copies(self, text: str) -> list[CopiedWords]:
        """Every part of the words that stands in `text`, in its order, none inside another."""
        if not self._grams or len(text) < _GRAM or not self._may_hold(text):
            return []
        folded = essence(text)
        found: list[CopiedWords] = []
        at = 0
        while at <= len(folded.text) - _GRAM:
            end, of = self._longest(folded.text, at)
            if end:
                first, last = folded.offsets[at], folded.offsets[end - 1]
                found.append(CopiedWords(first, text[first : last + 1], of))
            at = end or at + 1
        return found

    def _may_hold(self, text: str) -> bool:
        """Whether a text can hold a part at all: nearly all do not, and are told by every fourth piece of four signs.

        A part of seven signs holds one of these pieces, wherever it begins.
        """
        plain = _NO_SIGN.sub("", unicodedata.normalize("NFKC", text).casefold())
        return any(plain[at : at + _PIECE] in self._pieces for at in range(0, len(plain), _PIECE))

    def _longest(self, text: str, at: int) -> tuple[int, int]:
        """The end of the longest part that begins at `at` and counts, and the number of its words; 0 if there is none."""
        best = (0, 0)
        for number, start in self._grams.get(text[at : at + _GRAM], ()):
            source = self._sources[number]
            length = _GRAM
            while text[at + length : at + length + 1] and (
                source.essence[start + length : start + length + 1] == text[at + length]
            ):
                length += 1
            if at + length > best[0] and self._counts(source, start, start + length):
                best = (at + length, number)
        return best

    def _counts(self, source: _Source, start: int, end: int) -> bool:
        """Whether a part of the words is no chance: see the top of this module."""
        if self._weight(source.essence[start:end]) >= _RUN:
            return True
        return any(
            start <= first and last <= end and self._weight(source.essence[first:last]) >= least
            for first, last, least in source.wholes
        )

    def _weight(self, part: str) -> float:
        """How much a part says, without the names that stand everywhere."""
        for name in self._names:
            part = part.replace(name, "")
        return sum(_LATIN if sign.isascii() else 1 for sign in part)


def _source(words: str) -> _Source:
    whole = essence(words)
    parts = [(m, _SENTENCE) for m in _SENTENCES.finditer(words)]
    parts += [(m, _CLAUSE) for m in _CLAUSES.finditer(words)]
    ranges = (
        (bisect_left(whole.offsets, m.start()), bisect_left(whole.offsets, m.end()), least)
        for m, least in parts
    )
    return _Source(whole.text, tuple(ranges))
