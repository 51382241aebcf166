"""Makes the template of a kind: a table to fill in, as a workbook or as CSV.

The first row says how to fill it in, the second has the headings, the third explains each column, the fourth is an
example. The reader recognises the last two by their marks in the first column and leaves them out.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from xiangji.editing.template_columns import (
    Names,
    TemplateColumn,
    further_headings,
    template_columns,
)
from xiangji.editing.workbook_file import CellStyle, DropDown, Sheet, workbook
from xiangji.model.fields import record_name
from xiangji.model.kind import RecordKind
from xiangji.readers.tables.cell_value import guarded
from xiangji.readers.tables.marks.sheet_marks import cell_name
from xiangji.readers.tables.skipped_rows import GUIDE_MARKS, GUIDE_TITLE
from xiangji.readers.tables.workbook import LISTS_SHEET

FIRST = 5
"""The first row to fill in."""

LAST = 1000
"""The last row with drop-down lists."""

_Rows = list[tuple[CellStyle, Sequence[str]]]


def template_rows(kind: RecordKind, columns: Sequence[TemplateColumn]) -> _Rows:
    """The first rows of a template: what to do, headings, explanations, example."""
    guide, example = GUIDE_MARKS
    what = record_name(kind.record)[0]
    how = f"{what}登记表：从第 {FIRST} 行往下填，一行一{kind.measure}；上面两行是填法和示例，不会读进来，可以留着。"
    return [
        (CellStyle.TITLE, [how]),
        (CellStyle.HEADING, [GUIDE_TITLE, *(each.heading for each in columns)]),
        (CellStyle.HELP, [guide, *(each.help for each in columns)]),
        (CellStyle.EXAMPLE, [f"{example}（不读）", *(each.example for each in columns)]),
    ]


def template_workbook(kind: RecordKind, there: Names) -> bytes:
    """The bytes of the template of a kind as a workbook. `there` has the ids that drop-down lists offer."""
    columns = template_columns(kind, there)
    options, places = _options(columns, further_headings(kind))
    lists = [
        DropDown(number, FIRST, LAST, places[number], each.closed)
        for number, each in enumerate(columns, start=2)
        if number in places
    ]
    widths = [12, *(_width(each) for each in columns)]
    main = Sheet(record_name(kind.record)[0], template_rows(kind, columns), widths, (2, 2), lists)
    return workbook([main, options] if options.rows else [main])


def template_csv(kind: RecordKind, there: Names) -> bytes:
    """The bytes of the template of a kind as CSV, which has no drop-down lists."""
    out = io.StringIO(newline="")
    rows = template_rows(kind, template_columns(kind, there))
    width = len(rows[1][1])
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([*map(guarded, texts), *[""] * (width - len(texts))] for _, texts in rows)
    return out.getvalue().encode("utf-8-sig")


def _options(
    columns: Sequence[TemplateColumn], further: Sequence[str]
) -> tuple[Sheet, dict[int, str]]:
    """The sheet with the words of all lists, and the range of each list by the number of its column in the template."""
    listed: list[tuple[str, Sequence[str]]] = []
    places: dict[int, str] = {}
    for number, each in enumerate(columns, start=2):
        if not each.words:
            continue
        listed.append((f"“{each.heading}”可以写", each.words))
        column = len(listed)
        last = cell_name(len(each.words) + 1, column)
        places[number] = f"'{LISTS_SHEET}'!{_fixed(cell_name(2, column))}:{_fixed(last)}"
        if each.names:
            listed.append((f"“{each.heading}”的名称", each.names))
    if further:
        listed.append(("还可以自己加的列", further))
    height = max((len(words) for _, words in listed), default=0)
    rows: _Rows = [(CellStyle.HEADING, [heading for heading, _ in listed])] if listed else []
    for line in range(height):
        texts = [words[line] if line < len(words) else "" for _, words in listed]
        rows.append((CellStyle.TEXT, texts))
    return Sheet(LISTS_SHEET, rows, [18] * len(listed), (1, 0)), places


def _fixed(name: str) -> str:
    """The name of a cell that does not move when a formula is copied: $E$2."""
    letters = name.rstrip("0123456789")
    return f"${letters}${name[len(letters) :]}"


def _width(column: TemplateColumn) -> int:
    return max(12, min(24, 2 * max(len(column.heading), len(column.example)) + 2))
