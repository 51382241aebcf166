"""One cell of a table, whatever wrote it: its text, its place, and how the program kept it."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from xiangji.model.location import Location


class CellFormat(Enum):
    """How a spreadsheet holds a cell. CSV has only texts."""

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
"""What spreadsheets show where a formula gave no value, and write into CSV."""


class Cell(Struct, frozen=True):
    """A text as written or as the spreadsheet shows it. In a workbook the place's line and column
    are the row and the column of the sheet."""

    text: str
    location: Location
    held: CellFormat = CellFormat.TEXT
    shift: int = 0
    """Days to add where a number means a day: some workbooks count from 1904."""

    @property
    def filled(self) -> bool:
        """Whether anything but blanks stands in it."""
        return bool(self.text.strip())

    @property
    def failed(self) -> bool:
        """Whether the cell shows that a value is missing, which is not the same as saying nothing."""
        if self.held is not CellFormat.TEXT:
            return self.held in _FAILED
        return "#" in self.text[:2] and self.text.strip().upper() in _ERRORS


Row = list[Cell]
