"""Workbooks: what they hold as texts, numbers and dates, and no crash."""

from __future__ import annotations

import base64
import os
import time
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from signs import seen
from xiangji.editing.batch_files import differing
from xiangji.model.value_types import QUANTITY
from xiangji.problems import Problem, Report
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables import workbook
from xiangji.readers.tables.batch_table import Table, read_table
from xiangji.readers.village import gather
from xiangji.records.batch import Batch

CASES = Path(__file__).parent.parent / "cases"


def save(file: Path, **sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file


def read(file: Path) -> tuple[Table, list[Batch], list[Problem]]:
    report = Report()
    table = read_table(file, file.name, report)
    found = [read_record(Batch, node, report, node.location) for node in table.nodes]
    return table, [each for each in found if each], report.problems


def rules(file: Path) -> list[str]:
    return [each.rule for each in read(file)[2]]


lots = st.from_regex(r"[A-Z0-9][A-Za-z0-9_-]{0,8}", fullmatch=True)
texts = st.text(st.sampled_from("甲乙,;\"'（）a1 ") | seen("Lo"), min_size=1, max_size=9)


@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            lots, st.dates(date(1960, 1, 1), date(2090, 1, 1)), st.integers(1, 99_999), texts
        ),
        min_size=1,
        max_size=5,
        unique_by=lambda each: each[0].lower(),
    ),
    st.booleans(),
    st.booleans(),
)
def test_batches_in_a_workbook_read_back(
    tmp_path: Path, rows: list[tuple[str, date, int, str]], titled: bool, as_text: bool
) -> None:
    """Lots as texts; days as dates or texts; bare numbers under a header with a unit. Lots are made
    of digits too: a text cell has lost nothing, and its neighbours are not held against it."""
    content: list[list[Any]] = [["批号", "生产日期", "产量（罐）", "备注"]]
    if titled:
        content.insert(0, ["台账"])
    content += [
        [f"A{lot}", str(day) if as_text else day, number, f"话{note}"]
        for lot, day, number, note in rows
    ]
    _, found, problems = read(save(tmp_path / "t.xlsx", 批次=content))
    assert problems == []
    assert len(found) == len(rows)
    for (lot, day, number, note), one in zip(rows, found, strict=True):
        quantity = QUANTITY.parse(f"{number} 罐")
        meant = Batch(lot=f"A{lot}", made_on=day, quantity=quantity, note=f"话{note}".rstrip())
        assert differing(meant, one) == []


def test_places_are_the_row_and_the_column(tmp_path: Path) -> None:
    rows = [["台账"], [], ["批号", "状态"], ["A1", "正常"], ["A2", "好"]]
    (problem,) = read(save(tmp_path / "t.xlsx", 批次=rows))[2]
    assert str(problem.location) == "t.xlsx:5:2"


def test_what_a_workbook_holds(tmp_path: Path) -> None:
    rows = [
        ["批号", "采收日期", "数量", "加工", "示例", "备注", "规格"],
        ["0012", 46093, 1.5, datetime(2026, 3, 12, 7, 30), True, "一\n二", 500],
    ]
    _, (one,), problems = read(save(tmp_path / "t.xlsx", 批次=rows))
    assert problems == []
    assert (one.lot, str(one.harvested_on), str(one.quantity)) == ("0012", "2026-03-12", "1.5")
    assert (str(one.events[0].at), one.sample) == ("2026 年 3 月 12 日 07:30", True)
    assert (one.note, one.variant) == ("一\n二", "500")


