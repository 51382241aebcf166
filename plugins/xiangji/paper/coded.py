"""Checks the code of a printed thing: whether its address can be opened, and whether the code has room."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xiangji.model.location import Location
from xiangji.paper.formats import BEST
from xiangji.paper.symbol import GOOD_MODULE, Sized, Symbol, fit, least_room, make_symbol
from xiangji.problems import Problem, problem
from xiangji.readers.site.public_address import closed, is_example
from xiangji.records.product import Product
from xiangji.render.context import RenderContext

RESOLUTION = 300
"""The default resolution in dots per inch. A whole number of its dots is also one on printers of 600 and 1200."""


_LEVELS = ("h", "q", "m")


def nothing_instead(need: float) -> Mapping[str, str]:
    """Name nothing else that a code of `need` mm fits on."""
    return {"instead": "", "instead_en": ""}


def _best(address: str, room: float, resolution: int) -> Symbol:
    symbols = [make_symbol(address, level) for level in _LEVELS]
    for each in symbols:
        sized = fit(each, room, resolution)
        if sized is not None and sized.module >= GOOD_MODULE - 1e-9:
            return each
    return symbols[-1]


def unreachable(context: RenderContext, sheet: bool = True, product: bool = False) -> list[Problem]:
    """Return the problems of printing codes: why their address would lead nowhere.

    `sheet` says whether the codes lead to batch sheets, `product` whether they lead to products. Else they only need an
    address of the site.
    """
    config = Location(context.settings.config_file)
    off = sheet and "trace" not in context.choice
    unlisted = product and Product not in context.choice
    return [
        *([problem("paper-no-sheet", config)] if off else []),
        *([problem("paper-no-product", config)] if unlisted else []),
        *_unopenable(context, config),
    ]


def _unopenable(context: RenderContext, config: Location) -> list[Problem]:
    """Return why nobody outside could open an address of the site: there is none, or it is not public."""
    url = context.settings.site_url
    if not url:
        return [problem("paper-no-address", config)]
    found = closed(url)
    said = {"value": url, "why": found.zh, "why_en": found.en} if found else {}
    return [problem("paper-address-closed", config, **said)] if found else []


def unregistrable(context: RenderContext) -> list[Problem]:
    """Return why codes must not be registered as printed: the address of the site is an example."""
    url = context.settings.site_url
    config = Location(context.settings.config_file)
    return [problem("paper-address-example", config, value=url)] if url and is_example(url) else []


def code_for(
    address: str,
    room: float,
    key: str,
    place: Location,
    named: Mapping[str, str],
    resolution: int = RESOLUTION,
    level: str = BEST,
    instead: Callable[[float], Mapping[str, str]] = nothing_instead,
) -> tuple[Sized | None, list[Problem]]:
    """Return the symbol of a URL sized for a square of `room` mm, or None and a problem if there is no room.

    With the level `BEST`, it is the highest level of error correction whose modules stay as large as `GOOD_MODULE`:
    dirt and scratches spoil a code sooner than distance does. `key` and `place` are the subject and the location of the
    problem. `named` are its words for the printed thing (`formats.Piece.named`), and `instead` returns those for what
    has room for a code of a size in mm.
    """
    symbol = _best(address, room, resolution) if level == BEST else make_symbol(address, level)
    sized = fit(symbol, room, resolution)
    if sized is not None:
        return sized, []
    need = least_room(symbol, resolution)
    sizes = {"need": f"{need:.1f}", "room": f"{room:.1f}", **instead(need)}
    return None, [problem("label-code-room", place, value=key, **sizes, **named)]
