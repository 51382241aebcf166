"""Prepares a QR symbol for printing: as outlines with one fill, and with modules of a whole number of printer dots.

`standards.md` §1.6 gives the sizes: 0.396 mm is the smallest module for retail. Decoders begin to fail on blurred
pictures below 0.5 mm, as measured in `libraries.md` (QR).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from xiangji.codes.png import QUIET_ZONE
from xiangji.codes.qr import make_code

LEAST_MODULE = 0.396
"""The smallest module that is printed, in millimetres."""

GOOD_MODULE = 0.5
"""The module in millimetres that old phones can read, also on worn labels."""

LARGEST_MODULE = 0.99
"""The largest module on a label, in millimetres: GS1's upper limit for retail."""

_MM_PER_INCH = 25.4

Outline = tuple[tuple[int, int], ...]


class Symbol(Struct, frozen=True):
    """The QR symbol of an address.

    `side` is the number of modules along a side, quiet zone included. `outlines` are closed paths, with modules as the
    unit, to be filled by the even-odd rule.
    """

    address: str
    level: str
    side: int
    outlines: tuple[Outline, ...]

    @property
    def version(self) -> int:
        """The version of the symbol, from 1 (21 modules along a side) to 40. Each has 4 modules more."""
        return (self.side - 2 * QUIET_ZONE - 17) // 4

    def told(self) -> dict[str, object]:
        """The data for templates."""
        return {"side": self.side, "outlines": self.outlines}


class Sized(Struct, frozen=True):
    """A symbol with its size on paper. `dots` are printer dots per module, `resolution` is in dots per inch."""

    symbol: Symbol
    dots: int
    resolution: int

    @property
    def module(self) -> float:
        """The side of a module, in millimetres."""
        return self.dots * _MM_PER_INCH / self.resolution

    @property
    def side(self) -> float:
        """The side of the symbol in millimetres, quiet zone included."""
        return self.module * self.symbol.side

    def told(self) -> dict[str, object]:
        """The data for templates. `module` and `size` are in millimetres."""
        return {**self.symbol.told(), "module": self.module, "size": self.side}


@lru_cache(200)
def make_symbol(address: str, level: str = "m") -> Symbol:
    """Return the symbol of a URL with an error correction level (`l`, `m`, `q` or `h`)."""
    code = make_code(address, level)
    return Symbol(address, level, code.side, _outlines(code.rows))


def fit(symbol: Symbol, room: float, resolution: int) -> Sized | None:
    """Return a symbol sized for a square of `room` mm on a printer of `resolution` dots per inch.

    Its module is as large as fits and a whole number of dots. None if the module would be below `LEAST_MODULE`.
    """
    dot = _MM_PER_INCH / resolution
    largest = min(room / symbol.side, LARGEST_MODULE)
    dots = math.floor(largest / dot + 1e-9)
    sized = Sized(symbol, dots, resolution)
    return sized if dots and sized.module >= LEAST_MODULE else None


def least_room(symbol: Symbol, resolution: int) -> float:
    """Return the side in millimetres of the smallest square for which `fit` returns a symbol."""
    dot = _MM_PER_INCH / resolution
    return symbol.side * math.ceil(LEAST_MODULE / dot - 1e-9) * dot


def _outlines(rows: Sequence[Sequence[int]]) -> tuple[Outline, ...]:
    """Return the edges between dark and light modules as closed paths.

    Squares drawn side by side show seams at some resolutions. Paths that are filled together show none.
    """
    after: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def dark(x: int, y: int) -> bool:
        return 0 <= y < len(rows) and 0 <= x < len(rows) and bool(rows[y][x])

    for y, row in enumerate(rows):
        for x in (x for x, module in enumerate(row) if module):
            # The edges of the module with a light neighbour, clockwise.
            for light, start, end in (
                (not dark(x, y - 1), (x, y), (x + 1, y)),
                (not dark(x + 1, y), (x + 1, y), (x + 1, y + 1)),
                (not dark(x, y + 1), (x + 1, y + 1), (x, y + 1)),
                (not dark(x - 1, y), (x, y + 1), (x, y)),
            ):
                if light:
                    after.setdefault(start, []).append(end)
    found = []
    while after:
        found.append(_walk(after))
    return tuple(found)


def _walk(after: dict[tuple[int, int], list[tuple[int, int]]]) -> Outline:
    """Remove one closed path from `after`, and return its corners."""
    start = at = next(iter(after))
    path = [start]
    while True:
        ends = after[at]
        to = ends.pop()
        if not ends:
            del after[at]
        if len(path) > 1 and _straight(path[-2], path[-1], to):
            path.pop()
        path.append(to)
        at = to
        if at == start:
            break
    closed = path[:-1]
    return tuple(closed[1:] if _straight(closed[-1], closed[0], closed[1]) else closed)


def _straight(one: tuple[int, int], two: tuple[int, int], three: tuple[int, int]) -> bool:
    return one[0] == two[0] == three[0] or one[1] == two[1] == three[1]
