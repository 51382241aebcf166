"""What is told by colour is told without it: on black-and-white paper, in forced colours, and to people who see no motion."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from built import Built

# What stands out by its ground: each has an edge that forced colours keep.
EDGES = """selector => [...document.querySelectorAll(selector)]
  .filter(each => each.checkVisibility())
  .map(each => [each.className + ' ' + each.innerText.slice(0, 12), getComputedStyle(each)])
  .filter(([, style]) => !['Top', 'Left'].some(side => parseFloat(style[`border${side}Width`]) >= 1
    && style[`border${side}Style`] !== 'none' && style[`border${side}Color`] !== style.backgroundColor))
  .map(([name]) => name)"""

KINDS = {
    "t/laziji/2026-09A/": ".state, .btn, .checks li",
    "t/laziji/2026-05A/": ".state, .btn",
    "t/laziji/2026-05A/e/": ".state, .btn",
    "shop/": ".picks label",
    "products/laziji/": ".btn, .dots i",
    "": ".btn",
}


@pytest.fixture(scope="module")
def forced(lasting_page: Callable[..., Any]) -> Iterator[Any]:
    yield lasting_page(360, forced_colors="active", reduced_motion="reduce")


@pytest.mark.parametrize("address", KINDS)
def test_forced_colours_leave_an_edge(address: str, server: str, forced: Any) -> None:
    forced.goto(server + address)
    assert forced.evaluate(EDGES, KINDS[address]) == []


def test_each_state_looks_different_in_forced_colours(server: str, forced: Any) -> None:
    looks = {}
    for lot in ("2026-09A", "2026-11A", "2026-04B", "2026-05A", "2025-10A", "2026-06C"):
        forced.goto(f"{server}t/laziji/{lot}/")
        looks[lot] = forced.evaluate(
            "() => { const style = getComputedStyle(document.querySelector('.state'));"
            " return [style.borderTopStyle, style.borderTopWidth, style.borderLeftWidth].join(' ') }"
        )
        assert forced.locator(".state svg").is_visible()
    assert len(set(looks.values())) == len(looks), looks


def test_the_open_section_of_the_shop_is_marked_in_forced_colours(server: str, forced: Any) -> None:
    forced.goto(server + "shop/")
    here = forced.locator(".tabs [aria-current]")
    assert here.evaluate("e => getComputedStyle(e).textDecorationLine") == "underline"
    drawn = "e => getComputedStyle(e).borderLeftColor === getComputedStyle(document.body).backgroundColor"
    assert forced.locator(".side a:not([aria-current])").first.evaluate(drawn)


# Text that paper without grounds would show in white.
PALE = """() => [...document.querySelectorAll('main *')]
  .filter(each => each.checkVisibility() && [...each.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
  .filter(each => {
    const shades = getComputedStyle(each).color.match(/[0-9.]+/g).slice(0, 3).map(Number);
    return shades.every(shade => shade > 150) && getComputedStyle(each).printColorAdjust !== 'exact';
  }).map(each => each.innerText.slice(0, 20))"""


def test_paper_without_grounds_shows_every_word(demo: Built, server: str, phone: Any) -> None:
    pale = {}
    phone.emulate_media(media="print")
    for at in demo.owned:
        if at.startswith("t/") or at in ("recalls/", "products/laziji/"):
            phone.goto(server + at)
            pale[at] = phone.evaluate(PALE)
    phone.emulate_media(media="screen")
    assert {at: words for at, words in pale.items() if words} == {}


MOVING = """() => [...document.querySelectorAll('*')]
  .filter(each => {
    const style = getComputedStyle(each);
    const long = text => text.split(',').some(part => parseFloat(part) > 0.01);
    return long(style.animationDuration) && style.animationName !== 'none'
      || long(style.transitionDuration) || style.scrollBehavior === 'smooth';
  }).map(each => each.tagName + ' ' + each.className)"""


@pytest.mark.parametrize(
    "address", ["", "shop/", "products/laziji/", "stories/yanglang-laziji/", "search/"]
)
def test_nothing_of_ours_moves_where_motion_is_unwanted(
    address: str, server: str, forced: Any
) -> None:
    forced.goto(server + address)
    assert forced.evaluate(MOVING) == []
