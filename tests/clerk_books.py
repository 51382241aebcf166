"""Three workbooks as a clerk of a cooperative keeps them: a ledger of all products, the book of one product, a roster."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

YELLOW = PatternFill("solid", fgColor="FFFF00")
NUMBERS = ("522123199001011234", "52212319850202456X", "13800001111", "18985550001")
"""The identity and telephone numbers in the roster, which no file of the village may have. All are invented."""


def _sheet(book: Workbook, title: str, rows: list[list[object]]) -> Worksheet:
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return sheet


def write_ledger(file: Path, mended: bool = False) -> None:
    """Write the ledger: product and state merged over their rows, a row coloured for a stop, totals, a sheet for sums.

    `mended` has it as the clerk leaves it when what `check` said is done.
    """
    book = Workbook()
    sheet = _sheet(book, "2026 总账", [
        ["立碑合作社 2026 年生产总账（示例）"],
        ["单位：袋、罐"],
        ["序号", "品名", "批号", "生产日期", "数量（袋）", "状态", "原因", "自检", "包装", "示例"],
        [1, "老腊肉", "0312", "2026-03-12", 20, "正常", None, "水分 12.1%（≤13%） 合格 2026-03-12 班长", "2026年3月12号 15:30 地点：baozhuang", "是"],
        [2, None, "0313", "2026-03-13", 22, "停售", "包装漏气", "合格 2026-03-13 班长", None, "是"],
        [3, None, "0314", "2026-03-14", 21, None, None, "合格 2026-03-14 班长", None, "是"],
        [4, "辣子鸡", "0312", "2026-03-12", "30 罐", "正常", None, "合格 2026-03-12 班长", None, "是"],
        [5, None, "0315", "2026-03-15", "31 罐", "停售" if mended else "正常", "胀罐" if mended else None, "合格 2026-03-15 班长", None, "是"],
        ["合计", None, "5 批", None, 63],
    ])  # fmt: skip
    sheet.merge_cells("A1:J1")
    sheet.merge_cells("B4:B6")
    sheet.merge_cells("B7:B8")
    sheet.merge_cells("F5:F6")
    sheet.merge_cells("G5:G6")
    if not mended:
        for cell in sheet[8]:
            cell.fill = YELLOW
    sums = book.create_sheet("汇总")
    sums.append(["全年", "=SUM('2026 总账'!E4:E8)"])
    book.save(file)


def write_book(file: Path, mended: bool = False) -> None:
    """Write the book of one product: months with subtotals and headings again, a struck row, a note, a hidden row."""
    heading = ["日期", "批 号", "产量（袋）", "检验人", "备注"]
    heading[0] = "生产日期"
    heading[3] = "自检"
    rows: list[list[object]] = [
        ["老腊肉生产记录（示例）"],
        [*heading, "示例"],
        ["2026-04-02", "0402", 18, "合格 2026-04-02 班长", None, "是"],
        ["2026-04-09", "0409", 19, "合格 2026-04-09 班长", "天冷", "是"],
        ["四月小计", None, 37],
        [*heading, "示例"],
        ["2026-05-06", "0506", 20, "合格 2026-05-06 班长", None, "是"],
        ["2026-05-13", "0513", 21, "合格 2026-05-13 班长", None, "是"],
        ["五月小计", None, 41],
    ]
    if mended:
        del rows[3]
    book = Workbook()
    sheet = _sheet(book, "记录", rows)
    sheet["C3"].comment = Comment("称过两遍", "会计")
    if not mended:
        for cell in sheet[4]:
            cell.font = Font(strike=True)
    book.save(file)


def write_roster(file: Path) -> None:
    """Write the roster of the members, with private columns between the others and a total."""
    book = Workbook()
    _sheet(book, "社员", [
        ["立碑合作社社员花名册（示例）"],
        ["序号", "姓名", "性别", "身份证号", "联系电话", "手艺", "身份", "家庭住址", "开户行账号", "示例"],
        [1, "吴小满（示例）", "女", NUMBERS[0], NUMBERS[2], "舂辣椒", "能工巧匠", "三组 5 号", "6217000000000000001", "是"],
        [2, "李大有（示例）", "男", NUMBERS[1], NUMBERS[3], "熏腊肉", "能工巧匠、讲述人", "一组 2 号", "6217000000000000002", "是"],
        ["合计", "2 人"],
    ])  # fmt: skip
    book.save(file)
