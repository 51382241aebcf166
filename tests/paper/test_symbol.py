"""The symbol on paper: one outline, whole dots, and never smaller than may be printed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiangji.codes.qr import make_code
from xiangji.paper.symbol import (
    GOOD_MODULE,
    LARGEST_MODULE,
    LEAST_MODULE,
    fit,
    least_room,
    make_symbol,
)

PATHS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-/", max_size=40)
DPI = st.sampled_from([203, 300, 600, 1200])


def filled(outlines: object, side: int) -> list[list[bool]]:
    """The modules inside the outlines by the even-odd rule: crossings of a ray to the left."""
    rows = [[False] * side for _ in range(side)]
    for outline in outlines:  # type: ignore[attr-defined]
        for (x, y), (to_x, to_y) in zip(outline, (*outline[1:], outline[0]), strict=True):
            assert x == to_x or y == to_y, "no slanted edge"
            if x == to_x:
                for row in range(min(y, to_y), max(y, to_y)):
                    for column in range(x, side):
                        rows[row][column] = not rows[row][column]
    return rows


@settings(max_examples=40, deadline=None)
@given(PATHS, st.sampled_from("lmqh"))
def test_the_outlines_fill_exactly_the_dark_modules(path: str, level: str) -> None:
    address = f"https://cun.example.cn/{path}"
    symbol = make_symbol(address, level)
    rows = make_code(address, level).rows
    assert filled(symbol.outlines, symbol.side) == [[bool(each) for each in row] for row in rows]
    assert symbol.side == 4 + (17 + 4 * symbol.version) + 4


def test_an_outline_has_corners_only() -> None:
    for outline in make_symbol("https://cun.example.cn/t/a/1/").outlines:
        for a, b, c in zip(
            outline, (*outline[1:], outline[0]), (*outline[2:], *outline[:2]), strict=True
        ):
            assert (a[0] == b[0]) != (b[0] == c[0]), "three points in one line"


@settings(max_examples=200, deadline=None)
@given(st.floats(5, 120), DPI)
def test_a_module_is_a_whole_number_of_dots_and_as_large_as_fits(room: float, dpi: int) -> None:
    symbol = make_symbol("https://cun.example.cn/t/laziji/2026-09A/")
    sized = fit(symbol, room, dpi)
    dot = 25.4 / dpi
    if sized is None:
        assert room < least_room(symbol, dpi)
        return
    assert sized.module == pytest.approx(sized.dots * dot)
    assert LEAST_MODULE <= sized.module <= LARGEST_MODULE
    assert sized.side <= room + 1e-6
    larger = (sized.dots + 1) * dot
    assert larger * symbol.side > room - 1e-6 or larger > LARGEST_MODULE


@pytest.mark.parametrize(("dpi", "module"), [(203, 0.5005), (300, 0.4233)])
def test_the_least_module_is_rounded_up_to_whole_dots(dpi: int, module: float) -> None:
    """`standards.md` §1.6: 0.396 mm is 4 dots at 203 dpi and 5 at 300."""
    symbol = make_symbol("https://cun.example.cn/t/a/1/")
    sized = fit(symbol, least_room(symbol, dpi), dpi)
    assert sized is not None
    assert sized.module == pytest.approx(module, abs=1e-4)
    assert fit(symbol, least_room(symbol, dpi) - 0.01, dpi) is None
    assert GOOD_MODULE > LEAST_MODULE
