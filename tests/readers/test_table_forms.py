"""One table, written in every way that WPS, Excel and a clerk's hand write it, says one thing."""

from __future__ import annotations

import csv
import io
import string
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signs import seen
from xiangji.editing.batch_files import differing
from xiangji.model.fields import is_absent
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import BatchStatus
from xiangji.problems import Problem, Report
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables.batch_table import Table, read_csv_table
from xiangji.readers.tables.cell_value import guarded
from xiangji.records.batch import Batch

property_test = settings(deadline=None, max_examples=150)

ENCODINGS = ("utf-8", "utf-8-sig", "gb18030")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
DATES = {
    "iso": str,
    "slash": lambda day: f"{day.year}/{day.month}/{day.day}",
    "chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "wide": lambda day: f"{day.year}年{day.month}月{day.day}日".translate(WIDE),
    "serial": lambda day: str((day - date(1899, 12, 30)).days),
    "bare": lambda day: day.strftime("%Y%m%d"),
}
HEADER = ["批号", "生产日期", "数量（罐）", "状态", "原因", "备注"]

# A letter first, so that no lot looks like a number; what spreadsheets do to numbers has its own test.
lots = st.from_regex(r"[A-Z][A-Za-z0-9_-]{0,8}", fullmatch=True)
days = st.dates(date(1960, 1, 1), date(2090, 1, 1))
texts = st.text(st.sampled_from("甲乙,;\"'=+-@、。（）a1 ") | seen("L"), max_size=9)


@st.composite
def batch(draw: st.DrawFn) -> Batch:
    def words() -> str | None:
        text = draw(texts).strip()
        return f"话{text}" if text in ("-", "--") or is_absent(text) else text

    number, unit = draw(st.integers(1, 99_999)), draw(st.sampled_from(["罐", "公斤"]))
    made_on = draw(st.none() | days)
    status = draw(st.none() | st.sampled_from(list(BatchStatus)))
    quantity = draw(st.none() | st.just(Quantity(Decimal(number), unit)))
    return Batch(
        lot=draw(lots),
        made_on=made_on,
        quantity=quantity,
        status=status,
        reason=words(),
        note=words(),
    )


def cells(one: Batch, dates: str, draw: st.DataObject) -> list[str]:
    """A batch as a clerk would write it: units where the header has them, or not; absence in words."""

    def absent(*more: str) -> str:
        return draw.draw(st.sampled_from(["", " ", "/", "—", "-", *more]))

    amount = absent("无", "不详")
    if one.quantity:
        number = str(one.quantity.value)
        thousands = f"{one.quantity.value:,}"
        number = draw.draw(st.sampled_from([number, number.translate(WIDE), thousands]))
        bare = one.quantity.unit == "罐" and draw.draw(st.booleans())
        amount = number if bare else f"{number}{one.quantity.unit}"
    return [
        one.lot,
        DATES[dates](one.made_on) if one.made_on else absent("未记录", "无"),
        amount,
        str(one.status) if one.status else absent("未记录", "无"),
        guarded(one.reason or ""),
        guarded(one.note or ""),
    ]


def written(rows: list[list[str]], separator: str = ",", newline: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=newline).writerows(rows)
    return out.getvalue()


def read(content: str | bytes) -> tuple[Table, list[Batch], list[Problem]]:
    report = Report()
    raw = content if isinstance(content, bytes) else content.encode()
    table = read_csv_table(raw, "t.csv", report)
    found = [read_record(Batch, node, report, node.location) for node in table.nodes]
    return table, [each for each in found if each], report.problems


def rules(content: str | bytes) -> list[str]:
    return [each.rule for each in read(content)[2]]


@property_test
@given(
    st.lists(batch(), min_size=1, max_size=4, unique_by=lambda each: each.lot.lower()),
    st.sampled_from(ENCODINGS),
    st.sampled_from(",;\t"),
    st.sampled_from(["\r\n", "\n"]),
    st.sampled_from(list(DATES)),
    st.data(),
)
def test_any_batches_in_any_form_read_back(
    batches: list[Batch],
    encoding: str,
    separator: str,
    newline: str,
    dates: str,
    draw: st.DataObject,
) -> None:
    rows = [HEADER, *(cells(each, dates, draw) for each in batches)]
    if draw.draw(st.booleans()):
        rows.insert(0, ["立碑村 生产台账", *[""] * 5])
        rows += [HEADER, ["合计", "", "1,234", "", "", ""], [""] * 6]
    content = written(rows, separator, newline).encode(encoding)
    table, found, problems = read(content)
    assert problems == []
    assert [each.lot for each in found] == [each.lot for each in batches]
    for one, other in zip(batches, found, strict=True):
        assert differing(one, other) == []
    assert table.form.separator == separator
    plain = content.isascii() and encoding == "gb18030"
    assert table.form.encoding == ("utf-8" if plain else encoding)


