"""Writes a code as PNG: black on white, twelve pixels per module, for saving with a long press.

The file is compressed by our own code (W3C PNG, third edition; RFC 1950, 1951). Of the twelve equal pixel lines of a
module row, eleven are the same as the line above, and a byte of eight modules always gives the same pixels. So the
compressed pieces are computed in advance, and for each code they are only joined. This takes half the time of zlib at
its fastest level and gives fewer bytes. The bytes do not depend on the version of zlib.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache

from msgspec import Struct

from xiangji.codes.mask import row_bytes

QUIET_ZONE = 4
"""Width of the light border in modules, on all four sides."""

_PIXELS_PER_MODULE = 12
"""Pixels per module: enough for a sharp print of 4 cm at 300 dpi."""

_FILTER_UP, _FILTER_NONE = 2, 0
"""PNG filter types: the difference from the line above, or no filter."""

_LIGHT = 0xFF

_END = 256
_LENGTHS = {_LIGHT: 1, 0: 2, 0x0F: 4, 0xF0: 4, _FILTER_UP: 5, 285: 5} | dict.fromkeys(
    (1, 3, 4, *range(_END, 285)), 9
)
"""Code length in bits of each symbol of the Huffman code: the bytes that occur, the end, the lengths of repetitions.

Light and dark bytes are the most frequent, then long repetitions. 1, 3 and 4 do not occur; they make the code
complete.
"""


def _canonical(lengths: dict[int, int]) -> dict[int, str]:
    """The Huffman code of each symbol (RFC 1951, 3.2.2) as a text of bits, in the order in which they are written."""
    codes: dict[int, str] = {}
    code = last = 0
    for length, symbol in sorted((length, symbol) for symbol, length in lengths.items()):
        code <<= length - last
        codes[symbol], last = format(code, f"0{length}b"), length
        code += 1
    return codes


_CODES = _canonical(_LENGTHS)


def _number(value: int, bits: int) -> str:
    """A number as deflate writes it: lowest bit first."""
    return format(value, f"0{bits}b")[::-1] if bits else ""


def _ranges(first: int, doubled: int, count: int) -> list[tuple[int, int]]:
    """Start and number of extra bits of the range of each length or distance symbol.

    `doubled` symbols in turn have the same number of extra bits.
    """
    found, start = [], first
    for number in range(count):
        extra = max(0, number // doubled - 1)
        found.append((start, extra))
        start += 1 << extra
    return found


_LENGTH_RANGES = [*_ranges(3, 4, 28), (258, 0)]
_DISTANCE_RANGES = _ranges(1, 2, 30)


def _range_symbol(steps: list[tuple[int, int]], value: int) -> tuple[int, str]:
    """The symbol of a length or distance, and its extra bits."""
    number = max(at for at, (start, _) in enumerate(steps) if start <= value)
    start, extra = steps[number]
    return number, _number(value - start, extra)


def _block_header(far: int) -> str:
    """The header of the only deflate block, which contains the Huffman codes.

    `far` is the distance of one pixel line. Distances use two symbols of one bit: 1 and `far`.
    """
    used = sorted({_range_symbol(_DISTANCE_RANGES, each)[0] for each in (1, far)})
    lengths = [_LENGTHS.get(symbol, 0) for symbol in range(286)]
    lengths += [int(symbol in used) for symbol in range(used[-1] + 1)]
    order = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1)
    # The code lengths use eight symbols of three bits; 17 and 18 stand for short and long runs of zeros.
    kinds = _canonical(dict.fromkeys((0, 1, 2, 4, 5, 9, 17, 18), 3))
    bits = "1" + _number(2, 2) + _number(286 - 257, 5) + _number(used[-1], 5) + _number(18 - 4, 4)
    bits += "".join(_number(3 if kind in kinds else 0, 3) for kind in order)
    at = 0
    while at < len(lengths):
        run = next((n for n, each in enumerate(lengths[at:]) if each), len(lengths) - at)
        if run >= 11:
            run = min(run, 138)
            bits += kinds[18] + _number(run - 11, 7)
        elif run >= 3:
            bits += kinds[17] + _number(run - 3, 3)
        else:
            run = 1
            bits += kinds[lengths[at]]
        at += run
    return bits


class _Writer:
    """Encodes bytes and repetitions as bits, for pictures with `line` bytes per pixel line."""

    def __init__(self, line: int) -> None:
        used = sorted({_range_symbol(_DISTANCE_RANGES, each)[0] for each in (1, line)})
        self._distances = {symbol: str(bit) for bit, symbol in enumerate(used)}

    def plain(self, content: bytes) -> str:
        return "".join(_CODES[byte] for byte in content)

    def again(self, count: int, distance: int) -> str:
        """`count` bytes that repeat those `distance` bytes before."""
        bits = ""
        while count:
            # A repetition has at least three bytes.
            length = min(258, count if count <= 258 or count >= 261 else count - 3)
            symbol, extra = _range_symbol(_LENGTH_RANGES, length)
            where, offset = _range_symbol(_DISTANCE_RANGES, distance)
            bits += _CODES[257 + symbol] + extra + self._distances[where] + offset
            count -= length
        return bits


def _pixels(byte: int) -> bytes:
    """Eight modules, the first in the lowest bit, as pixels of one bit. A set pixel is white."""
    bits = "".join(("0" if byte >> bit & 1 else "1") * _PIXELS_PER_MODULE for bit in range(8))
    return int(bits, 2).to_bytes(_PIXELS_PER_MODULE, "big")


def _reversed_bits(content: bytes) -> str:
    """The Huffman code of bytes, last bit first, as it is needed in the integer of the whole stream."""
    return "".join([_CODES[byte] for byte in content])[::-1]


_PIXELS = [_pixels(byte) for byte in range(256)]
_BITS = [_reversed_bits(pixels) for pixels in _PIXELS]


class _SharedParts(Struct, frozen=True):
    """What all symbols of a size share: the parts before the first row, between rows, and after the last.

    Each part is there as bytes and as reversed bits.
    """

    size: bytes
    before: bytes
    between: bytes
    after: bytes
    before_bits: str
    between_bits: str
    after_bits: str
    ends: list[bytes]
    """The pixels of a row's last byte, cut to the width of the picture."""
    end_bits: list[str]


