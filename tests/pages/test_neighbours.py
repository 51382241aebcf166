"""Who taught whom stands on both pages; what neighbours say stands where both agreed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from built import write
from xiangji.build import build
from xiangji.library.people.teaching import TeachingIndex
from xiangji.records.person import Person
from xiangji.settings import Settings

DAY = date(2026, 11, 22)
BOTH = "同意: [{用途: 姓名, 同意日期: 2026-01-01}, {用途: 引语, 同意日期: 2026-01-01}]"
NAMED = "同意: [{用途: 姓名, 同意日期: 2026-01-01}]"
QUOTED = "同意: [{用途: 引语, 同意日期: 2026-01-01}]"


def page(root: Path, *people: str, of: str = "jia") -> str:
    """The page of somebody in a village of these people."""
    listed = "人物:\n" + "".join(f"  - {{{each}}}\n" for each in people)
    files = {"products/brand.yml": "名称: 村\n", "stories/people.yml": listed}
    site = build(Settings(write(root, files), DAY))
    assert not site.fatal(), site.problems
    return next(each.document for each in site.pages if each.address == f"people/{of}/")


@pytest.mark.parametrize("side", ["上", "下"])
def test_either_side_may_say_who_taught_whom(side: str, tmp_path: Path) -> None:
    up, down = (", 师傅: [yi]", "") if side == "上" else ("", ", 徒弟: [jia]")
    people = (f"编号: jia, 姓名: 竹青, {NAMED}{up}", f"编号: yi, 姓名: 柏松, {NAMED}{down}")
    assert '<dt>师傅</dt><dd><a href="../yi/">柏松</a></dd>' in page(tmp_path / "a", *people)
    assert '<dt>徒弟</dt><dd><a href="../jia/">竹青</a></dd>' in page(
        tmp_path / "b", *people, of="yi"
    )


def test_a_teacher_who_did_not_agree_is_counted(tmp_path: Path) -> None:
    found = page(
        tmp_path,
        f"编号: jia, 姓名: 竹青, {NAMED}, 师傅: [yi, bing]",
        "编号: yi, 姓名: 柏松, 化名: 一位师傅",
        f"编号: bing, 姓名: 桐木, {NAMED}",
    )
    assert "桐木</a>、另有 1 位没有公开姓名的人" in found
    assert "柏松" not in found and "一位师傅" not in found


@pytest.mark.parametrize(
    ("own", "other", "shown"),
    [(BOTH, BOTH, True), (BOTH, QUOTED, True), (BOTH, NAMED, False), (NAMED, BOTH, False)],
    ids=["both", "alias", "not the neighbour", "not the person"],
)
def test_a_statement_needs_both(own: str, other: str, shown: bool, tmp_path: Path) -> None:
    said = "乡邻见证: [{谁说的: yi, 原话: 他的篮子装鸡蛋不碎。, 哪天: 2026-03-01}]"
    found = page(
        tmp_path,
        f"编号: jia, 姓名: 竹青, {own}, {said}",
        f"编号: yi, 姓名: 柏松, 化名: 一位邻居, {other}",
    )
    assert ("他的篮子装鸡蛋不碎。" in found) is shown
    assert ("2026 年 3 月 1 日" in found) is shown
    if shown and other is QUOTED:
        assert "一位邻居" in found and "柏松" not in found


def test_every_circle_is_found_once() -> None:
    rows = {"a": "b", "b": "c", "c": "a", "d": "d", "e": "a", "f": "g"}
    people = {k: Person(id=k, name=k, taught=(v,)) for k, v in rows.items()}
    people["f"] = Person(id="f", name="f", taught=("g", "h"), taught_by=("e",))
    found = [frozenset(each) for each in TeachingIndex(people).circles()]
    assert sorted(map(sorted, found)) == [["a", "b", "c"], ["d"]]


def test_a_long_line_of_teachers_is_no_trouble() -> None:
    people = {str(n): Person(id=str(n), name="x", taught=(str(n + 1),)) for n in range(5_000)}
    assert not list(TeachingIndex(people).circles())
