"""The code of a printed thing: whether it leads anywhere, and whether it has room."""

from __future__ import annotations

from collections.abc import Mapping

from xiangji.model.location import Location
from xiangji.paper.symbol import Sized, fit, least_room, make_symbol
from xiangji.problems import Problem, problem
from xiangji.public_address import closed, is_example
from xiangji.records.product import Product
from xiangji.render.context import RenderContext

RESOLUTION = 300
"""Dots per inch that a module is whole in where nobody named a printer; so it is on the usual ones of
600 and 1200 as well."""


def unreachable(context: RenderContext, sheet: bool = True, product: bool = False) -> list[Problem]:
    """Why a printed code would lead nowhere. One that leads to no batch `sheet` and no `product` only needs an address
    of the site."""
    config = Location(context.settings.config_file)
    off = sheet and "trace" not in context.choice
    unlisted = product and Product not in context.choice
    return [
        *([problem("paper-no-sheet", config)] if off else []),
        *([problem("paper-no-product", config)] if unlisted else []),
        *_unopenable(context, config),
    ]


def _unopenable(context: RenderContext, config: Location) -> list[Problem]:
    """Why nobody could open an address of the site, wherever the file says what it is."""
    url = context.settings.site_url
    if not url:
        return [problem("paper-no-address", config)]
    found = closed(url)
    said = {"value": url, "why": found.zh, "why_en": found.en} if found else {}
    return [problem("paper-address-closed", config, **said)] if found else []


def unregistrable(context: RenderContext) -> list[Problem]:
    """Why codes must not be registered as printed: their address is that of an example."""
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
    level: str = "m",
) -> tuple[Sized | None, list[Problem]]:
    """The symbol of an address in a square of `room` mm, or None with the reason: told of `key` at
    `place`, and `named` says what is printed (`formats.Piece.named`)."""
    symbol = make_symbol(address, level)
    sized = fit(symbol, room, resolution)
    if sized is not None:
        return sized, []
    sizes = {"need": f"{least_room(symbol, resolution):.1f}", "room": f"{room:.1f}"}
    return None, [problem("label-code-room", place, value=key, **sizes, **named)]