@cache
def _shared_parts(size: int) -> _SharedParts:
    side = (size + 2 * QUIET_ZONE) * _PIXELS_PER_MODULE
    wide, row = (side + 7) // 8, (size + 7) // 8 * _PIXELS_PER_MODULE
    line, edge = wide + 1, QUIET_ZONE * _PIXELS_PER_MODULE // 8
    write = _Writer(line)
    lines = (bytes((_FILTER_UP,)) + bytes(wide)) * (_PIXELS_PER_MODULE - 1)
    begin = bytes((_FILTER_NONE,)) + bytes((_LIGHT,)) * edge
    light = bytes((_LIGHT,)) * (wide - edge)
    # The unused modules in the last byte of a row are light, like the quiet zone.
    behind = light[row:]
    ends = [pixels[: len(light) - row + _PIXELS_PER_MODULE] for pixels in _PIXELS]
    begin_bits, behind_bits = write.plain(begin), write.plain(behind)
    light_bits = write.plain(light[:1]) + write.again(len(light) - 1, 1)
    lines_bits = write.plain(lines[:2]) + write.again(wide - 1, 1)
    lines_bits += write.again(len(lines) - line, line)
    before_bits = (begin_bits + light_bits + lines_bits) * QUIET_ZONE + begin_bits
    return _SharedParts(
        struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0),
        (begin + light + lines) * QUIET_ZONE + begin,
        behind + lines + begin,
        light + lines + (begin + light + lines) * (QUIET_ZONE - 1),
        (_block_header(line) + before_bits)[::-1],
        (behind_bits + lines_bits + begin_bits)[::-1],
        (before_bits[len(begin_bits) : -len(begin_bits)] + _CODES[_END])[::-1],
        ends,
        [_reversed_bits(pixels) for pixels in ends],
    )


def png(size: int, packed: bytes) -> bytes:
    """The PNG file of a symbol with `size` modules along one side.

    `packed` are its rows, `row_bytes(size)` bytes each, eight modules a byte, the first in the lowest bit.
    """
    frame, used, apart = _shared_parts(size), (size + 7) // 8, row_bytes(size)
    lines, bits = [frame.between] * (size * (used + 1)), [frame.between_bits] * (size * (used + 1))
    for column in range(used):
        found, last = packed[column::apart], column == used - 1
        pixels, as_bits = (frame.ends, frame.end_bits) if last else (_PIXELS, _BITS)
        lines[column :: used + 1] = [pixels[byte] for byte in found]
        bits[column :: used + 1] = [as_bits[byte] for byte in found]
    check = zlib.adler32(b"".join((frame.before, *lines, frame.after)))
    bits.reverse()
    stream = "".join((frame.after_bits, *bits, frame.before_bits))
    block = int(stream, 2).to_bytes((len(stream) + 7) // 8, "little")
    data = _ZLIB + block + check.to_bytes(4, "big")
    return b"".join(
        (_SIGNATURE, _chunk(b"IHDR", frame.size), _chunk(b"IDAT", data), _chunk(b"IEND", b""))
    )


_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_ZLIB = b"\x78\x01"
"""The zlib header: a window of 32 KB, fastest level."""


def _chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG: length, type, content and check sum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
