"""Indicators are counted from records; small numbers are not told, nor can they be had by subtraction."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from built import write
from xiangji.build import Site, build
from xiangji.kinds.counted.computed import COUNTERS, Computed
from xiangji.model.headcount import FEW, withheld
from xiangji.settings import Settings

DAY = date(2026, 11, 22)
PEOPLE = """
人物:
  - {编号: jia, 姓名: 竹青, 同意: [{用途: 姓名, 同意日期: 2026-01-01}, {用途: 引语, 同意日期: 2026-01-01}]}
  - {编号: yi, 姓名: 柏松, 同意: [{用途: 姓名, 同意日期: 2026-01-01}]}
"""
SERVICES = """编号,哪天,做了什么,类型,帮到几户,帮到几人,公开范围
a,2025-03-01,摘辣椒,下乡助农,11,20,
b,2026-03-01,摘辣椒,下乡助农,9,14,
c,2026-04-01,走访,走访,3,4,
d,2026-05-01,走访,走访,50,60,不公开
"""
TYPED = "类别: 社会\n  单位: 户\n  怎么数: 翻收购单\n"


def village(root: Path, indicators: str, **more: str) -> Site:
    files = {
        "products/brand.yml": "名称: 山上人家\n",
        "stories/people.yml": PEOPLE,
        "village/services.csv": SERVICES,
        "village/indicators.yml": indicators,
    } | more
    site = build(Settings(write(root, files), DAY))
    assert not site.fatal(), site.problems
    return site


def page(site: Site, address: str) -> str:
    return next((each.document for each in site.pages if each.address == address), "")


def whole(site: Site) -> str:
    """Every byte of text of a site."""
    pages = [each.document for each in site.pages]
    return "\n".join(
        [*pages, *(each.content.decode("utf-8", "replace") for each in site.artifacts)]
    )


def values(site: Site, key: str = "a") -> dict[int, str]:
    """The numbers of an indicator by year, as data."""
    (file,) = (each for each in site.artifacts if each.uri == "data/indicators.json")
    rows = {each["id"]: each for each in json.loads(file.content)["indicators"]}
    return {each["year"]: each.get("value", "") for each in rows[key].get("values", ())}


def computed(what: str) -> str:
    return f"- 编号: a\n  名称: 数一数\n  类别: 社会\n  自己数: {what}\n"


def typed(key: str, *numbers: tuple[int, int], more: str = "") -> str:
    rows = "".join(f"    - {{哪年: {year}, 数: {each}, 谁数的: 会计}}\n" for year, each in numbers)
    return f"- 编号: {key}\n  名称: 指标{key}\n  {TYPED}{more}  数值:\n{rows}"


def test_numbers_are_counted_from_public_records_and_small_ones_are_not_in_them(
    tmp_path: Path,
) -> None:
    site = village(tmp_path, computed("服务帮到的户次"))
    assert values(site) == {2025: "11", 2026: "9"}
    told = page(site, "indicators/a/")
    assert "另有 1 次各不到 5" in told
    assert '<a href="../../services/">从“服务”的 3 条记录里数出来' in told


def test_a_year_of_small_numbers_alone_is_not_told(tmp_path: Path) -> None:
    site = village(
        tmp_path,
        computed("服务帮到的户次"),
        **{"village/services.csv": SERVICES.replace(",9,", ",2,")},
    )
    assert values(site)[2026] == ""
    assert "不写出来" in page(site, "indicators/a/")


def test_what_is_typed_beside_what_is_counted_is_not_published(tmp_path: Path) -> None:
    site = village(tmp_path, computed("服务帮到的户次") + "  数值: [{哪年: 2026, 数: 8761}]\n")
    assert values(site)[2026] == "9"
    assert "8761" not in whole(site)
    assert [each.rule for each in site.problems] == ["indicator-differs"]


@pytest.mark.parametrize("word", list(Computed), ids=lambda word: word.key)
def test_each_count_is_documented_and_counts_nothing_in_an_empty_village(
    word: Computed, tmp_path: Path
) -> None:
    counter = COUNTERS[word]
    assert counter.unit and counter.how
    site = village(
        tmp_path,
        computed(str(word)),
        **{"village/services.csv": "编号,哪天,做了什么,类型\n", "stories/people.yml": "人物: []\n"},
    )
    assert values(site) == {}
    assert "未测" in page(site, "impact/")


def test_a_small_number_is_in_no_byte(tmp_path: Path) -> None:
    site = village(tmp_path, typed("a", (2025, 40), (2026, 3)))
    assert values(site) == {2025: "40", 2026: ""}
    assert page(site, "impact/").count("不写出来") >= 1


def test_a_part_that_leaves_a_small_rest_is_in_no_byte(tmp_path: Path) -> None:
    more = typed("b", (2026, 8758), more="  属于: a\n") + typed("c", (2026, 21), more="  属于: b\n")
    site = village(tmp_path, typed("a", (2026, 8761)) + more)
    assert values(site) == {2026: "8761"}
    assert values(site, "b") == {2026: ""}
    assert values(site, "c") == {2026: "21"}
    assert "8758" not in whole(site).replace(",", "")


@pytest.mark.parametrize(("asked", "shown"), [(12, True), (4, False), (0, False)])
def test_a_mark_of_few_people_is_not_told(asked: int, shown: bool, tmp_path: Path) -> None:
    size = f", 问了几人: {asked}" if asked else ""
    mark = f"  几分制: 5\n  数值: [{{哪年: 2026, 数: 3.71717{size}, 谁数的: 小组}}]\n"
    site = village(tmp_path, f"- 编号: a\n  名称: 有没有用\n  {TYPED}{mark}")
    assert ("3.71717" in whole(site)) is shown
    assert (f"问了 {asked} 人" in page(site, "indicators/a/")) is shown


def test_words_stand_there_only_if_whoever_said_them_agreed(tmp_path: Path) -> None:
    said = "  农户怎么说:\n    - {谁说的: jia, 原话: 钱来得早了些。}\n    - {谁说的: yi, 原话: 竹子比往年难卖。}\n"
    site = village(tmp_path, typed("a", (2026, 40)) + said)
    for address in ("indicators/a/", "impact/"):
        assert "钱来得早了些" in page(site, address)
    assert "竹子比往年难卖" not in whole(site)


def test_a_private_indicator_is_nowhere(tmp_path: Path) -> None:
    site = village(tmp_path, typed("a", (2026, 8761), more="  公开范围: 不公开\n"))
    assert "8761" not in whole(site) and page(site, "impact/") == ""


SIZES = st.integers(0, 60).map(Decimal)


@given(st.lists(st.tuples(SIZES, st.integers(0, 6)), min_size=1, max_size=9))
def test_an_attack_by_subtraction_finds_nothing(cells: list[tuple[Decimal, int]]) -> None:
    """Number `i` is a part of an earlier number. Whatever is told, less any told parts, is no small number."""
    above = {at: parent for at, (_, parent) in enumerate(cells) if parent < at}
    sizes = {at: size for at, (size, _) in enumerate(cells)}
    inside: dict[int, list[int]] = {}
    for at in sizes:
        for whole_of in _chain(above, at):
            inside.setdefault(whole_of, []).append(at)
    hidden = withheld(sizes, inside)
    told = {at: size for at, size in sizes.items() if at not in hidden}
    for at, size in told.items():
        parts = [told[each] for each in inside.get(at, ()) if each in told]
        for count in range(len(parts) + 1):
            for some in combinations(parts, count):
                assert not 0 < size - sum(some) < FEW
    assert {at for at, size in sizes.items() if 0 < size < FEW} <= hidden


def _chain(above: dict[int, int], at: int) -> Iterator[int]:
    while at in above:
        at = above[at]
        yield at


def test_no_more_is_withheld_than_has_to_be() -> None:
    sizes = {"whole": Decimal(40), "a": Decimal(20), "b": Decimal(12), "c": Decimal(8)}
    assert withheld(sizes, {"whole": "abc"}) == set()
    sizes["c"] = Decimal(5)
    assert withheld(sizes, {"whole": "abc"}) == {"c"}


def test_a_chart_has_a_title_a_description_and_one_indicator(tmp_path: Path) -> None:
    income = (
        typed("a", (2025, 410), (2026, 520)).replace("单位: 户", "单位: 元").replace("社会", "经济")
    )
    turnover = (
        income.replace("编号: a", "编号: b").replace("指标a", "营业额").replace("410", "99000")
    )
    document = page(village(tmp_path, income + turnover), "impact/")
    drawings = re.findall(r"<svg class=\"bars\".*?</svg>", document, re.DOTALL)
    assert len(drawings) == 1
    assert "99000" not in drawings[0].replace(",", "")
    title, description = re.findall(r"<(?:title|desc) id=\"([^\"]+)\"", drawings[0])
    assert f'aria-labelledby="{title} {description}"' in drawings[0]
    assert "2025 年 410 元；2026 年 520 元" in drawings[0]
    assert "<script" not in document.partition("<main")[2].partition("</main>")[0]
