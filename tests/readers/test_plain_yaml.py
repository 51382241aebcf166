"""Two ways to read YAML, one meaning: what the quick one reads, the whole parser reads alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from built import ROOT
from village import write_village
from xiangji.model.node import Node
from xiangji.problems import Report
from xiangji.readers.yaml.plain_yaml import read_plain, says_nothing
from xiangji.readers.yaml.whole_yaml import parse_whole


def both(text: str, shift: int = 0) -> Node | None:
    """The node of the quick reader, held against the other's, places and all."""
    quick = read_plain(text, "f.yml", shift)
    if quick is not None:
        report = Report()
        whole = parse_whole(text, "f.yml", report, first_line=shift + 1)
        assert report.problems == [], text
        # Not by ==, which leaves out where a text begins.
        assert repr(whole) == repr(quick), text
    return quick


NAMES = st.sampled_from(["批号", "经过", "a", "b-c", "环节（一）", "k1", "是", "x y", "-", "12"])
VALUES = st.one_of(
    st.sampled_from(
        "正常|2026-03-01 07:30|12个月|a:b|a: b|a #b|a#b|# b|-1|- x|'单'|\"双\"|'it''s'|\"a\\n\"|\"# x: y\""
        "|' 空 '|''|[a, b]|{a: b}|*x|&x y|!!str x|| |>|?|? x|@a|%a|`a|a:|：|“引”|~|null|a  b|a\t|---|...|,a|= x"
        "|http://a.cn/b#c|\u3000全角|全角\u3000|\u2003a|é|𠮷|'a' b|\"a\" b|a 'b'|<<|:a".split("|")
    ),
    st.text("甲乙 :#-'\"12ab,|", min_size=1, max_size=6),
)
BLANKS = st.sampled_from(["", "", "", "  ", "  ", "    ", "      ", " "])
DASHES = st.sampled_from(["", "", "", "- ", "- ", "-", "-  ", "- - "])
FORMS = [
    "{n}: {v}",
    "{n}: {v}",
    "{n}:",
    "{n}: {v} ",
    "{v}",
    "",
    "# {v}",
    "  # {v}",
    "{n}:  {v}",
    "{n}: {v} # {v}",
    "{n}: # {v}",
    "{n}: {v}# {v}",
    "{n} : {v}",
    "{n}:{v}",
]


@pytest.mark.parametrize(
    "text", ["批号: \u3000全角", "批号: \u3000", "- \u3000全角", "批号: 全\u3000角"]
)
def test_a_wide_space_is_where_the_other_reader_sees_it(text: str) -> None:
    both(text)


@st.composite
def line(draw: st.DrawFn) -> str:
    form = draw(st.sampled_from(FORMS)).format(n=draw(NAMES), v=draw(VALUES))
    return draw(BLANKS) + draw(DASHES) + form


@given(st.lists(line(), max_size=9).map("\n".join), st.sampled_from(["", "\n", "\n\n"]))
@settings(max_examples=3000, deadline=None)
def test_lines_of_any_form(text: str, end: str) -> None:
    both(text + end)


REMARKS = ("", "", "   # 话：- [")


def block(indent: int, value: object) -> str:
    """Nested lists and dicts as people write them."""
    blank = " " * indent
    if isinstance(value, dict):
        return "".join(
            f"{blank}{name}: {each}{REMARKS[len(each) % 3]}\n"
            if isinstance(each, str)
            else f"{blank}{name}:\n{block(indent + 2, each)}"
            for name, each in value.items()
        )
    assert isinstance(value, list)
    pieces = (
        f"{blank}  {each}\n" if isinstance(each, str) else block(indent + 2, each) for each in value
    )
    return "".join(f"{blank}- {piece[indent + 2 :]}" for piece in pieces)


PLAIN = st.sampled_from(
    ["正常", "2026-03-01 07:30", "a:b", "a#b", "'单: 引'", '"双 # 引"', "60 公斤"]
)
WRITTEN = st.sampled_from(["批号", "经过", "a", "b-c", "k1", "环节（一）"])
TREES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.lists(
            st.one_of(PLAIN, st.dictionaries(WRITTEN, inner, min_size=1, max_size=3)),
            min_size=1,
            max_size=3,
        ),
        st.dictionaries(WRITTEN, inner, min_size=1, max_size=4),
    ),
    max_leaves=12,
)


@given(st.dictionaries(WRITTEN, TREES, min_size=1, max_size=5), st.integers(0, 3))
@settings(deadline=None)
def test_what_people_write_is_read_the_quick_way(tree: dict[str, object], shift: int) -> None:
    assert both(block(0, tree), shift) is not None


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 2\n",
        "a: |\n  b\n",
        "a: b\n c: d\n",
        "a: b\n  c\n",
        "- a\nb: c\n",
        "a: &x b\n",
        "---\na: b\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_parser(text: str) -> None:
    """Doubles and mistakes above all: the messages are the parser's."""
    assert read_plain(text, "f.yml", 0) is None


def test_real_files_are_read_alike(tmp_path: Path) -> None:
    write_village(tmp_path, products=4, batches=40, makers=3, stories=2)
    made = [both(each.read_text("utf-8")) for each in tmp_path.rglob("*.yml")]
    assert made.count(None) <= 1, "nearly all are of the plain form"
    for each in (*ROOT.glob("products/**/*.yml"), *ROOT.glob("stories/**/*.yml")):
        both(each.read_text("utf-8"))


def test_a_list_may_stand_under_its_name() -> None:
    assert both("a:\n- b\n- c: d\n  e: f\ng: h\n") is not None


@given(st.text(alphabet="# \n\t甲:-'\"|>%&*\u3000\ufeff\r", max_size=24))
def test_remarks_alone_are_nothing_for_both(text: str) -> None:
    if says_nothing(text):
        report = Report()
        assert parse_whole(text, "f.yml", report) is None
        assert report.problems == []


@pytest.mark.parametrize("text", ["", "\n", "# 以后再写\n", "  # 一\n\n#二", "   "])
def test_remarks_alone_need_no_parser(text: str) -> None:
    assert says_nothing(text)
