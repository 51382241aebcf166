"""A QR symbol as paper needs it: outlines in one fill, and a module that is a whole number of dots.

`standards.md` §1.6 gives the sizes: 0.396 mm is the least for retail; `libraries.md` (QR) measured
that readers begin to fail on blurred pictures below 0.5 mm.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from xiangji.codes.png import QUIET_ZONE
from xiangji.codes.qr import make_code

LEAST_MODULE = 0.396
"""Millimetres: less than this is not printed."""

GOOD_MODULE = 0.5
"""Millimetres: what old phones and worn labels want."""

LARGEST_MODULE = 0.99
"""Millimetres: GS1's upper end at retail. Codes to be read from afar are posters, not labels."""

_MM_PER_INCH = 25.4

Outline = tuple[tuple[int, int], ...]


class Symbol(Struct, frozen=True):
    """The symbol of an address. `side` counts modules with the quiet zone; `outlines` are closed
    paths in modules, to be filled by the even-odd rule."""

    address: str
    level: str
    side: int
    outlines: tuple[Outline, ...]

    @property
    def version(self) -> int:
        """From 1 to 40: each has four modules more along a side, the first twenty-one."""
        return (self.side - 2 * QUIET_ZONE - 17) // 4

    def told(self) -> dict[str, object]:
        """As templates read it."""
        return {"side": self.side, "outlines": self.outlines}


class Sized(Struct, frozen=True):
    """A symbol on paper: its module in dots of the printer and in millimetres."""

    symbol: Symbol
    dots: int
    resolution: int

    @property
    def module(self) -> float:
        """Millimetres."""
        return self.dots * _MM_PER_INCH / self.resolution

    @property
    def side(self) -> float:
        """Millimetres along one side, quiet zone included."""
        return self.module * self.symbol.side

    def told(self) -> dict[str, object]:
        """As templates read it; `module` and `size` are in millimetres."""
        return {**self.symbol.told(), "module": self.module, "size": self.side}


@lru_cache(200)
def make_symbol(address: str, level: str = "m") -> Symbol:
    """The symbol of an absolute address at an error level (`l`, `m`, `q`, `h`)."""
    code = make_code(address, level)
    return Symbol(address, level, code.side, _outlines(code.rows))


def fit(symbol: Symbol, room: float, resolution: int) -> Sized | None:
    """The symbol in a square of `room` mm on a printer of `resolution` dots per inch, its module as
    large as fits and a whole number of dots; None where it would be smaller than may be printed."""
    dot = _MM_PER_INCH / resolution
    largest = min(room / symbol.side, LARGEST_MODULE)
    dots = math.floor(largest / dot + 1e-9)
    sized = Sized(symbol, dots, resolution)
    return sized if dots and sized.module >= LEAST_MODULE else None


def least_room(symbol: Symbol, resolution: int) -> float:
    """The side in millimetres of the smallest square in which `fit` finds room."""
    dot = _MM_PER_INCH / resolution
    return symbol.side * math.ceil(LEAST_MODULE / dot - 1e-9) * dot


def _outlines(rows: Sequence[Sequence[int]]) -> tuple[Outline, ...]:
    """The edges between dark and light as closed paths. Filled at once they leave no seams, which
    squares drawn side by side do at some resolutions."""
    after: dict[tuple[int, int], list[tuple[int, int]]] = {}

    def dark(x: int, y: int) -> bool:
        return 0 <= y < len(rows) and 0 <= x < len(rows) and bool(rows[y][x])

    for y, row in enumerate(rows):
        for x in (x for x, module in enumerate(row) if module):
            # Clockwise round the module, where the neighbour is light.
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
    """One closed path, taken out of `after`; corners only."""
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
