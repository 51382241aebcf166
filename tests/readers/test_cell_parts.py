"""What a clerk writes into one cell of an inspection or of a step, and what is read of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signs import seen
from xiangji.model.location import Location
from xiangji.model.node import Mapping, Node, Scalar
from xiangji.model.vocabularies import EventKind, InspectionLayer
from xiangji.problems import Report
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables.cell_parts import event_node, inspection_nodes
from xiangji.records.batch import Batch, Inspection, TraceEvent
from xiangji.records.lot import failed_check

PLACE = Location("t.csv", 2, 5)


def said(node: Node) -> dict[str, str]:
    assert isinstance(node, Mapping)
    found = {key.text: value.text for key, value in node.entries if isinstance(value, Scalar)}
    return {key: value for key, value in found.items() if key not in ("layer", "kind")}


def inspections(text: str) -> list[dict[str, str]]:
    report = Report()
    nodes = inspection_nodes(InspectionLayer.SELF, Scalar(text, PLACE), report)
    assert report.problems == []
    return [said(each) for each in nodes]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("合格", {"result": "合格"}),
        (
            "合格 2026-03-12 质检员",
            {"result": "合格", "checked_on": "2026-03-12", "signer": "质检员"},
        ),
        (
            "水分 12.1 % 合格 报告号 XJ-2603-001",
            {"items": "水分 12.1 %", "result": "合格", "report": "XJ-2603-001"},
        ),
        (
            "水分 12.1%（≤13%，GB 5009.3）合格 报告编号：XJ-2603-001 县质检所 2026年3月15号",
            {
                "items": "水分 12.1%（≤13%，GB 5009.3）",
                "result": "合格",
                "report": "XJ-2603-001",
                "signer": "县质检所",
                "checked_on": "2026年3月15号",
            },
        ),
        (
            "合格 2026-03-12 水分 12.1% 限值 ≤13% 县检所",
            {
                "result": "合格",
                "checked_on": "2026-03-12",
                "items": "水分 12.1% 限值 ≤13%",
                "signer": "县检所",
            },
        ),
        (
            "项目：封口、净含量；结果 合格；签字：班长",
            {"items": "封口、净含量", "result": "合格", "signer": "班长"},
        ),
        ("检验结论：不合格（霉）", {"items": "霉", "result": "不合格"}),
        ("水分12.1%合格", {"items": "水分12.1%", "result": "合格"}),
        ("passed 2026-03-12 x", {"result": "passed", "checked_on": "2026-03-12", "signer": "x"}),
    ],
)
def test_one_inspection(text: str, wanted: dict[str, str]) -> None:
    assert inspections(text) == [wanted]
    report = Report()
    [node] = inspection_nodes(InspectionLayer.SELF, Scalar(text, PLACE), report)
    assert read_record(Inspection, node, report, PLACE) and not report.problems


def test_several_inspections() -> None:
    two = inspections("水分 12.1% 合格 2026-03-12 甲；水分 15% 不合格 2026-03-15 乙")
    assert [(each["items"], each["result"], each["signer"]) for each in two] == [
        ("水分 12.1%", "合格", "甲"),
        ("水分 15%", "不合格", "乙"),
    ]
    two = inspections("合格 2026-03-12 甲，不合格 2026-03-15 乙")
    assert [each["signer"] for each in two] == ["甲", "乙"]


@pytest.mark.parametrize("text", ["还行", "2026-03-15", "开了合格证", "水分 12.1%", "不太合格吧"])
def test_without_a_result_it_is_told(text: str) -> None:
    report = Report()
    assert inspection_nodes(InspectionLayer.SELF, Scalar(text, PLACE), report) == []
    assert [each.rule for each in report.problems] == ["table-cell"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "2026-03-12 07:30 糍粑辣椒 60 公斤",
            {"at": "2026-03-12 07:30", "note": "糍粑辣椒 60 公斤"},
        ),
        ("2026年3月12号 15时30分 装袋", {"at": "2026年3月12号 15时30分", "note": "装袋"}),
        ("2026年3月12号15:30装袋", {"at": "2026年3月12号15:30", "note": "装袋"}),
        ("2026年3月12日下午3点装袋", {"at": "2026年3月12日下午3点", "note": "装袋"}),
        ("2026-03-12 30 公斤", {"at": "2026-03-12", "note": "30 公斤"}),
        (
            "2026-03-12 地点：baozhuang 数量：60 公斤 装袋",
            {"at": "2026-03-12", "place": "baozhuang", "quantity": "60 公斤", "note": "装袋"},
        ),
        (
            "地点: bz；负责：包装组；2026-03-12 7：30",
            {"at": "2026-03-12 7：30", "place": "bz", "by": "包装组"},
        ),
    ],
)
def test_a_step(text: str, wanted: dict[str, str]) -> None:
    node = event_node(EventKind.PACK, Scalar(text, PLACE))
    assert said(node) == wanted
    report = Report()
    assert read_record(TraceEvent, node, report, PLACE) and not report.problems


@given(st.text(seen("L", "N", "P", "Z"), max_size=40), st.sampled_from(["合格", "不合格"]))
def test_no_word_of_a_cell_is_lost(words: str, result: str) -> None:
    """Each letter and digit that is written stands in some part, whatever the cell says."""
    text = f"{result} 2026-03-12 {words}"
    report = Report()
    nodes = inspection_nodes(InspectionLayer.COUNTY, Scalar(text, PLACE), report)
    kept = "".join("".join(said(each).values()) for each in nodes)
    named = ("日期", "签字", "项目", "报告", "检验", "机构", "检测", "判定", "结果", "结论")
    if not report.problems and not any(each in words for each in named):
        assert sorted(filter(str.isalnum, text)) == sorted(filter(str.isalnum, kept))


@pytest.mark.parametrize(
    ("cell", "failed"),
    [
        ("水分 15% 不合格 2026-03-10 甲；水分 12.1%（≤13%） 合格 2026-03-15 甲", False),
        ("水分 15% 不合格 2026-03-10 甲；封口 合格 2026-03-15 甲", True),
        ("水分 15% 不合格 2026-03-10 甲；合格 2026-03-15 甲", True),
        ("不合格 2026-03-10 甲；合格 2026-03-15 甲", False),
        ("封口、水分 不合格 2026-03-10 甲；水分 12%、封口 合格 2026-03-15 甲", False),
    ],
)
def test_a_second_test_of_the_same_item_lifts_the_first(cell: str, failed: bool) -> None:
    """What was measured is the item; how much was found differs each time."""
    report = Report()
    nodes = inspection_nodes(InspectionLayer.SELF, Scalar(cell, PLACE), report)
    read = [read_record(Inspection, node, report, PLACE) for node in nodes]
    batch = Batch(lot="A1", inspections=tuple(each for each in read if each))
    assert report.problems == [] and len(batch.inspections) == 2
    assert (failed_check(batch) is not None) == failed
