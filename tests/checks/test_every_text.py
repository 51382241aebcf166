"""Every text that can be published is looked at: something forbidden is planted into each, and found at its place.

The fields are taken from the field tables of all installed kinds, so a new field or kind is tested as soon as it is
declared. What is no record (settings, hand-written pages, captions) is planted into the files of a village.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from built import write
from xiangji.checks import check
from xiangji.checks.wording import published
from xiangji.kinds.installed import installed_kinds
from xiangji.library import Library
from xiangji.library.batches import Batches
from xiangji.library.references import assemble
from xiangji.model.fields import (
    Choice,
    Field,
    Holds,
    ListOf,
    Nested,
    Reference,
    ValueType,
    fields_of,
)
from xiangji.model.kind import RecordKind
from xiangji.model.location import Location, Origin
from xiangji.model.value_types import LINE, PROSE
from xiangji.model.vocabularies import ConsentUse, Visibility
from xiangji.readers.config import read_settings
from xiangji.readers.village import gather
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand
from xiangji.records.person import Consent, Person
from xiangji.records.product import Product
from xiangji.records.story import Card, Story, Workshop

TODAY = date(2026, 5, 1)
PLACE = Location("planted.yml", 7, 3)
HEALS, MOST, IDENTITY = "吃了治咳嗽", "世界级", "11010519491231002X"
MOBILE, HOME = "13911112222", "县城阳光小区3栋2单元501室"
CAUTIONED = {"advert-ban", "advert-caution"}
NOT_SHOWN = frozenset({"claims", "ordinary", "lint_allow", "corrected", "cards", "accounts"})
"""Fields with evidence for other fields, with what was never true, and with ids of what is there."""


class Spot(NamedTuple):
    """A text field of a kind, with the fields that lead to it."""

    kind: RecordKind
    path: tuple[Field, ...]

    @property
    def field(self) -> Field:
        return self.path[-1]

    def __str__(self) -> str:
        return ".".join((self.kind.one, *(each.name for each in self.path)))


def spots() -> Iterator[Spot]:
    """Every text field of every kind that is no private field."""
    for kind in installed_kinds().kinds:
        yield from (Spot(kind, path) for path in paths(kind.record, ()))
    brand = replace(installed_kinds().kinds[0], name="brand", one="brand", record=Brand)
    yield from (Spot(brand, path) for path in paths(Brand, ()) if len(path) == 1)
    yield from (Spot(brand, path) for path in paths(Brand, ()) if path[0].name == "seal")


def paths(record: type[Any], before: tuple[Field, ...]) -> Iterator[tuple[Field, ...]]:
    for row in fields_of(record):
        if row.private or (row.name in NOT_SHOWN and record is not Workshop):
            continue
        if isinstance(row.item, Nested):
            yield from paths(row.item.record, (*before, row))
        elif row.item in (LINE, PROSE):
            yield (*before, row)


SPOTS = list(spots())


def made(record: type[Any], path: tuple[Field, ...], text: str) -> Any:
    """A record with `text` in the field at the end of `path`, and with examples in all fields that it must have."""
    values = {row.name: example(row) for row in fields_of(record) if row.required}
    row, *rest = path
    found = made(row.item.record, tuple(rest), text) if rest else text  # type: ignore[union-attr]
    values[row.name] = (found,) if isinstance(row.kind, ListOf) else found
    if record is Card:
        values["teller"] = "jia"
    return record(**values, origin=Origin(PLACE, {row.name: PLACE}, {row.name: PLACE}))


def example(row: Field) -> Any:
    item = row.item
    if isinstance(item, ValueType):
        found = item.parse(item.example)
    elif isinstance(item, Choice):
        found = next(iter(item.words))
    elif isinstance(item, Reference):
        found = "jia"
    else:
        some = [each for each in fields_of(item.record) if each.required]
        found = item.record(**{each.name: example(each) for each in some})
    return (found,) if isinstance(row.kind, ListOf) else found


def village(spot: Spot, text: str) -> Library:
    """A village with the text in one field. Everybody in it agreed to everything."""
    record = made(spot.kind.record, spot.path, text)
    agreed = tuple(Consent(use=use, given_on=date(2026, 1, 1)) for use in ConsentUse)
    product = Product(id="cha", name="茶", kind=next(iter(_kinds())))
    people = {"jia": Person(id="jia", name="甲", consent=agreed)}
    brand = Brand(name="村")
    library = Library(brand, people, {}, {}, {"cha": product}, Batches(), {}, {}, {})
    kind, name = spot.kind, spot.kind.name
    match record:
        case Brand():
            return replace(library, brand=record)
        case Batch():
            return replace(library, batches=Batches([replace(record, product="cha")]))
        case Product() | Story():
            return replace(library, **{name: {"x": replace(record, id="x")}})
        case Person():
            consent = () if record.alias else agreed  # Else the name is shown.
            return replace(library, people={**people, "x": replace(record, consent=consent)})
        case Workshop():
            return replace(library, workshops={"x": record})
    if kind.within is not None and kind.within.record is Brand:
        return replace(library, brand=replace(brand, **{kind.within.field: (record,)}))
    if kind.is_further:  # Some stay at home unless they say otherwise.
        shown = replace(record, visibility=Visibility.PUBLIC)
        return replace(library, shelves={name: {"x": shown}})
    return replace(library, **{name: (record,)})


def _kinds() -> Any:
    row = next(each for each in fields_of(Product) if each.name == "kind")
    assert isinstance(row.item, Choice)
    return row.item.words


def rules_at_the_place(library: Library) -> set[str]:
    found = published.check(library, TODAY)
    return {
        each.rule
        for each in found
        if each.location.path == PLACE.path and each.location.line == PLACE.line
    }


def test_there_are_many_texts() -> None:
    names = set(map(str, SPOTS))
    assert len(names) > 100
    for known in ("batch.destination", "workshop.cards.words", "person.craft", "partner.intro"):
        assert known in names, known


@pytest.mark.parametrize("spot", SPOTS, ids=str)
def test_what_is_planted_into_a_field_is_found(spot: Spot) -> None:
    assert "health-claim" in rules_at_the_place(village(spot, HEALS))
    assert "private-number" in rules_at_the_place(village(spot, IDENTITY))
    if not spot.field.unchecked:
        assert rules_at_the_place(village(spot, MOST)) & CAUTIONED
    held = spot.field.holds
    expected = held not in (Holds.TELEPHONE, Holds.NUMBER)
    assert ("private-number" in rules_at_the_place(village(spot, MOBILE))) == expected
    expected = held is not Holds.ADDRESS
    assert ("private-home" in rules_at_the_place(village(spot, HOME))) == expected


FILES = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": "名称: 立碑村\n",
    "site_src/index.md": "# 立碑村\n",
}
CARD = """题目: 茶话会
类型: 茶话会
日期: 2025-11-09
卡片:
  - {编号: k01, 主题: 家庭记忆, 证据: 口述, 讲述人: jia, 原话: 茶, 录音: media/a.mp3, 方言字幕: media/a.vtt}
