"""Contrast as WCAG counts it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiangji.model.colour import LOWEST, contrast, nearest_passing
from xiangji.model.fields import fields_of
from xiangji.model.value_types import COLOUR
from xiangji.palette import Palette, palette_of
from xiangji.records.brand import Brand, Colours

colours = st.integers(0, 0xFFFFFF).map("#{:06X}".format)
TEXT = ("ink", "muted", "action", "fine", "wait", "link")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
        ("#777777", "#FFFFFF", 4.48),  # the grey that famously just fails
        ("#767676", "#FFFFFF", 4.54),
        ("#FF0000", "#FFFFFF", 4.0),
        ("#0000FF", "#FFFFFF", 8.59),
        ("#333333", "#FFFFFF", 12.63),
    ],
)
def test_known_ratios(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@settings(deadline=None)
@given(colours, colours)
def test_contrast_has_no_direction(one: str, other: str) -> None:
    assert 1 <= contrast(one, other) == contrast(other, one) <= 21


@settings(deadline=None, max_examples=300)
@given(colours, colours)
def test_the_colour_that_is_offered_passes(colour: str, ground: str) -> None:
    offered = nearest_passing(colour, ground)
    assert contrast(offered, ground) >= LOWEST
    assert COLOUR.parse(offered) == offered
    if contrast(colour, ground) >= LOWEST:
        assert offered == colour


@pytest.mark.parametrize("ending", ["", "_dark"])
@pytest.mark.parametrize("ground", ["page", "card", "sand"])
@pytest.mark.parametrize("role", TEXT)
def test_the_default_palette_can_be_read(role: str, ground: str, ending: str) -> None:
    palette = Palette()
    ratio = contrast(getattr(palette, role + ending), getattr(palette, ground + ending))
    assert ratio >= LOWEST


def test_a_village_changes_only_what_it_writes() -> None:
    palette = palette_of(Brand(name="村", colours=Colours(action="#000000")))
    assert palette.action == "#000000"
    assert palette_of(Brand(name="村")) == Palette()
    assert {**palette.light(), "action": Palette().action} == Palette().light()
    assert palette.light().keys() == palette.dark().keys()


def test_every_colour_a_village_may_write_has_a_place_in_the_palette() -> None:
    assert {row.name for row in fields_of(Colours)} <= set(Palette.__struct_fields__)
