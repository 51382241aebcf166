"""长辈版: large, one column, the same answer as the usual page, and a way there and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from built import Built, Document

SIZES = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || !node.parentElement.checkVisibility()) continue;
    const size = parseFloat(getComputedStyle(node.parentElement).fontSize);
    if (size < 24) small.push(size + ' ' + node.data.trim());
  }
  return small;
}"""
TARGETS = """() => [...document.querySelectorAll('a, button')]
  .filter(each => each.checkVisibility() && !each.classList.contains('skip'))
  .map(each => [each.innerText.trim() || each.getAttribute('aria-label'), each.getBoundingClientRect()])
  .filter(([_, box]) => box.height < 60).map(([name, box]) => name + ' ' + box.height)"""


def elders(demo: Built) -> list[str]:
    return [at for at in demo.owned if at.startswith(("t/", "shop/")) and at.endswith("/e/")]


def test_every_sheet_and_the_shop_have_a_large_page(demo: Built) -> None:
    assert set(elders(demo)) == {f"{at}e/" for at in demo.sheets} | {"shop/e/"}


def test_large_pages_are_large(demo: Built, server: str, phone: Any) -> None:
    small, narrow = {}, {}
    for at in elders(demo):
        phone.goto(server + at)
        small[at] = phone.evaluate(SIZES)
        narrow[at] = phone.evaluate(TARGETS)
    assert {at: found for at, found in small.items() if found} == {}
    assert {at: found for at, found in narrow.items() if found} == {}


def test_large_pages_are_large_on_paper_too(demo: Built, server: str, phone: Any) -> None:
    phone.emulate_media(media="print")
    small = {}
    for at in elders(demo):
        phone.goto(server + at)
        small[at] = phone.evaluate(SIZES)
    phone.emulate_media(media="screen")
    assert {at: found for at, found in small.items() if found} == {}


def test_both_pages_give_the_same_answer_and_lead_to_each_other(
    demo: Built, server: str, phone: Any
) -> None:
    for at in demo.sheets:
        phone.goto(server + at)
        usual = phone.inner_text(".state b"), phone.inner_text("h1")
        with phone.expect_navigation():
            phone.click("a:has-text('长辈版')")
        assert phone.url == server + at + "e/"
        assert (phone.inner_text(".state b"), phone.inner_text("h1")) == usual
        with phone.expect_navigation():
            phone.click(".back a")
        assert phone.url == server + at


def test_the_large_shop_and_the_usual_one_lead_to_each_other(
    demo: Built, server: str, phone: Any
) -> None:
    phone.goto(server + "shop/")
    with phone.expect_navigation():
        phone.click("a:has-text('长辈版')")
    assert phone.url == server + "shop/e/"
    tabs = ("shop/", "shop/crafts/")
    sold = {link for tab in tabs for link in demo.pages[tab].links() if "products/" in link}
    large = {link for link in demo.pages["shop/e/"].links() if "products/" in link}
    assert {link.split("products/")[1] for link in sold} == {
        link.split("products/")[1] for link in large
    }
    with phone.expect_navigation():
        phone.click("a:has-text('普通版')")
    assert phone.url == server + "shop/"


def test_large_pages_run_no_script_and_point_to_the_usual_one(demo: Built) -> None:
    for at in elders(demo):
        page = demo.pages[at]
        assert not [each for each in page.all("script") if each["type"] != "application/ld+json"]
        usual = at.removesuffix("e/")
        assert next(each["href"] for each in page.all("link", rel="canonical")).endswith(usual)
    listed = (demo.site / "sitemap.xml").read_text("utf-8")
    assert "/e/</loc>" not in listed


def test_in_trouble_number_and_button_stand_on_the_first_screen(
    demo: Built, server: str, lasting_page: Callable[..., Any]
) -> None:
    """On a small phone, below what it is and what is wrong, and above every reason."""
    page = lasting_page(360)
    page.set_viewport_size({"width": 360, "height": 640})
    states = set()
    for at in elders(demo):
        if not demo.pages[at].all("p", **{"class": "call"}):
            continue
        page.goto(server + at)
        states.add(page.locator(".state").get_attribute("class"))
        places = [
            page.locator(each).first.bounding_box()
            for each in ("h1", ".state b", ".call a[href^=tel]", ".why")
        ]
        tops = [each["y"] for each in places]
        assert tops == sorted(tops), at
        assert places[2]["y"] + places[2]["height"] <= 640, at
    assert states >= {f"state {each}" for each in ("recalled", "on_hold", "expired", "pending")}


def test_the_reason_is_whole_below_the_number(demo: Built) -> None:
    for at in elders(demo):
        if not at.startswith("t/"):
            continue
        usual = demo.pages[at.removesuffix("e/")]
        state = usual.all("div", role="status")[0].text
        large = demo.pages[at].all("main")[0].text
        assert all(part in large for part in usual_parts(usual)), at
        assert demo.pages[at].all("div", role="status")[0].text in state, at


def usual_parts(sheet: Document) -> list[str]:
    """The sentences of the state on the usual sheet."""
    inside = sheet.elements[sheet.elements.index(sheet.all("div", role="status")[0]) + 1 :]
    return [each.text for each in inside[:12] if each.tag == "span" and each.text]
