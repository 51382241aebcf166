"""Finds the fonts for printing and reads which characters they have.

The fonts come with the extra `print` and with the theme, so that paper looks the same on every computer. A village may
add fonts of its own below `products/fonts/`, for rare characters in names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec
from msgspec import Struct

from xiangji.cache import Cache

OWN_FONTS = "products/fonts"
"""The folder for a village's own fonts, relative to the village's folder."""

SANS = "Noto Sans SC"
SERIF = "Noto Serif SC"
HEAVY_SANS = "Xiangji Hei"
HEAVY_SERIF = "Xiangji Song"
"""The faces for names and headings, which `tools/heavy_fonts.py` makes. They hold the 8,105 signs of 通用规范汉字表."""

_HEAVY = Path(str(files("xiangji_theme"))) / "print" / "fonts"
_ENDINGS = (".otf", ".ttf", ".ttc")


class NoPrinting(Exception):
    """The extra `print` is not installed."""


class Fonts(Struct, frozen=True):
    """The fonts for printing.

    `folders` are the folders with font files. `sans` and `serif` are font families, in the order in which they are
    tried; `bold` and `heavy` are the same for headings and names. `signs` are the code points that at least one font
    has, `heavy_signs` those that both heavy faces have.
    """

    folders: tuple[str, ...]
    sans: tuple[str, ...]
    serif: tuple[str, ...]
    bold: tuple[str, ...]
    heavy: tuple[str, ...]
    signs: frozenset[int]
    heavy_signs: frozenset[int]
    capital: float
    """The height of a capital letter or digit as a share of the type size, of the font in which it is lowest."""

    def missing(self, text: str) -> list[str]:
        """Return the characters of a text that no font has, each once, in order.

        They must be found before typesetting, since Typst prints boxes for them and reports nothing.
        """
        return [c for c in dict.fromkeys(text) if ord(c) not in self.signs and not _blank(c)]

    def thin(self, text: str) -> list[str]:
        """Return the characters of a name that only a regular face has, each once, in order."""
        return [
            c
            for c in dict.fromkeys(text)
            if ord(c) in self.signs and ord(c) not in self.heavy_signs and not _blank(c)
        ]


def _blank(sign: str) -> bool:
    return sign.isspace() or sign in "\u200b\u2060\ufeff"


def find_fonts(root: Path | None = None, kept: Cache | None = None) -> Fonts:
    """Return the fonts of the extra `print`, and those of the village at `root`.

    `kept` is a cache for what is read from the font files. Raises NoPrinting if the extra is not installed.
    """
    try:
        import fontTools  # noqa: F401
        import pylopdf_fonts_zh_cn as shipped
        import typst  # noqa: F401
    except ImportError as error:
        raise NoPrinting from error
    folder = Path(shipped.__file__).parent
    faces = [_known_face(file, kept) for file in _font_files(folder)]
    heavy = [_known_face(file, kept) for file in _font_files(_HEAVY)]
    own = root / OWN_FONTS if root else None
    added = [_known_face(file, kept) for file in _font_files(own)] if own and own.is_dir() else []
    further = tuple(dict.fromkeys(each.family for each in added))
    folders = (str(folder), str(_HEAVY), *((str(own),) if own and added else ()))
    return Fonts(
        folders,
        sans=(SANS, SERIF, *further),
        serif=(SERIF, SANS, *further),
        bold=(HEAVY_SANS, SANS, SERIF, *further),
        heavy=(HEAVY_SERIF, SERIF, SANS, *further),
        signs=frozenset().union(*(each.signs for each in (*faces, *heavy, *added))),
        heavy_signs=frozenset.intersection(*(each.signs for each in heavy)),
        capital=min(each.capital for each in (*faces, *heavy)),
    )


def _font_files(folder: Path) -> Iterable[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix.lower() in _ENDINGS)


class _Face(Struct, frozen=True):
    family: str
    signs: frozenset[int]
    capital: float


def _known_face(file: Path, kept: Cache | None) -> _Face:
    """Return the data of a font file, from the cache if its size and times are unchanged."""
    stat = file.stat()
    return _seen(file, f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns}", kept)


@cache
def _seen(file: Path, stamp: str, kept: Cache | None) -> _Face:
    import fontTools

    key = f"face {fontTools.version} {file} {stamp}"
    known = kept.stored(key, _face_of) if kept else None
    if known is not None:
        return known
    face = _face(file)
    if kept:
        kept.store(key, json.dumps([face.family, _spans(face.signs), face.capital]).encode())
    return face


_MOST_SIGNS = 0x110000
"""The number of code points in Unicode. Spans from the cache are cut to it."""


def _face_of(stored: bytes) -> _Face:
    family, spans, capital = msgspec.json.decode(
        stored, type=tuple[str, list[tuple[int, int]], float]
    )
    signs = frozenset(n for a, b in spans for n in range(max(a, 0), min(b, _MOST_SIGNS)))
    return _Face(family, signs, capital)


def _spans(numbers: Iterable[int]) -> list[list[int]]:
    """Return sorted numbers as ranges: the first, and the one after the last."""
    spans: list[list[int]] = []
    for each in sorted(numbers):
        if spans and spans[-1][1] == each:
            spans[-1][1] += 1
        else:
            spans.append([each, each + 1])
    return spans


def _face(file: Path) -> _Face:
    """Read a font file. Of a font collection, read the first font."""
    from fontTools.ttLib import TTFont

    with TTFont(file, lazy=True, fontNumber=0) as font:
        signs = frozenset(font.getBestCmap())
        family = font["name"].getBestFamilyName() or file.stem
        capital = getattr(font["OS/2"], "sCapHeight", 0) / font["head"].unitsPerEm
        return _Face(family, signs, capital or 0.7)
