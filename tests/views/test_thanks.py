"""The page of thanks is there once somebody agreed to stand on it, and names nobody else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from built import write
from xiangji.build import Site, build
from xiangji.settings import Settings

DAY = date(2026, 11, 22)
NAME = "{用途: 姓名, 同意日期: 2026-01-01}"
THANKS = "{用途: 姓名, 用在: 感谢页, 同意日期: 2026-01-01}"
TEAM = """
- 编号: duan
  名称: 捎货小队
  类型: 配送小队
  成立: 2026-01-01
  带队: [jia]
  队员: [yi]
  人数: [{身份: 村民, 几人: 6}]
"""
STORY = """---
题目: 一只篮子
讲述人: [jia, yi]
署名: [{做什么: 摄影, 谁: [yi], 单位: [示例照相馆]}]
---
编了两天。
"""


def village(root: Path, *consents: str) -> Site:
    """A village of 竹青, who gave these consents, 柏松, who agreed to pages alone, and 桐木, who did nothing."""
    people = f"""
人物:
  - {{编号: jia, 姓名: 竹青, 同意: [{", ".join(consents)}]}}
  - {{编号: yi, 姓名: 柏松, 同意: [{NAME}]}}
  - {{编号: bing, 姓名: 桐木, 身份: [电影放映员], 同意: [{", ".join(consents)}]}}
"""
    files = {
        "products/brand.yml": "名称: 村\n伙伴: [{编号: xue, 名称: 示例学院, 角色: 校}]\n",
        "stories/people.yml": people,
        "stories/lan/story.md": STORY,
        "village/teams.yml": TEAM,
    }
    site = build(Settings(write(root, files), DAY))
    assert not site.fatal(), site.problems
    return site


def page(site: Site, address: str = "thanks/") -> str:
    return next((each.document for each in site.pages if each.address == address), "")


def test_whoever_agreed_is_thanked_and_others_are_counted(tmp_path: Path) -> None:
    site = village(tmp_path, NAME, THANKS)
    found = page(site)
    rows = dict(
        each.partition("</dt><dd>")[::2] for each in found.replace("</dd>", "<dt>").split("<dt>")
    )
    jia = '<a href="../people/jia/">竹青</a>'
    assert rows["讲故事"] == f"{jia}、另有 1 位"
    assert rows["摄影"] == "示例照相馆、另有 1 位"
    assert rows["捎货小队"] == f"{jia}、另有 5 位"
    assert rows["电影放映员"] == '<a href="../people/bing/">桐木</a>'
    assert rows["校"] == '<a href="../partners/xue/">示例学院</a>'
    assert "柏松" not in found
    assert '<a href="../thanks/">感谢</a>' in page(site, "village/")


@pytest.mark.parametrize(
    "consents",
    [
        (NAME,),
        (THANKS,),
        (NAME, "{用途: 肖像, 用在: 感谢页, 同意日期: 2026-01-01}"),
        (NAME, THANKS.replace("2026-01-01}", "2026-01-01, 有效至: 2026-06-01}")),
        (NAME, THANKS.replace("2026-01-01}", "2026-01-01, 撤回日期: 2026-06-01}")),
        (
            "{用途: 姓名, 用在: [网页, 感谢页], 同意日期: 2026-01-01}",
            "{用途: 姓名, 用在: 感谢页, 答复: 不同意, 同意日期: 2026-02-01}",
        ),
        (NAME, THANKS, "{用途: 姓名, 答复: 不同意, 同意日期: 2026-02-01}"),
    ],
    ids=["pages alone", "no page", "face", "ended", "withdrawn", "later no", "no to all"],
)
def test_without_that_consent_there_is_no_page(consents: tuple[str, ...], tmp_path: Path) -> None:
    site = village(tmp_path, *consents)
    assert page(site) == ""
    assert "thanks/" not in page(site, "village/")


def test_a_menu_may_name_it(tmp_path: Path) -> None:
    village(tmp_path, NAME, THANKS)
    config = "site_name: 村\nsite_url: https://cun.example.cn/\ndocs_dir: site_src\nnav:\n  - 感谢: thanks/index.md\n  - 首页: index.md\n"
    write(tmp_path, {"mkdocs.yml": config, "site_src/index.md": "# 家\n"})
    from xiangji.readers.config import read_settings

    settings, found = read_settings(tmp_path / "mkdocs.yml", DAY)
    site = build(settings, found)
    assert site.problems == ()
    (home,) = site.notes
    assert '<a href="thanks/"' in home.document
