"""Writes workbooks (.xlsx) with texts, styles, drop-down lists and frozen panes, the same bytes every time.

All cells are texts, so that a spreadsheet changes no 0012 into 12 and no date into a number. The parts are written as
XML by the standard library, because an .xlsx needs few of them.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from enum import IntEnum
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from xiangji.readers.tables.marks.sheet_marks import cell_name

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MOMENT = (1980, 1, 1, 0, 0, 0)


class CellStyle(IntEnum):
    """The look of a cell. The value is its index in the workbook's list of styles."""

    TEXT = 0
    TITLE = 1
    HEADING = 2
    HELP = 3
    EXAMPLE = 4


class DropDown(Struct, frozen=True):
    """A list to choose from in the cells of a column.

    `source` is the range with the words. Other words are accepted if the list is not `closed`.
    """

    column: int
    first: int
    last: int
    source: str
    closed: bool


class Sheet(Struct, frozen=True):
    """A sheet: its rows of texts with the style of each row, the widths of its columns, and its drop-down lists."""

    name: str
    rows: Sequence[tuple[CellStyle, Sequence[str]]]
    widths: Sequence[int]
    frozen: tuple[int, int] = (0, 0)
    """The number of rows and of columns that stay when the sheet is scrolled."""
    lists: Sequence[DropDown] = ()


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The bytes of a workbook."""
    numbers = range(1, len(sheets) + 1)
    parts = {
        "[Content_Types].xml": _content_types(numbers),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(sheets),
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *(("worksheet", f"worksheets/sheet{n}.xml") for n in numbers),
                ("styles", "styles.xml"),
            ]
        ),
        "xl/styles.xml": _STYLES,
    }
    for number, sheet in enumerate(sheets, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _sheet(sheet)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _HEAD + text)
    return out.getvalue()


def _content_types(numbers: Iterable[int]) -> str:
    kinds = [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles")]
    kinds += [(f"xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers]
    every = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in kinds
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{every}</Types>'
    )


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    every = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATED}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{every}</Relationships>'


def _workbook(sheets: Iterable[Sheet]) -> str:
    every = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in enumerate(sheets, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>{every}</sheets></workbook>'


def _sheet(sheet: Sheet) -> str:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" style="{CellStyle.TEXT}" customWidth="1"/>'
        for n, width in enumerate(sheet.widths, start=1)
    )
    rows = "".join(_row(line, *row) for line, row in enumerate(sheet.rows, start=1))
    return (
        f'<worksheet xmlns="{_MAIN}">{_views(*sheet.frozen)}<cols>{columns}</cols>'
        f"<sheetData>{rows}</sheetData>{_lists(sheet.lists)}</worksheet>"
    )


def _views(rows: int, columns: int) -> str:
    if not rows and not columns:
        return ""
    split = (f' xSplit="{columns}"' if columns else "") + (f' ySplit="{rows}"' if rows else "")
    corner = cell_name(rows + 1, columns + 1)
    pane = "bottomRight" if rows and columns else "bottomLeft" if rows else "topRight"
    return (
        '<sheetViews><sheetView workbookViewId="0">'
        f'<pane{split} topLeftCell="{corner}" activePane="{pane}" state="frozen"/>'
        "</sheetView></sheetViews>"
    )


def _row(line: int, style: CellStyle, texts: Sequence[str]) -> str:
    cells = "".join(
        f'<c r="{cell_name(line, n)}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
        for n, text in enumerate(texts, start=1)
        if text or style not in (CellStyle.TEXT, CellStyle.TITLE)
    )
    return f'<row r="{line}">{cells}</row>'


def _lists(lists: Sequence[DropDown]) -> str:
    if not lists:
        return ""
    every = "".join(
        f'<dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="{int(each.closed)}"'
        f' errorTitle="乡记" error="请从下拉里选一个。"'
        f' sqref="{cell_name(each.first, each.column)}:{cell_name(each.last, each.column)}">'
        f"<formula1>{escape(each.source)}</formula1></dataValidation>"
        for each in lists
    )
    return f'<dataValidations count="{len(lists)}">{every}</dataValidations>'


def _font(more: str, size: int = 11) -> str:
    return f'<font>{more}<sz val="{size}"/><name val="宋体"/></font>'


def _fill(colour: str) -> str:
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/></patternFill></fill>'
    )


def _look(font: int, fill: int, wrap: bool) -> str:
    """A style of cells. 49 is the built-in number format of texts."""
    return (
        f'<xf numFmtId="49" fontId="{font}" fillId="{fill}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"'
        f' applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="{int(wrap)}"/></xf>'
    )


_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="5">'
    + _font("")
    + _font("<b/>", 14)
    + _font('<b/><color rgb="FFFFFFFF"/>')
    + _font('<color rgb="FF5F5A52"/>', 10)
    + _font('<i/><color rgb="FF5F5A52"/>')
    + '</fonts><fills count="4"><fill><patternFill patternType="none"/></fill>'
    + '<fill><patternFill patternType="gray125"/></fill>'
    + _fill("A3211B")
    + _fill("F5EFE3")
    + '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    + '<cellXfs count="5">'
    + _look(0, 0, False)
    + _look(1, 0, False)
    + _look(2, 2, True)
    + _look(3, 3, True)
    + _look(4, 3, True)
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
