"""Reads the formatting of an .xlsx file: formulas without value, merged, struck, hidden and coloured cells, notes. Of an
.ods file it reads the merged cells.

The library that reads the values does not give these, but people record facts with them. The module runs in the process
of `workbook_process`, which a hostile workbook may end. It imports no other module of this package. Rows and columns
count from 1.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO, Any
from xml.etree import ElementTree

from xiangji.model.parsing.late_pattern import late_pattern

MOST_BYTES = 200_000_000
"""The limit of one unpacked part of a workbook, in bytes. A sheet of 400,000 cells has a tenth of it."""

_REFERENCE = late_pattern(r"([A-Z]{1,3})([1-9]\d{0,6})")
_PICTURE = late_pattern(r"=?(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
"""The formula by which WPS stores a picture in a cell."""

_MONTH_AND_YEAR = "17"
"""The number of the built-in format `mmm-yy`, which no workbook spells out."""

_NO_CODE = late_pattern(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
"""What of a number format is no code: quoted text, escaped characters, conditions, blanks."""

_NO_FILL = ("none", "", "")
_PLAIN_FONTS = frozenset({"", "theme1", "FF000000", "indexed8", "indexed64", "auto1"})


class TooMuch(Exception):
    """Raised if an unpacked part of the workbook exceeds `MOST_BYTES`."""


Found = dict[str, Any]


def marks_of(file: str) -> Found | None:
    """The formatting of each sheet by its name (`sheets`), and whether dates count from 1904 (`date1904`).

    None if the file is no .xlsx. Raises `TooMuch` if a part is too large.
    """
    if not zipfile.is_zipfile(file):
        return None
    with zipfile.ZipFile(file) as book:
        if "xl/workbook.xml" not in book.namelist():
            return None
        reader = _Reader(book)
        return {"date1904": reader.counts_from_1904, "sheets": dict(reader.sheets())}


def _shown_of_date(code: str) -> int:
    """The characters of an ISO date that a number format shows: 7 for year and month, 4 for a year, 0 for others."""
    letters = _NO_CODE.sub("", code.lower().partition(";")[0])
    if "y" not in letters or "d" in letters or "h" in letters:
        return 0
    return 7 if "m" in letters else 4


class _Reader:
    """A workbook, with the texts and styles that its sheets share."""

    def __init__(self, book: zipfile.ZipFile) -> None:
        self._book = book
        self._names = frozenset(book.namelist())
        self._workbook = self._tree("xl/workbook.xml")
        properties = _first(self._workbook, "workbookPr")
        self.counts_from_1904 = _flag(properties, "date1904")
        self._struck_texts = self._struck_in("xl/sharedStrings.xml")
        self._struck_styles, self._looks = self._styles("xl/styles.xml")
        self._parts_of_days = self._formats("xl/styles.xml")

    def sheets(self) -> Iterator[tuple[str, Found]]:
        """Yield the name and the marks of each sheet."""
        parts = {key: target for key, (_, target) in self._related("xl/workbook.xml").items()}
        for each in _all(self._workbook, "sheet"):
            part = parts.get(_attribute(each, "id"), "")
            if part in self._names and "/worksheets/" in part:
                yield each.get("name", ""), self._sheet(part)

    def _sheet(self, part: str) -> Found:
        found: Found = {
            "cells": [], "merged": [], "struck": [], "notes": [], "rows": [], "columns": [], "looks": [],
            "parts": [],
        }  # fmt: skip
        for element in self._stream(part):
            name = _local(element)
            if name == "row":
                self._row(element, found)
                element.clear()
            elif name == "mergeCell":
                first, last = (_place(each) for each in f"{element.get('ref', '')}:".split(":")[:2])
                if first and last:
                    found["merged"].append([*first, *last])
            elif name == "col" and _flag(element, "hidden"):
                begin = int(element.get("min", "0"))
                found["columns"] += range(begin, min(int(element.get("max", "0")), begin + 200) + 1)
        for kind, target in self._related(part).values():
            if kind.endswith("/comments") and target in self._names:
                places = (
                    _place(each.get("ref", "")) for each in _all(self._tree(target), "comment")
                )
                found["notes"] += [each for each in places if each]
        return found

    def _row(self, element: ElementTree.Element, found: Found) -> None:
        filled = False
        for cell in element:
            place = _place(cell.get("r", ""))
            if place is None or _local(cell) != "c":
                continue
            parts = {_local(each): each for each in cell}
            formula, value, inline = (parts.get(each) for each in ("f", "v", "is"))
            text = (value.text or "") if value is not None else ""
            kind = cell.get("t", "n")
            if kind == "e":
                found["cells"].append([*place, "ERROR", text])
            elif formula is not None and not text and kind != "str":
                found["cells"].append([*place, "FORMULA", f"={formula.text or ''}"])
            elif _PICTURE.match(text):
                found["cells"].append([*place, "PICTURE", text])
            elif not text.strip() and inline is None:
                continue
            filled = True
            self._style(cell, place, inline, text, found)
        if filled and _flag(element, "hidden"):
            found["rows"].append(int(element.get("r", "0")))

    def _style(
        self, cell: ElementTree.Element, place: tuple[int, int], inline: ElementTree.Element | None,
        text: str, found: Found,
    ) -> None:  # fmt: skip
        style = int(cell.get("s", "0"))
        shared = cell.get("t") == "s" and text.isdigit() and int(text) in self._struck_texts
        partly = inline is not None and any(map(_strikes, _all(inline, "rPr")))
        if style in self._struck_styles or shared or partly:
            found["struck"].append(list(place))
        if style in self._parts_of_days and cell.get("t", "n") == "n":
            found["parts"].append([*place, self._parts_of_days[style]])
        look = self._looks.get(style)
        if look:
            found["looks"].append([*place, look])

    # --- parts that sheets share -------------------------------------------------------------

    def _struck_in(self, part: str) -> frozenset[int]:
        """The numbers of the shared strings in which words are struck through."""
        found = set()
        number = 0
        for element in self._stream(part):
            if _local(element) == "si":
                if any(map(_strikes, _all(element, "rPr"))):
                    found.add(number)
                number += 1
                element.clear()
        return frozenset(found)

    def _styles(self, part: str) -> tuple[frozenset[int], dict[int, str]]:
        """The numbers of the cell styles that are struck through, and the colours of the styles that have any."""
        if part not in self._names:
            return frozenset(), {}
        tree = self._tree(part)
        fonts = _children(tree, "fonts")
        fills = [_fill(each) for each in _children(tree, "fills")]
        struck, looks = set(), {}
        for number, each in enumerate(_children(tree, "cellXfs")):
            font = _at(fonts, each.get("fontId"))
            fill = _at(fills, each.get("fillId")) or _NO_FILL
            if font is not None and _strikes(font):
                struck.add(number)
            ink = _colour(_first(font, "color")) if font is not None else ""
            ink = "" if ink in _PLAIN_FONTS else ink
            if ink or fill != _NO_FILL:
                looks[number] = "/".join((*fill, ink))
        return frozenset(struck), looks

    def _formats(self, part: str) -> dict[int, int]:
        """The styles that show only a part of a date, with the characters of 2025-09-01 that they show: 7 or 4."""
        if part not in self._names:
            return {}
        tree = self._tree(part)
        codes = {
            each.get("numFmtId", ""): each.get("formatCode", "") for each in _all(tree, "numFmt")
        }
        codes.setdefault(_MONTH_AND_YEAR, "mmm-yy")
        shown = {number: _shown_of_date(code) for number, code in codes.items()}
        styles = enumerate(_children(tree, "cellXfs"))
        found = {number: shown.get(each.get("numFmtId", ""), 0) for number, each in styles}
        return {number: characters for number, characters in found.items() if characters}

    # --- the archive --------------------------------------------------------------------------

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """The relations of a part by id: the type of the relation, and the path of the other part."""
        folder, name = posixpath.split(part)
        there = f"{folder}/_rels/{name}.rels"
        if there not in self._names:
            return {}
        found = {}
        for each in _all(self._tree(there), "Relationship"):
            target = each.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found[each.get("Id", "")] = each.get("Type", ""), posixpath.normpath(path)
        return found

    def _tree(self, part: str) -> ElementTree.Element:
        root = None
        for element in self._stream(part):
            root = element
        return root if root is not None else ElementTree.Element("none")

    def _stream(self, part: str) -> Iterator[ElementTree.Element]:
        """Yield the XML elements of a part, each when it ends. Nothing if the part is missing."""
        if part not in self._names:
            return
        if self._book.getinfo(part).file_size > MOST_BYTES:
            raise TooMuch
        with self._book.open(part) as content:
            # Expat limits the growth of entities, and `_Bounded` limits how much is read.
            for _, element in ElementTree.iterparse(_Bounded(content), ("end",)):  # noqa: S314
                yield element


class _Bounded:
    """A file that raises `TooMuch` after `MOST_BYTES`, because the size in the archive may be wrong."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self._left = MOST_BYTES

    def read(self, size: int = -1) -> bytes:
        piece = self._content.read(min(size, 1 << 20) if size > 0 else 1 << 20)
        self._left -= len(piece)
        if self._left < 0:
            raise TooMuch
        return piece


