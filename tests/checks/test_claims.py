"""Evidence for what is said: found at its place in the file, covered by what the author wrote."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from xiangji.checks.wording import advertising, claims
from xiangji.checks.wording.claims import covered
from xiangji.checks.wording.text_folding import essence, fold, read_aloud
from xiangji.library import Library
from xiangji.library.references import assemble
from xiangji.readers.village import gather

TODAY = date(2026, 5, 1)


def village(root: Path, **files: str) -> Library:
    for name, content in {"products/brand.yml": "名称: 立碑村\n", **files}.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    library, problems = assemble(gather(root))
    assert library and not problems
    return library


STYLES = {
    "plain": "介绍: 说是首家\n",
    "after a comment": "# 首家\n介绍: 说是首家 # 首家\n",
    "quoted": '介绍: "说是首家"\n',
    "single": "介绍: '说是首家'\n",
    "literal": "介绍: |\n  头一行\n\n  第二行说是首家\n",
    "indented": "介绍: |\n    头一行\n      再缩进首家\n",
    "kept": "介绍: |+\n\n  说是首家\n\n",
}


@pytest.mark.parametrize("style", STYLES)
def test_the_place_is_that_of_the_words(tmp_path: Path, style: str) -> None:
    text = "名称: 酱\n类型: 加工食品\n" + STYLES[style]
    library = village(tmp_path, **{"products/a/product.yml": text})
    (found,) = claims.check(library, TODAY)
    line = text.split("\n")[found.location.line - 1]
    assert line[found.location.column - 1 :].startswith("首家")


@pytest.mark.parametrize("written", ["介绍: >\n  头一行\n  说是首家\n", '介绍: "\\u9996家"\n'])
def test_where_lines_cannot_be_told_the_field_is_named(tmp_path: Path, written: str) -> None:
    text = "名称: 酱\n类型: 加工食品\n" + written
    library = village(tmp_path, **{"products/a/product.yml": text})
    (found,) = claims.check(library, TODAY)
    assert (found.location.line, found.location.column) == (3, 5)


def test_the_place_in_a_story(tmp_path: Path) -> None:
    text = "---\n题目: 鸡\n---\n\n头一段。\n\n> 第二段说是**首家**。\n"
    library = village(tmp_path, **{"stories/a/story.md": text})
    (found,) = claims.check(library, TODAY)
    line = text.split("\n")[found.location.line - 1]
    assert line[found.location.column - 1 :].startswith("首家")


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("村里有 114 个淘宝网店，卖鸡", True),
        ("有114个淘宝网店", True),
        ("村里有１１４个淘宝", True),
        ("114个", True),  # A figure told before.
        ("1114个淘宝网店", False),
        ("14个淘宝网店", False),
        ("村里有淘宝网店", False),
        ("村里……114 个淘宝网店", True),
        ("镇上……有 14 个淘宝网店", False),
    ],
)
def test_what_covers_a_figure(line: str, holds: bool) -> None:
    sentence = "村里有114个淘宝网店,卖鸡"
    start = sentence.index("114")
    lines = ["…".join(claims._parts(line))]
    assert covered(sentence, start, start + len("114个"), lines) is holds


@pytest.mark.parametrize(
    ("line", "holds"),
    [("是全县首家舂", True), ("首家", False), ("县首家舂", False), ("首家舂辣椒的", True)],
)
def test_six_characters_cover_a_word(line: str, holds: bool) -> None:
    sentence = "这是全县首家舂辣椒的作坊"
    assert covered(sentence, 4, 6, [essence(line)]) is holds


def test_a_whole_short_sentence_covers_itself() -> None:
    assert covered("四代人", 0, 2, [essence("四代人")])
    assert not covered("四代人", 0, 2, [essence("四代")])


def test_a_slogan_rests_on_any_claim_of_the_village(tmp_path: Path) -> None:
    brand = "名称: 立碑村\n一句话: 全县首家舂辣椒的村子\n"
    story = (
        "---\n题目: 鸡\n断言:\n  - {断言: 全县首家舂辣椒, 证据: 待核实}\n---\n全县首家舂辣椒。\n"
    )
    bare = village(tmp_path / "a", **{"products/brand.yml": brand})
    assert [each.rule for each in claims.check(bare, TODAY)] == ["claim-unproved"]
    told = village(tmp_path / "b", **{"products/brand.yml": brand, "stories/a/story.md": story})
    assert list(claims.check(told, TODAY)) == []


def test_what_nobody_reads_aloud_says_nothing() -> None:
    text = "[看](../百年.md) <b class='首家'>好</b> <!-- 百年 -->\n[卡片 k07]\n~~~\n百年\n```\n首家\n~~~\n真百年\n"
    heard = read_aloud(text)
    assert len(heard) == len(text)
    assert heard.count("\n") == text.count("\n")
    assert heard.split() == ["[看]", "好", "真百年"]


def test_folding_knows_where_every_character_stood() -> None:
    text = "Ａ　㎏ **國家**|級\u200b"
    folded = fold(text)
    assert folded.text == "Akg国家级"
    assert [text[at] for at in folded.offsets] == list("Ａ㎏㎏國家級")


@pytest.mark.parametrize(
    "text",
    [
        "1" * 20_000,
        "1," * 10_000,
        "一" * 20_000,
        "百年" * 10_000,
        "1996、" * 4_000,
        "最" * 20_000,
        "<!--" * 5_000,
        "```a\n" * 4_000,
        "](" * 10_000,
        "首家，" * 20_000,
        "十年" * 10_000,
    ],
    ids=lambda text: text[:6],
)
def test_no_text_takes_long(tmp_path: Path, text: str) -> None:
    story = (
        f"---\n题目: 鸡\n产品: a\n断言:\n  - {{断言: 全县首家舂辣椒, 证据: 待核实}}\n---\n{text}\n"
    )
    product = "名称: 酱\n类型: 加工食品\n"
    files = {"stories/a/story.md": story, "products/a/product.yml": product}
    library = village(tmp_path, **files)
    began = time.process_time()
    list(claims.check(library, TODAY))
    list(advertising.check(library, TODAY))
    assert time.process_time() - began < 8
