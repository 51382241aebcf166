"""Names are taken out of texts before these are compared, in a village of a few products and of many alike."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xiangji.checks.consistency.alike import _by_length, _shingles

SIGNS = "辣子鸡茶"
NAMES = st.lists(st.text(SIGNS, min_size=1, max_size=4), max_size=12, unique=True)
TEXTS = st.text(SIGNS + "山上的人说", min_size=40, max_size=120)
STRANGERS = [chr(sign) + "外" * length for length in range(1, 4) for sign in range(0x5000, 0x5100)]
"""More names of each length than a text has characters, so that those that occur in it are looked up."""


def _one_by_one(text: str, names: list[str]) -> frozenset[str]:
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "") if len(name) > 1 else text
    parts = frozenset(text[at : at + 3] for at in range(len(text) - 2))
    return parts if len(text) >= 40 else frozenset()


@given(NAMES, TEXTS)
def test_names_are_taken_out_longest_first(names: list[str], text: str) -> None:
    expected = _one_by_one(text, names)
    assert _shingles(text, _by_length(names)) == expected
    assert _shingles(text, _by_length([*names, *STRANGERS])) == expected


def test_a_copy_is_found_where_only_the_name_was_changed() -> None:
    told = (
        "长在坡上，早上采，中午晒，晚上装进缸里，一层盐一层叶子，压上石头，过了四十天才开缸，酸得很正。"
        * 2
    )
    names = ["红袍茶", "绿袍茶"]
    for some in (names, [*names, *STRANGERS]):
        red, green = (_shingles(f"{each}{told}{each}", _by_length(some)) for each in names)
        assert red == green
