"""Colours that old eyes can read."""

from __future__ import annotations

from datetime import date

import pytest

from xiangji.checks import brand as brand_check
from xiangji.library import Library
from xiangji.library.batches import Batches
from xiangji.model.location import Location, Origin
from xiangji.records.brand import Brand, Colours

TODAY = date(2026, 5, 1)


def found(**colours: str) -> list[tuple[str, str]]:
    """Field and better colour of each problem, for a village that wrote these colours."""
    places = {name: Location("b.yml", line) for line, name in enumerate(colours, start=1)}
    kit = Colours(**colours, origin=Origin(Location("b.yml"), places))
    library = Library(Brand(name="村", colours=kit), {}, {}, {}, {}, Batches(), {}, {}, {})
    problems = list(brand_check.check(library, TODAY))
    assert {each.rule for each in problems} <= {"contrast-low"}
    return [(dict(each.details)["field"], dict(each.details)["better"]) for each in problems]


def test_no_colours_no_problem() -> None:
    library = Library(Brand(name="村"), {}, {}, {}, {}, Batches(), {}, {}, {})
    assert list(brand_check.check(library, TODAY)) == []


@pytest.mark.parametrize("name", ["action", "fine", "wait", "link", "ink"])
def test_a_pale_colour_is_told_and_a_darker_one_offered(name: str) -> None:
    ((_, better),) = found(**{name: "#CCCCCC"})
    assert better < "#CCCCCC"


@pytest.mark.parametrize("name", ["action_dark", "fine_dark", "wait_dark", "link_dark"])
def test_a_dark_colour_on_dark_ground(name: str) -> None:
    ((_, better),) = found(**{name: "#222222"})
    assert better > "#222222"


def test_dark_text_on_its_own_dark_page_is_not_compared_with_light() -> None:
    assert found(action_dark="#FFFFFF") == []
    assert found(action="#000000") == []


def test_a_changed_ground_is_held_against_every_text() -> None:
    assert {field for field, _ in found(page="#000000")} == {
        *("主色", "正常色", "等待色", "链接色", "墨色")
    }
    assert found(page="#FFFFFF") == []