@property_test
@given(st.binary(max_size=300) | texts.map(lambda text: text.encode("gb18030", "replace")))
def test_any_bytes_are_read_or_reported(tail: bytes) -> None:
    for head in (b"", "批号,备注\n".encode(), "批号;备注\n".encode("gb18030")):
        table, found, problems = read(head + tail)
        assert len(found) <= len(table.rows)
        for each in problems:
            assert each.message("zh") and each.location.line >= 1
    _, found, problems = read("批号,备注\nA1,".encode() + tail)
    assert found or problems


@pytest.mark.parametrize(
    ("title", "cell", "meant"),
    [
        ("生产日期", "46093", "2026-03-12"),
        ("生产日期", "46093.5", "2026-03-12"),
        ("生产日期", "20000", "1954-10-03"),
        ("生产日期", "20260312", "2026-03-12"),
        ("出栏日期", "４６０９３", "2026-03-12"),
    ],
)
def test_a_serial_date_is_a_date_and_is_told(title: str, cell: str, meant: str) -> None:
    table, (one,), problems = read(f"批号,{title}\nA1,{cell}\n")
    assert problems == []
    assert str(one.dated) == meant
    (change,) = table.rows[0].changes
    assert (change.title, change.written, change.meant) == (title, cell, meant)


@pytest.mark.parametrize("cell", ["19999", "12", "73051", "99999", "20261312", "4609"])
def test_a_number_that_is_no_day_is_refused(cell: str) -> None:
    rule = "value-date-impossible" if len(cell) == 8 else "value-partial-date"
    assert rules(f"批号,生产日期\nA1,{cell}\n") == [rule]


@pytest.mark.parametrize(
    ("lots", "lost"),
    [
        (["0012", "13"], ["13"]),
        (["2026-03A", "2026-03B", "12"], ["12"]),
        (["2.02603E+13"], ["2.02603E+13"]),
        (["2026-03A", "1E+05"], ["1E+05"]),
        (["Mar-26", "12-Mar", "2026年3月"], ["Mar-26", "12-Mar", "2026年3月"]),
        (["0012", "1013", "20260401"], []),
        (["0012", "'13"], []),
        (["'13", "14"], []),
        (["1", "2", "13"], []),
        (["A1", "20260401"], []),
        (["2.02603E+13", "20260401"], ["2.02603E+13"]),
    ],
)
def test_a_lot_that_lost_its_zeros_is_refused(lots: list[str], lost: list[str]) -> None:
    _, found, problems = read("批号,备注\n" + "".join(f"{lot},香\n" for lot in lots))
    assert {each.rule for each in problems} == ({"table-lost-zero"} if lost else set())
    assert [dict(each.details)["value"] for each in problems] == lost
    kept = [lot.removeprefix("'") for lot in lots if lot not in lost]
    assert [each.lot for each in found] == kept


@pytest.mark.parametrize(
    ("header", "cell", "meant"),
    [
        ("产量（罐）", "200", "200 罐"),
        ("产量(单位：罐)", "1,200", "1200 罐"),
        ("数量（罐）", "20公斤", "20 公斤"),
        ("数量（必填）", "200", "200"),
        ("数量（罐）", "２００", "200 罐"),
        ("数 量 （罐）", "200", "200 罐"),
        ("数量", "1,200 罐", "1200 罐"),
        ("产\n量", "200", "200"),
    ],
)
def test_units_come_from_the_cell_or_from_the_header(header: str, cell: str, meant: str) -> None:
    _, (one,), problems = read(written([["批号", header], ["A1", cell]]))
    assert problems == []
    assert str(one.quantity) == meant


def test_a_stroke_or_a_word_for_nothing_is_nothing() -> None:
    rows = [
        ["批号", "生产日期", "数量", "状态", "自检", "加工", "用料批次", "去向", "备注"],
        ["A1", "/", "-", "无", "无", "—", "无", "/", "无"],
        ["A2", "不详", "未记录", "－", "不详", "/", "/", "——", "无添加"],
    ]
    _, (one, two), problems = read(written(rows))
    assert problems == []
    for each in (one, two):
        assert (each.made_on, each.quantity, each.status, each.destination) == (None,) * 4
        assert (each.inspections, each.events, each.inputs) == ((), (), ())
    assert (one.note, two.note) == ("无", "无添加")