def test_merged_cells_and_the_sheet_with_the_header(tmp_path: Path) -> None:
    file = save(tmp_path / "t.xlsx", 说明=[["怎么填这张表"]], 批次=[["台账", None, None]], 空=[])
    book = openpyxl.load_workbook(file)
    sheet = book["批次"]
    sheet.merge_cells("A1:C1")
    for row in (["批号", "检验", None], [None, "自检", "县检"], ["A1", "合格", "合格"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:C2")
    book.save(file)
    table, (one,), problems = read(file)
    assert (problems, table.sheet) == ([], "批次")
    assert [str(each.layer) for each in one.inspections] == ["自检", "县检"]


@pytest.mark.parametrize("lot", [12, 20260312, 2.02603e13, date(2026, 3, 1)])
def test_a_lot_that_is_no_text_is_refused(tmp_path: Path, lot: object) -> None:
    file = save(tmp_path / "t.xlsx", 批次=[["批号", "数量"], [lot, 2], ["A2", 2]])
    _, found, problems = read(file)
    assert [each.rule for each in problems] == ["table-number-code"]
    assert [each.lot for each in found] == ["A2"]


def test_two_tables_in_one_workbook(tmp_path: Path) -> None:
    rows = [["批号", "数量"], ["A1", 2]]
    assert rules(save(tmp_path / "t.xlsx", 一月=rows, 二月=rows)) == ["table-sheets"]


def test_a_workbook_beside_the_table(tmp_path: Path) -> None:
    folder = tmp_path / "products" / "zhulan"
    folder.mkdir(parents=True)
    (tmp_path / "products" / "brand.yml").write_text("名称: 立碑村\n", "utf-8")
    (folder / "product.yml").write_text("名称: 竹篮\n类型: 手工艺\n", "utf-8")
    (folder / "batches.csv").write_text("批号\nA1\n", "utf-8")
    save(folder / "batches.xlsx", 批次=[["批号", "数量"], ["A2", 2]])
    save(folder / "~$batches.xlsx", 批次=[["批号", "数量"], ["A3", 2]])
    gathered = gather(tmp_path)
    assert gathered.problems == ()
    assert [each.lot for each in gathered.batches] == ["A1", "A2"]
    assert "products/zhulan/batches.xlsx" in gathered.files


# --- hostile workbooks -----------------------------------------------------------------------


def corner(file: Path) -> Path:
    """A workbook of a kilobyte with a cell in the last corner of its sheet."""
    content = yaml.safe_load((CASES / "workbook-unreadable.yml").read_text("utf-8"))["files"]
    (data,) = (each["base64"] for each in content.values() if isinstance(each, dict))
    file.write_bytes(base64.b64decode(data))
    return file


def test_a_cell_in_the_last_corner_ends_another_process(tmp_path: Path) -> None:
    begun = time.monotonic()
    assert rules(corner(tmp_path / "t.xlsx")) == ["workbook-unreadable"]
    assert time.monotonic() - begun < 15


def test_a_sheet_that_unpacks_without_end(tmp_path: Path) -> None:
    file = corner(tmp_path / "t.xlsx")
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if "sheet1" in name:
                begins, ends = text.split(b"<row", 1)[0], b"</sheetData></worksheet>"
                text = (
                    begins + b'<row><c t="str"><v>' + b"A" * 120_000_000 + b"</v></c></row>" + ends
                )
            new.writestr(name, text)
    assert bomb.stat().st_size < 1_000_000
    begun = time.monotonic()
    assert rules(bomb) == ["workbook-unreadable"]
    assert time.monotonic() - begun < workbook._SECONDS + 5


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"<html><table><tr><td>A1</td></tr></table></html>",
        b"\xd0\xcf\x11\xe0" * 99,
    ],
    ids=["empty", "zip", "html", "ole"],
)
@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes, ending: str) -> None:
    file = tmp_path / f"t{ending}"
    file.write_bytes(content)
    assert rules(file) == ["workbook-unreadable"]


def test_a_workbook_too_large_is_not_opened(tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    file.touch()
    os.truncate(file, workbook.LARGEST + 1)
    assert rules(file) == ["file-size"]


def test_hidden_characters_are_told_with_their_cell(tmp_path: Path) -> None:
    file = save(tmp_path / "t.xlsx", 批次=[["批号", "备注"], ["A1", "香\u202e辣"]])
    (problem,) = read(file)[2]
    assert (problem.rule, str(problem.location)) == ("yaml-character", "t.xlsx:2:2")