def _local(element: ElementTree.Element) -> str:
    """The name of an element without its namespace, which differs between strict and transitional files."""
    return element.tag.rpartition("}")[2]


def _all(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    return (each for each in element.iter() if _local(each) == name)


def _first(element: ElementTree.Element, name: str) -> ElementTree.Element | None:
    return next(_all(element, name), None)


def _children(tree: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    found = _first(tree, name)
    return [] if found is None else list(found)


def _at(items: list[Any], number: str | None) -> Any:
    """The item of a list with a number as written in the file. None if there is no such item."""
    at = int(number or "0")
    return items[at] if at < len(items) else None


def _attribute(element: ElementTree.Element, name: str) -> str:
    """The value of an attribute in any namespace. Empty if there is none."""
    return next(
        (v for k, v in element.attrib.items() if k.rpartition("}")[2] == name and "}" in k), ""
    )


def _flag(element: ElementTree.Element | None, name: str) -> bool:
    return element is not None and element.get(name) in ("1", "true")


def _place(reference: str) -> tuple[int, int] | None:
    """Row and column of a cell name such as `B2`, or None."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def _strikes(font: ElementTree.Element) -> bool:
    """Whether a font is struck through."""
    found = _first(font, "strike")
    return found is not None and found.get("val", "1") not in ("0", "false")


def _fill(element: ElementTree.Element) -> tuple[str, str, str]:
    """The fill of a cell: pattern and colours. White counts as no fill."""
    pattern = _first(element, "patternFill")
    if pattern is None or pattern.get("patternType", "none") == "none":
        return ("gradient", "", "") if _first(element, "gradientFill") is not None else _NO_FILL
    front = _colour(_first(pattern, "fgColor"))
    if pattern.get("patternType") == "solid" and front in ("FFFFFFFF", "theme0", "indexed9"):
        return _NO_FILL
    return pattern.get("patternType", ""), front, ""


def _colour(element: ElementTree.Element | None) -> str:
    """A colour as written in the file: its RGB value, or its number in the theme or palette."""
    if element is None:
        return ""
    if element.get("rgb"):
        return element.get("rgb", "").upper()
    named = next(
        (f"{k}{element.get(k)}" for k in ("theme", "indexed", "auto") if element.get(k)), ""
    )
    tint = element.get("tint", "")
    return f"{named}~{tint}" if tint and float(tint) else named


# --- .ods -----------------------------------------------------------------------------------------

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_CONTENT = "content.xml"


def merged_of(file: str) -> dict[str, list[list[int]]]:
    """The merged ranges of each sheet by its name: first row, first column, last row, last column.

    Empty if the file is no .ods. Raises `TooMuch` if its content is too large.
    """
    if not zipfile.is_zipfile(file):
        return {}
    with zipfile.ZipFile(file) as book:
        if _CONTENT not in book.namelist():
            return {}
        if book.getinfo(_CONTENT).file_size > MOST_BYTES:
            raise TooMuch
        with book.open(_CONTENT) as content:
            # Expat limits the growth of entities, and the size of the part is known.
            return _merged(ElementTree.iterparse(content, ("start", "end")))  # noqa: S314


def _merged(events: Iterable[tuple[str, Any]]) -> dict[str, list[list[int]]]:
    found: dict[str, list[list[int]]] = {}
    name, line = "", 1
    for event, element in events:
        if event == "start":
            if element.tag == f"{_TABLE}table":
                name, line = element.get(f"{_TABLE}name", ""), 1
        elif element.tag == f"{_TABLE}table-row":
            found.setdefault(name, []).extend(_of_row(element, line))
            line += _number(element, "number-rows-repeated")
            element.clear()
    return found


def _of_row(row: ElementTree.Element, line: int) -> list[list[int]]:
    found = []
    column = 1
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        down, right = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if down > 1 or right > 1:
            found.append([line, column, line + down - 1, column + right - 1])
        column += _number(cell, "number-columns-repeated")
    return found


def _number(element: ElementTree.Element, name: str) -> int:
    text = element.get(f"{_TABLE}{name}", "1")
    return int(text) if text.isdecimal() and len(text) < 8 else 1
