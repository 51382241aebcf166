"""Chromium draws a page alike with all style sheets of its kind and with the rules that it carries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from xiangji.render.templates import style_sheet

PAGES = {
    "": ("usual", "lists", "story", "blocks"),
    "shop/": ("usual", "lists", "shop"),
    "products/laziji/": ("usual", "lists", "product", "step", "duo"),
    "stories/yanglang-laziji/": ("usual", "lists", "story", "duo", "product", "listen"),
}
MEASURE = """() => [...document.querySelectorAll('body,body *')].map(each => {
  const box = each.getBoundingClientRect(), style = getComputedStyle(each);
  return [box.x, box.y, box.width, box.height, style.color, style.backgroundColor, style.font, style.border].join();
})"""
ALL = """sheets => { const style = document.querySelector('style');
  const palette = style.textContent.split('*{box-sizing')[0]; style.textContent = palette + sheets; }"""


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("at", PAGES)
def test_a_page_looks_as_with_every_rule(
    server: str, new_page: Callable[..., Any], at: str, width: int
) -> None:
    page = new_page(width, bypass_csp=True)
    page.goto(server + at)
    own = page.evaluate(MEASURE)
    page.evaluate(ALL, "".join(map(style_sheet, ("base", *PAGES[at]))))
    assert page.evaluate(MEASURE) == own
    page.evaluate(ALL, "")
    assert page.evaluate(MEASURE) != own, "the measure sees style"