"""
JIA = """人物:
  - 编号: jia
    姓名: 甲
    同意:
      - {用途: 引语, 同意日期: 2026-01-01}
      - {用途: 声音, 同意日期: 2026-01-01}
"""
ELSEWHERE = {
    "site name": ("mkdocs.yml", "site_name: {}\nsite_url: https://cun.example.cn/\n", 1),
    "description": ("mkdocs.yml", "site_name: 村\nsite_description: {}\n", 2),
    "copyright": ("mkdocs.yml", "site_name: 村\ncopyright: '{}'\n", 2),
    "extra": ("mkdocs.yml", "site_name: 村\nextra:\n  foot:\n    - 看: {}\n", 4),
    "title in the menu": ("mkdocs.yml", "site_name: 村\nnav:\n  - {}: index.md\n", 3),
    "option": ("mkdocs.yml", "site_name: 村\nplugins:\n  - xiangji:\n      hi: {}\n", 4),
    "front matter": ("site_src/a.md", "---\nsubtitle: {}\n---\n# 看\n", 2),
    "heading": ("site_src/a.md", "# {}\n", 1),
    "paragraph": ("site_src/a.md", "# 看\n\n一。\n{}\n", 4),
    "table": ("site_src/a.md", "# 看\n\n| 甲 |\n|---|\n| {} |\n", 5),
    "link title": ("site_src/a.md", '# 看\n\n[看](b.md "{}")\n', 3),
    "link text": ("site_src/a.md", "# 看\n\n[{}](b.md)\n", 3),
    "alternative text": ("site_src/a.md", "# 看\n\n![{}](b.png)\n", 3),
    "html attribute": ("site_src/a.md", "# 看\n\n<img src=b.png\n  alt='{}'>\n", 4),
    "footnote": ("site_src/a.md", "# 看[^1]\n\n[^1]: {}\n", 3),
    "story": ("stories/a/story.md", "---\n题目: 茶\n---\n\n看：{}。\n", 5),
    "caption": ("stories/cun/media/a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n{}\n", 4),
    "voice": ("stories/cun/media/a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v {}>茶\n", 4),
    "table of batches": ("products/cha/batches.csv", "批号,去向\n2026-01,{}\n", 2),
    "workshop": ("stories/cun/workshop.yml", CARD.replace("茶话会\n类", "{}\n类"), 1),
}


def problems_of(root: Path) -> list[Any]:
    library, _ = assemble(gather(root))
    settings, _ = read_settings(root / "mkdocs.yml", TODAY)
    assert library
    return list(check(library, TODAY, settings))


@pytest.mark.parametrize("place", ELSEWHERE)
def test_what_is_planted_elsewhere_is_found(place: str, tmp_path: Path) -> None:
    file, text, line = ELSEWHERE[place]
    more = {
        "products/cha/product.yml": "名称: 茶\n类型: 农产品\n",
        "stories/cun/workshop.yml": CARD,
        "stories/people.yml": JIA,
        "stories/cun/media/a.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n茶\n",
    }
    wanted = {HEALS: {"health-claim"}, MOST: CAUTIONED, IDENTITY: {"private-number"}}
    for planted, rules in wanted.items():
        root = write(tmp_path / "village", {**FILES, **more, file: text.replace("{}", planted)})
        found = {
            (each.location.path, each.location.line)
            for each in problems_of(root)
            if each.rule in rules
        }
        assert found == {(file, line)}, planted


def test_a_page_named_by_its_file_is_looked_at(tmp_path: Path) -> None:
    root = write(tmp_path / "village", {**FILES, f"site_src/{HEALS}.md": "茶。\n"})
    assert {each.rule for each in problems_of(root)} == {"health-claim"}


def test_numbers_are_found_in_code_and_in_links(tmp_path: Path) -> None:
    page = f"# 看\n\n```\n{IDENTITY}\n```\n\n[打](tel:{MOBILE})\n\n<!-- {IDENTITY} -->\n"
    root = write(tmp_path / "village", {**FILES, "site_src/a.md": page})
    found = [each.location.line for each in problems_of(root) if each.rule == "private-number"]
    assert found == [4, 7, 9]


def test_manuals_are_looked_at_for_numbers_only(tmp_path: Path) -> None:
    config = "site_name: 村\nplugins:\n  - xiangji:\n      reading: [shouce]\n"
    page = f"# 手册\n\n不能写{HEALS}。\n\n{IDENTITY}\n"
    root = write(
        tmp_path / "village", {**FILES, "mkdocs.yml": config, "site_src/shouce/a.md": page}
    )
    assert {each.rule for each in problems_of(root)} == {"private-number"}


def test_what_is_kept_back_is_not_looked_at(tmp_path: Path) -> None:
    kept = CARD.replace("原话: 茶", f"原话: {HEALS}，{IDENTITY}, 公开范围: 不公开")
    story = f"---\n题目: 茶\n草稿: 是\n---\n{HEALS}\n"
    files = {**FILES, "stories/people.yml": JIA, "stories/cun/workshop.yml": kept}
    root = write(tmp_path / "village", {**files, "stories/a/story.md": story})
    assert {each.rule for each in problems_of(root)} & {"health-claim", "private-number"} == set()


def test_a_number_of_a_channel_may_be_said_anywhere(tmp_path: Path) -> None:
    product = f"名称: 茶\n类型: 农产品\n介绍: 打 139-1111-2222\n购买方式:\n  - {{方式: 电话, 内容: '{MOBILE}'}}\n"
    table = f"批号,去向\n2026-01,打{MOBILE}\n"
    files = {**FILES, "products/cha/product.yml": product, "products/cha/batches.csv": table}
    root = write(tmp_path / "village", files)
    assert "private-number" not in {each.rule for each in problems_of(root)}
