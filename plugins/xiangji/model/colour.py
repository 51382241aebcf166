"""The contrast of colours by the formula of WCAG 2.2 (relative luminance)."""

from __future__ import annotations

LOWEST = 4.5
"""Minimum contrast for body text: WCAG 2.2 §1.4.3, level AA."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#RRGGBB` colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def nearest_passing(colour: str, ground: str) -> str:
    """The colour nearest to `colour` that has enough contrast on `ground`: darker on light, lighter on dark."""
    toward = 0 if _luminance(ground) > 0.18 else 255
    channels = _channels(colour)
    for step in range(101):
        moved = [round(c + (toward - c) * step / 100) for c in channels]
        candidate = "#" + "".join(f"{c:02X}" for c in moved)
        if contrast(candidate, ground) >= LOWEST:
            return candidate
    return "#000000" if toward == 0 else "#FFFFFF"


def _channels(colour: str) -> tuple[int, int, int]:
    return (int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))


def _luminance(colour: str) -> float:
    red, green, blue = (
        c / 12.92 if (c := channel / 255) <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
