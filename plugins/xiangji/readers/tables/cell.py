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


class Cell(Struct, frozen=True):
    """A text as written or as the spreadsheet shows it. In a workbook the place's line and column
    are the row and the column of the sheet."""

    text: str
    location: Location
    held: CellFormat = CellFormat.TEXT

    @property
    def filled(self) -> bool:
        """Whether anything but blanks stands in it."""
        return bool(self.text.strip())


Row = list[Cell]
