"""The drawing of a route: every stop stands in it, apart from the others, with north above; the list says the same."""

from __future__ import annotations

import math
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from built import Document, write
from views.test_said import VILLAGE, pages
from xiangji.model.values import Position
from xiangji.views.drawing.layout import RADIUS, WIDTH, laid_out
from xiangji.views.drawing.route_map import MapStop, drawn


def at(north: str, east: str) -> Position:
    return Position(Decimal(north), Decimal(east))


near = st.integers(0, 300).map(lambda n: Decimal(n) / 1000)
positions = st.builds(lambda n, e: Position(27 + n, 106 + e), near, near)


@given(st.lists(st.none() | positions, min_size=1, max_size=20))
def test_every_stop_stands_inside(several: list[Position | None]) -> None:
    layout = laid_out(several)
    assert len(layout.points) == len(several)
    for point in layout.points:
        assert RADIUS <= point.x <= WIDTH - RADIUS and RADIUS <= point.y <= layout.height - RADIUS


@given(st.lists(positions, min_size=2, max_size=8, unique=True))
def test_no_stop_covers_another(several: list[Position]) -> None:
    points = laid_out(several).points
    for number, one in enumerate(points):
        for other in points[number + 1 :]:
            assert math.dist((one.x, one.y), (other.x, other.y)) >= 2 * RADIUS - 0.01


def test_north_is_above_and_east_to_the_right() -> None:
    south_west, north_east, south_east = laid_out(
        [at("27.01", "106.68"), at("27.03", "106.71"), at("27.01", "106.71")]
    ).points
    assert north_east.y < south_west.y == south_east.y
    assert south_west.x < south_east.x == north_east.x
    wide, high = south_east.x - south_west.x, south_west.y - north_east.y
    assert abs(wide / high - 1.5 * math.cos(math.radians(27.02))) < 0.01


def test_one_unknown_position_makes_a_line() -> None:
    assert laid_out([at("27.01", "106.68"), at("27.02", "106.68")]).by_position
    assert not laid_out([at("27.01", "106.68"), None]).by_position
    assert not laid_out([at("27.01", "106.68")] * 2).by_position


def test_who_comes_back_finds_both_numbers_at_one_dot() -> None:
    begin, end = at("27.01", "106.68"), at("27.03", "106.70")
    stops = [
        MapStop(text, "", "", where)
        for text, where in (("碑", begin), ("竹林", end), ("碑", begin))
    ]
    svg = ElementTree.fromstring(str(drawn("走一圈", stops).svg))
    assert [each.text for each in svg.iter("text")] == ["1·3", "2"]
    assert len(list(svg.iter("circle"))) == 2
    assert svg.get("aria-label") == "走一圈：1 碑，2 竹林，3 碑"


def test_a_name_with_signs_of_markup_stays_a_name() -> None:
    svg = ElementTree.fromstring(str(drawn('<b>&"', [MapStop("<i>路", "", "", None)]).svg))
    assert svg.get("aria-label") == '<b>&"：1 <i>路'


def test_the_page_has_the_drawing_and_the_same_as_a_list(tmp_path: Path) -> None:
    files = {
        "village/spots.yml": (
            "- {编号: bei, 名称: 石碑, 来做什么: 看, 坐标: '27.0123, 106.6811'}\n"
            "- {编号: jia, 名称: 不公开的院子, 来做什么: 看, 公开范围: 不公开}\n"
        ),
        "village/routes.yml": (
            "- 编号: quan\n  名称: 走一圈\n  站:\n    - {去处: bei, 多久: 一刻钟}\n    - {见谁: secret-lan}\n"
            "    - {产品: lajiao, 做什么: 尝}\n    - {名称: 坡上, 去处: jia}\n    - {去处: jia}\n"
        ),
    }
    found = pages(write(tmp_path, VILLAGE | files))
    page = Document(found["routes/quan/index.html"].decode())
    listed = found["routes/quan/index.html"].decode().partition('<ol class="stops">')[2]
    said = [each.text for each in Document(listed.partition("</ol>")[0]).all("li")]
    assert said == ["石碑一刻钟", "一位大姐", "糍粑辣椒尝", "坡上"]
    assert {"../../spots/bei/", "../../products/lajiao/"} <= set(page.links())
    assert not [name for name, content in found.items() if b"27.0123" in content], "three decimals"
    told = [each["aria-label"] for each in page.all("svg", role="img")]
    assert told == ["走一圈：1 石碑，2 一位大姐，3 糍粑辣椒，4 坡上"]
    assert "不公开的院子" not in found["routes/quan/index.html"].decode()
