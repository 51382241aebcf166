"""QR codes: plain QR, level M, four modules of quiet zone, the same bytes on every machine.

`standards.md` §1.6 and `libraries.md` (QR) give the settings; addresses stay lower-case as they are.
The encoder is compiled: a village has a code for every batch, and one in pure Python took longer for it
than for everything else on the page together.
"""

from __future__ import annotations

from itertools import groupby

import zint
from msgspec import Struct

from xiangji.codes.mask import CodeMasks, masks, row_bytes
from xiangji.codes.png import QUIET_ZONE, png

LEVELS = {"l": 1, "m": 2, "q": 3, "h": 4}
"""Error levels, as the encoder numbers them."""

_MODULES = [bytes(byte >> bit & 1 for bit in range(8)) for byte in range(256)]
"""Eight modules of a row, from the byte in which the encoder packs them, the first one lowest."""


def _line(modules: bytes) -> str:
    """Modules as steps of an SVG path along the middle of a row: drawn where dark, else passed."""
    steps = []
    for dark, run in groupby(modules):
        length = len(list(run))
        steps.append(f"h{length}" if dark else f"m{length} 0")
    return "".join(steps)


_LINES = [_line(modules) for modules in _MODULES]

_LARGEST = 177
"""Modules along one side of the largest symbol."""

_STARTS = [f"M{QUIET_ZONE} {y}.5" for y in range(QUIET_ZONE, QUIET_ZONE + _LARGEST)]
"""Where each row begins."""


class QRCode(Struct, frozen=True):
    """A symbol: `bare` is its modules along one side, `packed` its rows, eight modules a byte, the first one
    lowest, and `row_bytes(bare)` bytes a row."""

    bare: int
    packed: bytes

    @property
    def side(self) -> int:
        """Modules along one side, quiet zone included."""
        return self.bare + 2 * QUIET_ZONE

    @property
    def rows(self) -> tuple[bytes, ...]:
        """A byte for each module, 1 for dark, with the quiet zone around them."""
        edge, blank = bytes(QUIET_ZONE), bytes(self.side)
        modules = b"".join([_MODULES[byte] for byte in self.packed])
        wide = 8 * row_bytes(self.bare)
        rows = (modules[at : at + self.bare] for at in range(0, wide * self.bare, wide))
        around = (blank,) * QUIET_ZONE
        return (*around, *(edge + row + edge for row in rows), *around)

    def svg(self) -> bytes:
        """One unit is one module; dark runs of a row are drawn as lines of width one."""
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
        """Black on white, twelve pixels a module, for saving with a long press."""
        return png(self.bare, self.packed)


def make_code(address: str, level: str = "m") -> QRCode:
    """The code of an absolute address, at an error level (`l`, `m`, `q`, `h`)."""
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
"""As they are, without an announcement of the character set: readers take them for UTF-8."""


def _symbol(text: bytes, level: int, mask: int) -> tuple[int, bytes]:
    """Modules along one side, and the rows of the symbol with a mask."""
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
