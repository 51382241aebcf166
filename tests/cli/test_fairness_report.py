"""`xiangji report fairness`: places by household and role, without names of people."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from built import here, run, write
from xiangji.appearances.fairness import FairnessArea, FairnessRow
from xiangji.cli.reports.fairness import as_text

PRODUCT = "名称: {}\n类型: 手工艺\n生产者: {}\n"
VILLAGE = {
    "mkdocs.yml": "site_name: 立碑\nsite_url: https://libei.example.cn/\n",
    "site_src/index.md": "# 立碑\n\n[甲一](../products/a1/product.yml)、[说起](../stories/shuo/story.md)\n",
    "products/brand.yml": (
        "名称: 立碑\n生产者:\n"
        "  - {编号: a, 名称: 甲家, 类型: 农户, 人物: [qian]}\n"
        "  - {编号: b, 名称: =乙家, 类型: 农户}\n"
        "  - {编号: c, 名称: 丙家, 类型: 农户}\n"
    ),
    "products/a1/product.yml": PRODUCT.format("甲一", "a"),
    "products/a2/product.yml": PRODUCT.format("甲二", "a"),
    "products/b1/product.yml": PRODUCT.format("乙一", "b"),
    "products/b2/product.yml": PRODUCT.format("乙二", "b") + "不上架: 是\n",
    "stories/people.yml": (
        "人物:\n"
        "  - {编号: qian, 姓名: 钱不公开, 化名: 一位老人, 身份: [讲述人]}\n"
        "  - {编号: sun, 姓名: 孙不公开, 化名: 一位青年, 所属: b, 身份: [记录人, 志愿者]}\n"
        "  - {编号: zhou, 姓名: 周不公开, 化名: 一位邻居, 身份: [志愿者]}\n"
    ),
    "stories/shuo/story.md": "---\n题目: 说起\n讲述人: [qian]\n记录人: [sun]\n---\n那一年。\n",
    "stories/cao/story.md": "---\n题目: 草稿\n讲述人: [sun]\n草稿: 是\n---\n还没写完。\n",
}


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("fair") / "v", VILLAGE)


def rows(village: Path) -> dict[tuple[str, str], dict[str, object]]:
    done = run("xiangji", "report", "fairness", "--format", "json", cwd=village)
    assert done.returncode == 0, done.stderr
    return {(each["by"], each["name"]): each for each in json.loads(done.stdout)}


def test_places_are_counted_by_household(village: Path) -> None:
    found = rows(village)
    places = {name: each["places"] for (by, name), each in found.items() if by == "household"}
    assert places["甲家"] == {"home": 2, "story": 1, "video": 0, "shop": 2, "first": 26}
    assert places["=乙家"] == {"home": 1, "story": 1, "video": 0, "shop": 1, "first": 26}
    none = {"home": 0, "story": 0, "video": 0, "shop": 0, "first": 0}
    assert places["丙家"] == none, "who has no place stands in the report all the same"
    shares = found["household", "甲家"]["shares"]
    assert shares == {"home": 67, "story": 50, "video": 0, "shop": 67, "first": 50}
    assert found["household", "甲家"]["people"] == found["household", "=乙家"]["people"] == 1


def test_places_are_counted_by_role(village: Path) -> None:
    found = rows(village)
    assert found["role", "讲述人"]["places"]["story"] == 1  # type: ignore[index]
    assert found["role", "志愿者"]["places"]["story"] == 1  # type: ignore[index]
    assert found["role", "志愿者"]["people"] == 2


def test_no_form_names_a_person(village: Path) -> None:
    for form in ("text", "csv", "json"):
        said = here("xiangji", "report", "fairness", "--format", form, cwd=village).stdout
        assert "甲家" in said
        assert "不公开" not in said and "一位" not in said


def test_the_report_in_words_and_as_a_table(village: Path) -> None:
    text = here("xiangji", "report", "fairness", cwd=village).stdout
    assert "谁家" in text and "2（67%）" in text and "怎么数的" in text
    english = here("xiangji", "--lang", "en", "report", "fairness", cwd=village).stdout
    assert "household" in english and "village graduate" not in english and "teller" in english
    table = here("xiangji", "report", "fairness", "--format", "csv", cwd=village).stdout
    assert table.startswith("\ufeff按什么,")
    lines = list(csv.reader(io.StringIO(table)))
    assert ["谁家", "甲家", "1", "小店", "2", "67"] in lines
    assert "'=乙家" in table, "a name is no formula"


def test_a_role_without_an_english_word_is_told_as_it_is_written() -> None:
    none = dict.fromkeys((each.value for each in FairnessArea), 0)
    rows = [FairnessRow("role", name, 1, none, none) for name in ("讲述人", "绣娘")]
    said = as_text(rows, "en")
    assert "teller" in said and "讲述人" not in said
    assert "绣娘" in said


def test_films_and_live_broadcasts_are_told_by_their_type_in_schema_org() -> None:
    """The kinds that have such records need not be known here by their names."""
    from xiangji.appearances.fairness import _VIDEO
    from xiangji.kinds.installed import installed_kinds

    known = {each.schema_type for each in installed_kinds().kinds}
    assert not {each for each in known if "Video" in each or "Broadcast" in each} - {*_VIDEO}


def test_an_empty_village_is_told_so(tmp_path: Path) -> None:
    root = write(
        tmp_path / "v", {"mkdocs.yml": "site_name: 空\n", "products/brand.yml": "名称: 空\n"}
    )
    text = here("xiangji", "report", "fairness", cwd=root).stdout
    assert "还没有写生产者。" in text and "还没有写人的身份。" in text
