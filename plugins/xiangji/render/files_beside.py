"""What is published of files beside hand-written pages: pictures and recordings without metadata such as GPS data."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Collection, Iterable, Iterator
from io import BytesIO

from msgspec import Struct

from xiangji import urls
from xiangji.cache import Cache
from xiangji.images.renditions import DamagedPhoto, decoded, recipe
from xiangji.library.permissions import Permissions
from xiangji.model.location import Location
from xiangji.model.vocabularies import ConsentMedium
from xiangji.problems import Problem, problem
from xiangji.readers.media.concealed import DOCUMENTS, concealed
from xiangji.readers.media.papers import Paper
from xiangji.readers.media.pictures import LARGEST
from xiangji.readers.site.site_files import PICTURES, SOUNDS, SiteFile
from xiangji.regular_file import read_regular
from xiangji.render.outputs import Artifact


class FileBeside(Struct, frozen=True):
    """A file beside the pages. `content` is what is published; None means the file is published unchanged."""

    uri: str
    source: SiteFile
    content: bytes | None

    def read(self) -> bytes:
        """The bytes that are published."""
        return self.source.file.read_bytes() if self.content is None else self.content


def beside(
    files: Iterable[SiteFile], cache: Cache, unseen: Collection[str] = ()
) -> tuple[tuple[FileBeside, ...], tuple[Problem, ...]]:
    """What is published of each file, and a problem for each file whose metadata cannot be removed.

    `unseen` are the digests of pictures that may not be shown, under whatever name a copy lies here.
    """
    made: list[FileBeside] = []
    problems: list[Problem] = []
    for each in files:
        try:
            if unseen and _digest(each) in unseen:
                problems.append(problem("picture-withheld-file", Location(each.path)))
                continue
            made.append(FileBeside(each.uri, each, _cleaned(each, cache)))
            problems += _told(each)
        except (DamagedPhoto, OSError) as error:
            why = {
                "value": each.path,
                "why": "文件坏了，或者太大",
                "why_en": "damaged or too large",
            }
            problems.append(problem("site-picture", Location(each.path), **why))
            del error
    return tuple(made), tuple(problems)


def published_papers(
    papers: Iterable[Paper], unseen: Permissions, cache: Cache
) -> tuple[list[Artifact], list[Problem]]:
    """The reports and certificates as they are published, and a problem for each that cannot be.

    `unseen` has the pictures of people who did not agree: none of them is published as a report.
    """
    made: list[Artifact] = []
    problems: list[Problem] = []
    for each in papers:
        if unseen.hides(each.digest, ConsentMedium.PAGE):
            problems.append(problem("picture-withheld-file", Location(each.path)))
            continue
        raw = each.read()
        try:
            plain = raw if each.ending == "pdf" else _picture(raw, cache) or raw
        except DamagedPhoto:
            problems.append(problem("paper-kind", Location(each.path), value=each.path))
            continue
        made.append(Artifact(urls.asset(each.name), plain, each.path))
    return made, problems


def _digest(each: SiteFile) -> str:
    """The digest of a picture's bytes; empty for other files."""
    if each.ending not in PICTURES and each.ending != ".svg":
        return ""
    return hashlib.sha256(read_regular(each.file, LARGEST)).hexdigest()


def _told(each: SiteFile) -> Iterator[Problem]:
    """What a document carries that nobody sees on opening it: it passes as it is, so its village is told."""
    if each.ending not in DOCUMENTS or each.trusted:
        return
    found = concealed(read_regular(each.file, LARGEST))
    what, what_en = found.told
    place = Location(each.path)
    if what:
        yield problem("site-inside", place, value=each.path, what=what, what_en=what_en)
    if found.author:
        yield problem("site-author", place, value=each.path, name=found.author[:40])


def _cleaned(each: SiteFile, cache: Cache) -> bytes | None:
    if each.ending == ".ico":
        raw = read_regular(each.file, LARGEST)
        if not raw.startswith(b"\0\0\1\0") or b"eXIf" in raw or b"tEXt" in raw or b"iTXt" in raw:
            raise DamagedPhoto("no plain icon")
    if each.ending in SOUNDS:
        from xiangji.readers.media.audio import sound_of

        sound = sound_of(read_regular(each.file, LARGEST))
        if sound is None:
            raise DamagedPhoto("no sound")
        return sound
    return _picture(read_regular(each.file, LARGEST), cache) if each.ending in PICTURES else None


def _picture(raw: bytes, cache: Cache) -> bytes | None:
    if raw.startswith(b"GIF8"):
        plain = plain_gif(raw)
        return None if plain == raw else plain
    if is_plain(raw):
        return None
    key = f"beside 1 {hashlib.sha256(raw).hexdigest()} {recipe()}"
    return cache.made(key, lambda: _encoded_anew(raw), bytes)


