"""Numbers of people: small ones are told nowhere, and no total gives them away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xiangji.model.headcount import BELOW, FEW, is_few, said_headcount, said_sum, short_sum

COUNTS = st.lists(st.none() | st.integers(0, 60), max_size=12)


def test_nobody_and_many_are_told_and_few_are_not() -> None:
    assert [said_headcount(each) for each in (0, 1, FEW - 1, FEW, 31)] == [
        "0",
        BELOW,
        BELOW,
        "5",
        "31",
    ]


def test_a_sum_says_what_is_not_in_it() -> None:
    assert said_sum("帮到 {} 户次", [6, None, 3, 12]) == (
        "帮到 18 户次（另有 1 次各不到 5，没有加进来）"
    )
    assert said_sum("帮到 {} 户次", [6, 12]) == short_sum("帮到 {} 户次", [6, 12]) == "帮到 18 户次"
    assert said_sum("帮到 {} 户次", [None]) == short_sum("帮到 {} 户次", []) == ""


@given(COUNTS, st.data())
def test_what_is_told_is_the_same_for_every_small_number(
    counts: list[int | None], data: st.DataObject
) -> None:
    """Whoever takes all that is told from the total learns nothing of a small number: it changes nothing."""
    other = [
        data.draw(st.integers(1, FEW - 1)) if each is not None and is_few(each) else each
        for each in counts
    ]
    told = [(each if each is None else said_headcount(each)) for each in counts]
    assert told == [(each if each is None else said_headcount(each)) for each in other]
    assert said_sum("{}", counts) == said_sum("{}", other)
    assert short_sum("{}", counts) == short_sum("{}", other)
