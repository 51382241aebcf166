"""People and partners are counted by the words that a vocabulary offers, each of which is a list."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from built import write
from xiangji.build import Site, build
from xiangji.settings import Settings

NAMED = "同意: [{用途: 姓名, 同意日期: 2026-01-01}]"
PEOPLE = f"""
人物:
  - {{编号: jia, 姓名: 竹青, 身份: [翻译, 讲述人], {NAMED}}}
  - {{编号: yi, 姓名: 柏松, 身份: [讲述人, 打更人], {NAMED}}}
  - {{编号: bing, 姓名: 桐木, 身份: [讲述人, 主播]}}
"""
BRAND = """
名称: 村
伙伴:
  - {编号: a, 名称: 示例学院, 角色: 校, 类型: 高校}
  - {编号: b, 名称: 示例剧团, 角色: 社, 类型: 剧团}
"""


def made(root: Path, people: str = PEOPLE) -> Site:
    site = build(
        Settings(
            write(root, {"products/brand.yml": BRAND, "stories/people.yml": people}),
            date(2026, 11, 22),
        )
    )
    assert not site.fatal(), site.problems
    return site


def texts(site: Site) -> dict[str, str]:
    every = [*site.pages, *site.artifacts]
    return {
        each.address: each.content.decode("utf-8", "ignore")
        for each in every
        if each.address.startswith(("people/", "partners/"))
    }


def test_each_role_that_somebody_shows_is_a_list(tmp_path: Path) -> None:
    found = texts(made(tmp_path))
    (line,) = re.findall(r"身份：(.*?)</p>", found["people/"])
    assert line == (
        '<a href="-/roles/teller/">讲述人 2 位</a>、<a href="-/roles/translator/">翻译 1 位</a>、打更人 1 位'
    )
    teller = next(text for at, text in found.items() if at.startswith("people/-/roles/teller/"))
    assert "竹青" in teller and "柏松" in teller and "<h1" in teller
    assert not [at for at in found if "streamer" in at], "whoever is not named is not counted"
    assert "桐木" not in "".join(found.values())


def test_partners_are_listed_by_form(tmp_path: Path) -> None:
    found = texts(made(tmp_path))
    assert '<a href="-/form/university/">高校 1 家</a>、剧团 1 家' in found["partners/"]
    assert [at for at in found if at.startswith("partners/-/form/university/")]


def test_nobody_has_no_counts(tmp_path: Path) -> None:
    found = texts(made(tmp_path, "人物: [{编号: bing, 姓名: 桐木, 身份: [讲述人]}]\n"))
    assert not [at for at in found if at.startswith("people/-/")]
