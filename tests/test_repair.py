"""What `xiangji fix` mends: only what is mechanical, and never a byte beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiangji.readers.repairs import repair, repairable

ROOT = Path(__file__).parent.parent
PRODUCT = "products/laziji/product.yml"
PEOPLE = "stories/people.yml"
PROJECTS = "village/projects.yml"
STORY = "stories/laziji/story.md"
TABLE = "products/laziji/batches.csv"

VALID = {
    PRODUCT: """\
# 备注：这一行是给人看的
名称: 辣子鸡   # 全名
类型: 加工食品
介绍: |
  贮存：常温，两个空格换行\x20\x20
  网址:不在这里
  \t也留着
净含量: 500 克
规格:
  - {规格: 罐装, 价格: 58}
""",
    PEOPLE: """\
人物:
  - 编号: lao-wang
    姓名: “王二娘”
    同意:
      - {用途: 姓名, 同意日期: 2026-01-05}
""",
    PROJECTS: "项目:\n  - 编号: a\n    标题: “甲”一班\n    进展: 进行中\n    开始: 2026-03-12\n",
    STORY: "---\n题目: 一只鸡\n日期: 2026年3月12日\n---\n贮存：正文  \n名称:正文\n\t说\n",
    TABLE: "批号,生产日期,备注\nA1,2026-03-12,“好”  \n",
}

MENDED = [
    ("colon", PRODUCT, "名称：鸡\n类型: 农产品\n", "名称: 鸡\n类型: 农产品\n"),
    ("colon", PRODUCT, "名称: 鸡\n类型：农产品", "名称: 鸡\n类型: 农产品"),
    ("colon", PEOPLE, "人物：\n  - 编号：a\n    姓名: 甲\n", "人物:\n  - 编号: a\n    姓名: 甲\n"),
    ("colon", PROJECTS, "项目：\n  - 标题：甲\n", "项目:\n  - 标题: 甲\n"),
    ("colon", PROJECTS, "- 标题: 甲\n  开始：2026-03-12\n", "- 标题: 甲\n  开始: 2026-03-12\n"),
    ("digits", PROJECTS, "- 开始: ２０２６-3-1\n", "- 开始: 2026-3-1\n"),
    ("key", PROJECTS, "projects:\n  - tilte: 甲\n", "projects:\n  - title: 甲\n"),
    ("blank", PRODUCT, "名称:鸡\n类型: 农产品\n", "名称: 鸡\n类型: 农产品\n"),
    (
        "tab",
        PEOPLE,
        "人物:\n\t- 编号: a\n\t\t姓名: 甲\n",
        "人物:\n  - 编号: a\n    姓名: 甲\n",
    ),
    ("trailing", PRODUCT, "名称: 鸡  \n类型: 农产品\t\n", "名称: 鸡\n类型: 农产品\n"),
    ("hidden", PRODUCT, "名称: \u200b鸡\n类型: 农产品\n", "名称: 鸡\n类型: 农产品\n"),
    ("hidden", TABLE, "批号\n\u200bA1\n", "批号\nA1\n"),
    (
        "digits",
        STORY,
        "---\n题目: 鸡\n日期: ２０２６–3－１\n---\n",
        "---\n题目: 鸡\n日期: 2026-3-1\n---\n",
    ),
    ("digits", PRODUCT, "名称: 鸡\n类型: 农产品\n排序: ３\n", "名称: 鸡\n类型: 农产品\n排序: 3\n"),
    ("quotes", PRODUCT, "名称: 鸡\n类型: “农产品”\n", "名称: 鸡\n类型: 农产品\n"),
    (
        "quotes",
        PRODUCT,
        "名称: 鸡\n类型: 农产品\n产地: ‘cun’\n",
        "名称: 鸡\n类型: 农产品\n产地: cun\n",
    ),
    (
        "quotes",
        "products/brand.yml",
        "名称: 村\n颜色:\n  主色: “#A3211B”\n",
        '名称: 村\n颜色:\n  主色: "#A3211B"\n',
    ),
    (
        "key",
        PRODUCT,
        "名称: 鸡\n类型: 农产品\n产品标淮: 甲\n",
        "名称: 鸡\n类型: 农产品\n产品标准: 甲\n",
    ),
    ("key", PRODUCT, "nmae: 鸡\nkind: produce\n", "name: 鸡\nkind: produce\n"),
    (
        "key",
        TABLE,
        "批号,规格,生产日其\nA1,罐,2026-03-12\n",
        "批号,规格,生产日期\nA1,罐,2026-03-12\n",
    ),
]


@pytest.mark.parametrize(("kind", "path", "text", "better"), MENDED)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_slip_is_mended(
    kind: str, path: str, text: str, better: str, newline: str, mark: str
) -> None:
    text, better = (mark + each.replace("\n", newline) for each in (text, better))
    found, changes = repair(text, path)
    assert found == better
    assert {change.kind for change in changes} == {kind}
    assert repair(found, path) == (found, ())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (PRODUCT, "名称: 鸡\n类型: 农产品\n名字: 二\n"),  # Half of a word of two.
        (PRODUCT, "名称: 鸡\n类型: 农产品\n原料: 鸡\n"),
        (PRODUCT, "名称: “鸡”\n类型: 农产品\n一句话: ２０２６\n"),  # Prose is the author's.
        (PRODUCT, "名称: 鸡\n类型: “鸡肉”\n"),  # Not a word of the list, so not ours to judge.
        (PRODUCT, "名称: 鸡\n类型: 农产品\n心得：没有这个字段\n"),
        (PRODUCT, '名称: "鸡\n类型: 农产品\n'),
        (PEOPLE, "人物:\n  - 编号: a\n    姓名: 甲\n    用途: 姓名\n"),  # A lost indent.
        (TABLE, "批号,生产日\nA1,2026-03-12\n"),  # One known title alone makes no header.
        ("site_src/index.md", "名称：x\n"),
    ],
)
def test_what_is_not_sure_is_left(path: str, text: str) -> None:
    assert repair(text, path) == (text, ())


@pytest.mark.parametrize("path", VALID)
def test_a_valid_file_stays(path: str) -> None:
    assert repair(VALID[path], path) == (VALID[path], ())


def test_the_demo_stays() -> None:
    files = [
        f
        for top in ("stories", "products", "village")
        for f in (ROOT / top).rglob("*")
        if f.is_file()
    ]
    names = [name for f in files if repairable(name := f.relative_to(ROOT).as_posix())]
    assert len(names) > 10
    for name in names:
        text = (ROOT / name).read_bytes().decode()
        assert repair(text, name) == (text, ())


texts = st.text(
    st.sampled_from("名称类型日期编号:：- \t\n\r\"'“”#|>{}[],２０26–－\u200b\ufeffab"), max_size=120
)
slips = st.lists(
    st.tuples(
        st.integers(0, 500),
        st.integers(0, 3),
        st.sampled_from(["", "：", ":", "\t", " ", "“", "”", "２", "\u200b", "\n", "|", "- "]),
    ),
    max_size=4,
)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(sorted(VALID)), texts)
def test_twice_is_once_on_any_text(path: str, text: str) -> None:
    once, _ = repair(text, path)
    assert repair(once, path) == (once, ())


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(sorted(VALID)), slips)
def test_twice_is_once_on_a_broken_file(path: str, cuts: list[tuple[int, int, str]]) -> None:
    text = VALID[path]
    for start, length, put in cuts:
        at = start % (len(text) + 1)
        text = text[:at] + put + text[at + length :]
    once, changes = repair(text, path)
    assert repair(once, path) == (once, ())
    assert (once == text) == (not changes)
    assert once.count("\n") == text.count("\n")
