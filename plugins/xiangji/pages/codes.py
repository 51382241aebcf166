"""QR codes: plain QR, level M, four modules of quiet zone, the same bytes on every machine.

`standards.md` §1.6 and `libraries.md` (QR) give the settings; addresses stay lower-case as they are.
The encoder is compiled: a village has a code for every batch, and one in pure Python took longer for it
than for everything else on the page together.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from itertools import groupby

import zint

from xiangji.pages.code_mask import Masks, masks, row_bytes

QUIET_ZONE = 4
"""Modules, on all four sides."""

LEVELS = {"l": 1, "m": 2, "q": 3, "h": 4}
"""Error levels, as the encoder numbers them."""

_DOTS = 12
"""Pixels a module in the PNG: enough for a sharp print of 4 cm at 300 dpi."""

_MODULES = [bytes(byte >> bit & 1 for bit in range(8)) for byte in range(256)]
"""Eight modules of a row, from the byte in which the encoder packs them, the first one lowest."""


def _line(modules: bytes) -> str:
    """Modules as steps of an SVG path along the middle of a row: drawn where dark, else passed."""
    steps = []
    for dark, run in groupby(modules):
        length = len(list(run))
        steps.append(f"h{length}" if dark else f"m{length} 0")
    return "".join(steps)


def _pixels(modules: bytes) -> bytes:
    """Modules as pixels of one bit, a set one white."""
    bits = "".join(("0" if dark else "1") * _DOTS for dark in modules)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


_LINES = [_line(modules) for modules in _MODULES]
_PIXELS = [_pixels(modules) for modules in _MODULES]


@dataclass(frozen=True, slots=True)
class Code:
    """A symbol: `bare` is its modules along one side, `packed` its rows, eight modules a byte."""

    bare: int
    packed: tuple[bytes, ...]

    @property
    def side(self) -> int:
        """Modules along one side, quiet zone included."""
        return self.bare + 2 * QUIET_ZONE

    @property
    def rows(self) -> tuple[bytes, ...]:
        """A byte for each module, 1 for dark, with the quiet zone around them."""
        edge, blank = bytes(QUIET_ZONE), bytes(self.side)
        rows = (b"".join(_MODULES[byte] for byte in row)[: self.bare] for row in self.packed)
        around = (blank,) * QUIET_ZONE
        return (*around, *(edge + row + edge for row in rows), *around)

    def svg(self) -> bytes:
        """One unit is one module; dark runs of a row are drawn as lines of width one."""
        path = "".join(
            [
                f"M{QUIET_ZONE} {y}.5" + "".join([_LINES[byte] for byte in row])
                for y, row in enumerate(self.packed, start=QUIET_ZONE)
            ]
        )
        side = self.side
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
            f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
            f'<path stroke="#000" d="{path}"/></svg>'
        ).encode()

    def png(self) -> bytes:
        """Black on white, twelve pixels a module, for saving with a long press.

        Written by hand (W3C PNG, third edition): of the twelve equal lines of a module eleven are
        “as above”, so there is next to nothing to compress.
        """
        width = self.side * _DOTS
        wide = (width + 7) // 8
        edge = b"\xff" * (QUIET_ZONE * _DOTS // 8)
        above = (b"\x02" + bytes(wide)) * (_DOTS - 1)
        blank = (b"\x00" + b"\xff" * wide + above) * QUIET_ZONE
        rows = [
            # What the last byte holds beyond the symbol is light, as is the zone around it.
            b"\x00" + (edge + b"".join([_PIXELS[byte] for byte in row]) + edge)[:wide] + above
            for row in self.packed
        ]
        header = struct.pack(">IIBBBBB", width, width, 1, 0, 0, 0, 0)
        # A small table of what was seen: to clear a large one takes longer than to fill a small one.
        packer = zlib.compressobj(1, memLevel=5)
        data = packer.compress(b"".join([blank, *rows, blank])) + packer.flush()
        chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", data), _chunk(b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG: its length, kind, content and check sum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def make_code(address: str, level: str = "m") -> Code:
    """The code of an absolute address, at an error level (`l`, `m`, `q`, `h`)."""
    text = address.encode()
    size, first = _symbol(text, LEVELS[level], 0)
    known = _MASKS.get((size, level))
    if known is None:
        known = masks(size, lambda number: _symbol(text, LEVELS[level], number)[1])
        _MASKS[size, level] = known
    rows, wide, used = known.best(first), row_bytes(size), (size + 7) // 8
    return Code(size, tuple([rows[at : at + used] for at in range(0, size * wide, wide)]))


_MASKS: dict[tuple[int, str], Masks] = {}
"""By size and error level."""


def _symbol(text: bytes, level: int, mask: int) -> tuple[int, bytes]:
    """Modules along one side, and the rows of the symbol with a mask."""
    symbol = zint.Symbol()
    symbol.symbology = zint.Symbology.QRCODE
    symbol.option_1 = level
    symbol.option_3 = (mask + 1) << 8
    # Bytes as they are, without an announcement of the character set: readers take them for UTF-8.
    symbol.input_mode = zint.InputMode(0)
    symbol.encode(text)
    grid, size = symbol.encoded_data, symbol.width
    assert grid.shape is not None
    line, wide, bits = grid.shape[1], row_bytes(size), grid.tobytes()
    return size, b"".join([bits[at : at + wide] for at in range(0, size * line, line)])
