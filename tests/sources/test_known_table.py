"""Two ways from a row to a batch, one meaning: by what its cells said before, and by nodes."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiangji.problems import Report
from xiangji.records.batch import Batch
from xiangji.records.location import Location
from xiangji.sources.known_table import KnownTables
from xiangji.sources.reader import read_record
from xiangji.sources.table import read_csv_table

PATH = "products/cha/batches.csv"


def told(report: Report) -> str:
    return repr((report.problems, sorted(report.lost, key=repr)))


def both(raw: bytes, known: KnownTables) -> list[Batch]:
    """The batches of a table by what is known, held against those by nodes."""
    report, whole = Report(), Report()
    batches = known.batches(raw, PATH, report, "cha")
    nodes = read_csv_table(raw, PATH, whole).nodes
    read = [read_record(Batch, node, whole, node.location, product="cha") for node in nodes]
    # Not by ==, which leaves out where a text begins.
    assert repr(batches) == repr([each for each in read if each]), raw.decode("utf-8", "replace")
    assert told(report) == told(whole), raw.decode("utf-8", "replace")
    return batches


USUAL = {
    "批号": "L01",
    "生产日期": "2026-03-12",
    "规格": "500 克装",
    "产量（罐）": "200",
    "状态": "正常",
    "用料批次": "cha/L1、cha/L2",
    "去向": "县城",
    "加工": "2026-03-12 07:30 炒制",
    "自检": "合格 2026-03-12 班长",
    "合作社检": "合格 2026-03-13",
    "备注": "雨多",
    "示例": "是",
    "序号": "1",
}
STRANGE = (
    "|/|—|无|未记录|暂无|合计|小 计|合计：|批号|批　号|批号（必填）|46093|20260312|2026-13-01|甲,乙|引\"号|甲\n乙|'12"
    "|'=1+1|12|0012|1.2E+10|3月12日|Mar-26|合格|不合格 2026-03-12|好|2026年3月12日 07:30|停售|1,000|1,000 只| 空 |“引”"
    "|合作社检|自检|加工|状态|规格|去向|备注|L02|cha/L9|~|null|NULL|甲\u3000乙|\t|否|检验|x"
).split("|")
CELLS = st.one_of(st.sampled_from(STRANGE), st.text("甲乙 12-:,\"'\n计合", max_size=5))
TITLES = st.one_of(
    st.just(list(USUAL)),
    st.permutations(list(USUAL)),
    st.lists(
        st.sampled_from(
            [*USUAL, "", "不认识", "批　号", "产量", "检验", "events", "地点", "甲(乙"]
        ),
        min_size=1,
        max_size=6,
    ),
)
CHANGES = st.dictionaries(st.integers(0, 13), CELLS, max_size=2)


def written(rows: list[list[str]], separator: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


@st.composite
def table(draw: st.DrawFn) -> bytes:
    """A header, perhaps under a title, and rows with a cell or two that are unlike the usual ones."""
    titles = draw(TITLES)
    rows = [["春茶台账"]] * draw(st.sampled_from([0, 0, 0, 1])) + [titles]
    for number, changes in enumerate(draw(st.lists(CHANGES, max_size=6))):
        row = [USUAL.get(title, "") for title in titles]
        if "批号" in titles:
            row[titles.index("批号")] = f"L{number:02}"
        for at, cell in changes.items():
            row[at : at + 1] = [cell]
        rows.append(draw(st.sampled_from([row, row, row, row, row[:-1], row[:3], titles, []])))
    separator = draw(st.sampled_from([",", ",", ";", "\t"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    end = draw(st.sampled_from(["", "", "", '"', "\n\n", "，\n", '甲"乙,"丙\n']))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
    return f"{written(rows, separator, quoting)}{end}".encode(encoding, "replace")


@given(st.lists(table(), min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_tables_of_any_kind(tables: list[bytes]) -> None:
    known = KnownTables()
    for raw in tables:
        both(raw, known)


def usual(changes: dict[str, str] | None = None, lot: str = "L01") -> list[str]:
    return list({**USUAL, "批号": lot, **(changes or {})}.values())


@pytest.mark.parametrize("title", USUAL)
def test_each_strange_cell_in_each_column(title: str) -> None:
    known = KnownTables()
    for cell in STRANGE:
        rows = [list(USUAL), usual(), usual({title: cell}, "L02"), usual(lot="L03")]
        both(written(rows).encode(), known)
        both(written([*rows[:2], [*rows[2], cell]]).encode(), known)


def test_a_row_is_found_cell_by_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    known = KnownTables()
    rows = [list(USUAL), usual(), usual(lot="L02")]
    assert len(both(written(rows).encode(), known)) == 2
    monkeypatch.delattr("xiangji.sources.known_table.read_record")
    quoted = usual({"备注": "雨多，\n晴少"}, lot="L03")
    report = Report()
    one, other = known.batches(written([*rows, quoted]).encode(), PATH, report, "cha")[1:]
    assert report == Report()
    assert (one.lot, other.lot, other.key, other.note) == ("L02", "L03", "cha/L03", "雨多，\n晴少")
    assert one.destination is other.destination
    assert str(one.quantity) == "200 罐"
    event = one.events[0]
    assert event.origin.of("note") == event.origin.location == Location(PATH, 3, 47)
    assert one.origin.of("events") == event.origin.location
    assert one.origin.of("status") == Location(PATH, 3, 27)


@pytest.mark.parametrize(
    "rows",
    [
        ["lot,variant", "L1,500", "lot,variant", "L2,500"],  # Pages pasted below each other.
        ["lot,variant", "lot (code),variant", "lot,big", "Lot,500"],
        ["批号,规格,", "L1,500,", "L2,500,话"],  # Something under no title.
        ["批号,规格", "L1,500", "L2,500,话"],
        ["批号,规格", "L1,500", "L2,500, "],
        ["批号,状态", "0012,好", "13,正常"],  # Lots are judged by all of their neighbours.
        ["批号,状态", "13,正常", "'12,正常", "A003,"],
        ["批号,规格", "合计,500", ",合计", "L1,合计", "L2,500"],
        ["批号,规格,规格", "L1,500,600"],
        ["批号,加工,加工", "L1,2026-01-01 采,2026-01-02 炒"],
        ["规格", "500"],
        ["批号,检验,", ",自检,县检", "L1,合格,合格 2026-01-01"],
        ["批号", ""],
        [],
    ],
)
def test_what_a_whole_table_decides(rows: list[str]) -> None:
    both("\n".join(rows).encode(), KnownTables())
