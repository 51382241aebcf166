"""Names are taken out of texts before these are compared, in a village of a few products and of many alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xiangji.checks.consistency.alike import _by_length, _shingles

SIGNS = "辣子鸡茶米酒油"
NAMES = st.lists(st.text(SIGNS, min_size=1, max_size=4), max_size=12, unique=True)


def _one_by_one(text: str, names: list[str]) -> frozenset[str]:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "") if len(name) > 1 else text
    parts = frozenset(text[at : at + 3] for at in range(len(text) - 2))
    return parts if len(text) >= 40 else frozenset()


@given(NAMES, st.lists(st.sampled_from([*SIGNS, "一段话里没有名字的地方"]), max_size=60))
def test_names_are_taken_out_longest_first(names: list[str], parts: list[str]) -> None:
    text = "".join(parts)
    strangers = [f"别处{number:03}" for number in range(len(text) + 1)]
    expected = _one_by_one(text, names)
    assert _shingles(text, _by_length(names)) == expected
    # With so many names of each length, those that occur in the text are looked up and not tried.
    padded = [
        name + "外" * (length - 1)
        for length in range(2, 5)
        for name in map(chr, range(0x5000, 0x5200))
    ]
    assert _shingles(text, _by_length([*names, *strangers, *padded])) == expected


def test_a_copy_is_found_where_only_the_name_was_changed() -> None:
    told = (
        "长在坡上，早上采，中午晒，晚上装进缸里，一层盐一层叶子，压上石头，过了四十天才开缸，酸得很正。"
        * 2
    )
    few = _by_length(["红袍茶", "绿袍茶"])
    many = _by_length(["红袍茶", "绿袍茶", *(f"茶{number:03}" for number in range(500))])
    for names in (few, many):
        assert _shingles(f"红袍茶{told}红袍茶", names) == _shingles(f"绿袍茶{told}绿袍茶", names)
