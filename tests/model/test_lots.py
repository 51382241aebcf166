"""Lots as a keyboard for Chinese writes them are the lots that were meant; others are refused."""

from __future__ import annotations

import re

import pytest

from xiangji.model.lookalike import plain_form
from xiangji.model.value_types import BATCH, LOT, UnreadableValue


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("２０２６－０１Ｇ", "2026-01G"), ("2026－01Ｂ", "2026-01B"), ("2026—01A", "2026-01A"), ("2026–01A", "2026-01A"),
        ("2026−01A", "2026-01A"), ("2026‐01A", "2026-01A"), ("ａ．１＿２", "a.1_2"), ("2026-01A", "2026-01A"),
    ],
)  # fmt: skip
def test_wide_signs_are_folded(written: str, meant: str) -> None:
    assert LOT.parse(written) == meant
    assert LOT.pattern and re.fullmatch(LOT.pattern, written)
    assert BATCH.parse(f"laziji/{meant}") == f"laziji/{meant}"


@pytest.mark.parametrize(
    "written",
    ["2026-01Е", "2026/01", "①", "2026年1", "２０２６，１", ".1", "1．", "ａ．ｈｔｍｌ", "ＣＯＮ"],
)
def test_what_folding_does_not_make_a_lot_is_refused(written: str) -> None:
    with pytest.raises(UnreadableValue):
        LOT.parse(written)


@pytest.mark.parametrize("blank", "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u205f")
def test_blanks_that_look_like_blanks_are_blanks(blank: str) -> None:
    assert plain_form(f"200{blank}克瓶装") == "200 克瓶装"
