"""The catalogue as somebody uses it: pinyin, filters, favourites, the note, back and reload."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from waiting import until

from built import Built

FOUND = ".found .good b"
PLUS = ".step button[value='+']"


def names(page: Any, where: str = FOUND) -> list[str]:
    return page.eval_on_selector_all(where, "all => all.map(a => a.innerText)")


def search(page: Any, word: str) -> list[str]:
    page.fill(".find input", word)
    until(
        page,
        "word => document.querySelector('.found [role=status]').innerText && "
        "new URLSearchParams(location.search).get('q') === word",
        word,
    )
    page.wait_for_timeout(50)
    return names(page)


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("lzj", "阳朗辣子鸡"),
        ("LZJ", "阳朗辣子鸡"),
        ("laziji", "阳朗辣子鸡"),
        ("la'zi'j", "阳朗辣子鸡"),  # as an input method writes it while it is still composing
        ("zheer", "折耳根"),
        ("子鸡", "阳朗辣子鸡"),
        ("500 克", "阳朗辣子鸡"),
        ("腊味", "老腊肉"),
    ],
)
def test_search_takes_pieces_of_words_and_pinyin(
    word: str, first: str, server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(360)
    page.goto(server + "shop/")
    assert first in search(page, word)


def test_letters_that_begin_inside_a_syllable_find_nothing(
    server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(360)
    page.goto(server + "shop/")
    assert "阳朗辣子鸡" not in search(page, "aziji")


def test_back_reload_and_a_link_show_the_same(server: str, new_page: Callable[..., Any]) -> None:
    page = new_page(360)
    page.goto(server + "shop/")
    search(page, "ljr")
    search(page, "lr")
    before = names(page)
    assert before
    with page.expect_navigation():
        page.click(".found a >> nth=0")
    page.go_back()
    page.wait_for_selector(FOUND)
    assert (names(page), page.input_value(".find input")) == (before, "lr")
    page.reload()
    page.wait_for_selector(FOUND)
    assert names(page) == before
    friend = new_page(360)
    friend.goto(page.url)
    friend.wait_for_selector(FOUND)
    assert names(friend) == before


def test_filters_work_with_and_without_script(server: str, new_page: Callable[..., Any]) -> None:
    for script in (True, False):
        page = new_page(360, java_script_enabled=script)
        page.goto(server + "shop/")
        everything = page.locator(".shelf .good:visible").count()
        page.click("label[for=f-c]")
        shown = page.locator(".shelf .good:visible b").all_inner_texts()
        assert shown == ["阳朗辣子鸡"], f"script: {script}"
        page.click("label[for=f-c]")
        assert page.locator(".shelf .good:visible").count() == everything > 1


def test_a_filter_survives_reload_and_hides_empty_headings(
    server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(360)
    page.goto(server + "shop/")
    page.click("label[for=f-c]")
    assert page.url.endswith("?f=c")
    page.reload()
    assert page.is_checked("#f-c")
    assert page.locator(".shelf h2:visible").all_inner_texts() == ["辣子鸡"]


@pytest.mark.parametrize(("month", "there"), [(1, True), (4, True), (5, False), (10, False)])
def test_the_phone_knows_what_is_in_season(
    month: int, there: bool, server: str, new_page: Callable[..., Any]
) -> None:
    """折耳根 is in season from November to April; the site was built in November."""
    page = new_page(360)
    page.clock.install(time=f"2027-{month:02}-15T08:00:00+08:00")
    page.goto(server + "shop/")
    assert page.inner_text("label[for=f-s]") == f"{month} 月当季"
    page.click("label[for=f-s]")
    shown = page.locator(".shelf .good:visible b").all_inner_texts()
    assert ("折耳根" in shown) is there


def test_a_certificate_that_has_run_out_on_the_phone_is_found_no_more(
    server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(360)
    page.clock.install(time="2027-01-01T08:00:00+08:00")
    page.goto(server + "shop/")
    page.fill(".find input", "阳朗")
    page.wait_for_selector(FOUND)
    page.click("label[for=f-c]")
    page.wait_for_selector(".found [role=status]:has-text('没有找到')")


def test_the_note_becomes_words_to_send(server: str, new_page: Callable[..., Any]) -> None:
    page = new_page(360)
    page.goto(server + "products/laziji/")
    page.click(f"{PLUS} >> nth=0")
    page.click(f"{PLUS} >> nth=0")
    page.click(f"{PLUS} >> nth=1")
    assert "意向单里有 1 份250 克袋装" in page.inner_text(".told")
    assert page.inner_text(".bar .count") == "2"
    page.goto(server + "products/zhulan/")
    page.click(PLUS)
    with page.expect_navigation():
        page.click(".bar a:has-text('意向单')")
    page.wait_for_selector(".wants li")
    words = page.input_value("textarea")
    assert words.startswith(
        "您好，我在“阳朗小店”看到这些，想要：\n1. 阳朗辣子鸡（500 克罐装）×2，标价 58 元\n"
    )
    assert "3. 竹编提篮（中号）×1，标价 88 元" in words
    assert "标价合计 236 元，没算运费。" in words
    assert page.get_attribute(".calls a", "href") == "tel:085100000000"
    page.click(".wants li:has-text('竹编') button[value='-']")
    until(page, "document.querySelectorAll('.wants li').length === 2")
    assert "竹编" not in page.input_value("textarea")
    page.reload()
    page.wait_for_selector(".wants li")
    assert page.locator(".wants li").count() == 2


def test_the_note_can_be_copied(server: str, new_page: Callable[..., Any]) -> None:
    page = new_page(360, permissions=["clipboard-read", "clipboard-write"])
    page.goto(server + "products/laziji/")
    page.click(f"{PLUS} >> nth=0")
    page.goto(server + "shop/note/")
    page.wait_for_selector(".wants li")
    page.click(".copy")
    assert "复制好了" in page.inner_text("[role=status]")
    assert page.evaluate("navigator.clipboard.readText()") == page.input_value("textarea")


def test_favourites_are_kept_and_let_go(server: str, new_page: Callable[..., Any]) -> None:
    page = new_page(360)
    page.goto(server + "products/larou/")
    page.click(".save")
    assert page.get_attribute(".save", "aria-pressed") == "true"
    page.reload()
    assert page.get_attribute(".save", "aria-pressed") == "true"
    page.goto(server + "shop/note/")
    page.wait_for_selector(".saved .good")
    assert names(page, ".saved .good b") == ["老腊肉"]
    page.go_back()
    page.click(".save")
    page.goto(server + "shop/note/")
    page.wait_for_selector(".nothing:visible")
    assert not page.is_visible(".saved")


def test_what_is_no_longer_sold_is_said_and_not_asked_for(
    server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(360)
    kept = {
        "wants": {"weg|500 克": 1, "laziji|1 公斤": 2, "laziji|500 克罐装": 1},
        "saved": ["weg"],
    }
    page.goto(server + "shop/note/")
    page.evaluate(
        "kept => localStorage.setItem('xiangji:/data/catalogue.json', JSON.stringify(kept))", kept
    )
    page.reload()
    page.wait_for_selector(".wants li")
    assert page.locator(".wants li:has-text('小店里现在没有了')").count() == 2
    assert page.input_value("textarea").count("×") == 1
    assert not page.is_visible(".saved")


@pytest.mark.parametrize("broken", ["{", "null", "[]", '{"wants": 3, "saved": "x"}'])
def test_a_damaged_store_is_begun_anew(
    broken: str, server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(360)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(server + "products/laziji/")
    page.evaluate("text => localStorage.setItem('xiangji:/data/catalogue.json', text)", broken)
    page.reload()
    page.click(f"{PLUS} >> nth=0")
    assert page.inner_text(".bar .count") == "1"
    assert errors == []


def test_a_phone_that_keeps_nothing_is_told_so(server: str, new_page: Callable[..., Any]) -> None:
    page = new_page(360)
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no'); }})"
    )
    page.goto(server + "products/laziji/")
    page.click(f"{PLUS} >> nth=0")
    assert "不让网页记东西" in page.inner_text(".told")


def test_without_signal_the_shelves_stay(server: str, new_page: Callable[..., Any]) -> None:
    page = new_page(360)
    page.route("**/catalogue.json", lambda route: route.abort())
    page.goto(server + "shop/")
    page.fill(".find input", "辣")
    page.wait_for_selector(".found [role=status]:has-text('信号不好')")
    assert page.is_visible(".shelf")


def test_pictures_of_a_product_are_swiped(server: str, new_page: Callable[..., Any]) -> None:
    page = new_page(360)
    page.goto(server + "products/laziji/")
    assert page.locator(".strip img").count() == 5
    page.evaluate("document.querySelector('.strip').scrollTo({left: 300})")
    until(page, "document.querySelector('.strip').scrollLeft === 360")


def test_without_script_the_note_says_what_to_do(server: str, new_page: Callable[..., Any]) -> None:
    page = new_page(360, java_script_enabled=False)
    page.goto(server + "products/laziji/")
    assert not page.is_visible(".save")
    assert not page.locator(f"{PLUS} >> nth=0").is_visible()
    page.click(".bar a:has-text('意向单')")
    assert "打电话念给店主" in page.inner_text("main")
    assert page.get_attribute(".nothing a.main", "href") == "tel:085100000000"


def test_the_index_is_only_read_when_somebody_searches(
    server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(360)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(server + "shop/", wait_until="networkidle")
    assert not [url for url in asked if url.endswith(".json")]
    page.fill(".find input", "辣")
    page.wait_for_selector(FOUND)
    assert len([url for url in asked if url.endswith(".json")]) == 1


def test_the_index_says_only_what_is_recorded(demo: Built) -> None:
    entries = json.loads((demo.site / "data" / "catalogue.json").read_text("utf-8"))["entries"]
    by_id = {each["id"]: each for each in entries if "id" in each}
    assert by_id["laziji"]["pinyin"].startswith("yang lang la zi ji")
    assert by_id["laziji"]["certified"] == "2026-12-31"
    assert "certified" not in by_id["larou"]
    assert "tuji" not in by_id
    assert date.fromisoformat(by_id["laziji"]["certified"])
    assert all(
        Path(each["picture"]).suffix in (".svg", ".jpg") for each in entries if "picture" in each
    )


MARKED = ["有批次召回", "有批次停售"]


def test_a_recall_is_marked_in_search_among_favourites_and_on_the_note(
    server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(360)
    page.clock.install(time="2026-11-22T08:00:00+08:00")
    page.goto(server + "products/laziji/")
    page.click(".save")
    page.locator(PLUS).first.click()
    page.goto(server + "shop/note/")
    page.wait_for_selector(".saved .good")
    assert names(page, ".wants .alert") == names(page, ".saved .alert") == MARKED
    page.goto(server + "shop/")
    assert search(page, "laziji") == ["阳朗辣子鸡"]
    assert names(page, ".found .alert") == names(page, ".shelf .alert") == MARKED
    page.goto(server + "search/")
    page.fill(".find input", "2026-05A")
    page.wait_for_selector(".hits .alert")
    assert names(page, ".hits .alert") == ["已召回"]


def test_what_expired_since_the_site_was_made_is_marked_by_the_day_of_the_phone(
    server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(360)
    page.clock.install(time="2028-05-01T08:00:00+08:00")
    page.goto(server + "shop/")
    marks = page.eval_on_selector_all(
        ".shelf .good", "all => all.map(a => a.querySelector('.alert').innerText)"
    )
    assert marks and set(marks) == {"批次都已过期"}
    page.goto(server + "products/laziji/")
    assert page.locator(PLUS).count() == 0
    assert "批次都已过期" in page.inner_text(".notice >> nth=0")
