"""The colours of a village: the defaults of `art-direction`, changed by the brand's own colours.

Every page, label and the host's theme use these colours, so that they change together.
"""

from __future__ import annotations

from msgspec import Struct

from xiangji.records.brand import Brand


class Palette(Struct, frozen=True):
    """Colours as `#RRGGBB`. Those with `_dark` are for dark mode, on `page_dark`."""

    page: str = "#FBF7EF"
    page_dark: str = "#17130F"
    card: str = "#FFFFFF"
    card_dark: str = "#241E18"
    sand: str = "#F1E9DA"
    sand_dark: str = "#2C251E"
    ink: str = "#211C17"
    ink_dark: str = "#F3ECE0"
    muted: str = "#5A5248"
    muted_dark: str = "#B9AE9F"
    line: str = "#E2D7C3"
    line_dark: str = "#40372D"
    action: str = "#A3211B"
    action_dark: str = "#FF8A7A"
    fine: str = "#2B6446"
    fine_dark: str = "#8FD3AC"
    wait: str = "#7A4E14"
    wait_dark: str = "#E8BF7E"
    link: str = "#2D4A73"
    link_dark: str = "#A9C4EC"

    def light(self) -> dict[str, str]:
        """Colours by role for light mode."""
        roles = (each for each in self.__struct_fields__ if not each.endswith("_dark"))
        return {role: getattr(self, role) for role in roles}

    def dark(self) -> dict[str, str]:
        """Colours by role for dark mode."""
        return {role: getattr(self, f"{role}_dark") for role in self.light()}


def palette_of(brand: Brand) -> Palette:
    """The default palette, with the brand's own colours in place of defaults."""
    chosen = brand.colours
    if chosen is None:
        return Palette()
    own = {name: getattr(chosen, name, None) for name in Palette.__struct_fields__}
    return Palette(**{name: value for name, value in own.items() if value})


ALARM = "#A3211B"
"""The ground of an alarm, with white words on it: the same by day, by night, and in every village."""


def palette_style(palette: Palette) -> str:
    """The palette as CSS custom properties, for light and dark colour schemes."""
    light = "".join(f"--{role}:{value};" for role, value in palette.light().items())
    dark = "".join(f"--{role}:{value};" for role, value in palette.dark().items())
    light += f"--alarm:{ALARM};"
    if palette.action != Palette().action:
        # White signs stand on it, by day and by night.
        light += f"--seal:{palette.action};"
    return f":root{{color-scheme:light dark;{light}}}@media(prefers-color-scheme:dark){{:root{{{dark}}}}}"
