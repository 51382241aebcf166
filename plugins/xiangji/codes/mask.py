"""Which of the eight masks of a QR code is best, by ISO/IEC 18004:2015, 7.8.3.

The encoder finds the same one, and takes nine tenths of its time for it: it looks at each module of eight
symbols. Here the eight lie side by side in one large number, with light modules around each, and a step
looks at all modules at once. A test holds the choice against the encoder's.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

MASKS = 8

_AROUND = 4
"""Light rows before each symbol, and columns behind each row: as far as a pattern is looked for."""


def row_bytes(size: int) -> int:
    """How many bytes a row of a symbol has, with what is behind it: eight modules a byte, the first one
    lowest."""
    return (size + _AROUND + 7) // 8


class CodeMasks(Struct, frozen=True):
    """What the masks change in a symbol of one size and error level, whatever it says."""

    size: int
    apart: int
    """Bits from one row to the next."""
    whole: int
    """Bits from one symbol to the next."""
    between: tuple[int, ...]
    """What each mask changes in the symbol with the first one."""
    all_between: int
    symbols: int
    """Every module of the eight symbols; then those with a neighbour to the right, and below."""
    beside: int
    below: int

    def best(self, first: bytes) -> bytes:
        """The rows of the best symbol, from those of the symbol with the first mask."""
        number = self._choose(first)
        return (int.from_bytes(first, "little") ^ self.between[number]).to_bytes(
            len(first), "little"
        )

    def _choose(self, first: bytes) -> int:
        """The mask with the lowest penalty, the first one of several."""
        lead = bytes(self.apart // 8 * _AROUND)
        dark = int.from_bytes((lead + first) * MASKS, "little") ^ self.all_between
        found = self._patterns(dark)
        area, one = self.size**2, (1 << self.whole) - 1
        penalties = []
        for start in range(0, MASKS * self.whole, self.whole):
            counts = [(each >> start & one).bit_count() for each in found]
            five, five_down, six, six_down, square, finder, finder_down, all_dark = counts
            # A run of five costs 3 and each module more 1: so each five in it 3, but 2 less for all but one.
            few = 3 * (five + five_down + square) - 2 * (six + six_down)
            uneven = abs(20 * all_dark - 10 * area) // area
            penalties.append(few + 40 * (finder + finder_down) + 10 * uneven)
        return penalties.index(min(penalties))

    def _patterns(self, dark: int) -> tuple[int, ...]:
        """A bit for each place at which a pattern begins: five and six of one colour, side by side and
        below each other; squares of four; what looks like a finder; and all that is dark."""
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
    """Dark, light, three dark, light, dark, with four light before or behind."""
    two = dark & (dark >> step)
    found = dark & (light >> step) & (two >> 2 * step)
    found &= (dark >> 4 * step) & (light >> 5 * step) & (dark >> 6 * step)
    four = dark | (dark >> step)
    four |= four >> 2 * step  # Whether one of the next four is dark.
    return found ^ (found & (four >> 7 * step) & (four << 4 * step))


def masks(size: int, make: Callable[[int], bytes]) -> CodeMasks:
    """The masks of a size; `make` gives the rows of a symbol with a mask (0 to 7), of any text."""
    apart = 8 * row_bytes(size)
    whole = apart * (size + _AROUND)
    first = int.from_bytes(make(0), "little")
    between = tuple(int.from_bytes(make(number), "little") ^ first for number in range(MASKS))

    def eight(of: Callable[[int], int]) -> int:
        starts = [number * whole + _AROUND * apart for number in range(MASKS)]
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
