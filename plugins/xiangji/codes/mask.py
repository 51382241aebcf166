"""Chooses the best of the eight masks of a QR code by its penalty (ISO/IEC 18004:2015, 7.8.3).

The encoder chooses the same mask, but needs nine tenths of its time for it, because it visits each module of eight
symbols. Here all eight symbols are one large integer, with light modules around each, and one bit operation works on
all modules at once. A test compares the choice with the encoder's.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

MASKS = 8

_MARGIN = 4
"""Number of light rows before each symbol, and of light columns after each row.

It is the longest distance at which a pattern is searched.
"""


def row_bytes(size: int) -> int:
    """Bytes per row of a symbol, with the light columns after it.

    A byte holds eight modules, the first in its lowest bit.
    """
    return (size + _MARGIN + 7) // 8


class CodeMasks(Struct, frozen=True):
    """The masks for symbols of one size and error level, whatever their text."""

    size: int
    apart: int
    """Bits from one row to the next."""
    whole: int
    """Bits from one symbol to the next."""
    between: tuple[int, ...]
    """By number of the mask, the bits in which a symbol with this mask differs from the one with the first mask."""
    all_between: int
    symbols: int
    """Bits of the modules of all eight symbols.

    `beside` are those with a neighbour to the right, `below` those with one below.
    """
    beside: int
    below: int

    def best(self, first: bytes) -> bytes:
        """The rows of the symbol with the best mask, from the rows of the symbol with the first mask."""
        number = self._choose(first)
        return (int.from_bytes(first, "little") ^ self.between[number]).to_bytes(
            len(first), "little"
        )

    def _choose(self, first: bytes) -> int:
        """The number of the mask with the lowest penalty; if several have it, the first."""
        lead = bytes(self.apart // 8 * _MARGIN)
        dark = int.from_bytes((lead + first) * MASKS, "little") ^ self.all_between
        found = self._patterns(dark)
        area, one = self.size**2, (1 << self.whole) - 1
        penalties = []
        for start in range(0, MASKS * self.whole, self.whole):
            counts = [(each >> start & one).bit_count() for each in found]
            five, five_down, six, six_down, square, finder, finder_down, all_dark = counts
            # A run of five costs 3, and each further module 1. So each five in it counts 3, and 2 less for each six
            # in it.
            few = 3 * (five + five_down + square) - 2 * (six + six_down)
            uneven = abs(20 * all_dark - 10 * area) // area
            penalties.append(few + 40 * (finder + finder_down) + 10 * uneven)
        return penalties.index(min(penalties))

    def _patterns(self, dark: int) -> tuple[int, ...]:
        """Integers with a bit at each place where a pattern begins.

        They are: runs of five and of six modules of one colour, each across and down; squares of four; patterns like
        a finder, across and down; and all dark modules.
        """
        down = self.apart
        light = dark ^ self.symbols
        right, under = dark >> 1, dark >> down
        same = (dark ^ right ^ self.beside) & self.beside
        same_down = (dark ^ under ^ self.below) & self.below
        squares = same & (same >> down) & same_down
        three, three_down = same & (same >> 1), same_down & (same_down >> down)
        five, five_down = three & (three >> 2), three_down & (three_down >> 2 * down)
        return (
            five,
            five_down,
            five & (five >> 1),
            five_down & (five_down >> down),
            squares,
            _finders(dark, light, 1),
            _finders(dark, light, down),
            dark,
        )


def _finders(dark: int, light: int, step: int) -> int:
    """Where dark, light, three dark, light, dark begins, with four light modules before or after."""
    two = dark & (dark >> step)
    found = dark & (light >> step) & (two >> 2 * step)
    found &= (dark >> 4 * step) & (light >> 5 * step) & (dark >> 6 * step)
    four = dark | (dark >> step)
    four |= four >> 2 * step  # Whether one of these four modules is dark.
    return found ^ (found & (four >> 7 * step) & (four << 4 * step))


def masks(size: int, make: Callable[[int], bytes]) -> CodeMasks:
    """The masks for a size. `make` returns the rows of a symbol of any text with the given mask (0 to 7)."""
    apart = 8 * row_bytes(size)
    whole = apart * (size + _MARGIN)
    first = int.from_bytes(make(0), "little")
    between = tuple(int.from_bytes(make(number), "little") ^ first for number in range(MASKS))

    def eight(of: Callable[[int], int]) -> int:
        starts = [number * whole + _MARGIN * apart for number in range(MASKS)]
        return sum(of(number) << start for number, start in enumerate(starts))

    def area(width: int, height: int) -> int:
        return sum(((1 << width) - 1) << apart * row for row in range(height))

    return CodeMasks(
        size,
        apart,
        whole,
        between,
        eight(lambda number: between[number]),
        eight(lambda _: area(size, size)),
        eight(lambda _: area(size - 1, size)),
        eight(lambda _: area(size, size - 1)),
    )
