"""Says how many people or households there are without telling who they are.

A small number in a small village names people. Numbers below `FEW` are shown as such, in pages and data alike, and are
in no total, since a total less the other numbers would tell them.
"""

from __future__ import annotations

from collections.abc import Iterable

FEW = 5
"""The smallest number of people that is told. Five is a common threshold for small counts in open statistics."""

BELOW = f"不到 {FEW}"


def is_few(count: int) -> bool:
    """Whether a number is too small to be told. Nobody is a number like others."""
    return 0 < count < FEW


def said_headcount(count: int) -> str:
    """Return a number of people as pages and data show it."""
    return BELOW if is_few(count) else str(count)


def said_sum(sentence: str, counts: Iterable[int | None]) -> str:
    """Return a sentence with the sum of some numbers in place of `{}`, and how many are too small to be in it.

    The result is empty if none is written.
    """
    written = [each for each in counts if each is not None]
    few = sum(map(is_few, written))
    told = short_sum(sentence, written)
    return f"{told}（另有 {few} 次各{BELOW}，没有加进来）" if few else told


def short_sum(sentence: str, counts: Iterable[int | None]) -> str:
    """Return the sentence alone, for a heading below a line that tells how many are too small."""
    written = [each for each in counts if each is not None]
    return sentence.format(sum(each for each in written if not is_few(each))) if written else ""
