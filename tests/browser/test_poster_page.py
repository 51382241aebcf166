"""A poster's page on a phone: the whole poster, the words beside it, nothing to scroll sideways."""

from __future__ import annotations

from typing import Any

import pytest

from built import Built

WIDTH = 360


@pytest.mark.parametrize(
    "at", ["stories/yanglang-laziji/", "products/laziji/", "t/laziji/2026-09A/"]
)
def test_the_whole_poster_is_there_to_press_and_hold(at: str, server: str, browser: Any) -> None:
    context = browser.new_context(viewport={"width": WIDTH, "height": 740}, is_mobile=True)
    page = context.new_page()
    page.goto(f"{server}{at}poster/", wait_until="networkidle")
    image = page.locator("main img")
    box = image.bounding_box()
    assert image.evaluate("each => [each.naturalWidth, each.naturalHeight]") == [1080, 1440]
    assert box["x"] >= 0 and box["x"] + box["width"] <= WIDTH and box["width"] > 0.85 * WIDTH
    assert abs(box["height"] / box["width"] - 1440 / 1080) < 0.01
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTH
    assert "长按保存" in page.locator("main").inner_text()
    assert image.get_attribute("alt").startswith("海报：")
    context.close()


def test_quiet_links_lead_to_posters_and_none_from_a_digital_label(demo: Built) -> None:
    posters = {at for at in demo.pages if at.endswith("/poster/")}
    assert len(posters) == 23
    linked = {
        target[0]
        for at, page in demo.pages.items()
        for link in page.links()
        if (target := demo.target(at, link))
    }
    assert posters <= linked
    labels = {
        at: page
        for at, page in demo.sheets.items()
        if page.all("dl", **{"class": "rows ruled label"})
    }
    assert labels
    for at, page in labels.items():
        assert not any("poster" in link for link in page.links()), at
