"""What somebody meets who has no mouse: each stop is seen, stands where one reads on, and has a visible focus."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

FAMILIES = (
    "",
    "about/",
    "handbook/start/",
    "handbook/village/",
    "dev/wording/",
    "404.html",
    "stories/",
    "stories/yanglang-laziji/",
    "workshops/yanglang-laziji/",
    "products/laziji/",
    "products/laziji/poster/",
    "people/cook-yi/",
    "village/",
    "events/",
    "shop/",
    "shop/saved/",
    "search/",
    "t/laziji/",
    "t/laziji/2026-09A/",
    "t/laziji/2026-05A/e/",
    "recalls/",
)

# The stop that has the focus. The shop's choices are hidden boxes; what is seen of each is its label. A player's own
# buttons lie in the player.
STOP = """() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body) return null;
  const seen = stop.matches('.pick') ? document.querySelector(`[for=${stop.id}]`) : stop;
  const style = getComputedStyle(seen), box = seen.getBoundingClientRect();
  const name = (stop.getAttribute('aria-label') || stop.innerText || stop.title || stop.id || '').trim();
  return {
    name: stop.tagName + ' ' + name.slice(0, 20),
    order: [...document.querySelectorAll('*')].indexOf(stop),
    ring: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    shown: seen.checkVisibility({visibilityProperty: true}) && box.width > 1 && box.height > 1
      && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
  };
}"""

MOST = 400

# Among so many first stops of a host's page is its search box.
AT_SEARCH = 5


@dataclass
class Walk:
    """The stops of one page, from its beginning to its end."""

    stops: list[dict[str, Any]]

    @property
    def names(self) -> list[str]:
        return [each["name"] for each in self.stops]


@pytest.fixture(scope="module")
def walks(server: str, lasting_page: Callable[..., Any]) -> dict[tuple[str, int], Walk]:
    """Every family's page, walked with Tab on a phone and on a desk."""
    found = {}
    for width in (360, 1280):
        page = lasting_page(width, reduced_motion="reduce")
        for address in FAMILIES:
            page.goto(server + address, wait_until="load")
            stops: list[dict[str, Any]] = []
            for _ in range(MOST):
                page.keyboard.press("Tab")
                stop = page.evaluate(STOP)
                if page.locator(".md-search").count() and len(stops) < AT_SEARCH:
                    page.wait_for_timeout(500)  # The host's search box slides in, and out again.
                    stop = page.evaluate(STOP)
                if stop is None or stops[:1] == [stop]:
                    break
                if not stop["shown"]:
                    page.wait_for_timeout(400)  # The page may still be on its way there.
                    stop = page.evaluate(STOP)
                stops.append(stop)
            found[address, width] = Walk(stops)
    return found


def test_each_stop_is_on_the_screen(walks: dict[tuple[str, int], Walk]) -> None:
    """Nobody tabs into a drawer that is shut, or to a link that is elsewhere."""
    hidden = {k: [s["name"] for s in w.stops if not s["shown"]] for k, w in walks.items()}
    assert {key: names for key, names in hidden.items() if names} == {}


def test_each_stop_has_a_ring_that_is_seen(walks: dict[tuple[str, int], Walk]) -> None:
    faint = {k: [s["name"] for s in w.stops if s["ring"] < 2] for k, w in walks.items()}
    assert {key: names for key, names in faint.items() if names} == {}


def test_the_stops_come_in_the_order_of_reading(walks: dict[tuple[str, int], Walk]) -> None:
    for key, walk in walks.items():
        orders = [each["order"] for each in walk.stops]
        assert orders == sorted(orders), key
        assert 5 <= len(orders) < MOST, key


def test_the_first_stop_leads_past_the_menu(walks: dict[tuple[str, int], Walk]) -> None:
    first = {walk.names[0] for walk in walks.values()}
    assert first == {"A 跳到正文", "A 跳转至"}


def test_a_drawer_opens_and_closes_without_a_mouse(server: str, phone: Any) -> None:
    phone.goto(server + "handbook/start/")
    drawer = phone.locator(".md-sidebar--primary")
    assert not drawer.is_visible()
    names = []
    while "栏目" not in names[-1:]:
        phone.keyboard.press("Tab")
        names.append(phone.evaluate("document.activeElement.title"))
        assert len(names) < 4
    phone.keyboard.press("Enter")
    drawer.wait_for(state="visible")
    phone.locator(".md-nav__title[for=__drawer]").focus()
    phone.keyboard.press("Enter")
    drawer.wait_for(state="hidden")


# What scrolls sideways, and what of it the keyboard does not reach or a reader does not name. Code says itself what it is.
SIDEWAYS = """() => [...document.querySelectorAll('main *')]
  .filter(each => each.scrollWidth > each.clientWidth + 1 && each.checkVisibility()
    && ['auto', 'scroll'].includes(getComputedStyle(each).overflowX))
  .map(each => [each.tagName + ' ' + each.className,
    each.tabIndex === 0 && (each.tagName === 'CODE' || !!each.getAttribute('aria-label'))])"""


@pytest.mark.parametrize("width", [360, 600, 1280])
def test_what_scrolls_sideways_can_be_scrolled_by_the_keyboard(
    width: int, server: str, lasting_page: Callable[..., Any]
) -> None:
    page = lasting_page(width)
    seen = []
    for address in ("handbook/products/", "dev/standards/", "dev/wording/", "products/laziji/"):
        page.goto(server + address)
        seen += page.evaluate(SIDEWAYS)
    assert seen and [name for name, reached in seen if not reached] == []
