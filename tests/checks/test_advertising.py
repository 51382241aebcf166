"""The list of words: complete, consistent, and quiet about what only looks like a hit."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
import yaml

from xiangji.checks.wording import advertising
from xiangji.checks.wording.terms import LEVELS, terms
from xiangji.checks.wording.text_folding import fold
from xiangji.library import Library
from xiangji.library.batches import Batches
from xiangji.model.vocabularies import ProductKind
from xiangji.records.brand import Brand
from xiangji.records.product import Product
from xiangji.rules import text_of

TODAY = date(2026, 11, 22)
LIST = yaml.safe_load((files("xiangji.checks.wording") / "advertising.yml").read_text("utf-8"))


RULES = {"health-claim": "ban", "health-word": "caution"}


def asked(text: str) -> list[tuple[str, str]]:
    """Level and word of everything asked about in a product's intro."""
    product = Product(id="a", name="酱", kind=ProductKind.PROCESSED, intro=text)
    library = Library(Brand(name="村"), {}, {}, {}, {"a": product}, Batches(), {}, {}, {})
    found = advertising.check(library, TODAY)
    return [(RULES.get(each.rule, each.rule[7:]), dict(each.details)["value"]) for each in found]


def test_every_row_is_whole() -> None:
    known = {"words", "pattern", "level", "law", "article", "article_en", "note", "note_en"}
    known |= {
        "needs",
        "unless",
        "unless_pattern",
        "starts",
        "health",
        "in_story",
        "ban_under",
        "certificate",
    }
    for row in LIST["terms"]:
        assert row.keys() <= known
        assert ("words" in row) != ("pattern" in row)
        assert row["level"] in LEVELS and row.get("in_story", "ban") in ("", *LEVELS)
        assert row["law"] in LIST["laws"]
        for key in ("article", "article_en", "note", "note_en"):
            assert row[key].strip()
        assert row["note"] and not row["note"].endswith("。")
    assert len(terms()) == len(LIST["terms"])


def test_words_are_written_as_texts_are_compared() -> None:
    words = [str(word) for row in LIST["terms"] for word in row.get("words", ())]
    assert [word for word in words if fold(word).text != word] == []
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    "word", [str(word) for row in LIST["terms"] for word in row.get("words", ())]
)
def test_every_word_is_asked_about(word: str) -> None:
    assert any(word in value or value in word for _, value in asked(f"这是{word}。"))


@pytest.mark.parametrize("text", [str(each) for each in LIST["unless"]])
def test_every_general_exception_is_quiet(text: str) -> None:
    assert asked(f"说{text}呢。") == []


@pytest.mark.parametrize(
    "text",
    [
        "最佳食用期三天",
        "病虫害防治要趁早",
        "妇幼保健院旁边",
        "第一批辣椒下地了",
        "最近没有货",
        "用有机肥",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert asked(text) == []


@pytest.mark.parametrize(
    ("text", "level", "word"),
    [
        ("國家級的味道", "ban", "國家級"),
        ("国 家 级", "ban", "国 家 级"),
        ("ｍ０添加", "caution", "０添加"),
        ("最近说是最佳的", "ban", "最佳"),
        ("能预防感冒", "ban", "预防感冒"),
        ("对糖尿病有好处", "ban", "对糖尿病有好处"),
        ("最正宗的", "caution", "最正宗"),
        ("获金奖", "evidence", "金奖"),
    ],
)
def test_levels(text: str, level: str, word: str) -> None:
    assert (level, word) in asked(text)


def test_it_never_says_that_something_is_fine() -> None:
    for level in LEVELS:
        zh, en = (text_of("problem", f"advert-{level}", each) for each in ("zh", "en"))
        assert "请问一问" in zh and "ask" in en
        told = zh + text_of("remedy", f"advert-{level}", "zh")
        assert not any(word in told for word in ("合规", "合法", "没有问题"))


SENTENCES = [
    sentence
    for file in sorted((Path(__file__).parents[1] / "wording").glob("*.yml"))
    for some in yaml.safe_load(file.read_text("utf-8"))["caught"].values()
    for sentence in some
]


def test_what_makes_the_search_quick_hides_nothing() -> None:
    """`starts` and `needs` only say beforehand that a row cannot match."""
    for sentence in SENTENCES:
        text = fold(sentence).text
        for term in terms():
            if term.look.search(text):
                assert term.may_begin_in(frozenset(text)), (term.expression[:40], text)
                assert term.may_stand_in(text, {}), (term.expression[:40], text)
