"""Reads which cells of an .ods file are merged. The library that reads the values does not tell it.

The module runs in the process of `workbook_process`, as `workbook_marks` does. Rows and columns count from 1.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree

from xiangji.readers.tables.marks.workbook_marks import MOST_BYTES, TooMuch

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
