"""Converts the brand's colours for printing: black only, or CMYK.

The conversion is a simple formula without a colour profile, so the result is close, not exact. Text and codes are black
ink only, so that a small misregistration of the inks does not blur them.
"""

from __future__ import annotations

from msgspec import Struct

from xiangji.palette import Palette

Ink = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each 0 to 100 per cent."""

BLACK: Ink = (0, 0, 0, 100)
WHITE: Ink = (0, 0, 0, 0)


class Inks(Struct, frozen=True, kw_only=True):
    """The colours of one printed document by role."""

    black_only: bool
    ink: Ink
    muted: Ink
    action: Ink
    page: Ink
    sand: Ink
    line: Ink

    def told(self) -> dict[str, object]:
        """The data for templates."""
        names = ("black_only", "ink", "muted", "action", "page", "sand", "line")
        return {each: getattr(self, each) for each in names}


def inks(palette: Palette, black_only: bool) -> Inks:
    """Return the colours of a palette. In black only there are no half-tones, since a thermal printer has none."""
    if black_only:
        return Inks(
            black_only=True,
            ink=BLACK,
            muted=BLACK,
            action=BLACK,
            page=WHITE,
            sand=WHITE,
            line=BLACK,
        )
    return Inks(
        black_only=False,
        ink=BLACK,
        muted=(0, 0, 0, 72),
        action=ink(palette.action),
        page=ink(palette.page),
        sand=ink(palette.sand),
        line=ink(palette.line),
    )


def ink(colour: str) -> Ink:
    """Return the CMYK colour of `#RRGGBB`."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    most = max(red, green, blue)
    if most == 0:
        return BLACK
    parts = [round(100 * (most - each) / most, 1) for each in (red, green, blue)]
    return (parts[0], parts[1], parts[2], round(100 * (1 - most), 1))
