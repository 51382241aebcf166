"""The consent report agrees with what the site shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from xiangji.appearances.found import appearing, restored
from xiangji.consent import AppearancePlace, ConsentEntry, consent_report
from xiangji.disclosure import disclose
from xiangji.library import Library
from xiangji.library.references import assemble
from xiangji.readers.village import gather
from xiangji.settings import Settings

TODAY = date(2026, 5, 1)

FILES = {
    "products/brand.yml": "名称: 立碑村\n",
    "products/laziji/product.yml": "名称: 辣子鸡\n类型: 加工食品\n能工巧匠: [jia, ding]\n",
    "products/laziji/batches.csv": "批号,生产日期\nA1,2026-01-02\nA2,2026-02-02\nA3,2026-04-02\n",
    "stories/people.yml": """\
人物:
  - 编号: jia
    姓名: 甲
    同意:
      - {用途: 姓名, 同意日期: 2026-01-01}
      - {用途: 引语, 同意日期: 2026-01-01, 有效至: 2026-06-01}
  - 编号: yi
    姓名: 乙
    化名: 一位老人
    同意:
      - {用途: 引语, 同意日期: 2026-01-01}
  - {编号: bing, 姓名: 丙}
  - 编号: ding
    姓名: 丁
    同意:
      - {用途: 姓名, 同意日期: 2026-01-01, 撤回日期: 2026-03-01, 同意人: 监护人}
      - {用途: 引语, 同意日期: 2025-01-01, 有效至: 2026-01-01}
""",
    "stories/laziji/workshop.yml": """\
题目: 共创
类型: 共创
日期: 2025-11-09
卡片:
  - {编号: ka-1, 主题: 制作工艺, 证据: 口述, 讲述人: jia, 原话: 先放盐。}
  - {编号: ka-2, 主题: 制作工艺, 证据: 口述, 讲述人: yi, 原话: 再放糖。}
  - {编号: ka-3, 主题: 制作工艺, 证据: 口述, 讲述人: ding, 原话: 后放醋。}
""",
    "stories/laziji/story.md": "---\n题目: 鸡\n工作坊: laziji\n卡片: [ka-1]\n讲述人: [jia, yi]\n---\n",
    "stories/caogao/story.md": "---\n题目: 草稿\n讲述人: bing\n草稿: 是\n---\n",
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for name, text in FILES.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    library, problems = assemble(gather(tmp_path))
    assert library is not None and not problems
    return library


def report(library: Library) -> tuple[ConsentEntry, ...]:
    settings = Settings(Path("/nowhere"), TODAY)
    before = appearing(restored(library, TODAY), settings)
    return consent_report(library, TODAY, appearing(library, settings), before)


@pytest.fixture
def entries(library: Library) -> dict[str, ConsentEntry]:
    return {each.id: each for each in report(library)}


def spots(entry: ConsentEntry) -> list[str]:
    return [f"{each.spot.address} {each.spot.part}" for each in entry.appears]


EVERYWHERE = {"data/catalogue.json", "people/", "search/index.json", "search/text-1.json"}
"""Lists and data, which hold whoever has a page."""


def own(found: Iterable[AppearancePlace]) -> list[str]:
    """The pages that are about something, and how somebody appears there."""
    kept = (each for each in found if each.address not in EVERYWHERE)
    return [f"{each.address} {each.part}" for each in kept]


def test_who_appears_where(entries: dict[str, ConsentEntry]) -> None:
    assert own(each.spot for each in entries["jia"].appears) == [
        "people/jia/ 个人页",
        "people/jia/ 引语",
        "products/laziji/ 能工巧匠",
        "shop/makers/ 写到名字",
        "stories/laziji/ 讲述人",
        "workshops/laziji/ 引语",
        "workshops/laziji/ 讲述人",
    ]
    grounds = {each.spot.part: each.ground for each in entries["jia"].appears}
    assert grounds["讲述人"] and grounds["讲述人"].given_on == date(2026, 1, 1)
    assert grounds["引语"] and grounds["引语"].expires_on == date(2026, 6, 1)


def test_without_a_name_the_alias_is_the_ground(entries: dict[str, ConsentEntry]) -> None:
    tellers = [each for each in entries["yi"].appears if each.spot.part == "讲述人"]
    assert {(each.shown_as, each.ground) for each in tellers} == {("一位老人", None)}
    assert all(each.ground for each in entries["yi"].appears if each.spot.part == "引语")


def test_a_draft_is_nowhere(entries: dict[str, ConsentEntry]) -> None:
    assert entries["bing"].appears == ()


def test_what_ends(entries: dict[str, ConsentEntry]) -> None:
    (soon,) = entries["jia"].soon
    assert own(soon.spots) == [
        "people/jia/ 引语",
        "workshops/laziji/ 引语",
    ]
    (expired,) = entries["ding"].expired
    assert expired.consent.expires_on == date(2026, 1, 1)
    assert own(expired.spots) == ["people/ding/ 引语", "workshops/laziji/ 引语"]


def test_a_withdrawal_tells_where_and_what_may_be_printed(entries: dict[str, ConsentEntry]) -> None:
    (gone,) = entries["ding"].withdrawn
    assert own(gone.spots) == [
        "people/ding/ 个人页",
        "products/laziji/ 能工巧匠",
        "shop/makers/ 写到名字",
        "workshops/laziji/ 讲述人",
    ]
    assert sorted(gone.printed) == ["laziji/A1", "laziji/A2"]


def test_a_new_consent_ends_the_warning(library: Library) -> None:
    jia = library.people["jia"]
    again = replace(jia.consent[1], given_on=date(2026, 4, 1), expires_on=None)
    people = {**library.people, "jia": replace(jia, consent=(*jia.consent, again))}
    entry = report(replace(library, people=people))[0]
    assert entry.soon == ()


def test_every_name_on_the_site_has_a_ground(library: Library) -> None:
    shown = disclose(library, TODAY)
    for entry in report(library):
        named = shown.people[entry.id].name == entry.name
        assert all(
            each.ground is not None for each in entry.appears if named or each.spot.part == "引语"
        )
