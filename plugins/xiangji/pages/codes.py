"""QR codes: plain QR, level M, four modules of quiet zone, the same bytes on every machine.

`standards.md` §1.6 and `libraries.md` (QR) give the settings; addresses stay lower-case as they are.
The encoder is compiled: a village has a code for every batch, and one in pure Python took longer for it
than for everything else on the page together.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import zint

QUIET_ZONE = 4
"""Modules, on all four sides."""

LEVELS = {"l": 1, "m": 2, "q": 3, "h": 4}
"""Error levels, as the encoder numbers them."""

_DOTS = 12
"""Pixels a module in the PNG: enough for a sharp print of 4 cm at 300 dpi."""

_DARK = re.compile(rb"\x01+")
_MODULES = [bytes(byte >> bit & 1 for bit in range(8)) for byte in range(256)]
"""Eight modules of a row, from the byte in which the encoder packs them, the first one lowest."""

_PIXELS = {
    bytes(pair): (~(pair[0] * 0xFFF000 | pair[1] * 0xFFF) & 0xFFFFFF).to_bytes(3, "big")
    for pair in ((0, 0), (0, 1), (1, 0), (1, 1))
}
"""Two modules as pixels of one bit, a set one white."""


@dataclass(frozen=True, slots=True)
class Code:
    """A symbol: rows of modules, 1 for dark, with the quiet zone around them."""

    rows: Sequence[bytes]

    @property
    def side(self) -> int:
        """Modules along one side, quiet zone included."""
        return len(self.rows)

    def svg(self) -> bytes:
        """One unit is one module; dark runs of a row are drawn as lines of width one."""
        runs = [
            f"M{run.start()} {y}.5h{run.end() - run.start()}"
            for y, row in enumerate(self.rows)
            for run in _DARK.finditer(row)
        ]
        side = self.side
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
            f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
            f'<path stroke="#000" d="{"".join(runs)}"/></svg>'
        ).encode()

    def png(self) -> bytes:
        """Black on white, twelve pixels a module, for saving with a long press.

        Written by hand (W3C PNG, third edition): of the twelve equal lines of a module eleven are
        “as above”, so there is next to nothing to compress.
        """
        width = self.side * _DOTS
        wide = (width + 7) // 8
        above = (b"\x02" + bytes(wide)) * (_DOTS - 1)
        lines = []
        for row in self.rows:
            even = row + bytes(len(row) % 2)
            pixels = b"".join([_PIXELS[even[at : at + 2]] for at in range(0, len(even), 2)])
            lines += [b"\x00", pixels[:wide], above]
        header = struct.pack(">IIBBBBB", width, width, 1, 0, 0, 0, 0)
        data = zlib.compress(b"".join(lines), 2)
        chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", data), _chunk(b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG: its length, kind, content and check sum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def make_code(address: str, level: str = "m") -> Code:
    """The code of an absolute address, at an error level (`l`, `m`, `q`, `h`)."""
    symbol = zint.Symbol()
    symbol.symbology = zint.Symbology.QRCODE
    symbol.option_1 = LEVELS[level]
    # Bytes as they are, without an announcement of the character set: readers take them for UTF-8.
    symbol.input_mode = zint.InputMode(0)
    symbol.encode(address.encode())
    packed, size = symbol.encoded_data, symbol.width
    assert packed.shape is not None
    line, bits = packed.shape[1], packed.tobytes()
    edge, blank = bytes(QUIET_ZONE), bytes(size + 2 * QUIET_ZONE)
    rows = [
        edge + b"".join([_MODULES[byte] for byte in bits[at : at + (size + 7) // 8]])[:size] + edge
        for at in range(0, size * line, line)
    ]
    return Code((blank,) * QUIET_ZONE + tuple(rows) + (blank,) * QUIET_ZONE)
