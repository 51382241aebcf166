"""Says how many people or households there are without telling who they are.

A small number in a small village names people. Numbers below `FEW` are shown as such, in pages and data alike, and are
in no total, since a total less the other numbers would tell them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

K = TypeVar("K")

FEW = 5
"""The smallest number of people that is told. Five is a common threshold for small counts in open statistics."""

BELOW = f"不到 {FEW}"


def is_few(count: int | Decimal) -> bool:
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


def withheld(sizes: Mapping[K, Decimal], inside: Mapping[K, Collection[K]]) -> set[K]:
    """Return the keys of the numbers that may not be told.

    They are the small ones, and as many parts as have to go so that no number less some of its parts is a small one.
    `inside` has for a number all that may be contained in it, at any depth.
    """
    hidden = {key for key, size in sizes.items() if is_few(size)}
    for whole, size in sizes.items():
        if whole in hidden:
            continue
        parts = [key for key in inside.get(whole, ()) if key in sizes and key != whole]
        parts = sorted((k for k in parts if k not in hidden), key=lambda key: sizes[key])
        while _gives_away(size, [sizes[key] for key in parts]):
            hidden.add(_to_withhold(size, parts, sizes))
            parts = [key for key in parts if key not in hidden]
    return hidden


def _to_withhold(whole: Decimal, parts: Sequence[K], sizes: Mapping[K, Decimal]) -> K:
    """Return the smallest part without which nothing is given away, or else the smallest."""
    for part in parts:
        if not _gives_away(whole, [sizes[each] for each in parts if each != part]):
            return part
    return parts[0]


_MOST_SUMS = 10_000
"""More sums of parts than this are not tried one by one. Then a part is withheld rather than told."""


def _gives_away(whole: Decimal, parts: Iterable[Decimal]) -> bool:
    """Whether a number less some of its parts is a small number."""
    ordered = sorted(parts, reverse=True)
    rest = sum(ordered, Decimal(0))
    left = {whole}
    for part in ordered:
        rest -= part
        left |= {each - part for each in left if each > part}
        left = {
            each for each in left if each - rest < FEW
        }  # The parts that follow cannot make others small.
        if len(left) > _MOST_SUMS:
            return True
    return any(map(is_few, left))
