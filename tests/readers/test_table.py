"""The batch table as spreadsheets write it: every cell keeps its text and its place."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signs import seen
from xiangji.model.location import Location
from xiangji.model.node import Mapping, Scalar, Sequence
from xiangji.problems import Problem, Report
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables.batch_table import read_batch_table
from xiangji.readers.village import gather
from xiangji.records.batch import Batch
from xiangji.rules import RULES

property_test = settings(deadline=None, max_examples=120)

words = st.text(st.sampled_from('",\n 甲乙0') | seen("L", "N"), max_size=12)


def read(text: str) -> tuple[list[Mapping], list[Problem]]:
    report = Report()
    return read_batch_table(text, "t.csv", report), report.problems


def batches(text: str) -> list[Batch | None]:
    report = Report()
    nodes = read_batch_table(text, "t.csv", report)
    found = [read_record(Batch, node, report, node.location, product="p") for node in nodes]
    assert report.problems == []
    return found


def written(rows: list[list[str]], quoting: int) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=quoting, lineterminator="\n").writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def cell_at(text: str, place: Location) -> str:
    """The cell that a spreadsheet's own reader finds at a place: nothing before it is read."""
    lines = text.split("\n")
    rest = "\n".join([lines[place.line - 1][place.column - 1 :], *lines[place.line :]])
    return next(csv.reader(io.StringIO(rest, newline="\n")), [""])[0]


@property_test
@given(
    st.lists(st.tuples(words, words, words), min_size=1, max_size=5),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_cells_keep_their_text_and_their_place(
    rows: list[tuple[str, str, str]], quoting: int
) -> None:
    """Quotes, commas and newlines inside cells; a marker before each makes it unlike any other.
    A line break is one in 备注 alone, and blanks at either end are nobody's."""
    marked = [[f"{n}{'abc'[i]}{cell}" for i, cell in enumerate(row)] for n, row in enumerate(rows)]
    text = written([["批号", "备注", "原因"], *marked], quoting)
    found, problems = read(text)
    assert problems == []
    assert len(found) == len(marked)
    for row, cells in zip(found, marked, strict=True):
        assert row.location == row.entries[0][1].location
        for (key, value), cell in zip(row.entries, cells, strict=True):
            kept = cell if key.text == "备注" else re.sub(r"\s*\n\s*", " ", cell.strip())
            assert isinstance(value, Scalar) and value.text == kept.strip()
            assert cell_at(text, value.location) == cell
            assert cell_at(text, key.location) == key.text


@property_test
@given(st.text(st.sampled_from('",\n;、批号自检加工合格2026-031 （）()e+.') | st.characters()))
def test_any_text_is_read_or_reported(text: str) -> None:
    found, problems = read(text)
    lines = text.split("\n")
    for each in problems:
        assert each.rule in RULES
        assert 1 <= each.location.line <= len(lines)
        assert 1 <= each.location.column <= len(lines[each.location.line - 1]) + 1
    for row in found:
        report = Report()
        read_record(Batch, row, report, row.location, product="p")
        assert {each.rule for each in report.problems} <= RULES.keys()


@pytest.mark.parametrize(
    "text",
    [
        "批号\n" + "1" * 200_000,
        '批号\n"' + "甲\n" * 200_000,
        "(" * 200_000 + "\n1",
        "a" + " " * 200_000 + "b\n1",
        "批号\n" + "," * 200_000,
        "批号,加工\n1," + "2026" * 40_000,
    ],
    ids=["long", "open", "brackets", "blanks", "commas", "dates"],
)
def test_a_hostile_table_is_answered(text: str) -> None:
    read(text)


def test_empty_rows_and_empty_tails_are_nothing() -> None:
    text = "批号,备注\nA1,香\n\n,\n ,　\nA2,,,\n,,,\n\n"
    assert [batch and batch.lot for batch in batches(text)] == ["A1", "A2"]


def test_no_table_at_all() -> None:
    assert read("") == ([], [])
    assert read("批号,备注\n") == ([], [])


def test_texts_stay_texts() -> None:
    lots = ["0012", "NO", "1e3", "1.10", "20251109"]
    assert [batch and batch.lot for batch in batches("批号\n" + "\n".join(lots))] == lots


def test_headers_in_both_languages_and_with_units() -> None:
    (one,) = batches("LOT, 产量（罐） ,Made On,产地(村)\nA1,２００,2026年3月12日,cun\n")
    assert one is not None
    assert (one.lot, str(one.quantity), str(one.made_on)) == ("A1", "200 罐", "2026-03-12")
    assert one.place == "cun"


def test_a_cell_under_an_inspection_or_a_step_holds_a_date_and_words() -> None:
    text = (
        "批号,自检,加工,检验\nA1,合格 2026-03-12 炒制班长,2026-03-12 07:30 糍粑辣椒 60 公斤,看过\n"
    )
    (one,) = batches(text)
    assert one is not None
    (inspection,) = one.inspections
    assert (str(inspection.result), str(inspection.checked_on)) == ("合格", "2026-03-12")
    assert inspection.signer == "炒制班长"
    assert [(str(each.kind), str(each.at), each.note) for each in one.events] == [
        ("加工", "2026 年 3 月 12 日 07:30", "糍粑辣椒 60 公斤"),
        ("检验", "None", "看过"),
    ]
    assert inspection.origin.of("signer") == Location("t.csv", 2, 4)


def test_a_lost_lot_is_one_problem_and_no_batch() -> None:
    found, problems = read("批号,数量\n2.02603E+13,200 罐\n")
    assert found == []
    assert [each.rule for each in problems] == ["table-lost-zero"]


def test_a_windows_table_with_a_byte_order_mark(tmp_path: Path) -> None:
    folder = tmp_path / "products" / "laziji"
    folder.mkdir(parents=True)
    (tmp_path / "products" / "brand.yml").write_text("名称: 立碑村\n", "utf-8")
    (folder / "product.yml").write_text("名称: 辣子鸡\n类型: 加工食品\n", "utf-8")
    (folder / "batches.csv").write_bytes('\ufeff批号,备注\r\nA1,"香\r\n辣"\r\n'.encode())
    gathered = gather(tmp_path)
    assert gathered.problems == ()
    assert [(batch.lot, batch.note) for batch in gathered.batches] == [("A1", "香\n辣")]


def test_a_quote_inside_a_cell_is_a_character() -> None:
    found, problems = read('批号,规格,原因\nA1,五"寸,甲\nA2,"五""寸,圆",乙\n')
    assert problems == []
    cells = [[(getattr(v, "text", ""), v.location.column) for _, v in row.entries] for row in found]
    assert cells == [
        [("A1", 1), ('五"寸', 4), ("甲", 8)],
        [("A2", 1), ('五"寸,圆', 4), ("乙", 13)],
    ]


def test_lists_in_one_cell() -> None:
    (one,) = batches("批号,用料批次\nA1,tuji/J1、lajiao/L2；yan/Y3\n")
    assert one is not None and one.inputs == ("tuji/J1", "lajiao/L2", "yan/Y3")


def test_the_place_of_an_inspection_is_its_cell() -> None:
    found, _ = read("批号,自检\nA1,合格\n")
    value = found[0].get("inspections")
    assert isinstance(value, Sequence)
    assert value.location == Location("t.csv", 2, 4)
