"""Makes QR codes: level M unless another is asked for, four modules of quiet zone, the same bytes on every machine.

`standards.md` §1.6 and `libraries.md` (QR) give the settings. Addresses stay in lower case. The encoder is a compiled
library: a village has a code for every batch, and an encoder in Python took longer than all the rest of the page.
"""

from __future__ import annotations

from itertools import groupby

import zint
from msgspec import Struct

from xiangji.codes.mask import CodeMasks, masks, row_bytes
from xiangji.codes.png import QUIET_ZONE, png

LEVELS = {"l": 1, "m": 2, "q": 3, "h": 4}
"""Error levels, and the numbers that the encoder has for them."""

_MODULES = [bytes(byte >> bit & 1 for bit in range(8)) for byte in range(256)]
"""By value of a packed byte: its eight modules as one byte each, the first from the lowest bit."""


def _line(modules: bytes) -> str:
    """Modules as commands of an SVG path along the middle of a row: a line where dark, a move where light."""
    steps = []
    for dark, run in groupby(modules):
        length = len(list(run))
        steps.append(f"h{length}" if dark else f"m{length} 0")
    return "".join(steps)


_LINES = [_line(modules) for modules in _MODULES]

_LARGEST_SIDE = 177
"""Modules along one side of the largest symbol."""

_STARTS = [f"M{QUIET_ZONE} {y}.5" for y in range(QUIET_ZONE, QUIET_ZONE + _LARGEST_SIDE)]
"""The SVG command that moves to the start of each row."""


class QRCode(Struct, frozen=True):
    """A QR symbol.

    `bare` is its number of modules along one side. `packed` are its rows, `row_bytes(bare)` bytes each, eight modules
    a byte, the first in the lowest bit.
    """

    bare: int
    packed: bytes

    @property
    def side(self) -> int:
        """Modules along one side, with the quiet zone."""
        return self.bare + 2 * QUIET_ZONE

    @property
    def rows(self) -> tuple[bytes, ...]:
        """The rows with the quiet zone around them; a byte for each module, 1 for dark."""
        edge, blank = bytes(QUIET_ZONE), bytes(self.side)
        modules = b"".join([_MODULES[byte] for byte in self.packed])
        wide = 8 * row_bytes(self.bare)
        rows = (modules[at : at + self.bare] for at in range(0, wide * self.bare, wide))
        around = (blank,) * QUIET_ZONE
        return (*around, *(edge + row + edge for row in rows), *around)

    def svg(self) -> bytes:
        """An SVG with one unit per module. Dark runs of a row are lines of width one."""
        used, apart = (self.bare + 7) // 8, row_bytes(self.bare)
        steps = [""] * (self.bare * (used + 1))
        steps[:: used + 1] = _STARTS[: self.bare]
        for column in range(used):
            steps[column + 1 :: used + 1] = [_LINES[byte] for byte in self.packed[column::apart]]
        side = self.side
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
            f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
            f'<path stroke="#000" d="{"".join(steps)}"/></svg>'
        ).encode()

    def png(self) -> bytes:
        """A PNG in black on white, twelve pixels per module, for saving with a long press."""
        return png(self.bare, self.packed)


def make_code(address: str, level: str = "m") -> QRCode:
    """The code of an absolute URL, at an error level (`l`, `m`, `q`, `h`)."""
    text = address.encode()
    size, first = _symbol(text, LEVELS[level], 0)
    known = _MASKS.get((size, level))
    if known is None:
        known = masks(size, lambda number: _symbol(text, LEVELS[level], number)[1])
        _MASKS[size, level] = known
    return QRCode(size, known.best(first))


_MASKS: dict[tuple[int, str], CodeMasks] = {}
"""By size and error level."""


_QR = zint.Symbology.QRCODE
_BYTES = zint.InputMode(0)
"""Raw bytes without an ECI for the character set: readers take them for UTF-8."""


def _symbol(text: bytes, level: int, mask: int) -> tuple[int, bytes]:
    """The number of modules along one side, and the rows of the symbol with a mask."""
    symbol = zint.Symbol()
    symbol.symbology = _QR
    symbol.option_1 = level
    symbol.option_3 = (mask + 1) << 8
    symbol.input_mode = _BYTES
    symbol.encode(text)
    grid, size = symbol.encoded_data, symbol.width
    assert grid.shape is not None
    line, wide, bits = grid.shape[1], row_bytes(size), grid.cast("B")
    rows = bytearray(size * wide)
    for column in range(wide):
        rows[column::wide] = bits[column : size * line : line]
    return size, bytes(rows)
