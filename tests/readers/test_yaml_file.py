"""The YAML reader on what people and machines may hand it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from xiangji.model.fields import fields_of
from xiangji.model.location import Location
from xiangji.model.node import Mapping, Node, Scalar, Sequence
from xiangji.problems import Report, fatal
from xiangji.readers.record_reader import read_record
from xiangji.readers.text_file import INVISIBLE, read_text
from xiangji.readers.yaml.front_matter import split_front_matter
from xiangji.readers.yaml.yaml_file import parse_yaml
from xiangji.records.brand import Brand
from xiangji.records.story import Workshop
from xiangji.rules import RULES

property_test = settings(deadline=None, max_examples=120)

# What `read_text` lets through: no invisible characters, newlines as \n.
plain = st.characters(exclude_categories=["Cs"]).filter(
    lambda c: not INVISIBLE.search(c) and c not in "\r\x85"
)
yaml_like = st.text(st.sampled_from("-:：#\"'[]{}&*!|>%@`?,~ \n\t a字0\\") | plain, max_size=80)

VALID = """\
名称: 立碑村
一句话: 山里的味道
印章:
  文字: 立碑
颜色:
  主色: "#A3211B"
生产者:
  - 编号: hezuo
    名称: 立碑村合作社
    类型: 合作社
    电话: 0851-00000000
地点:
  - {编号: cun, 名称: 岩脚村, 类型: 村}
来源:
  - 编号: lunwen
    题名: 一篇论文
    类型: 论文
    网址: https://example.cn/
    查阅日期: 2026年3月12日
