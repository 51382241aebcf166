"""Every record by id, and references followed both ways."""

from __future__ import annotations

from collections.abc import ValuesView
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from xiangji.checks import check
from xiangji.library import Library, unknown_names
from xiangji.library.lot_links import inputs_of
from xiangji.library.references import assemble
from xiangji.model.vocabularies import ProductKind
from xiangji.readers.gathered import Gathered
from xiangji.readers.village import gather
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand
from xiangji.records.lot import lot_key
from xiangji.records.product import Product
from xiangji.records.story import Story

FILES = {
    "products/brand.yml": "名称: 立碑村\n地点:\n  - {编号: cun, 名称: 岩脚村}\n",
    "stories/people.yml": "人物:\n  - {编号: wang, 姓名: 王二}\n  - {编号: li, 姓名: 李三}\n",
    "stories/gong/workshop.yml": """\
题目: 共创
类型: 共创
日期: 2025-11-09
卡片:
  - {编号: ka-1, 主题: 制作工艺, 证据: 口述}
  - {编号: ka-2, 主题: 制作工艺, 证据: 口述}
几种说法:
  - {编号: yi, 说法: 甲, 证据: 口述}
  - {编号: er, 说法: 乙, 证据: 口述}
""",
    "stories/ji/story.md": """\
---
题目: 一只鸡
工作坊: gong
卡片: [ka-2, ka-1]
几种说法: [er]
产品: laziji
讲述人: wang
---
""",
    "stories/rou/story.md": "---\n题目: 一块肉\n产品: laziji、tuji\n记录人: wang\n---\n",
    "products/tuji/product.yml": "名称: 土鸡\n类型: 农产品\n能工巧匠: li\n",
    "products/tuji/batches.csv": "批号,采收日期\nJ1,2026-03-01\nJ2,2026-03-02\n",
    "products/laziji/product.yml": "名称: 辣子鸡\n类型: 加工食品\n能工巧匠: wang、li\n",
    "products/laziji/batches.csv": """\
批号,生产日期,用料批次
A1,2026-03-12,tuji/J1、tuji/J2
A2,2026-03-14,tuji/J1
A3,2026-03-14,A1
A4,,
""",
    "products/laziji/batches/A5.yml": """\
批号: A5
生产日期: 2026-03-13
用料批次: tuji/J2
经过:
  - {环节: 加工, 用料批次: [tuji/J2, A1]}
""",
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    gathered = gather(tmp_path)
    library, problems = assemble(gathered)
    assert (*gathered.problems, *problems) == ()
    assert library is not None
    return library


def ids(records: tuple[object, ...]) -> list[str]:
    return [getattr(record, "id", "") or record.lot for record in records]  # type: ignore[attr-defined]


def village(*batches: Batch) -> Gathered:
    return Gathered(Brand(name="村"), (), (), (), (), batches, (), {}, (), ())


def rules(gathered: Gathered) -> list[str]:
    return [each.rule for each in assemble(gathered)[1]]


def test_stories_and_products_find_each_other(library: Library) -> None:
    assert ids(library.stories_of("laziji")) == ["ji", "rou"]
    assert ids(library.stories_of("tuji")) == ["rou"]
    assert ids(library.stories_of("nothing")) == []


def test_a_product_has_only_the_story_that_is_told_of_itself() -> None:
    """The telling of a dish once stood on the cards and sheets of the paste that goes into it."""
    library, _ = assemble(village())
    assert library is not None
    several = (
        Story(id="dish", title="一锅鸡", products=("chicken", "paste")),
        Story(id="open", title="没有写产品"),
    )
    goods = [
        Product(id=each, name=each, kind=ProductKind.PROCESSED, story=story)
        for each, story in (("chicken", "dish"), ("paste", "dish"), ("tea", "open"), ("oil", None))
    ]
    library = replace(
        library,
        stories={each.id: each for each in several},
        products={each.id: each for each in goods},
    )
    own = {each.id: library.own_story_of(each.id) for each in goods}
    assert {key: story and story.id for key, story in own.items()} == {
        "chicken": "dish",
        "paste": None,
        "tea": "open",
        "oil": None,
    }


def test_stories_and_people_find_each_other(library: Library) -> None:
    assert ids(library.stories_told_by("wang")) == ["ji", "rou"]
    assert ids(library.stories_told_by("li")) == []
    assert ids(library.products_by("li")) == ["laziji", "tuji"]
    assert ids(library.products_by("wang")) == ["laziji"]


def test_crossings_are_as_the_plainest_rule_has_them() -> None:
    """Over the village that is published with the program: whoever is named, in the order of those who name."""
    library, _ = assemble(gather(Path(__file__).parent.parent))
    assert library is not None and len(library.stories) > 3
    for person in library.people:
        told = [s for s in library.stories.values() if person in (*s.tellers, *s.recorders)]
        assert list(library.stories_told_by(person)) == told
        made = [each for each in library.products.values() if person in each.people]
        assert list(library.products_by(person)) == made
    for workshop in library.workshops:
        came = [each for each in library.stories.values() if each.workshop == workshop]
        assert list(library.stories_from(workshop)) == came
    for story in library.stories.values():
        served = [
            each
            for each in library.products.values()
            if each.id in story.products or each.story == story.id
        ]
        assert list(library.products_of(story)) == served


class Asked(dict[str, Story]):
    """A shelf that counts how often somebody went along all of it."""

    along = 0

    def values(self) -> ValuesView[Story]:
        self.along += 1
        return super().values()


def test_no_page_goes_along_all_stories_for_its_own() -> None:
    stories = Asked(
        {f"s{n}": Story(id=f"s{n}", title="甲", products=(f"p{n}",)) for n in range(50)}
    )
    library, _ = assemble(village())
    assert library is not None
    library = replace(library, stories=stories)
    before = stories.along
    for n in range(50):
        assert ids(library.stories_of(f"p{n}")) == [f"s{n}"]
        assert library.stories_told_by(f"h{n}") == library.stories_from(f"w{n}") == ()
    assert stories.along - before < 5


def test_stories_and_workshops_find_each_other(library: Library) -> None:
    assert ids(library.stories_from("gong")) == ["ji"]
    story = library.stories["ji"]
    assert ids(library.cards_of(story)) == ["ka-2", "ka-1"]
    assert ids(library.accounts_of(story)) == ["er"]
    assert library.cards_of(library.stories["rou"]) == ()


def test_the_newest_batch_comes_first_and_undated_ones_last(library: Library) -> None:
    assert ids(library.lots_of("laziji")) == ["A3", "A2", "A5", "A1", "A4"]


def test_what_went_into_a_lot_and_where_a_lot_went(library: Library) -> None:
    batches = library.batches
    assert inputs_of(batches["laziji/A1"]) == ("tuji/J1", "tuji/J2")
    assert inputs_of(batches["laziji/A5"]) == ("tuji/J2", "laziji/A1")
    assert inputs_of(batches["laziji/A4"]) == ()
    assert ids(library.used_in("tuji/J1")) == ["A1", "A2"]
    assert ids(library.used_in("laziji/A1")) == ["A3", "A5"]


def test_the_two_directions_agree(library: Library) -> None:
    forward = {(key, b.key) for key in library.batches for b in library.used_in(key)}
    backward = {(key, b.key) for b in library.batches.values() for key in inputs_of(b)}
    assert forward == backward != set()


def test_forebears_and_offspring_are_followed_all_the_way(library: Library) -> None:
    assert ids(library.ancestors("laziji/A3")) == ["A1", "J1", "J2"]
    assert ids(library.ancestors("tuji/J1")) == []
    assert ids(library.descendants("tuji/J1")) == ["A1", "A2", "A3", "A5"]
    assert ids(library.descendants("laziji/A3")) == ids(library.descendants("nothing")) == []


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14))
def test_the_two_ways_of_a_genealogy_agree(pairs: list[tuple[int, int]]) -> None:
    """Round trips too: a lot that went into itself is nobody's forebear of its own."""
    batches = [
        Batch(product="p", lot=f"L{lot}", inputs=tuple(f"L{b}" for a, b in pairs if a == lot))
        for lot in range(7)
    ]
    library, _ = assemble(village(*batches))
    assert library is not None
    up = {(each.key, far.key) for each in batches for far in library.ancestors(each.key)}
    down = {(far.key, each.key) for each in batches for far in library.descendants(each.key)}
    assert up == down
    assert all(one != other for one, other in up)
    near = {(f"p/L{a}", f"p/L{b}") for a, b in pairs if a != b}
    assert near <= up
    assert all((a, d) in up for a, b in up for c, d in up if b == c and a != d)


