"""Removes from a PDF what tells about its author and the places of its photos, without moving a byte.

A PDF finds its objects by their offsets. So hidden texts are overwritten with blanks of the same length, as in
`mp4_file`. A file in which they cannot be found for certain is refused: compressed, signed, encrypted, saved over.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.readers.media.reasons import Reason

_MOST_UNPACKED = 20_000_000
_REVISIONS = 2
"""The most marks of an end in a file without earlier versions: one prepared for the web has two."""

_INFO = late_pattern(rb"/Info\s+(\d+)\s+(\d+)\s+R")
_INDIRECT = late_pattern(rb"/\w+\s+\d+\s+\d+\s+R")
_PACKED_METADATA = late_pattern(
    rb"<<(?:(?!>>\s*stream).){0,2000}?/Type\s*/Metadata(?:(?!>>\s*stream).){0,2000}?>>\s*stream",
    re.DOTALL,
)
_OBJECTS = late_pattern(
    rb"<<(?:(?!>>\s*stream).){0,2000}?/ObjStm(?:(?!>>\s*stream).){0,2000}?>>\s*stream\r?\n",
    re.DOTALL,
)
_XMP = late_pattern(rb"(<x:xmpmeta[^>]*>)(.*?)(</x:xmpmeta>)", re.DOTALL)
_STREAM = late_pattern(rb"stream\r?\n.*?endstream", re.DOTALL)

_FORBIDDEN = (
    (rb"/Encrypt\b", Reason("加了密", "it is encrypted")),
    (rb"/ByteRange\b", Reason("有电子签名，改一个字节就失效", "it is signed, and any change would void that")),
    (rb"/EmbeddedFiles?\b", Reason("里面还夹着别的文件", "it has other files inside")),
    (rb"/(?:JavaScript|JS|Launch|RichMedia)\b", Reason("里面有会运行的东西", "it holds something that runs")),
    (rb"/Subtype\s*/(?:Text|FreeText|Popup)\b", Reason("里面有批注", "it has notes")),
)  # fmt: skip
_SAVED_OVER = Reason("里面还留着以前的版本", "it still holds an earlier version")
_PACKED = Reason("作者这些压在里面，看不清", "its properties are packed and cannot be read")
_NO_PDF = Reason("不是完整的 PDF", "it is no complete PDF")


def plain_pdf(raw: bytes) -> bytes | Reason:
    """The bytes of a PDF without author, program, days and places; or the reason why they cannot be removed."""
    if not raw.startswith(b"%PDF-") or b"%%EOF" not in raw[-2048:]:
        return _NO_PDF
    packed = _unpacked(raw)
    if packed is None:
        return _PACKED
    # Packed pictures hold every sequence of bytes by chance.
    structure = _STREAM.sub(b"", raw)
    for pattern, why in _FORBIDDEN:
        if re.search(pattern, structure) or re.search(pattern, packed):
            return why
    if structure.count(b"%%EOF") > _REVISIONS:
        return _SAVED_OVER
    if any(b"/Filter" in each[0] for each in _PACKED_METADATA.finditer(raw)):
        return _PACKED
    content = bytearray(raw)
    for number, generation in set(_INFO.findall(structure)):
        if not _blank_object(content, number, generation):
            return _PACKED
    for found in _XMP.finditer(raw):
        content[found.start(2) : found.end(2)] = b" " * len(found[2])
    _blank_exif(content)
    return bytes(content)


def _unpacked(raw: bytes) -> bytes | None:
    """The contents of all object streams. None if one cannot be read."""
    parts = []
    for found in _OBJECTS.finditer(raw):
        if b"/FlateDecode" not in found[0] or b"/DecodeParms" in found[0]:
            return None
        try:
            parts.append(zlib.decompressobj().decompress(raw[found.end() :], _MOST_UNPACKED))
        except zlib.error:
            return None
    return b"\n".join(parts)


def _blank_object(content: bytearray, number: bytes, generation: bytes) -> bool:
    """Blank the texts of the object with the properties. False if it is not in the file as it is, but packed."""
    pattern = rb"(?<!\d)" + number + rb"\s+" + generation + rb"\s+obj\b(.*?)endobj"
    bodies = list(re.finditer(pattern, bytes(content), re.DOTALL))
    for body in bodies:
        if _INDIRECT.search(body[1]):
            return False
        for start, end in _strings(body[1]):
            blank = b" " if body[1][start - 1 : start] == b"(" else b"0"
            content[body.start(1) + start : body.start(1) + end] = blank * (end - start)
    return bool(bodies)


def _strings(body: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the text of each string begins and ends: (Wu \\(2\\) (a)) and <57 75>."""
    at = 0
    while at < len(body):
        sign = body[at : at + 1]
        if sign == b"(":
            end = _end_of_string(body, at)
            yield at + 1, end
            at = end
        elif sign == b"<" and body[at + 1 : at + 2] != b"<":
            end = body.find(b">", at)
            end = len(body) if end < 0 else end
            yield at + 1, end
            at = end
        elif sign == b"<":
            at += 1
        at += 1


def _end_of_string(body: bytes, start: int) -> int:
    depth, at = 1, start + 1
    while at < len(body):
        sign = body[at : at + 1]
        if sign == b"\\":
            at += 1
        elif sign == b"(":
            depth += 1
        elif sign == b")":
            depth -= 1
            if not depth:
                return at
        at += 1
    return len(body)


def _blank_exif(content: bytearray) -> None:
    """Overwrite the EXIF data of all photos with zeros: the segment stays, and says nothing."""
    at = content.find(b"Exif\0\0")
    while at >= 0:
        if at >= 4 and content[at - 4 : at - 2] == b"\xff\xe1":
            length = int.from_bytes(content[at - 2 : at], "big")
            end = min(at - 2 + length, len(content))
            content[at + 6 : end] = bytes(end - at - 6)
        at = content.find(b"Exif\0\0", at + 6)