def test_a_stroke_for_a_lot_is_a_missing_lot() -> None:
    assert rules("批号,数量\n/,20\n-,30\n") == ["field-missing", "field-missing"]


def test_no_reason_is_not_a_reason() -> None:
    _, (one,), _ = read("批号,状态,原因\nA1,停售,/\n")
    assert one.reason is None


def test_line_breaks_in_cells() -> None:
    rows = [
        ["批号", "去向", "用料批次", "自检", "加工", "备注"],
        [
            "A1",
            "赶场\n摊位",
            "tuji/J1\nyan/Y2",
            "合格\n2026-03-12\n班长",
            "2026-03-12\n斩块",
            "一\n二",
        ],
    ]
    _, (one,), problems = read(written(rows))
    assert problems == []
    assert (one.destination, one.inputs, one.note) == ("赶场 摊位", ("tuji/J1", "yan/Y2"), "一\n二")
    assert (one.inspections[0].signer, one.events[0].note) == ("班长", "斩块")


def test_titles_sums_and_repeated_headers_are_passed_over_and_told() -> None:
    rows = [
        ["立碑村辣子鸡台账", "", ""],
        ["2026 年 3 月", "", ""],
        ["批号", "数量", "备注"],
        ["A1", "20 罐", "香"],
        ["小 计", "20 罐", ""],
        ["批号", "数量", "备注"],
        ["A2", "30 罐", "合计"],
        ["", "合计", "50"],
        ["", "", ""],
    ]
    table, found, problems = read(written(rows))
    assert problems == []
    assert [each.lot for each in found] == ["A1", "A2"]
    told = [(each.line, each.why) for each in table.skipped]
    assert told == [(1, "title"), (2, "title"), (5, "sum"), (6, "header"), (8, "sum")]


def test_two_header_rows_of_merged_cells() -> None:
    rows = [
        ["批号", "生产日期", "检验", "", "备注"],
        ["", "", "自检", "县检", ""],
        ["A1", "2026-03-12", "合格", "待出结果", "香"],
    ]
    _, (one,), problems = read(written(rows))
    assert problems == []
    assert [str(each.layer) for each in one.inspections] == ["自检", "县检"]
    assert one.events == ()


def test_a_header_below_the_fifth_row_is_not_looked_for() -> None:
    rows = [[f"说明 {n}", ""] for n in range(5)] + [["批号", "数量"], ["A1", "2"]]
    assert "table-no-lot" in rules(written(rows))


def test_a_lot_alone_is_a_table() -> None:
    _, found, problems = read("批号\nA1\n")
    assert (problems, [each.lot for each in found]) == ([], ["A1"])


def test_what_would_run_in_a_spreadsheet_is_kept_and_does_not_run() -> None:
    for text in ("=1+1", "+86", "-甲", "@x", "'=1", "＝甲"):
        assert guarded(text)[0] == "'"
        _, (one,), problems = read(written([["批号", "备注"], ["A1", guarded(text)]]))
        assert (problems, one.note) == ([], text)
    assert guarded("甲=乙") == "甲=乙"


def test_half_a_table_in_another_encoding_is_refused() -> None:
    half = "批号,备注\nA1,香\n".encode("gb18030") + "A2,辣味\n".encode()
    assert rules(half) == ["file-encoding"]
    assert rules("天气,心情\n晴,好\n".encode("gb18030")) == ["file-encoding"]
    assert rules("批号,备注\nA1,香\n".encode("utf-16")) == ["file-encoding"]


def test_a_table_of_something_else_is_told_in_a_few_words() -> None:
    content = (
        ",".join(f"{letter}{n}" for letter in string.ascii_letters for n in range(900)) + "\nx\n"
    )
    assert len(rules(content)) < 30


def test_where_a_cell_stands_with_other_separators() -> None:
    for separator in ";\t":
        report: Any = Report()
        text = written([["批号", "备注", "状态"], ["A1", f'香{separator}"辣"', "好"]], separator)
        table = read_csv_table(text.encode("gb18030"), "t.csv", report)
        (node,) = table.nodes
        assert read_record(Batch, node, report, node.location) is not None
        (problem,) = report.problems
        assert (problem.rule, problem.location.line, problem.location.column) == (
            "value-choice",
            2,
            14,
        )
