"""`build` tells everything in one run: what is wrong with records and what is wrong with pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xiangji.build import build
from xiangji.settings import Settings

BRAND = "名称: 村\n"
STORY = "---\n题目: 甲\n产品: nothing\n---\n\n[卡皮]\n\n[走丢](../lost/story.md)\n"


def rules_of(root: Path, files: dict[str, str]) -> set[str]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return {each.rule for each in build(Settings(root, date(2026, 11, 22))).problems}


def test_problems_of_records_and_of_pages_are_told_together(tmp_path: Path) -> None:
    found = rules_of(tmp_path, {"products/brand.yml": BRAND, "stories/one/story.md": STORY})
    assert {"reference-missing", "block-unknown", "markdown-link"} <= found


def test_a_link_to_a_record_that_could_not_be_read_is_no_mistake_of_its_own(tmp_path: Path) -> None:
    story = "---\n题目: 甲\n---\n\n[辣子鸡](../../products/chicken/product.yml)\n"
    files = {
        "products/brand.yml": BRAND,
        "products/chicken/product.yml": "名称：辣子鸡\n类型: 加工食品\n",
        "stories/one/story.md": story,
    }
    assert rules_of(tmp_path, files) == {"yaml-colon"}
