"""A code as a PNG: black on white, twelve pixels a module, for saving with a long press.

Packed by hand (W3C PNG, third edition; RFC 1950, 1951). Of the twelve equal lines of a module eleven are “as
above”, and eight modules look the same wherever they stand; so all that a compressor would find out anew for
each code is known beforehand, and what is left is to put the pieces together. That takes half the time of zlib
at its fastest and fewer bytes, and these do not depend on which zlib a computer has.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache

from msgspec import Struct

from xiangji.codes.mask import row_bytes

QUIET_ZONE = 4
"""Modules, on all four sides."""

_DOTS = 12
"""Pixels a module: enough for a sharp print of 4 cm at 300 dpi."""

_ABOVE, _AS_IS = 2, 0
"""How a line of a PNG is meant: as what differs from the one above it, or as it is."""

_LIGHT = 0xFF

_END = 256
_LENGTHS = {_LIGHT: 1, 0: 2, 0x0F: 4, 0xF0: 4, _ABOVE: 5, 285: 5} | dict.fromkeys(
    (1, 3, 4, *range(_END, 285)), 9
)
"""Bits of each symbol of the Huffman code: the bytes that occur, the end, and the lengths of repetitions. Light and dark
are frequent, whole steps of repetition come next; 1, 3 and 4 do not occur and make the code complete."""


def _canonical(lengths: dict[int, int]) -> dict[int, str]:
    """The bits of each symbol (RFC 1951, 3.2.2), in the order in which they are written."""
    codes: dict[int, str] = {}
    code = last = 0
    for length, symbol in sorted((length, symbol) for symbol, length in lengths.items()):
        code <<= length - last
        codes[symbol], last = format(code, f"0{length}b"), length
        code += 1
    return codes


_CODES = _canonical(_LENGTHS)


def _number(value: int, bits: int) -> str:
    """A number as deflate writes it, its lowest bit first."""
    return format(value, f"0{bits}b")[::-1] if bits else ""


def _steps(first: int, doubled: int, count: int) -> list[tuple[int, int]]:
    """Where the range of each symbol begins, and its extra bits: `doubled` symbols share a number of them."""
    found, start = [], first
    for number in range(count):
        extra = max(0, number // doubled - 1)
        found.append((start, extra))
        start += 1 << extra
    return found


_LENGTH_STEPS = [*_steps(3, 4, 28), (258, 0)]
_DISTANCE_STEPS = _steps(1, 2, 30)


def _step(steps: list[tuple[int, int]], value: int) -> tuple[int, str]:
    """The symbol of a length or distance, and its extra bits."""
    number = max(at for at, (start, _) in enumerate(steps) if start <= value)
    start, extra = steps[number]
    return number, _number(value - start, extra)


def _head(far: int) -> str:
    """The head of the one block: what the codes are. Distances have two symbols, of one bit."""
    used = sorted({_step(_DISTANCE_STEPS, each)[0] for each in (1, far)})
    lengths = [_LENGTHS.get(symbol, 0) for symbol in range(286)]
    lengths += [int(symbol in used) for symbol in range(used[-1] + 1)]
    order = (16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1)
    # Eight kinds of lengths, 17 and 18 for short and long runs of zeros: three bits for each.
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
    """Bytes and repetitions as bits, for a picture with lines of a length."""

    def __init__(self, line: int) -> None:
        used = sorted({_step(_DISTANCE_STEPS, each)[0] for each in (1, line)})
        self._distances = {symbol: str(bit) for bit, symbol in enumerate(used)}

    def plain(self, content: bytes) -> str:
        return "".join(_CODES[byte] for byte in content)

    def again(self, count: int, distance: int) -> str:
        """`count` bytes, each as the one so far before it."""
        bits = ""
        while count:
            # A repetition has three bytes at least.
            length = min(258, count if count <= 258 or count >= 261 else count - 3)
            symbol, extra = _step(_LENGTH_STEPS, length)
            where, offset = _step(_DISTANCE_STEPS, distance)
            bits += _CODES[257 + symbol] + extra + self._distances[where] + offset
            count -= length
        return bits


def _pixels(byte: int) -> bytes:
    """Eight modules, the first one lowest, as pixels of one bit, a set one white."""
    bits = "".join(("0" if byte >> bit & 1 else "1") * _DOTS for bit in range(8))
    return int(bits, 2).to_bytes(_DOTS, "big")


def _backwards(content: bytes) -> str:
    """Bytes as bits, the last one first, as in the number that is made of all bits."""
    return "".join([_CODES[byte] for byte in content])[::-1]


_PIXELS = [_pixels(byte) for byte in range(256)]
_BITS = [_backwards(pixels) for pixels in _PIXELS]


class _Frame(Struct, frozen=True):
    """What all symbols of a size have in common, as bytes and as bits backwards: what stands before the first
    row; between two rows, and after the last as well; and after that."""

    size: bytes
    before: bytes
    between: bytes
    after: bytes
    before_bits: str
    between_bits: str
    after_bits: str
    ends: list[bytes]
    """The pixels of a row's last byte, as far as there is room for what it holds beyond the symbol."""
    end_bits: list[str]


@cache
def _frame(size: int) -> _Frame:
    side = (size + 2 * QUIET_ZONE) * _DOTS
    wide, row = (side + 7) // 8, (size + 7) // 8 * _DOTS
    line, edge = wide + 1, QUIET_ZONE * _DOTS // 8
    write = _Writer(line)
    lines = (bytes((_ABOVE,)) + bytes(wide)) * (_DOTS - 1)
    begin = bytes((_AS_IS,)) + bytes((_LIGHT,)) * edge
    light = bytes((_LIGHT,)) * (wide - edge)
    # What a row's last byte holds beyond the symbol is light, as is the zone around it.
    behind = light[row:]
    ends = [pixels[: len(light) - row + _DOTS] for pixels in _PIXELS]
    begin_bits, behind_bits = write.plain(begin), write.plain(behind)
    light_bits = write.plain(light[:1]) + write.again(len(light) - 1, 1)
    lines_bits = write.plain(lines[:2]) + write.again(wide - 1, 1)
    lines_bits += write.again(len(lines) - line, line)
    before_bits = (begin_bits + light_bits + lines_bits) * QUIET_ZONE + begin_bits
    return _Frame(
        struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0),
        (begin + light + lines) * QUIET_ZONE + begin,
        behind + lines + begin,
        light + lines + (begin + light + lines) * (QUIET_ZONE - 1),
        (_head(line) + before_bits)[::-1],
        (behind_bits + lines_bits + begin_bits)[::-1],
        (before_bits[len(begin_bits) : -len(begin_bits)] + _CODES[_END])[::-1],
        ends,
        [_backwards(pixels) for pixels in ends],
    )


def png(size: int, packed: bytes) -> bytes:
    """The picture of a symbol with `size` modules along one side; `packed` are its rows, eight modules a byte, the
    first one lowest, and `row_bytes(size)` bytes a row."""
    frame, used, apart = _frame(size), (size + 7) // 8, row_bytes(size)
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
"""A window of 32 KB, packed for speed."""


def _chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG: its length, kind, content and check sum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
