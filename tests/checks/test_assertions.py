"""What asserts and what does not, measured over labelled sentences (`assertions.yml`).

A false alarm costs a volunteer a line of 平常话; a miss lets a figure pass without evidence. Both stay
under one for each 1,000 characters of the demo's stories.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from xiangji.checks.wording.assertions import PATTERNS, assertions, number_of
from xiangji.checks.wording.passages import Voice, passages_of
from xiangji.checks.wording.text_folding import fold
from xiangji.library import Library
from xiangji.library.references import assemble
from xiangji.model.fields import Holds
from xiangji.readers.village import gather

ROOT = Path(__file__).parents[2]
LABELLED = yaml.safe_load((Path(__file__).parent / "assertions.yml").read_text("utf-8"))
TRIGGER = re.compile(
    r"[0-9〇零一二两三四五六七八九十百千万亿%]|最|首|第|唯一|级|世代|祖|历史|率先|老"
)
PER_CHARACTERS = 1000


def asserts(sentence: str) -> bool:
    return bool(list(assertions(fold(sentence))))


def village() -> Library:
    library, _ = assemble(gather(ROOT))
    assert library
    return library


def sentences(texts: list[str]) -> list[str]:
    """The sentences with a digit or a trigger word, blanks evened."""
    found = (each for text in texts for each in re.findall(r"[^。！？!?；;\n]+", text))
    evened = (re.sub(r"\s+", " ", each).strip() for each in found)
    return list(dict.fromkeys(each for each in evened if TRIGGER.search(each)))


def story_texts() -> list[str]:
    stories = village().stories.values()
    every = (each for story in stories for each in passages_of(story, Voice.TOLD))
    return [each.text for each in every if each.holds is Holds.WORDS]


def product_texts() -> list[str]:
    products = village().products.values()
    words = ("name", "position", "intro", "usage")
    every = (each for product in products for each in passages_of(product, Voice.SELLS))
    return [each.text for each in every if each.name in words and each.holds is Holds.WORDS]


def errors(labels: dict[str, list[str]]) -> tuple[list[str], list[str]]:
    """False alarms and misses."""
    alarms = [each for each in labels["ordinary"] if asserts(each)]
    return alarms, [each for each in labels["claim"] if not asserts(each)]


def test_the_set_is_large_and_nothing_stands_in_it_twice() -> None:
    parts = [set(part) for labels in LABELLED.values() for part in labels.values()]
    assert sum(map(len, parts)) >= 120
    for labels in LABELLED.values():
        assert not set(labels["claim"]) & set(labels["ordinary"])


def test_every_sentence_of_the_demo_is_labelled() -> None:
    labelled = {*LABELLED["demo"]["claim"], *LABELLED["demo"]["ordinary"]}
    missing = [e for e in sentences([*story_texts(), *product_texts()]) if e not in labelled]
    assert not missing, "label these in assertions.yml"


def test_few_false_alarms_and_few_misses_on_the_demo() -> None:
    texts = story_texts()
    thousands = sum(map(len, texts)) / PER_CHARACTERS
    said = set(sentences(texts))
    labels = {key: [e for e in part if e in said] for key, part in LABELLED["demo"].items()}
    alarms, misses = errors(labels)
    print(
        f"{thousands:.1f} thousand characters, {len(labels['claim'])} claims: "
        f"{len(alarms)} false alarms {alarms}, {len(misses)} misses {misses}"
    )
    assert len(alarms) / thousands < 1, alarms
    assert len(misses) / thousands < 1, misses


def test_few_errors_on_all_labelled_sentences() -> None:
    every = list(LABELLED.values())
    found = [each for labels in every for part in errors(labels) for each in part]
    total = sum(len(part) for labels in every for part in labels.values())
    print(f"{len(found)} errors in {total} labelled sentences: {found}")
    assert len(found) <= 0.03 * total, found


def test_every_pattern_is_shown_by_a_labelled_claim() -> None:
    claims = [fold(each) for labels in LABELLED.values() for each in labels["claim"]]
    shown = {found.pattern for each in claims for found in assertions(each)}
    assert {each.words for each in PATTERNS} == {each.words for each in shown}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("114", 114),
        ("1,070.5", 1070.5),
        ("十", 10),
        ("十八", 18),
        ("一百七十", 170),
        ("二〇一五", 2015),
        ("两千三", 2003),
        ("几十", 30),
        ("上百", 100),
        ("好几百", 300),
    ],
)
def test_numbers_in_both_scripts(text: str, value: float) -> None:
    assert number_of(text) == value


@pytest.mark.parametrize(
    "sentence",
    ["全县首 家", "全縣首家", "全县**首家**", "全县首\u200b家", "全县首　家", "１１４ 个淘宝网店"],
)
def test_however_it_is_written(sentence: str) -> None:
    assert asserts(sentence)


def test_a_word_that_is_talked_about_asserts_nothing() -> None:
    assert not asserts("“首个”两个字是论文说的")
    assert asserts("“首个”淘宝村")


def test_found_words_lead_back_to_what_was_written() -> None:
    text = fold("说来\n全村有 １１４ 个　淘宝网店")
    (found,) = assertions(text)
    assert text.words(found.start, found.end) == "１１４ 个"
    assert text.written[text.offsets[found.start] :].startswith("１")


def test_what_makes_the_search_quick_hides_nothing() -> None:
    """`signs` only says beforehand that a pattern cannot match."""
    labelled = (each for of in LABELLED.values() for part in of.values() for each in part)
    others = (
        "亩产 800 斤",
        "海拔 1200 米",
        "卖到 12 个省",
        "一千人",
        "12 万",
        "翻番",
        "三代",
        "1996 年",
    )
    for sentence in (*labelled, *others):
        text = fold(sentence).text
        for pattern in PATTERNS:
            if re.search(pattern.words, text):
                assert not pattern.signs or set(pattern.signs) & set(text), (pattern, text)
