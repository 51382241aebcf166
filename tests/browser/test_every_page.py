"""Every page of the demo in a real browser, at the width of a phone and of a laptop. That they read the
same without script is in test_text_size.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from built import Built

Visits = dict[tuple[str, int], Any]


def test_both_widths_of_every_page_were_seen(demo: Built, visits: Visits) -> None:
    assert {width for _, width in visits} == {360, 1280}
    assert len(visits) == 2 * len(demo.pages)
    assert all(visit.requests and visit.text for visit in visits.values())


def test_no_page_has_a_script_error(visits: Visits) -> None:
    assert {at: visit.errors for at, visit in visits.items() if visit.errors} == {}


def test_nothing_is_asked_of_another_host(visits: Visits, server: str) -> None:
    asked = {url for visit in visits.values() for url in visit.requests}
    assert [url for url in asked if not url.startswith((server, "data:", "blob:"))] == []


def test_every_request_is_answered(visits: Visits) -> None:
    assert {at: visit.refused for at, visit in visits.items() if visit.refused} == {}


def test_no_page_scrolls_sideways(visits: Visits) -> None:
    seen = {(at, width): wide for (at, _), v in visits.items() for width, wide in v.scroll.items()}
    assert {width for _, width in seen} == {320, 360, 1280}
    assert {key: wide for key, wide in seen.items() if wide > key[1]} == {}


def test_text_of_owned_pages_is_at_least_18_px(visits: Visits) -> None:
    assert {at: visit.small_text for at, visit in visits.items() if visit.small_text} == {}


def test_bars_and_boxes_are_large_enough_to_touch(visits: Visits) -> None:
    assert {at: visit.small_targets for at, visit in visits.items() if visit.small_targets} == {}


def test_every_link_and_fragment_leads_somewhere(demo: Built) -> None:
    dead = [
        f"{at or 'home'}: {link}"
        for at, page in demo.pages.items()
        for link in page.links()
        if link.startswith("//")
        or ((target := demo.target(base_of(at), link)) and not found(demo, *target))
    ]
    assert dead == []


def base_of(address: str) -> str:
    """Where a page's links start: the 404 page stands at the root and answers at any depth."""
    return "" if address == "404.html" else address


def found(demo: Built, address: str, fragment: str) -> bool:
    if demo.file_at(address) is None:
        return False
    if address not in demo.pages:  # A moment in a recording: `….mp3#t=12.5`.
        return not fragment or fragment.startswith("t=")
    return not fragment or fragment in demo.pages[address].ids


def test_every_picture_and_style_is_there(demo: Built) -> None:
    """Without scrolling, a browser does not ask for lazy pictures: read them from the page."""
    dead = []
    for at, page in demo.pages.items():
        sources = [each["src"] for each in page.elements if each["src"]]
        sources += [each["href"] for each in page.all("link") if each["rel"] != "canonical"]
        sets = (each["srcset"] for each in page.elements if each["srcset"])
        sources += [part.split()[0] for text in sets for part in text.split(",")]
        for source in sources:
            target = demo.target(base_of(at), source)
            if target and demo.file_at(target[0]) is None:
                dead.append(f"{at or 'home'}: {source}")
    assert dead == []


def test_an_unknown_address_leads_back_into_the_site(
    server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(360)
    answer = page.goto(server + "t/laziji/2026-99Z/")
    assert answer.status == 404
    assert page.inner_text("h1") == "没有这一页"
    with page.expect_navigation():
        page.click("main a:has-text('查批次')")
    assert page.url == server + "t/"


def test_a_sheet_can_be_printed(server: str, new_page: Callable[..., Any]) -> None:
    page = new_page(360)
    page.goto(server + "t/laziji/2026-09A/")
    assert page.pdf(format="A4").startswith(b"%PDF-")
