"""Turns: stated, reproducible and fair, from the rule to the report."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from built import here, run, write
from xiangji.catalogue.rotation import rotated, turned, week_of

ITEMS = st.lists(st.tuples(st.sampled_from("abcde"), st.integers(0, 9)), max_size=30)


def owner(item: tuple[str, int]) -> str:
    return item[0]


def test_weeks_begin_on_monday() -> None:
    assert week_of(date(2024, 1, 1)) == 0
    assert week_of(date(2024, 1, 7)) == 0
    assert week_of(date(2024, 1, 8)) == 1
    assert week_of(date(2023, 12, 31)) == -1


@given(ITEMS, st.integers(-500, 5000))
def test_nothing_is_lost_and_own_order_is_kept(items: list[tuple[str, int]], week: int) -> None:
    shown = rotated(items, owner, week)
    assert Counter(shown) == Counter(items)
    for maker in {owner(item) for item in items}:
        assert [i for i in shown if owner(i) == maker] == [i for i in items if owner(i) == maker]


@given(ITEMS.filter(bool), st.integers(0, 5000))
def test_every_maker_is_first_once_in_a_round(items: list[tuple[str, int]], week: int) -> None:
    makers = {owner(item) for item in items}
    firsts = [owner(rotated(items, owner, week + step)[0]) for step in range(len(makers))]
    assert sorted(firsts) == sorted(makers)


@given(ITEMS.filter(bool), st.integers(0, 5000))
def test_nobody_comes_twice_before_everybody_came_once(
    items: list[tuple[str, int]], week: int
) -> None:
    makers = {owner(item) for item in items}
    opening = [owner(item) for item in rotated(items, owner, week)[: len(makers)]]
    assert len(set(opening)) == len(makers)


def test_turned_takes_nothing_away() -> None:
    assert turned("abc", 4) == ("b", "c", "a")
    assert turned("", 4) == ()


PRODUCT = "名称: {name}\n类型: 手工艺\n类别: {shelf}\n生产者: {maker}\n"
VILLAGE = {
    "mkdocs.yml": "site_name: 立碑\nsite_url: https://libei.example.cn/\n",
    "products/brand.yml": (
        "名称: 立碑\n生产者:\n"
        "  - {编号: a, 名称: 甲家, 类型: 农户}\n"
        "  - {编号: b, 名称: 乙家, 类型: 农户}\n"
        "  - {编号: c, 名称: =丙家, 类型: 农户}\n"
    ),
    "products/a1/product.yml": PRODUCT.format(name="甲一", shelf="竹编", maker="a"),
    "products/a2/product.yml": PRODUCT.format(name="甲二", shelf="竹编", maker="a"),
    "products/b1/product.yml": PRODUCT.format(name="乙一", shelf="竹编", maker="b"),
    "products/c1/product.yml": PRODUCT.format(name="丙一", shelf="蜡染", maker="c"),
    "products/c2/product.yml": PRODUCT.format(name="丙二", shelf="蜡染", maker="c")
    + "不上架: 是\n",
}


def order(root: Path, day: date) -> list[str]:
    """The names on the crafts tab, as built on a day."""
    out = root / "out"
    done = here("xiangji", "build", "--host", "none", "--out", out, "--date", day, cwd=root)
    assert done.returncode == 0, done.stderr
    text = (out / "shop" / "crafts" / "index.html").read_text("utf-8")
    names = [piece.partition("</b>")[0] for piece in text.split('<a class="good')[1:]]
    return [name.rpartition("<b>")[2] for name in names]


def test_the_page_follows_the_rule_and_the_report_counts_the_page(tmp_path: Path) -> None:
    root = write(tmp_path / "v", VILLAGE)
    begin = date(2026, 11, 23)
    pages = [order(root, begin + timedelta(weeks=week)) for week in range(4)]
    assert sorted(pages[0]) == ["丙一", "乙一", "甲一", "甲二"]
    assert pages[0] != pages[1], "the turn is seen on the page"
    report = run(
        "xiangji",
        "report",
        "exposure",
        "--weeks",
        "4",
        "--format",
        "json",
        "--date",
        begin,
        cwd=root,
    )
    rows = {(each["shelf"], each["maker"]): each for each in json.loads(report.stdout)}
    tops = Counter(page[0][0] for page in pages)
    assert {row["maker"].lstrip("=")[0]: row["top"] for row in rows.values() if row["top"]} == dict(
        tops
    )
    bamboo = [next(name for name in page if name[0] in "甲乙")[0] for page in pages]
    assert rows["竹编", "甲家"]["first"] == bamboo.count("甲")
    assert rows["竹编", "乙家"]["first"] == bamboo.count("乙") == 2
    assert rows["竹编", "甲家"]["goods"] == 2
    assert rows["蜡染", "=丙家"]["goods"] == 1


def test_the_report_in_words_and_as_a_table(tmp_path: Path) -> None:
    root = write(tmp_path / "v", VILLAGE)
    text = here("xiangji", "report", "exposure", "--date", "2026-11-23", cwd=root).stdout
    assert "52 周" in text and "轮流的规矩" in text and "甲家" in text
    english = here(
        "xiangji", "--lang", "en", "report", "exposure", "--date", "2026-11-23", cwd=root
    )
    assert "first of the tab" in english.stdout
    table = run(
        "xiangji", "report", "exposure", "--format", "csv", "--date", "2026-11-23", cwd=root
    )
    assert table.stdout.startswith("\ufeff栏目,")
    assert "'=丙家" in table.stdout, "a name is no formula"


def test_the_report_of_a_broken_village_is_its_problems(tmp_path: Path) -> None:
    root = write(tmp_path / "v", {**VILLAGE, "products/b1/product.yml": "名称: [\n"})
    done = run("xiangji", "report", "exposure", cwd=root)
    assert done.returncode == 1
    assert "products/b1/product.yml" in done.stderr
