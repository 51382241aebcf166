"""Nothing moves under a thumb while a page loads (`design.md` §7)."""

from __future__ import annotations

from collections.abc import Callable
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


@pytest.mark.parametrize("address", PAGES)
def test_nothing_moves(server: str, new_page: Callable[..., Any], address: str) -> None:
    page = new_page(360)
    page.add_init_script(WATCH)
    page.goto(server + address, wait_until="networkidle")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))")
    assert page.evaluate("() => window.moved") <= 0.01
