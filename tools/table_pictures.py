"""Makes the pictures of the handbook page about tables, from the cells of the real template workbooks.

`python tools/table_pictures.py`; needs the test group (openpyxl, playwright).
"""

from __future__ import annotations

import html
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
from msgspec import Struct
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from playwright.sync_api import sync_playwright

from browser import find
from xiangji.cli.content.import_kind import kind_to_import
from xiangji.editing.template import FIRST, template_workbook

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "site_src" / "images"
WIDTH = 1120
THERE = {
    "products": {"laziji": "辣子鸡", "tulanzi": "提篮"},
    "producers": {"hezuoshe": "合作社（示例）"},
    "places": {"cun": "示例村"},
}


class Shown(Struct, frozen=True):
    """A picture: the kind, its columns in the picture, the rows that a clerk filled in, and the open list."""

    name: str
    kind: str
    headings: tuple[str, ...]
    filled: tuple[tuple[str, ...], ...]
    opened: str


PICTURES = (
    Shown(
        "table-products",
        "products",
        ("填表说明", "编号", "名称", "类型", "生产者", "配料", "净含量", "保质期"),
        (("", "", "糍粑辣椒（示例）", "加工食品", "hezuoshe", "辣椒、盐", "480 克", "6个月"),),
        "类型",
    ),
    Shown(
        "table-batches",
        "batches",
        ("填表说明", "批号", "产品", "生产日期", "数量", "状态", "自检", "示例"),
        (
            ("", "2026-05A", "辣子鸡", "2026-05-08", "80 瓶", "正常", "合格 2026-05-08 班长", "是"),
            ("", "2026-05B", "辣子鸡", "2026-05-09", "90 瓶", "待检", "", "是"),
        ),
        "状态",
    ),
)
"""What is filled in is an example, like all that the demo shows."""

_STYLE = """
* { box-sizing: border-box; margin: 0 }
body { font: 15px/1.5 "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", sans-serif; width: 1120px; background: #fff; color: #222 }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
td, th { border: 1px solid #cfcbc2; padding: 4px 8px; vertical-align: top; overflow-wrap: anywhere }
th { background: #eeebe4; font-weight: normal; color: #5f5a52; text-align: center }
th:first-child { width: 38px }
td { position: relative }
td.over { white-space: nowrap; border-right-color: transparent }
.list { position: absolute; left: -1px; top: 100%; z-index: 1; background: #fff; border: 1px solid #777; min-width: 100%; box-shadow: 2px 2px 4px #0003 }
.list div { padding: 2px 8px; white-space: nowrap } .list div.on { background: #a3211b; color: #fff }
.mark { float: right; color: #5f5a52 }
.room td { height: 34px }
"""


def main() -> None:
    """Draw every picture."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        for each in PICTURES:
            page = browser.new_page(viewport={"width": WIDTH, "height": 100}, device_scale_factor=1)
            page.set_content(document(each))
            raw = page.screenshot(full_page=True)
            picture = Image.open(io.BytesIO(raw)).convert("RGB").quantize(64)
            picture.save(IMAGES / f"{each.name}.png", optimize=True)
        browser.close()


def document(shown: Shown) -> str:
    """The page that shows the filled template."""
    book = openpyxl.load_workbook(
        io.BytesIO(template_workbook(kind_to_import("zh", shown.kind), THERE))
    )
    sheet = book.worksheets[0]
    headings = [str(cell.value) for cell in sheet[2]]
    columns = [headings.index(each) + 1 for each in shown.headings]
    for line, texts in enumerate(shown.filled, start=FIRST):
        for column, text in zip(columns, texts, strict=True):
            sheet.cell(line, column, text or None)
    words = offered(book, sheet, headings.index(shown.opened) + 1)
    opened = (FIRST + len(shown.filled) - 1, headings.index(shown.opened) + 1)
    rows = "".join(
        row(sheet, line, columns, opened, words) for line in range(1, FIRST + len(shown.filled) + 5)
    )
    letters = "".join(f"<th>{get_column_letter(column)}</th>" for column in columns)
    return f"<style>{_STYLE}</style><table><tr><th></th>{letters}</tr>{rows}</table>"


def offered(book: openpyxl.Workbook, sheet: Worksheet, column: int) -> list[str]:
    """The words of the drop-down list of a column, read where the workbook has them."""
    letter = get_column_letter(column)
    for each in sheet.data_validations.dataValidation:
        if str(each.sqref).startswith(f"{letter}{FIRST}:"):
            name, place = str(each.formula1).replace("'", "").replace("$", "").split("!")
            return [str(cell.value) for cells in book[name][place] for cell in cells]
    return []


def row(
    sheet: Worksheet, line: int, columns: Sequence[int], opened: tuple[int, int], words: list[str]
) -> str:
    """A row of the picture, with the open list below its cell."""
    cells = "".join(cell(sheet.cell(line, column), opened, words) for column in columns)
    return f'<tr class="{"room" if line >= FIRST else ""}"><th>{line}</th>{cells}</tr>'


def cell(found: Cell, opened: tuple[int, int], words: list[str]) -> str:
    """A cell with the look that the workbook gives it."""
    text = html.escape(str(found.value or ""))
    style = ";".join(look(found))
    if (found.row, found.column) != opened:
        over = ' class="over"' if found.row == 1 else ""
        return f'<td{over} style="{style}">{text}</td>'
    items = "".join(
        f'<div class="{"on" if word == found.value else ""}">{html.escape(word)}</div>'
        for word in words
    )
    return f'<td style="{style};outline:2px solid #217346">{text}<span class="mark">▼</span><div class="list">{items}</div></td>'


def look(found: Cell) -> Iterator[str]:
    """The style sheet rules for the font and the fill of a cell."""
    if found.fill.fill_type == "solid":
        yield f"background:#{str(found.fill.fgColor.rgb)[2:]}"
    if found.font.b:
        yield "font-weight:bold"
    if found.font.i:
        yield "font-style:italic"
    if found.font.color is not None and isinstance(found.font.color.rgb, str):
        yield f"color:#{found.font.color.rgb[2:]}"


if __name__ == "__main__":
    main()
