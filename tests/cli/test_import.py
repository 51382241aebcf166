"""`xiangji import` as a clerk runs it: shows first, writes when asked, touches nothing it should not."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from built import here, run
from signs import seen
from xiangji.cli.text_table import aligned, width
from xiangji.editing.batch_files import NewBatch, differing, plan
from xiangji.editing.yaml_text import yaml_text
from xiangji.model.location import Location
from xiangji.problems import Report
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables.batch_table import Table, read_csv_table, read_table
from xiangji.readers.yaml.yaml_file import parse_yaml
from xiangji.records.batch import Batch

TABLE = "批号,生产日期,产量（只）,状态,自检,备注\nA1,46093,20,正常,合格 2026-03-12 班长,香\nA2,2026年3月13日,1套,待检,,=1+1\n"


@pytest.fixture
def village(tmp_path: Path) -> Path:
    root = tmp_path / "村"
    files = {
        "mkdocs.yml": "site_name: 立碑村\nsite_url: https://libei.example.cn/\n",
        "products/brand.yml": "名称: 立碑村\n",
        "products/zhulan/product.yml": "名称: 竹篮\n类型: 手工艺\n",
        "products/zhulan/batches.csv": "批号,生产日期,数量,状态,自检,备注\nA0,2026-03-01,5 只,正常,,旧\n",
        "products/bu/product.yml": "名称: 土布\n类型: 手工艺\n",
        "台账.csv": TABLE,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def everything(root: Path) -> dict[str, bytes]:
    return {str(f.relative_to(root)): f.read_bytes() for f in root.rglob("*") if f.is_file()}


def imported(root: Path, *words: str) -> tuple[int, str]:
    how = here if "--write" in words else run
    done = how("xiangji", "import", *words, cwd=root)
    return done.returncode, done.stdout + done.stderr


def batches(file: Path) -> dict[str, Batch]:
    report = Report()
    nodes = read_table(file, file.name, report).nodes
    found = [read_record(Batch, node, report, node.location) for node in nodes]
    assert report.problems == []
    return {each.lot: each for each in found if each}


def test_it_shows_every_row_and_writes_nothing(village: Path) -> None:
    before = everything(village)
    status, told = imported(village, "台账.csv", "--product", "zhulan")
    assert status == 0, told
    assert everything(village) == before
    lines = told.splitlines()
    assert "  第 3 列“产量” → 数量，没写单位的算“只”" in lines
    assert (
        "2   A1    2026-03-12  20 只  正常  2         ✓ 新的；生产日期 46093 → 2026-03-12" in lines
    )
    assert "3   A2    2026-03-13  1 套   待检  1         ✓ 新的" in lines
    assert "2 个新批次，还没有写。看过没有问题，再加 --write 运行一次。" in lines


def test_rows_are_added_once_and_nothing_before_them_changes(village: Path) -> None:
    file = village / "products/zhulan/batches.csv"
    before = file.read_bytes()
    assert imported(village, "台账.csv", "--product", "zhulan", "--write")[0] == 0
    after = file.read_bytes()
    rows = "A1,2026-03-12,20 只,正常,合格 2026-03-12 班长,香\nA2,2026-03-13,1 套,待检,,'=1+1\n"
    assert after == before + rows.encode()
    status, told = imported(village, "台账.csv", "--product", "zhulan", "--write")
    assert (status, file.read_bytes()) == (0, after)
    assert told.count("已经有了，不动") == 2
    assert "没有新的批次" in told
    assert batches(file)["A2"].note == "=1+1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(("separator", "newline"), [(",", "\r\n"), (";", "\n"), ("\t", "\r\n")])
def test_a_table_stays_written_as_it_was(
    village: Path, encoding: str, separator: str, newline: str
) -> None:
    file = village / "products/zhulan/batches.csv"
    text = file.read_text("utf-8").rstrip("\n").replace(",", separator).replace("\n", newline)
    file.write_bytes(text.encode(encoding))  # And its last line is not ended.
    before = file.read_bytes()
    assert imported(village, "台账.csv", "--product", "zhulan", "--write")[0] == 0
    after = file.read_bytes()
    assert after.startswith(before + newline.encode())
    assert after.count(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    assert list(batches(file)) == ["A0", "A1", "A2"]


def test_a_product_without_batches_gets_a_table_that_excel_reads(village: Path) -> None:
    assert imported(village, "台账.csv", "--product", "bu", "--write")[0] == 0
    content = (village / "products/bu/batches.csv").read_bytes()
    assert content.startswith("\ufeff批号,生产日期,数量,状态,自检,备注\r\nA1,2026-03-12,".encode())
    assert here("xiangji", "check", cwd=village).returncode == 0


def test_a_product_of_single_files_gets_single_files(village: Path) -> None:
    folder = village / "products/bu/batches"
    folder.mkdir()
    (folder / "A1.yml").write_text("批号: A1\n# 别动我\n数量: 3 匹\n", "utf-8")
    before = everything(folder)
    status, told = imported(village, "台账.csv", "--product", "bu", "--write")
    assert status == 0, told
    assert "已经有了，不动（数量和这里写的不一样）" in told or "（生产日期" in told
    assert sorted(f.name for f in folder.iterdir()) == ["A1.yml", "A2.yml"]
    assert (folder / "A1.yml").read_bytes() == before["A1.yml"]
    text = '批号: A2\n生产日期: 2026-03-13\n数量: 1 套\n状态: 待检\n备注: "=1+1"\n'
    assert (folder / "A2.yml").read_text("utf-8") == text
    assert here("xiangji", "check", cwd=village).returncode == 0


def test_a_workbook_from_anywhere(village: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["台账"], ["序号", "批号", "数量（只）"], [1, "0012", 20], ["合计", None, 20]):
        book.active.append(row)
    file = tmp_path / "我的台账.xlsx"
    book.save(file)
    status, told = imported(village, str(file), "--product", "zhulan", "--write")
    assert status == 0, told
    for words in (
        "工作表“Sheet”",
        "第 1 列“序号” → 只是序号",
        "第 4 行是合计",
        "第 1 行在表头上面",
    ):
        assert words in told
    assert batches(village / "products/zhulan/batches.csv")["0012"].lot == "0012"


WRONG = {
    "lost": ("批号,数量\n0012,2\n13,2\n", "table-lost-zero"),
    "twice": ("批号,数量\nB1,2\nb1,2\n", "duplicate-lot"),
    "case": ("批号,数量\na0,2\n", "duplicate-lot"),
    "value": ("批号,数量\nB1,2\nB2,很多\n", "value-quantity-unsure"),
    "column": ("批号,天气\nB1,晴\n", "table-header"),
    "reference": ("批号,用料批次\nB1,zhulan/没有\n", "reference-missing"),
    "meaning": ("批号,状态\nB1,召回\n", "status-reason"),
    "other": ("日期,天气\n2026-03-12,晴\n", "table-no-lot"),
}


@pytest.mark.parametrize(("table", "rule"), WRONG.values(), ids=WRONG)
def test_with_one_error_nothing_is_written(village: Path, table: str, rule: str) -> None:
    (village / "台账.csv").write_text(table, "utf-8")
    before = everything(village)
    status, told = imported(village, "台账.csv", "--product", "zhulan", "--write")
    assert status == 1
    assert f"错误 [{rule}]" in told
    assert "有错误，什么也没有写" in told
    assert everything(village) == before


def test_an_error_in_the_table_that_is_there_stops_it_too(village: Path) -> None:
    file = village / "products/zhulan/batches.csv"
    file.write_text(file.read_text("utf-8") + "A9,昨天,,,,\n", "utf-8")
    before = everything(village)
    status, told = imported(village, "台账.csv", "--product", "zhulan", "--write")
    assert status == 1
    assert "products/zhulan/batches.csv:3:4: 错误 [value-partial-date]" in told
    assert everything(village) == before


def test_errors_elsewhere_in_the_village_do_not_matter(village: Path) -> None:
    (village / "products/bu/product.yml").write_text("名称: 土布\n类型: 飞机\n", "utf-8")
    assert imported(village, "台账.csv", "--product", "zhulan", "--write")[0] == 0


def test_a_column_that_the_table_lacks_is_not_dropped(village: Path) -> None:
    file = village / "products/zhulan/batches.csv"
    file.write_text("批号,备注\nA0,旧\n", "utf-8")
    before = everything(village)
    status, told = imported(village, "台账.csv", "--product", "zhulan", "--write")
    assert status == 1
    assert "products/zhulan/batches.csv 没有这些列：生产日期、数量、状态、自检。" in told
    assert everything(village) == before


def test_a_unit_that_nobody_said_is_not_added(village: Path) -> None:
    (village / "products/zhulan/batches.csv").write_text("批号,数量（只）\nA0,5\n", "utf-8")
    (village / "台账.csv").write_text("批号,数量\nA1,20\n", "utf-8")
    before = everything(village)
    status, told = imported(village, "台账.csv", "--product", "zhulan", "--write")
    assert status == 1
    assert "批次 A1" in told
    assert everything(village) == before


def test_a_workbook_in_the_product_is_never_changed(village: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["批号", "数量"], ["A1", 20]):
        book.active.append(row)
    book.save(village / "products/bu/batches.xlsx")
    before = everything(village)
    status, told = imported(village, "台账.csv", "--product", "bu", "--write")
    assert (status, everything(village)) == (1, before)
    assert "products/bu/batches.xlsx 是表格软件的文件" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["没有.csv"], "没有这个文件"),
        (["台账.csv"], "写给哪个产品"),
        (["台账.csv", "--product", "zhulam"], "是不是想写“zhulan”？"),
        (["mkdocs.yml", "--product", "zhulan"], "只认 .csv"),
        ([], "表格"),
    ],
)
def test_wrong_use(village: Path, words: list[str], said: str) -> None:
    status, told = imported(village, *words)
    assert (status, said in told) == (2, True), told


def test_the_product_is_known_by_its_folder(village: Path) -> None:
    status, told = imported(village, "products/zhulan/batches.csv", "--write")
    assert status == 0, told
    assert "没有新的批次" in told


def test_in_english(village: Path) -> None:
    status, told = imported(village, "台账.csv", "--product", "zhulan", "--lang", "en")
    assert status == 0
    assert "2 new batch(es), not written yet" in told


# --- whatever the texts are ------------------------------------------------------------------

words = st.text(
    st.sampled_from("甲乙,;\"'=+-@#:：[]{}|>&*!%` \n。0123456789") | seen("L", "N"),
    max_size=14,
)
rows = st.lists(st.tuples(words, words, words), min_size=1, max_size=4)


def understood(table: Table) -> list[NewBatch]:
    report = Report()
    found = [
        NewBatch(row, batch)
        for row in table.rows
        if row.node
        and (batch := read_record(Batch, row.node, report, row.location, product="zhulan"))
    ]
    assert report.problems == []
    return found


def a_table(texts: list[tuple[str, str, str]]) -> Table:
    out = io.StringIO(newline="")
    content = [["批号", "原因", "备注", "加工"]]
    content += [[f"L-{n}", *cells] for n, cells in enumerate(texts)]
    csv.writer(out, lineterminator="\n").writerows(content)
    report = Report()
    table = read_csv_table(out.getvalue().encode(), "t.csv", report)
    assert report.problems == []
    return table


@settings(deadline=None, max_examples=200)
@given(rows)
def test_any_texts_survive_as_rows_and_as_files(texts: list[tuple[str, str, str]]) -> None:
    new = understood(a_table(texts))
    planned = plan(Path("/nowhere/products"), new)
    assert planned.obstacle == ""
    (addition,) = planned.additions
    report = Report()
    for node, each in zip(
        read_csv_table(addition.content, "t.csv", report).nodes, new, strict=True
    ):
        again = read_record(Batch, node, report, node.location)
        assert again is not None and differing(each.batch, again) == []
    for cells in csv.reader(io.StringIO(addition.content.decode("utf-8-sig"), newline="")):
        assert not any(cell[:1] in tuple("=+-@") for cell in cells)
    for each in new:
        assert each.row.node is not None
        text = yaml_text(Batch, each.row.node)
        again = read_record(Batch, parse_yaml(text, "t.yml", report), report, Location("t.yml"))
        assert again is not None and differing(each.batch, again) == []
    assert report.problems == []


def test_columns_stand_under_each_other() -> None:
    text = aligned([["甲", "b"], ["aaa", "乙"], ["", "c"]])
    assert text == "甲   b\naaa  乙\n     c"
    assert width("甲a") == 3


# --- a table of several products ---------------------------------------------------------------------

MIXED = "产品,批号,生产日期,数量\n竹篮,A1,2026-03-12,20 只\nbu,B1,2026-03-13,3 匹\n"


def test_each_row_of_a_mixed_table_goes_to_its_product(village: Path) -> None:
    (village / "台账.csv").write_text(MIXED, "utf-8")
    status, told = imported(village, "台账.csv", "--write")
    assert status == 0, told
    assert "写到：products/zhulan/batches.csv、products/bu/batches.csv" in told
    assert "2   zhulan  A1    2026-03-12  20 只  —     0         ✓ 新的" in told.splitlines()
    assert set(batches(village / "products/zhulan/batches.csv")) == {"A0", "A1"}
    assert (village / "products/bu/batches.csv").read_text("utf-8-sig").splitlines() == [
        "批号,生产日期,数量",
        "B1,2026-03-13,3 匹",
    ]
    assert "没有新的批次" in imported(village, "台账.csv", "--write")[1]


def test_where_there_is_a_ledger_new_rows_join_it(village: Path) -> None:
    ledger = village / "products/batches.csv"
    ledger.write_text("批号,品名,生产日期,数量\n", "utf-8")
    (village / "台账.csv").write_text(MIXED, "utf-8")
    status, told = imported(village, "台账.csv", "--write")
    assert status == 0, told
    assert ledger.read_text("utf-8") == "批号,品名,生产日期,数量\nB1,bu,2026-03-13,3 匹\n"
    assert "A1" in batches(village / "products/zhulan/batches.csv"), "its own table stays in use"
    one = "批号,数量\nB2,4 匹\n"
    (village / "台账.csv").write_text(one, "utf-8")
    assert imported(village, "台账.csv", "--product", "bu", "--write")[0] == 0
    assert ledger.read_text("utf-8").endswith("B2,bu,,4 匹\n")


@pytest.mark.parametrize(
    ("table", "words", "said"),
    [
        (MIXED.replace("竹篮", "竹筐"), (), "没有叫“竹筐”的产品"),
        (MIXED.replace("竹篮", ""), (), "没有写是哪样产品"),
        (MIXED, ("--product", "bu"), "这一行写的产品是“竹篮”"),
    ],
)
def test_a_row_without_a_known_product_stops_the_import(
    village: Path, table: str, words: tuple[str, ...], said: str
) -> None:
    (village / "台账.csv").write_text(table, "utf-8")
    before = everything(village)
    status, told = imported(village, "台账.csv", *words, "--write")
    assert (status, said in told) == (1, True), told
    assert everything(village) == before


def test_a_ledger_without_the_column_takes_no_rows(village: Path) -> None:
    (village / "products/batches.csv").write_text("批号,数量\n", "utf-8")
    (village / "台账.csv").write_text("批号,数量\nB2,4 匹\n", "utf-8")
    status, told = imported(village, "台账.csv", "--product", "bu", "--write")
    assert (status, "products/batches.csv 没有这些列：产品" in told) == (1, True), told
