"""Nothing moves under a thumb while a page loads (`design.md` §7)."""

from __future__ import annotations

from typing import Any

import pytest

WATCH = """
window.moved = 0;
new PerformanceObserver(list => list.getEntries().forEach(each => { window.moved += each.value; }))
  .observe({type: "layout-shift", buffered: true});
"""
PAGES = (
    "shop/",
    "shop/makers/",
    "t/laziji/2026-03A/",
    "stories/yanglang-laziji/",
    "products/laziji/",
)


@pytest.fixture(scope="module")
def watched(phone: Any) -> Any:
    phone.route("**/*", lambda route: route.continue_())  # Nothing comes from the cache.
    phone.add_init_script(WATCH)
    return phone


@pytest.mark.parametrize("address", PAGES)
def test_nothing_moves(server: str, watched: Any, address: str) -> None:
    watched.goto(server + address, wait_until="networkidle")
    watched.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))"
    )
    assert watched.evaluate("() => window.moved") <= 0.01