def test_a_lot_alone_means_the_same_product() -> None:
    assert lot_key("A1", "laziji") == "laziji/A1"
    assert lot_key("tuji/A1", "laziji") == "tuji/A1"


def test_without_a_brand_there_is_no_library() -> None:
    assert assemble(Gathered(None, (), (), (), (), (), (), {}, (), ())) == (None, ())


@pytest.mark.parametrize(
    ("one", "other", "collide"),
    [
        (("p", "A1"), ("p", "a1"), True),
        (("p", "A1"), ("p", "A1"), True),
        (("p", "A1"), ("q", "a1"), False),
        (("p", "A1"), ("p", "A-1"), False),
    ],
)
def test_lots_that_differ_by_letter_case_collide(
    one: tuple[str, str], other: tuple[str, str], collide: bool
) -> None:
    batches = [Batch(product=product, lot=lot) for product, lot in (one, other)]
    assert rules(village(*batches)) == (["duplicate-lot"] if collide else [])
    library, _ = assemble(village(*batches))
    assert library is not None and len(library.batches) == (1 if collide else 2)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14))
def test_a_cycle_is_found_just_where_one_is(pairs: list[tuple[int, int]]) -> None:
    """Against the plainest way to say it: a lot from which inputs lead back to itself."""
    inputs = {lot: tuple(f"L{b}" for a, b in pairs if a == lot) for lot in range(7)}
    batches = [Batch(product="p", lot=f"L{lot}", inputs=inputs[lot]) for lot in range(7)]
    library, problems = assemble(village(*batches))
    assert library is not None and problems == ()
    reached = {lot: {b for a, b in pairs if a == lot} for lot in range(7)}
    for _ in range(7):
        for lot in range(7):
            reached[lot] |= {far for near in reached[lot] for far in reached[near]}
    found = check(library, date(2026, 5, 1))
    assert {each.rule for each in found} <= {"input-cycle"}
    named = {dict(each.details)["lot"] for each in found}
    assert named == {f"L{lot}" for lot in range(7) if lot in reached[lot]}
    for each in found:
        path = dict(each.details)["path"].split(" → ")
        assert path[0] == path[-1]
        assert all((int(a[3:]), int(b[3:])) in pairs for a, b in pairwise(path))


def test_a_long_chain_of_lots_is_followed() -> None:
    chain = [Batch(product="p", lot=f"L{n}", inputs=(f"L{n + 1}",)) for n in range(1_500)]
    library, _ = assemble(village(*chain, Batch(product="p", lot="L1500")))
    assert library is not None
    assert check(library, date(2026, 5, 1)) == ()


def test_many_mistakes_are_each_told_and_the_names_looked_through_a_limited_number_of_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def nearest(word: str, names: list[str]) -> str | None:
        asked.append(word)
        return names[0]

    monkeypatch.setattr(unknown_names, "nearest", nearest)
    batches = [Batch(product="p", lot=f"L{n}", inputs=(f"X{n}", "X0", "X0")) for n in range(300)]
    problems = assemble(village(*batches))[1]
    assert len(problems) == 900
    assert asked == [f"X{n}" for n in range(unknown_names._GUESS_LIMIT)]
    assert "是不是想写" in str(dict(problems[0].details)["near"])
    assert len({dict(each.details)["known"] for each in problems}) == 1
