"""QR codes: plain QR, level M, four modules of quiet zone, the same bytes on every machine.

`standards.md` §1.6 and `libraries.md` (QR) give the settings; addresses stay lower-case as they are.
The symbol is computed once, since that is what costs; both pictures are drawn from its modules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import segno

from xiangji.cache import Cache

QUIET_ZONE = 4
"""Modules, on all four sides."""

_RECIPE = 1
"""Raised when the same address comes out as another symbol, so that no cache answers with the old."""

_DARK, _LIGHT = b"#."
"""A module in the cache."""

_DOTS = 12
"""Pixels a module in the PNG: enough for a sharp print of 4 cm at 300 dpi."""


@dataclass(frozen=True, slots=True)
class Code:
    """A symbol: rows of modules, True for dark, with the quiet zone around them."""

    rows: Sequence[Sequence[bool]]

    @property
    def side(self) -> int:
        """Modules along one side, quiet zone included."""
        return len(self.rows)

    def svg(self) -> bytes:
        """One unit is one module; dark runs of a row are drawn as lines of width one."""
        runs = []
        for y, row in enumerate(self.rows):
            x = 0
            while x < len(row):
                if not row[x]:
                    x += 1
                    continue
                end = row.index(False, x)
                runs.append(f"M{x} {y}.5h{end - x}")
                x = end
        side = self.side
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
            f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
            f'<path stroke="#000" d="{"".join(runs)}"/></svg>'
        ).encode()

    def png(self) -> bytes:
        """Black on white, twelve pixels a module, for saving with a long press."""
        from PIL import Image

        pixels = b"".join(bytes(0 if dark else 255 for dark in row) for row in self.rows)
        small = Image.frombytes("L", (self.side, self.side), pixels)
        # Two colours before it is large: rounding a million grey dots is what took the time.
        plain = small.convert("1", dither=Image.Dither.NONE)
        large = plain.resize((self.side * _DOTS, self.side * _DOTS), Image.Resampling.NEAREST)
        out = BytesIO()
        large.save(out, "PNG", compress_level=6)
        return out.getvalue()


def make_code(address: str, level: str = "m", cache: Cache | None = None) -> Code:
    """The code of an absolute address, at an error level. With a cache the symbol is computed once,
    however often the site is built."""
    if cache is None:
        return Code(_symbol(address, level))
    stored = cache.made(f"code {_RECIPE} {level} {address}", lambda: _packed(address, level))
    return Code([[each == _DARK for each in row] for row in stored.split(b"\n")])


def _packed(address: str, level: str) -> bytes:
    """A symbol as the cache keeps it: a line for each row."""
    rows = _symbol(address, level)
    return b"\n".join(bytes(_DARK if dark else _LIGHT for dark in row) for row in rows)


def _symbol(address: str, level: str) -> list[list[bool]]:
    symbol = segno.make_qr(address, error=level, boost_error=False)
    rows = symbol.matrix_iter(scale=1, border=QUIET_ZONE)
    return [[bool(module) for module in row] for row in rows]
