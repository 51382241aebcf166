"""Names are spelled as `pypinyin` spells them, from what was written down of it once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from xiangji.cache import Cache
from xiangji.pages import pinyin
from xiangji.pages.pinyin import spelling

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


def test_what_was_written_down_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pinyin, "installed", lambda: Cache(tmp_path))
    monkeypatch.setattr(pinyin, "_known", {})
    assert spelling().syllables("阳朗辣子鸡 500 克") == "yang lang la zi ji 500 ke"
    monkeypatch.setattr(pinyin, "_known", {})
    monkeypatch.setattr(pinyin, "_written", lambda: pytest.fail("written again"))
    assert spelling().syllables("重庆") == "chong qing"


def test_what_was_damaged_is_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pinyin, "installed", lambda: Cache(tmp_path))
    monkeypatch.setattr(pinyin, "_known", {})
    spelling()
    (kept,) = (each for each in tmp_path.rglob("*") if each.is_file())
    kept.write_bytes(kept.read_bytes().replace(b"chong", b"zhong"))
    monkeypatch.setattr(pinyin, "_known", {})
    assert spelling().syllables("重庆") == "chong qing"
