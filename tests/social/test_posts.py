"""Posts for platforms: what an author wrote, within the limits, without anybody who did not agree."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from built import run
from xiangji.build import open_press
from xiangji.settings import Settings
from xiangji.social.platforms import PLATFORMS, PlatformLimits
from xiangji.social.post import SAMPLE, Post, post_of

TODAY = date(2026, 5, 1)
URL = "https://libei.cn/"
DOUYIN = next(each for each in PLATFORMS if each.key == "douyin")
RED = next(each for each in PLATFORMS if each.key == "xiaohongshu")

PEOPLE = """
人物:
  - 编号: a-yi
    姓名: 王阿乙
    同意:
      - {用途: 姓名, 同意日期: 2026-01-01, 存档编号: A-1}
"""
AGREED = PEOPLE + "      - {用途: 姓名, 用在: 海报, 同意日期: 2026-01-01, 存档编号: A-2}\n"


def village(root: Path, front: str, people: str = PEOPLE) -> Path:
    files = {
        "products/brand.yml": "名称: 立碑村\n村: 立碑村\n",
        "products/jiang/product.yml": "名称: 辣椒酱（示例）\n类型: 手工艺\n示例: 是\n",
        "stories/people.yml": people,
        "stories/gushi/story.md": f"---\n题目: 冬月的烟\n产品: [jiang]\n{front}---\n\n正文。\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def post(root: Path, platform: PlatformLimits, url: str | None = None) -> Post:
    context, problems = open_press(Settings(root, TODAY, site_url=url))
    assert context, problems
    return post_of(context, context.library.stories["gushi"], platform)


def test_the_longest_telling_that_fits(tmp_path: Path) -> None:
    long = "很长的一句。" * 49
    root = village(
        tmp_path, f"短讲法:\n  六十字: 短的。\n  一百二十字: 中等的。\n  三百字: {long}\n"
    )
    below = f"\n全文：{URL}stories/gushi/"
    assert post(root, DOUYIN, URL).text == f"中等的。{below}"
    assert post(root, RED, URL).text == long + below


def test_what_is_cut_ends_with_a_sentence(tmp_path: Path) -> None:
    root = village(tmp_path, "短讲法:\n  三百字: " + "守烟的人不看肉，看窗缝。" * 24 + "\n")
    made = post(root, DOUYIN, URL)
    assert "看窗缝。\n全文：" in made.text and 280 < len(made.text) <= 300
    assert any("前几句" in zh for zh, _ in made.notes)


def test_who_agreed_to_pages_alone_is_in_no_post(tmp_path: Path) -> None:
    front = "短讲法:\n  六十字: 灶上的火一直有人看。\n  一百二十字: 王阿乙守了一夜。\n"
    made = post(village(tmp_path, front), DOUYIN)
    assert made.text == "灶上的火一直有人看。"
    assert any("王阿乙" in zh for zh, _ in made.notes)
    agreed = village(tmp_path / "b", front, AGREED)
    assert post(agreed, DOUYIN).text == "王阿乙守了一夜。"


def test_a_made_up_story_says_so_and_the_address_counts(tmp_path: Path) -> None:
    root = village(tmp_path, "短讲法:\n  六十字: 短的。\n示例: 是\n")
    made = post(root, DOUYIN, URL)
    assert made.text == f"短的。\n{SAMPLE}\n全文：https://libei.cn/stories/gushi/"


def test_topics_are_the_goods_and_the_village(tmp_path: Path) -> None:
    assert post(village(tmp_path, ""), DOUYIN).topics == ("辣椒酱", "立碑村")


def test_without_a_telling_it_says_what_to_write(tmp_path: Path) -> None:
    made = post(village(tmp_path, ""), DOUYIN)
    assert made.text == ""
    assert any("短讲法" in zh for zh, _ in made.notes)


@pytest.mark.parametrize(
    ("text", "length"),
    [("Claude 4.6发布，AI助手又进化了", 15), ("立碑村", 3), ("ab", 1), ("abc", 2), ("", 0)],
)
def test_letters_count_half_where_they_do(text: str, length: int) -> None:
    assert RED.length(text) == length


def test_a_number_without_a_source_is_smaller_than_any_with_one() -> None:
    for name in ("title", "text", "topics"):
        limits = [getattr(each, name) for each in PLATFORMS]
        shown = [each.number for each in limits if each.source]
        guessed = [each.number for each in limits if not each.source]
        assert max(guessed, default=0) <= max(shown)


@given(
    title=st.text("春夏秋冬ab。！", min_size=1, max_size=90),
    telling=st.text("烟火ab。！？\n", max_size=900),
)
def test_no_post_is_longer_than_its_platform_takes(
    title: str, telling: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = village(tmp_path_factory.mktemp("v"), "")
    told = "".join(f"    {line}\n" for line in telling.splitlines() if line.strip())
    front = f"题目: {json.dumps(title, ensure_ascii=False)}\n" + (
        f"短讲法:\n  三百字: |\n{told}" if told else ""
    )
    (root / "stories/gushi/story.md").write_text(f"---\n{front}---\n\n正文。\n", "utf-8")
    context, _ = open_press(Settings(root, TODAY, site_url=URL))
    assert context
    for platform in PLATFORMS:
        made = post_of(context, context.library.stories["gushi"], platform)
        assert platform.length(made.title) <= platform.title.number
        assert platform.length(made.text) <= platform.text.number
        assert len(made.topics) <= platform.topics.number


def test_the_command(tmp_path: Path) -> None:
    root = village(tmp_path, "短讲法:\n  六十字: 短的。\n")
    (root / "mkdocs.yml").write_text("site_name: 立碑村\n", "utf-8")
    shown = run("xiangji", "copy", "gushi", "--for", "抖音", cwd=root)
    assert shown.returncode == 0, shown.stderr
    assert "冬月的烟" in shown.stdout and "小红书" not in shown.stdout
    data = json.loads(run("xiangji", "copy", "gushi", "--format", "json", cwd=root).stdout)
    assert [each["platform"] for each in data] == [each.key for each in PLATFORMS]
    assert {each["text"] for each in data} == {"短的。"}
    for wrong in (("gushi2",), ("gushi", "--for", "weibo")):
        assert run("xiangji", "copy", *wrong, cwd=root).returncode == 2
