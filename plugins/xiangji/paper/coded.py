"""The code of a printed thing: whether it leads anywhere, and whether it has room."""

from __future__ import annotations

from collections.abc import Mapping

from xiangji.model.location import Location
from xiangji.paper.symbol import Sized, fit, least_room, make_symbol
from xiangji.problems import Problem, problem
from xiangji.render.context import RenderContext

RESOLUTION = 300
"""Dots per inch that a module is whole in where nobody named a printer; so it is on the usual ones of
600 and 1200 as well."""


def unreachable(context: RenderContext, sheet: bool = True) -> list[Problem]:
    """Why a printed code would lead nowhere. One that leads to no batch `sheet` only needs an address
    of the site."""
    config = Location(context.settings.config_file)
    closed = sheet and "trace" not in context.choice
    return [
        *([problem("paper-no-sheet", config)] if closed else []),
        *([] if context.settings.site_url else [problem("paper-no-address", config)]),
    ]


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
