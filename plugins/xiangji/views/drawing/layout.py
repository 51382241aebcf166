"""Where the stops of a route stand in its drawing: by their positions, or along a line that turns at each end."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

from xiangji.model.values import Position

WIDTH = 320
"""The width of a drawing in units of its own: on the narrowest phone they are pixels."""
RADIUS = 15
MARGIN = 28
_ROW = 5
"""How many stops stand in a row of a line."""
_ROW_HEIGHT = 56
_NARROWEST = 0.001
"""The least extent in degrees, about 100 m: positions are not known better."""


class DrawnPoint(Struct, frozen=True):
    """A point of a drawing, from its upper left corner."""

    x: float
    y: float


class DrawnLayout(Struct, frozen=True):
    """The points of the stops, and the height of the drawing."""

    points: tuple[DrawnPoint, ...]
    height: int
    by_position: bool = False


def laid_out(positions: Sequence[Position | None]) -> DrawnLayout:
    """Where stops stand: on a map if the position of each is known, else on a line."""
    known = [each for each in positions if each is not None]
    if len(known) == len(positions) and len(set(known)) > 1:
        return _map(known)
    return _line(len(positions))


def _line(count: int) -> DrawnLayout:
    step = (WIDTH - 2 * MARGIN) / (_ROW - 1)
    points = []
    for index in range(count):
        row, column = divmod(index, _ROW)
        across = column if row % 2 == 0 else _ROW - 1 - column
        points.append(DrawnPoint(MARGIN + across * step, MARGIN + row * _ROW_HEIGHT))
    rows = -(-count // _ROW)
    return DrawnLayout(tuple(points), 2 * MARGIN + (rows - 1) * _ROW_HEIGHT)


def _map(positions: Sequence[Position]) -> DrawnLayout:
    """North is above. A degree of longitude is shorter than one of latitude, by the cosine of the latitude."""
    north = [float(each.north) for each in positions]
    shrink = math.cos(math.radians(sum(north) / len(north)))
    east = [float(each.east) * shrink for each in positions]
    wide = max(max(east) - min(east), _NARROWEST)
    high = max(max(north) - min(north), _NARROWEST)
    scale = min((WIDTH - 2 * MARGIN) / wide, (WIDTH - 2 * MARGIN) / high)
    left = (WIDTH - scale * (max(east) - min(east))) / 2
    points = [
        DrawnPoint(left + scale * (x - min(east)), MARGIN + scale * (max(north) - y))
        for x, y in zip(east, north, strict=True)
    ]
    spread = _apart(points)
    height = max(each.y for each in spread) + MARGIN
    return DrawnLayout(tuple(spread), round(height), by_position=True)


def _apart(points: Sequence[DrawnPoint]) -> list[DrawnPoint]:
    """The points with a little room between those that would cover each other. Equal points stay equal."""
    placed: dict[DrawnPoint, DrawnPoint] = {}
    for point in points:
        if point in placed:
            continue
        moved = point
        for turn in range(24):
            if all(
                math.dist((moved.x, moved.y), (o.x, o.y)) >= 2 * RADIUS for o in placed.values()
            ):
                break
            angle, far = turn * math.pi / 4, RADIUS * (2 + turn // 8)
            moved = DrawnPoint(
                min(max(point.x + far * math.cos(angle), RADIUS), WIDTH - RADIUS),
                max(point.y + far * math.sin(angle), RADIUS),
            )
        placed[point] = moved
    return [placed[each] for each in points]
