"""Draws the way of a route as SVG, with a number at each stop; the list below it has the names and links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape
from msgspec import Struct

from xiangji.model.values import Position
from xiangji.views.drawing.layout import RADIUS, WIDTH, DrawnLayout, DrawnPoint, laid_out


class MapStop(Struct, frozen=True):
    """A stop as the drawing and the list show it."""

    text: str
    href: str
    note: str
    position: Position | None


class RouteDrawing(Struct, frozen=True):
    """The drawing of a route, what is said below it, and its stops."""

    svg: Markup
    caption: str
    stops: tuple[MapStop, ...]


def drawn(title: str, stops: Sequence[MapStop]) -> RouteDrawing:
    """The drawing of the stops in order."""
    layout = laid_out([each.position for each in stops])
    caption = "示意图，上面是北，不按比例。" if layout.by_position else "示意图，不按比例。"
    return RouteDrawing(_svg(title, stops, layout), caption, tuple(stops))


def _svg(title: str, stops: Sequence[MapStop], layout: DrawnLayout) -> Markup:
    told = "，".join(f"{number} {each.text}" for number, each in enumerate(stops, start=1))
    corners = " ".join(f"{each.x:.0f},{each.y:.0f}" for each in layout.points)
    parts = [
        f'<svg class="way" role="img" viewBox="0 0 {WIDTH} {layout.height}"',
        f' aria-label="{escape(title)}：{escape(told)}">',
        f'<polyline points="{corners}"/>',
        *_dots(layout),
        "</svg>",
    ]
    # Every text is escaped above; the rest is numbers of ours.
    return Markup("".join(parts))  # noqa: S704


def _dots(layout: DrawnLayout) -> Iterator[str]:
    """Yield a dot for each point, with the numbers of the stops there: a way may come back to where it began."""
    numbers: dict[DrawnPoint, list[int]] = {}
    for number, point in enumerate(layout.points, start=1):
        numbers.setdefault(point, []).append(number)
    for point, several in numbers.items():
        radius = RADIUS + 6 * (len(several) - 1)
        said = "·".join(map(str, several))
        yield f'<circle cx="{point.x:.0f}" cy="{point.y:.0f}" r="{radius}"/>'
        yield f'<text x="{point.x:.0f}" y="{point.y + 5:.0f}">{said}</text>'
