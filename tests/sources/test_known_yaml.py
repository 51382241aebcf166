"""Two ways to a record, one meaning: a file of a known form is read as if it were the first."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiangji.problems import Report
from xiangji.records.batch import Batch
from xiangji.records.location import Location
from xiangji.sources.known_yaml import KnownYaml
from xiangji.sources.reader import read_record
from xiangji.sources.text_file import text_of
from xiangji.sources.yaml_file import parse_yaml


def told(report: Report) -> str:
    return repr((report.problems, sorted(report.lost, key=repr)))


def the_long_way(raw: bytes, path: str) -> tuple[Any, str]:
    report = Report()
    text = text_of(raw, path, report)
    node = None if text is None else parse_yaml(text, path, report)
    if text is None or (node is None and report.problems):
        return None, told(report)
    return read_record(Batch, node, report, Location(path), product="cha"), told(report)


def both(raw: bytes, path: str, known: KnownYaml) -> Batch | None:
    """The batch in a file, read by what is known and held against the long way."""
    report = Report()
    batch = known.record(Batch, raw, path, report, product="cha")
    whole, problems = the_long_way(raw, path)
    # Not by ==, which leaves out where a text begins.
    assert (repr(batch), told(report)) == (repr(whole), problems), raw.decode("utf-8", "replace")
    return batch


WHOLE = """批号: {lot}
生产日期: {day}
数量: {amount}
去向: {place}

# 备注: 抄自账本
经过:
  - 环节: 加工
    时间: {day} 07:30
    用料批次:
      - {used}
      - cha/L9
  - 环节: 包装
    时间:  {day}
检验:
- 层级: 自检
  结果: {result}
承诺依据: {basis}
备注: {remark}
"""

USUAL = {
    "lot": "L01",
    "day": "2026-03-12",
    "amount": "60 公斤",
    "place": "县城",
    "used": "cha/L1",
    "result": "合格",
    "basis": "自行检测合格",
    "remark": "今年雨水多",
}
STRANGE = (
    "未记录|暂无| |''|\"引 # 号\"|'x'|“引”|甲 # 乙|甲: 乙|甲:乙|a#b|-1|- x|[甲, 乙]|{a: b}|*x|&x|!x y|| |>|~|null"
    "|甲\u200b乙|\ufeff甲|甲\u3000|\u3000甲|甲\t乙|<<<<<<< HEAD|=======|合格|不合格|待出结果|2026-13-01|2026年3月1日"
    "|cha/L2、cha/L3|甲，乙|自行检测合格 委托检测合格|L02|1,000 只|12 罐|一\n  二|一\r二|甲 |#甲| #甲|\x85|é|𠮷|\u2028|`a|?a|:a|a:"
).split("|")
VALUES = st.one_of(st.sampled_from(STRANGE), st.text("甲乙 :#-'\"12ab,|、", min_size=1, max_size=6))
CHANGES = st.dictionaries(st.sampled_from(sorted(USUAL)), VALUES, max_size=2)


def written(changes: dict[str, str]) -> str:
    return WHOLE.format(**{**USUAL, **changes})


@given(st.lists(CHANGES, min_size=1, max_size=8))
@settings(max_examples=300, deadline=None)
def test_files_that_differ_in_values(files: list[dict[str, str]]) -> None:
    known = KnownYaml()
    for number, changes in enumerate([{}, {}, *files, {}]):
        both(written(changes).encode(), f"{number}.yml", known)


@pytest.mark.parametrize("name", USUAL)
def test_each_strange_value_in_each_place(name: str) -> None:
    known = KnownYaml()
    for number, value in enumerate([USUAL[name]] * 2 + STRANGE):
        both(written({name: value}).encode(), f"{number}.yml", known)


LINES = WHOLE.format(**USUAL).split("\n")


@st.composite
def near(draw: st.DrawFn) -> str:
    """A file in which a line or two are gone, doubled, moved to the right, or something else."""
    lines = list(LINES)
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        turned = (f"  {line}", f"{line} ", f"{line} # 话", f"- {line}", line.replace(": ", ":  "))
        others = (
            "备注: 甲",
            "  - 甲",
            "- 甲",
            "甲",
            "",
            "不认识: 甲",
            "---",
            line.replace(": ", "："),
        )
        one = st.sampled_from([[each] for each in (*turned, *others)])
        lines[at : at + 1] = draw(st.one_of(one, st.sampled_from([[], [line] * 2])))
    return "\n".join(lines)


@given(st.lists(near(), min_size=1, max_size=6))
@settings(max_examples=300, deadline=None)
def test_files_of_nearly_one_form(files: list[str]) -> None:
    known = KnownYaml()
    for number, text in enumerate([*files, *files, *files]):
        both(text.encode(), f"{number}.yml", known)


@pytest.mark.parametrize(
    "change", [lambda raw: b"\xef\xbb\xbf" + raw, lambda raw: raw.replace(b"\n", b"\r\n")]
)
def test_marks_and_newlines_of_other_systems(change: Any) -> None:
    known = KnownYaml()
    for number in range(4):
        both(change(written({"lot": f"L{number}"}).encode()), f"{number}.yml", known)
    for wrong in (b"\xff", "甲".encode("gb18030"), "甲".encode()[:2]):
        raw = change(written({"place": "PLACE"}).encode()).replace(b"PLACE", wrong)
        assert both(raw, "x.yml", known) is None


def test_a_third_file_of_a_form_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    known = KnownYaml()
    for number in range(2):
        both(written({"lot": f"L{number}"}).encode(), f"{number}.yml", known)
    report = Report()
    monkeypatch.delattr("xiangji.sources.known_yaml.read_record")
    raw = written({"lot": "L7", "place": "省城", "remark": "雨少"}).encode()
    batch = known.record(Batch, raw, "b.yml", report, product="cha")
    assert batch is not None and report == Report()
    assert (batch.key, batch.destination, batch.note) == ("cha/L7", "省城", "雨少")
    assert batch.events[0].origin.of("inputs") == Location("b.yml", 11, 7)
    assert batch.events[1].origin.of("at") == Location("b.yml", 14, 10)
    # Words that recur are one object.
    again = known.record(Batch, raw, "c.yml", report, product="cha")
    assert again is not None and again.destination is batch.destination
    with pytest.raises(NameError):  # What is to be told of is left to the long way.
        known.record(Batch, written({"result": "好"}).encode(), "d.yml", report, product="cha")