示例: 是
"""


@dataclass(frozen=True)
class Slip:
    """One change to a text: cut `length` characters at `start` and put `text` there."""

    start: int
    length: int
    text: str

    def apply(self, content: str) -> str:
        start = self.start % (len(content) + 1)
        return content[:start] + self.text + content[start + self.length :]


slips = st.lists(
    st.builds(
        Slip,
        st.integers(0, 10_000),
        st.integers(0, 12),
        st.sampled_from(["", "：", ":", "\t", "  ", "- ", "\n", '"', "[", "}", "&a ", "*a", "!x "])
        | yaml_like,
    ),
    min_size=1,
    max_size=4,
)


def read(text: str, first_line: int = 1) -> tuple[Node | None, Report]:
    report = Report()
    return parse_yaml(text, "f.yml", report, first_line=first_line), report


def places(node: Node | None) -> Iterator[Location]:
    if node is None:
        return
    yield node.location
    if isinstance(node, Sequence):
        for item in node.items:
            yield from places(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key.location
            yield from places(value)


def inside(location: Location, lines: list[str]) -> bool:
    """Whether a place is one that a cursor can stand on."""
    return 1 <= location.line <= len(lines) and (
        1 <= location.column <= len(lines[location.line - 1]) + 1
    )


def assert_told_well(report: Report, text: str) -> None:
    lines = text.split("\n")
    for each in report.problems:
        assert each.rule in RULES
        assert inside(each.location, lines), f"{each.location} in {text[:500]!r}"
        for language in ("zh", "en"):
            assert each.message(language).isprintable()
            assert each.remedy(language).isprintable()


@property_test
@given(yaml_like)
def test_any_text_is_read_or_reported_inside_the_file(text: str) -> None:
    node, report = read(text)
    assert all(inside(place, text.split("\n")) for place in places(node))
    assert_told_well(report, text)
    if node is None and not report.problems:
        # By the same parser: the one in Python refuses a little more than libyaml, such as `|#`.
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        assert yaml.load(text, Loader=loader) in (None, "")


@property_test
@given(st.text())
def test_characters_that_no_file_may_hold_do_not_raise_either(text: str) -> None:
    read(text)


@property_test
@given(slips)
def test_a_record_with_slips_is_read_or_reported(changes: list[Slip]) -> None:
    text = VALID
    for change in changes:
        text = change.apply(text)
    if INVISIBLE.search(text):
        return
    node, report = read(text)
    if node is not None or not report.problems:
        brand = read_record(Brand, node, report, Location("f.yml"))
        assert brand is not None or report.problems
    assert_told_well(report, text)


def test_the_record_that_is_damaged_above_is_a_good_one() -> None:
    node, report = read(VALID)
    brand = read_record(Brand, node, report, Location("f.yml"))
    assert report.problems == []
    assert brand is not None and brand.name == "立碑村" and brand.sample


@property_test
@given(st.binary(max_size=200) | yaml_like.map(str.encode))
def test_any_bytes_become_text_or_problems(tmp_path_factory: object, raw: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yml"  # type: ignore[attr-defined]
    file.write_bytes(raw)
    report = Report()
    text = read_text(file, "f.yml", report)
    # A sign that fonts do not have is told, and read.
    assert (text is None) == fatal(report.problems, strict=False)
    if text is None:
        shown = raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
        assert_told_well(report, shown)
    else:
        node, report = read(text)
        assert all(inside(place, text.split("\n")) for place in places(node))
        assert_told_well(report, text)


TRAPS = "0012 NO no Yes on off 12:30 1e3 1.10 0x1F 0o17 1_000 .5 .inf .nan null 2026-03-12 < = 八"


@pytest.mark.parametrize("text", TRAPS.split())
def test_scalars_come_back_as_written(text: str) -> None:
    node, report = read(f"- {text}\n- k: {text}\n- {text}: v\n- [{text}]\n")
    assert report.problems == []
    assert isinstance(node, Sequence)
    first, value, key, flow = node.items
    assert isinstance(first, Scalar) and first.text == text
    assert isinstance(value, Mapping) and value.get("k") == Scalar(text, Location("f.yml", 2, 6))
    assert isinstance(key, Mapping) and key.entries[0][0].text == text
    assert isinstance(flow, Sequence) and flow.items == (Scalar(text, Location("f.yml", 4, 4)),)


@property_test
@given(st.lists(st.text(plain, min_size=1, max_size=12), min_size=1, max_size=6))
def test_quoted_texts_come_back(texts: list[str]) -> None:
    quoted = "".join("- '" + each.replace("'", "''") + "'\n" for each in texts)
    if any("\n" in each for each in texts):
        return
    node, report = read(quoted)
    assert report.problems == []
    assert isinstance(node, Sequence)
    assert [getattr(item, "text", None) for item in node.items] == texts


def test_front_matter_keeps_the_lines_of_the_file() -> None:
    text = "---\n题目: 一只鸡\n卡片:\n  - ka：1\n  - 甲\n---\n# 正文\n"
    report = Report()
    parts = split_front_matter(text, "f.md", report)
    assert report.problems == []
    assert parts.facts is not None
    assert [str(place) for place in places(parts.facts)][:2] == ["f.md:2:1", "f.md:2:1"]
    assert all(inside(place, text.split("\n")) for place in places(parts.facts))
    assert (parts.text, parts.line) == ("# 正文\n", 7)


@property_test
@given(yaml_like, yaml_like)
def test_front_matter_never_raises(facts: str, body: str) -> None:
    text = f"---\n{facts}\n---\n{body}"
    report = Report()
    parts = split_front_matter(text, "f.md", report)
    assert_told_well(report, text)
    if parts.facts is not None:
        assert all(inside(place, text.split("\n")) for place in places(parts.facts))
        lines = text.split("\n")
        assert "\n".join(lines[parts.line - 1 :]) == parts.text


HOSTILE = {
    "alias bomb": "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n",
    "dashes": "- " * 300_000,
    "brackets": "[" * 300_000,
    "braces": "{a: " * 100_000,
    "questions": "? " * 200_000,
    "tag": "名称: !!python/object/apply:os.system [ls]\n",
    "local tag": "名称: !secret x\n",
    "anchor": "名称: &x y\n",
    "two documents": "名称: a\n---\n名称: b\n",
    "quote": '"' + "a" * 900_000,
    "one key": "a" * 900_000 + ": x",
    "list as key": "[a, b]: c",
    "directive": "%YAML 9.9\n---\na: b\n",
    "escape": '名称: "\\u202e\\0"\n',
    "surrogate": '名称: "\\ud800"\n',
    "same key": "a: 1\n" * 20_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_a_problem_with_a_place(text: str) -> None:
    _, report = read(text)
    assert report.problems
    assert_told_well(report, text)


def test_many_strangers_in_one_record_are_all_told(tmp_path: Path) -> None:
    text = "题目: 共创\n类型: 共创\n日期: 2025-11-09\n" + "".join(
        f"key{number}: x\n" for number in range(2_000)
    )
    node, report = read(text)
    assert read_record(Workshop, node, report, Location("f.yml")) is not None
    assert [each.rule for each in report.problems] == ["field-unknown"] * 2_000


def test_every_key_of_the_field_table_is_read() -> None:
    """English, Chinese and the other words, full width and with any blanks."""
    for row in fields_of(Brand):
        for key in (*row.keys, row.name.upper(), row.name.replace("_", " ")):
            node, report = read(f'"{key}": [' + "]\n")
            read_record(Brand, node, report, Location("f.yml"))
            assert "field-unknown" not in {each.rule for each in report.problems}, key


def test_an_empty_value_is_not_written() -> None:
    node, report = read("名称: 立碑村\n电话:\n合作社: ~\n印章: null\n一句话: ''\n")
    brand = read_record(Brand, node, report, Location("f.yml"))
    assert report.problems == []
    assert brand is not None
    assert (brand.telephone, brand.cooperative, brand.seal, brand.slogan) == (None,) * 4


def test_no_problem_of_a_folded_text_lies_outside_its_line() -> None:
    for text in (
        "|\n  名称：立碑村\n",
        '"名称：立碑村"',
        "名称：立碑村\n村：岩脚村\n",
        "'名称:甲'",
    ):
        node, report = read(text)
        assert read_record(Brand, node, report, Location("f.yml")) is None
        assert re.fullmatch(r"yaml-colon(-space)?", report.problems[0].rule)
        assert_told_well(report, text)
