"""What a workbook says beside its values: told with the cell, filled in where it can be meant so only."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from xiangji.problems import Problem, Report, Severity
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables.batch_table import read_table, tables_in
from xiangji.readers.village import gather
from xiangji.records.batch import Batch

TITLES = ["批号", "生产日期", "数量", "状态", "原因", "怎么办", "备注"]
RED = PatternFill("solid", fgColor="FFFF0000")


def book_of(*rows: list[Any], title: str = "批次") -> tuple[openpyxl.Workbook, Any]:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(TITLES)
    for row in rows:
        sheet.append(row)
    return book, sheet


def row(lot: str, **others: Any) -> list[Any]:
    told = {"批号": lot, "生产日期": date(2026, 5, 6), "数量": "10 瓶", "状态": "正常", **others}
    return [told.get(title) for title in TITLES]


def read(file: Path) -> tuple[list[Batch], list[Problem]]:
    report = Report()
    nodes = read_table(file, file.name, report).nodes
    found = [read_record(Batch, node, report, node.location) for node in nodes]
    return [each for each in found if each], report.problems


def kept(book: openpyxl.Workbook, folder: Path, name: str = "t.xlsx") -> Path:
    book.save(folder / name)
    return folder / name


def rules(problems: list[Problem]) -> list[str]:
    return [each.rule for each in problems]


# --- a date of which a part is shown ------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ('yyyy"年"m"月"', "2026 年 5 月"),
        ("yyyy-mm", "2026 年 5 月"),
        ("mmm-yy", "2026 年 5 月"),
        ('yyyy"年"', "2026 年"),
        ("yyyy-mm-dd", "2026-05-06"),
        ('[$-804]yyyy"年"m"月"d"日"', "2026-05-06"),
    ],
)
def test_a_day_that_the_sheet_does_not_show_is_not_read(
    code: str, said: str, tmp_path: Path
) -> None:
    book, sheet = book_of(row("A1"))
    sheet["B2"].number_format = code
    (batch,), problems = read(kept(book, tmp_path))
    assert str(batch.made_on) == said
    assert "value-dropped" not in rules(problems)


# --- a cell that holds no value -----------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"]
)
def test_an_error_is_told_in_workbook_and_csv(wrong: str, tmp_path: Path) -> None:
    book, sheet = book_of(row("A1"))
    sheet["G2"] = wrong
    sheet["G2"].data_type = "e"
    (problem,) = read(kept(book, tmp_path))[1]
    assert (problem.rule, str(problem.location)) == ("cell-error", "t.xlsx:2:7")
    assert problem.message("zh").startswith("G2（“备注”）是 " + wrong)
    table = tmp_path / "t.csv"
    table.write_text(f"批号,数量,备注\nA1,10 瓶,{wrong}\n", "utf-8")
    (batch,), (problem,) = read(table)
    assert (problem.rule, batch.note) == ("cell-error", None)


def test_a_formula_whose_result_was_not_kept(tmp_path: Path) -> None:
    book, _ = book_of(row("A1", 数量="=SUM(1,2)"), row("=A2"))
    found, problems = read(kept(book, tmp_path))
    assert rules(problems) == ["cell-formula", "cell-formula"]
    assert [each.lot for each in found] == ["A1"]
    assert "=SUM(1,2)" in problems[0].message("zh")


def test_a_formula_that_gives_an_empty_text_says_nothing(tmp_path: Path) -> None:
    file = patched(kept(book_of(row("A1", 备注="x"))[0], tmp_path), '<c r="G2" t="inlineStr"><is><t>x</t></is></c>',
                   '<c r="G2" t="str"><f>IF(1,"","x")</f><v></v></c>')  # fmt: skip
    (batch,), problems = read(file)
    assert (batch.note, problems) == (None, [])


def test_a_picture_in_a_cell_as_wps_writes_it(tmp_path: Path) -> None:
    file = patched(kept(book_of(row("A1", 备注="x"))[0], tmp_path), '<c r="G2" t="inlineStr"><is><t>x</t></is></c>',
                   '<c r="G2" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>')  # fmt: skip
    assert rules(read(file)[1]) == ["cell-picture"]


def patched(file: Path, old: str, new: str) -> Path:
    """A workbook with other words in its first sheet."""
    other = file.with_name("patched.xlsx")
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(other, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name.endswith("sheet1.xml"):
                assert old.encode() in content, content
                content = content.replace(old.encode(), new.encode())
            after.writestr(name, content)
    return other


# --- merged ---------------------------------------------------------------------------------------


def test_a_stop_merged_over_rows_stops_each(tmp_path: Path) -> None:
    stopped = {"状态": "停售", "原因": "封口不严（示例）", "怎么办": "先不要吃"}
    book, sheet = book_of(
        row("A1", **stopped), row("A2", 状态=None), row("A3", 状态=None), row("A4")
    )
    for column in "DEF":
        sheet.merge_cells(f"{column}2:{column}4")
    found, problems = read(kept(book, tmp_path))
    assert [str(each.status) for each in found] == ["停售", "停售", "停售", "正常"]
    assert [each.reason for each in found][:3] == ["封口不严（示例）"] * 3
    assert rules(problems) == ["cell-merged"]
    assert "D2:D4、E2:E4、F2:F4" in problems[0].message("zh")


@pytest.mark.parametrize(("cells", "rule"), [("A2:A3", "merged-key"), ("C2:C3", "merged-quantity")])
def test_what_cannot_hold_for_each_row_is_refused(cells: str, rule: str, tmp_path: Path) -> None:
    book, sheet = book_of(row("A1"), row("A2"))
    sheet.merge_cells(cells)
    assert rule in rules(read(kept(book, tmp_path))[1])


def test_a_merged_title_and_a_merged_empty_cell_say_nothing(tmp_path: Path) -> None:
    book, sheet = book_of(row("A1"), row("A2"))
    sheet.insert_rows(1)
    sheet["A1"] = "台账"
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("G3:G4")
    found, problems = read(kept(book, tmp_path))
    assert (len(found), problems) == (2, [])


# --- struck, noted, hidden, coloured -----------------------------------------------------------------


def test_a_struck_row_and_a_struck_cell(tmp_path: Path) -> None:
    book, sheet = book_of(row("A1"), row("A2"), row("A3"))
    sheet["A2"].font = Font(strike=True)
    sheet["C3"].font = Font(strike=True)
    sheet["G4"] = CellRichText(TextBlock(InlineFont(strike=True), "120"), "110")
    problems = read(kept(book, tmp_path))[1]
    assert [(each.rule, each.location.line) for each in problems] == [
        ("row-struck", 2), ("cell-struck", 3), ("cell-struck", 4),
    ]  # fmt: skip


def test_notes_are_told_and_not_published(tmp_path: Path) -> None:
    book, sheet = book_of(row("A1"))
    sheet["D2"].comment = Comment("其实停了", "甲")
    found, (problem,) = read(kept(book, tmp_path))
    assert (len(found), problem.rule) == (1, "cell-notes")
    assert "D2" in problem.message("zh") and "停了" not in problem.message("zh")


def test_hidden_rows_and_columns_are_read_and_told(tmp_path: Path) -> None:
    book, sheet = book_of(row("A1"), row("A2"))
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["G"].hidden = True
    found, (problem,) = read(kept(book, tmp_path))
    assert (len(found), problem.rule) == (2, "cells-hidden")
    assert "第 3 行" in problem.message("zh") and "“备注”一列" in problem.message("zh")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_alone_is_no_table(state: str, tmp_path: Path) -> None:
    book, _ = book_of(row("A1"))
    book.create_sheet("说明").append(["怎么填"])
    book["批次"].sheet_state = state
    book.active = 1
    found, problems = read(kept(book, tmp_path))
    assert (found, rules(problems)) == ([], ["sheet-hidden"])


def test_a_row_in_another_colour_is_a_hint_and_stripes_are_none(tmp_path: Path) -> None:
    book, sheet = book_of(*(row(f"A{n}") for n in range(1, 7)))
    for cell in sheet[4]:
        cell.fill = RED
    sheet["A6"].font = Font(color="FFFF0000")
    (problem,) = read(kept(book, tmp_path))[1]
    assert problem.rule == "rows-coloured" and problem.severity is Severity.HINT
    assert "第 4 行、第 6 行" in problem.message("zh")
    book, sheet = book_of(*(row(f"A{n}") for n in range(1, 7)))
    for line in (1, 2, 4, 6):
        for cell in sheet[line]:
            cell.fill = RED
    assert read(kept(book, tmp_path))[1] == []


# --- days, endings, far cells ------------------------------------------------------------------------


def test_days_that_count_from_1904(tmp_path: Path) -> None:
    book, sheet = book_of(row("A1"), row("A2"))
    book.epoch = CALENDAR_MAC_1904
    sheet["B2"], sheet["B3"] = date(2026, 3, 12), 46093 - 1462
    sheet["B3"].number_format = "General"
    found, problems = read(kept(book, tmp_path))
    assert [str(each.made_on) for each in found] == ["2026-03-12", "2026-03-12"]
    assert problems == []


@pytest.mark.parametrize("name", ["t.xls", "t.et", "t.xlsm", "t.ods", "t.csv", "t.XLSX", "t.txt"])
def test_a_workbook_is_known_by_its_content(name: str, tmp_path: Path) -> None:
    file = kept(book_of(row("A1"))[0], tmp_path)
    found, problems = read(Path(shutil.move(file, tmp_path / name)))
    assert ([each.lot for each in found], problems) == (["A1"], [])


@pytest.mark.parametrize("name", ["t.xls", "t.xlsx"])
@pytest.mark.parametrize("separator", [",", "\t"])
def test_text_under_the_ending_of_a_workbook(name: str, separator: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(
        separator.join(["批号", "数量"]).encode("gbk") + b"\n" + f"A1{separator}10".encode()
    )
    assert [each.lot for each in read(file)[0]] == ["A1"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "空"),
        (b"<html><table><tr><td>A1</td></tr></table></html>", "网页"),
        (b"PK\x03\x04", "坏"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
    ],
)
def test_the_remedy_fits_what_is_wrong(content: bytes, why: str, tmp_path: Path) -> None:
    file = tmp_path / "t.xls"
    file.write_bytes(content)
    (problem,) = read(file)[1]
    assert problem.rule == "workbook-unreadable"
    assert why in problem.message("zh") and "密码" not in problem.remedy("zh")


def test_an_ending_in_capitals_is_read(tmp_path: Path) -> None:
    for name in ("batches.XLSX", "Batches.csv", "batches (1).csv"):
        (tmp_path / name).touch()
    assert [each.name for each in tables_in(tmp_path)] == ["batches.XLSX"]


def test_a_blank_in_the_last_corner_is_named(tmp_path: Path) -> None:
    book, sheet = book_of(row("A1"))
    sheet["XFD1048576"] = " "
    (problem,) = read(kept(book, tmp_path))[1]
    assert problem.rule == "workbook-unreadable" and "Ctrl+End" in problem.remedy("zh")


def test_the_tables_of_further_kinds_are_read_alike(tmp_path: Path) -> None:
    """Merged days, an error and a hidden row in the table of events; a second, hidden table beside it."""
    book = openpyxl.Workbook()
    sheet = book.active
    for line in (
        ["编号", "标题", "时间"],
        ["a", "赶场（示例）", date(2026, 5, 6)],
        ["b", "收辣椒（示例）"],
        ["c", "晒（示例）"],
    ):
        sheet.append(line)
    sheet.merge_cells("C2:C3")
    sheet["C4"] = "#N/A"
    sheet["C4"].data_type = "e"
    hidden = book.copy_worksheet(sheet)
    hidden.sheet_state = "hidden"
    (tmp_path / "village").mkdir()
    (tmp_path / "products").mkdir()
    (tmp_path / "products/brand.yml").write_text("名称: 立碑村\n", "utf-8")
    kept(book, tmp_path / "village", "events.XLSX")
    gathered = gather(tmp_path)
    told = {each.rule for each in gathered.problems}
    assert {"cell-error", "cell-merged", "sheet-hidden"} <= told
    assert [str(each.at) for each in gathered.shelves["events"]][:2] == ["2026 年 5 月 6 日"] * 2


def test_a_password_is_told_as_one(tmp_path: Path) -> None:
    """Excel puts an encrypted .xlsx into a container of the old form."""
    file = tmp_path / "t.xlsx"
    file.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(500) + "EncryptedPackage".encode("utf-16-le"))
    (problem,) = read(file)[1]
    assert "有密码" in problem.message("zh") and "去掉密码" in problem.remedy("zh")