def is_plain(raw: bytes) -> bool:
    """Whether a JPEG, PNG or WebP holds only the picture: no metadata, and no bytes after its end.

    Colour profiles (JPEG) and the chunks in `_PNG` and `_WEBP` are part of the picture.
    """
    try:
        if raw.startswith(b"\xff\xd8"):
            return _plain_jpeg(raw)
        if raw.startswith(b"\x89PNG\r\n\x1a\n"):
            return _chunks(raw, 8, ">I4s", 12, 1) <= _PNG and raw.endswith(b"IEND\xaeB`\x82")
        whole = raw[:4] == b"RIFF" and int.from_bytes(raw[4:8], "little") + 8 == len(raw)
        return whole and raw[8:12] == b"WEBP" and _chunks(raw, 12, "<4sI", 8, 2) <= _WEBP
    except (IndexError, struct.error, ValueError):
        return False


_PNG = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"sRGB", b"pHYs", b"cHRM"})
_WEBP = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})


def _chunks(raw: bytes, at: int, form: str, around: int, even: int) -> frozenset[bytes]:
    """The names of all chunks of a PNG or WebP, from offset `at`.

    `form` is the struct format of name and size, `around` the number of bytes of a chunk besides its content. The
    content is padded to a multiple of `even`. Raises ValueError if the last chunk does not end with the file, or if a
    chunk follows `IEND`.
    """
    found: list[bytes] = []
    while at < len(raw):
        if found and found[-1] == b"IEND":
            raise ValueError("more after the end")
        first, second = struct.unpack_from(form, raw, at)
        name, size = (first, second) if isinstance(first, bytes) else (second, first)
        found.append(name)
        at += around + size + (size % even if even > 1 else 0)
    if at != len(raw):
        raise ValueError("cut short")
    return frozenset(found)


def _plain_jpeg(raw: bytes) -> bool:
    at = 2
    while at < len(raw):
        if raw[at] != 0xFF:
            return False
        marker = raw[at + 1]
        if marker == 0xD9:
            return at + 2 == len(raw)
        size = int.from_bytes(raw[at + 2 : at + 4], "big")
        if size < 2 or not _plain_segment(marker, raw[at + 4 : at + 2 + size]):
            return False
        at += 2 + size
        # Compressed data follows, up to a marker that is neither stuffing nor a restart.
        if marker == 0xDA:
            while not (raw[at] == 0xFF and raw[at + 1] != 0 and not 0xD0 <= raw[at + 1] <= 0xD7):
                at = raw.index(b"\xff", at + 1)
    return False


def _plain_segment(marker: int, content: bytes) -> bool:
    if marker == 0xE0:
        return content.startswith(b"JFIF\0") and len(content) == 14
    if marker == 0xE2:
        return content.startswith(b"ICC_PROFILE\0")
    if marker == 0xEE:
        return content.startswith(b"Adobe") and len(content) == 12
    return marker in (0xC4, 0xDA, 0xDB, 0xDD) or 0xC0 <= marker <= 0xCF


def plain_gif(raw: bytes) -> bytes:
    """A GIF without comments, plain text and application data, except for the number of loops.

    Raises `DamagedPhoto` if it is no GIF.
    """
    try:
        return b"".join(_gif_pieces(raw))
    except (IndexError, ValueError) as error:
        raise DamagedPhoto("no GIF") from error


def _gif_pieces(raw: bytes) -> Iterator[bytes]:
    at = 13 + _colours(raw[10])
    yield raw[:at]
    while raw[at] != 0x3B:
        start, label = at, raw[at + 1]
        if raw[at] == 0x21:
            at = _blocks_end(raw, at + 2)
            looping = raw[start + 3 : start + 14] == b"NETSCAPE2.0" and at - start == 19
            if label == 0xF9 or (label == 0xFF and looping):
                yield raw[start:at]
        elif raw[at] == 0x2C:
            at = _blocks_end(raw, at + 10 + _colours(raw[at + 9]) + 1)
            yield raw[start:at]
        else:
            raise ValueError("no block")
    yield b";"


def _colours(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(raw: bytes, at: int) -> int:
    while raw[at]:
        at += raw[at] + 1
    return at + 1


def _encoded_anew(raw: bytes) -> bytes:
    """The picture encoded anew: upright, in sRGB, without metadata. Transparency is kept."""
    from PIL import Image, ImageOps

    photo = decoded(raw, 1).picture
    form = (
        "JPEG" if raw.startswith(b"\xff\xd8") else "PNG" if raw.startswith(b"\x89PNG") else "WEBP"
    )
    if form != "JPEG":
        with Image.open(BytesIO(raw), formats=("PNG", "WEBP")) as opened:
            upright = ImageOps.exif_transpose(opened)
            if upright.has_transparency_data:
                alpha = upright.convert("RGBA").getchannel("A")
                colours = upright.convert("RGB")
                photo = Image.merge("RGBA", (*colours.split(), alpha))
    bare = Image.frombytes(photo.mode, photo.size, photo.tobytes())
    out = BytesIO()
    bare.save(out, form, **({} if form == "PNG" else {"quality": 90}))
    return out.getvalue()
