"""Checks the colours of the brand: text must have enough contrast to be read by old people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.library import Library
from xiangji.model.colour import LOWEST, contrast, nearest_passing
from xiangji.model.fields import fields_of
from xiangji.palette import palette_of
from xiangji.problems import Problem, problem

_GROUNDS = ("page", "sand", "card")


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report each brand colour that has too little contrast with a background on which it is used."""
    colours = library.brand.colours
    if colours is None:
        return
    palette = palette_of(library.brand)
    for row in fields_of(type(colours)):
        if row.name in _GROUNDS:
            continue
        value = getattr(palette, row.name)
        ending = "_dark" if row.name.endswith("_dark") else ""
        for ground_name in (name + ending for name in _GROUNDS):
            ground = getattr(palette, ground_name)
            ratio = contrast(value, ground)
            if ratio < LOWEST:
                written = row.name if getattr(colours, row.name) else ground_name
                yield problem(
                    "contrast-low",
                    colours.origin.of(written),
                    field=row.zh,
                    value=value,
                    ground=ground,
                    ratio=f"{ratio:.1f}",
                    better=nearest_passing(value, ground),
                )
                break
