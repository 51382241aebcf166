"""Credits: who did what stands at the foot of the work and on the page of whoever did it, as far as each agreed."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from built import write
from xiangji.build import build
from xiangji.model.location import Location
from xiangji.pages import notes
from xiangji.records.person import PERSON_ROLE
from xiangji.records.shared_fields.credit import CREDIT_ROLE
from xiangji.settings import Settings

DAY = date(2026, 11, 22)
DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>"
PEOPLE = """
人物:
  - 编号: jia
    姓名: 竹青
    身份: [电影放映员, village_ceo]
    同意: [{用途: 姓名, 同意日期: 2026-01-01}]
  - {编号: yi, 姓名: 柳不愿, 化名: 一位阿姨}
  - 编号: bing
    姓名: 柏已撤
    同意: [{用途: 姓名, 同意日期: 2026-01-01, 撤回日期: 2026-05-01}]
"""
FILES = {
    "products/brand.yml": """
名称: 村
伙伴: [{编号: xueyuan, 名称: 示例学院, 角色: 校}]
照片里的人:
  - {图片: site_src/a.svg, 谁在里面: 没有人, 署名: [{做什么: 绘画, 谁: [jia, yi]}]}
  - {图片: site_src/unused.svg, 谁在里面: 没有人, 署名: [{做什么: 绘画, 单位: [没有用到的画社]}]}
""",
    "stories/people.yml": PEOPLE,
    "village/teams.yml": """
- {编号: duan, 名称: 剪片队, 类型: 志愿服务队, 成立: 2026-01-01}
- {编号: mimi, 名称: 秘密队, 类型: 志愿服务队, 公开范围: 不公开}
""",
    "stories/lan/media/b.svg": DRAWING,
    "stories/lan/story.md": """---
题目: 一只篮子
图片: media/b.svg
图片说明: 篮子
谁在里面: 没有人
署名:
  - {做什么: photography, 谁: [jia, yi, bing]}
  - {做什么: 剪辑, 队伍: [duan, mimi]}
  - {做什么: 翻译, 伙伴: [xueyuan], 单位: [示例方言社]}
  - {做什么: 摇铃, 谁: [yi]}
  - {做什么: 保管, 队伍: [mimi]}
---
编了两天。
""",
    "products/lan/product.yml": "名称: 竹篮\n类型: 手工艺\n署名: [{角色: 仓储, 谁: jia}]\n",
    "site_src/a.svg": DRAWING,
    "site_src/unused.svg": DRAWING,
    "site_src/index.md": "---\ncredits:\n  - {role: 文案, people: [jia]}\n---\n# 家\n\n![画](a.svg)\n",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = write(tmp_path_factory.mktemp("credits"), FILES)
    site = build(Settings(root, DAY, site_url="https://example.cn/"))
    assert not site.fatal(), site.problems
    made = {each.address: each.document for each in (*site.pages, *site.notes)}
    return made | {
        each.uri: each.content.decode("utf-8-sig")
        for each in site.artifacts
        if each.uri.startswith("data/credits")
    }


def foot(document: str) -> dict[str, str]:
    """The rows of the credits of a page."""
    rows = document.partition("<h2>谁出了力</h2>")[2].partition("</dl>")[0]
    found = {}
    for row in rows.split("<dt>")[1:]:
        label, _, rest = row.partition("</dt><dd>")
        found[label] = rest.partition("</dd>")[0]
    return found


def test_a_work_says_who_did_what(pages: dict[str, str]) -> None:
    rows = foot(pages["stories/lan/"])
    assert rows == {
        "摄影": '<a href="../../people/jia/">竹青</a>、另有 2 位没有公开姓名的人',
        "剪辑": '<a href="../../teams/duan/">剪片队</a>',
        "翻译": '<a href="../../partners/xueyuan/">示例学院</a>、示例方言社',
        "摇铃": "1 位没有公开姓名的人",
    }
    assert foot(pages["products/lan/"]) == {"仓储": '<a href="../../people/jia/">竹青</a>'}


def test_pages_by_hand_and_their_pictures_are_credited(pages: dict[str, str]) -> None:
    assert foot(pages[""]) == {
        "文案": '<a href="people/jia/">竹青</a>',
        "图片（绘画）": '<a href="people/jia/">竹青</a>、另有 1 位没有公开姓名的人',
    }
    assert "没有用到的画社" not in "".join(pages.values())


def test_who_did_not_agree_is_named_nowhere(pages: dict[str, str]) -> None:
    everything = "".join(pages.values())
    for name in ("柳不愿", "一位阿姨", "柏已撤", "秘密队"):
        assert name not in everything


def test_whoever_did_it_has_it_on_the_own_page(pages: dict[str, str]) -> None:
    person = pages["people/jia/"]
    for role in ("摄影", "仓储", "文案", "绘画"):
        assert f"<h2>参与了：{role}</h2>" in person
    assert "<h2>参与了：剪辑</h2>" in pages["teams/duan/"]
    assert "<h2>参与了：翻译</h2>" in pages["partners/xueyuan/"]


def test_search_engines_learn_the_role(pages: dict[str, str]) -> None:
    text = pages["stories/lan/"].partition('application/ld+json">')[2].partition("</script>")[0]
    told = json.loads(text)["contributor"]
    assert {
        "@type": "Role",
        "roleName": "摄影",
        "contributor": {"@type": "Person", "name": "竹青"},
    } in told
    assert [each["contributor"]["name"] for each in told] == [
        "竹青",
        "剪片队",
        "示例学院",
        "示例方言社",
    ]


def test_all_credits_are_a_table(pages: dict[str, str]) -> None:
    rows = json.loads(pages["data/credits.json"])["credits"]
    first = next(each for each in rows if each["role"] == "摄影")
    assert (first["people"], first["unnamed"], first["picture"]) == (["竹青"], 2, False)
    assert first["url"] == "https://example.cn/stories/lan/"
    table = list(csv.DictReader(pages["data/credits.csv"].splitlines()))
    assert "保管" not in {each["role"] for each in rows}, "nobody of it is public"
    assert len(table) == len(rows) and {"摄影", "绘画", "仓储"} <= {
        each["做什么"] for each in table
    }


def test_roles_are_offered_and_not_forced(pages: dict[str, str]) -> None:
    assert "<li>电影放映员</li><li>乡村CEO</li>" in pages["people/jia/"]
    assert CREDIT_ROLE.parse("packaging") == "包装设计" and CREDIT_ROLE.parse("敲锣") == "敲锣"
    assert {"主播", "农村职业经理人", "导师"} <= set(PERSON_ROLE.offered)


def test_a_credit_of_nobody_known_is_told(tmp_path: Path) -> None:
    files = {
        "products/brand.yml": "名称: 村\n",
        "site_src/index.md": "---\n署名:\n  - {做什么: 摄影, 谁: [wu]}\n  - {谁: [wu]}\n---\n# 家\n",
    }
    site = build(Settings(write(tmp_path, files), DAY))
    told = {(each.rule, str(each.location)) for each in site.problems}
    assert ("field-missing", "site_src/index.md:4:5") in told
    assert ("reference-missing", str(Location("site_src/index.md", 3, 18))) in told


def test_a_host_gets_the_credits_too(tmp_path: Path) -> None:
    site = build(Settings(write(tmp_path, FILES), DAY))
    assert site.context is not None
    (note,) = site.context.library.notes
    text, blocks = notes.marked(site.context, note.body, note.uri)
    assert "竹青" not in text and len(blocks) == 1
    assert foot(notes.unmarked(text, blocks))["文案"] == '<a href="people/jia/">竹青</a>'
