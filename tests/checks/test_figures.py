"""Figures in sentences: what does not add up is found, and nobody is accused whose figures do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from xiangji.checks.figures.groups import wrong_sums
from xiangji.checks.figures.shares import may_have_shares, wrong_shares
from xiangji.checks.figures.tables import wrong_cells
from xiangji.checks.wording.text_folding import fold

SENTENCES = yaml.safe_load((Path(__file__).parent / "figures.yml").read_text("utf-8"))
TODAY = date(2026, 5, 1)


def found(text: str) -> list[str]:
    folded = fold(text)
    shares = wrong_shares(folded.text) if may_have_shares(text) else ()
    return [
        folded.words(each.start, each.end) for each in (*shares, *wrong_sums(folded.text, TODAY))
    ]


@pytest.mark.parametrize("text", SENTENCES["adds_up"] + SENTENCES["fresh_adds_up"])
def test_who_adds_up_is_not_accused(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", SENTENCES["does_not"] + SENTENCES["fresh_does_not"])
def test_what_does_not_add_up_is_found(text: str) -> None:
    assert found(text) != []


@settings(deadline=None)
@given(st.integers(2, 2000), st.data())
def test_a_share_is_right_rounded_or_cut_off_to_any_digits(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(1, whole))
    places = data.draw(st.integers(0, 2))
    exact = Decimal(part) / whole * 100
    down = int(exact * 10**places) / Decimal(10**places)
    for share in (round(exact, places), down):
        assert found(f"全村 {whole} 户里有 {part} 户养鸡，占 {share:f}%。") == []
    if places:
        return
    for off in (2, 7):
        wrong = int(exact) + off
        assert found(f"全村 {whole} 户里有 {part} 户养鸡，占 {wrong}%。") != []


@settings(deadline=None)
@given(st.integers(1, 500), st.integers(1, 500), st.integers(0, 30))
def test_votes_are_held_against_those_who_came(for_: int, against: int, more: int) -> None:
    there = for_ + against + more
    assert found(f"到会 {there} 人，同意 {for_} 票，反对 {against} 票。") == []
    assert found(f"到会 {for_ + against - 1} 人，同意 {for_} 票，反对 {against} 票。") != []


@pytest.mark.parametrize(
    "text",
    ["全村120户里有90户种辣椒,占80%", "全村１２０户里有９０户种辣椒，占８０％", "全村一百二十户里有九十户种辣椒，占百分之八十",
     "全村 120 戶裡有 90 戶種辣椒，佔 80%", "全村 **120 户** 里有 90 户种辣椒，占 80%"],
)  # fmt: skip
def test_however_it_is_written(text: str) -> None:
    assert found(text) != []


HONEST_TABLES = [
    "| 年 | 全村收入 | 增长率 |\n|---|---|---|\n| 2024 | 120 | 20% |\n",
    "| 组 | 户数 | 入社 | 占比 |\n|---|---|---|---|\n| 一 | 40 | 30 | 75% |\n| 二 | 3 | 2 | 66% |\n| 三 | 3 | 2 | 67% |\n",
    "| 用途 | 金额 | 占比 |\n|---|---|---|\n| 冷库 | 3 | 75% |\n| 包装 | 1 | 25% |\n| 合计 | 4 | 100% |\n",
    "组 | 户数\n--- | ---\n一 | 40 户\n二 | 50 户\n合计 | 90 户\n",
    "| 组 | 户数 |\n|---|---|\n| 一 | 40 |\n| 二 | 未记录 |\n| 合计 | 90 |\n",
    "| 组 | 户数 |\n|---|---|\n| 一 | 40 |\n| 小计 | 40 |\n| 二 | 50 |\n| 合计 | 90 |\n",
    "| 品名 | 价格 |\n|---|---|\n| 甲 | 10 |\n| 乙 | 20 |\n| 合计 | 15 |\n",
    "| 项目 | 含量 | NRV% |\n|---|---|---|\n| 能量 | 1183 千焦 | 14% |\n| 脂肪 | 22 克 | 37% |\n",
    "| | |\n|---|---|\n",
    "|---|---|\n",
]  # fmt: skip


@pytest.mark.parametrize("text", HONEST_TABLES)
def test_an_honest_table_is_left_alone(text: str) -> None:
    assert list(wrong_cells(text)) == []


def test_a_cell_is_told_where_it_stands() -> None:
    text = "头\n\n组 | 户数\n--- | ---\n一 | 40\n二 | 50\n合计 | **95**\n"
    (cell,) = wrong_cells(text)
    assert text[cell.at :].startswith("**95**") and cell.right == "90"
