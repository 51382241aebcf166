"""Finding things: the host's search on the pages that it makes, the catalogue's own, and without script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from waiting import until

from built import Built


def test_the_host_searches_what_it_made(server: str, new_page: Callable[..., Any]) -> None:
    page = new_page(1280)
    page.goto(server + "handbook/")
    page.click(".md-search__input")
    page.keyboard.insert_text("批次表")
    page.keyboard.press("Shift")  # Material looks when a key comes up.
    page.wait_for_selector(".md-search-result__item a")
    links = page.eval_on_selector_all(".md-search-result__link", "all => all.map(a => a.href)")
    found = {link.removeprefix(server).partition("?")[0].partition("#")[0] for link in links}
    assert "handbook/batches/" in found
    assert all(each.startswith(("handbook/", "dev/")) for each in found)
    with page.expect_navigation():
        page.click(".md-search-result__item a >> nth=0")
    assert "批次" in page.inner_text("main")


@pytest.mark.parametrize(
    ("word", "href"), [("腊肉", "products/larou/"), ("编匠", "people/weaver-bing/")]
)
def test_the_catalogue_finds_products_and_people(
    word: str, href: str, server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(360)
    page.goto(server + "shop/")
    page.fill(".find input", word)
    page.wait_for_selector(".found a")
    assert not page.is_visible(".shelf")
    with page.expect_navigation():
        page.click(".found a >> nth=0")
    assert page.url == server + href


def test_the_catalogue_says_when_it_finds_nothing(
    server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(360)
    page.goto(server + "shop/crafts/")
    page.fill(".find input", "洗衣机")
    page.wait_for_selector(".found [role=status]:has-text('没有找到')")
    page.fill(".find input", "")
    assert page.is_visible(".shelf")
    assert not page.is_visible(".found")


def test_tabs_and_side_bar_lead_to_their_places(server: str, new_page: Callable[..., Any]) -> None:
    page = new_page(360)
    page.emulate_media(reduced_motion="reduce")  # A click in a page that still scrolls may miss.
    page.goto(server + "shop/")
    tabs = page.eval_on_selector_all(".tabs a", "all => all.map(a => [a.innerText, a.href])")
    assert [name for name, _ in tabs] == ["农产品", "手工艺", "能工巧匠", "意向单"]
    for name, href in tabs:
        page.goto(href)
        assert page.inner_text(".tabs [aria-current=page]") == name
        for target in page.eval_on_selector_all(".side a", "all => all.map(a => a.hash)"):
            page.click(f".side a[href='{target}']")
            until(page, "wanted => location.hash === wanted", target)
            assert page.locator(f"{target} h2").is_visible()


def test_everything_can_be_reached_from_the_shop_without_script(
    demo: Built, server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(360, java_script_enabled=False)
    reached: set[str] = set()
    for tab in ("shop/", "shop/crafts/", "shop/makers/"):
        page.goto(server + tab)
        for link in page.locator("a:visible").all():
            target = demo.target(tab, link.get_attribute("href"))
            reached.add(target[0] if target else "")
    entries = {at for at in demo.owned if at.count("/") == 2}
    products = {at for at in entries if at.startswith("products/")}
    makers = {f"people/{name}/" for name in ("teller-jia", "cook-yi", "weaver-bing", "grower-ding")}
    assert len(products) >= 4
    assert products - reached <= HIDDEN
    assert makers <= reached


HIDDEN = {"products/ciba-lajiao/", "products/tuji/"}
"""Products with `hidden`: raw materials that nobody buys, reached from the sheets."""
