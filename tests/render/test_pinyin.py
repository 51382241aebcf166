"""Names are spelled as `pypinyin` spells them, from what comes with the program."""

from __future__ import annotations

import re
import sys
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from xiangji.render.pinyin import spelling

PHRASES = list(PHRASES_DICT)
SPELLING = spelling()

phrases = st.sampled_from(PHRASES)
pieces = st.one_of(
    phrases,
    phrases.map(lambda each: each[:-1]),
    phrases.map(lambda each: each[1:]),
    st.sampled_from([chr(each) for each in PINYIN_DICT]),
    st.text(max_size=4),
    st.sampled_from(["500 克", "A 级", "〇", "𠮷", "㐀", "İ", " ", "·"]),
)


def as_pypinyin(text: str) -> str:
    parts = (re.findall(r"[a-z0-9]+", each.lower()) for each in lazy_pinyin(text))
    return " ".join(piece for found in parts for piece in found)


@given(st.lists(pieces, max_size=6).map("".join))
def test_any_text_is_spelled_as_pypinyin_does(text: str) -> None:
    assert SPELLING.syllables(text) == as_pypinyin(text)


def test_characters_and_phrases() -> None:
    """Every eleventh: all of them agree, and take `pypinyin` a quarter of a minute."""
    for text in [*map(chr, PINYIN_DICT), *PHRASES][::11]:
        assert SPELLING.syllables(text) == as_pypinyin(text), text


@pytest.mark.parametrize("text", ["隆重庆", "远水救不了", "说长话", "说长话短说", "酒说长话"])
def test_the_beginning_of_a_phrase_that_does_not_end(text: str) -> None:
    """In it `pypinyin` looks for no phrase: 长话 is zhang hua there. Addresses were made so."""
    assert SPELLING.syllables(text) == as_pypinyin(text)


@pytest.mark.parametrize(
    ("text", "slug"),
    [("重庆小面", "chong-qing-xiao-mian"), ("腊味", "la-wei"), ("——", "qita"), ("", "qita")],
)
def test_an_address_can_be_read_aloud(text: str, slug: str) -> None:
    assert SPELLING.slug(text) == slug


def test_nobody_reads_the_tables_of_pypinyin_in_a_build() -> None:
    program = "import sys; from xiangji.render.pinyin import spelling; spelling().slug('重庆'); print(*sys.modules)"
    found = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "xiangji.render.pinyin" in found.stdout.split()
    assert not [each for each in found.stdout.split() if each.startswith("pypinyin")]
