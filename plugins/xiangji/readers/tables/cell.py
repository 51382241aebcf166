"""Defines the cell of a table: its text, its location, and its type in the spreadsheet."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from xiangji.model.location import Location


class CellFormat(Enum):
    """The type of a cell in a spreadsheet. CSV has only texts."""

    TEXT = "文本"
    NUMBER = "数字"
    DATE = "日期"
    ERROR = "算错的公式"
    FORMULA = "没有结果的公式"
    PICTURE = "图片"


_FAILED = frozenset([CellFormat.ERROR, CellFormat.FORMULA, CellFormat.PICTURE])
_ERRORS = frozenset(
    "#N/A #REF! #VALUE! #DIV/0! #NAME? #NULL! #NUM! #SPILL! #CALC! #FIELD! #GETTING_DATA #BLOCKED! #BUSY!".split()
)
"""What spreadsheets show, and write into CSV, if a formula has no value."""


class Cell(Struct, frozen=True):
    """A cell: its text as written in CSV or as the spreadsheet shows it.

    In a workbook, line and column of the location are the row and the column of the sheet (from 1).
    """

    text: str
    location: Location
    held: CellFormat = CellFormat.TEXT
    shift: int = 0
    """Days to add to a number that means a date, because some workbooks count from 1904."""

    @property
    def filled(self) -> bool:
        """Whether the cell contains anything but blanks."""
        return bool(self.text.strip())

    @property
    def failed(self) -> bool:
        """Whether the value of the cell is lost, such as after an error in a formula. An empty cell is not failed."""
        if self.held is not CellFormat.TEXT:
            return self.held in _FAILED
        return "#" in self.text[:2] and self.text.strip().upper() in _ERRORS


Row = list[Cell]
