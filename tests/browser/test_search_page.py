"""Search over the whole site as somebody uses it: a piece of a word, pinyin, a lot, a sentence, no signal, no script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from waiting import until

import probes
from built import Built
from serving import Served

HITS = ".hits b"
DONE = "document.querySelector('[role=status]').innerText.match(/。$|再试/) !== null"


def titles(page: Any) -> list[str]:
    return page.eval_on_selector_all(HITS, "all => all.map(each => each.innerText)")


def search(page: Any, word: str) -> list[str]:
    page.fill(".find input", word)
    until(page, DONE)
    return titles(page)


def search_all(page: Any, word: str) -> list[str]:
    """What is found where the texts further back are asked for, too, as a reader does who goes on."""
    search(page, word)
    to_the_end(page)
    return titles(page)


def to_the_end(page: Any) -> None:
    while "前面的正文找完了" in page.inner_text("[role=status]"):
        page.click(".again")
        until(page, DONE)


@pytest.fixture
def opened(server: str, new_page: Callable[..., Any]) -> Any:
    page = new_page(360)
    page.goto(server + "search/")
    return page


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("子鸡", "阳朗辣子鸡"),
        ("yllzj", "阳朗辣子鸡"),
        ("YLLZJ", "阳朗辣子鸡"),
        ("lzj", "阳朗辣子鸡"),
        ("yiguola", "一锅辣子鸡，三种开头"),
        ("laziji", "阳朗辣子鸡"),
        ("la'zi'j", "阳朗辣子鸡"),
        ("ｌａｒｏｕ", "老腊肉"),
        ("dydy", "冬月的烟"),
        ("柏枝 慢熏", "老腊肉"),
        ("冬月下盐", "老腊肉"),
        ("编匠", "编匠丙（示例）"),
    ],
)
def test_a_piece_of_a_title_its_note_or_its_pinyin_is_enough(
    word: str, first: str, opened: Any
) -> None:
    assert first in search(opened, word)[:3]


def test_titles_come_before_notes_and_these_before_texts(opened: Any) -> None:
    found = search(opened, "辣椒")
    assert found[0] == "糍粑辣椒", "in its title"
    assert found.index("阳朗辣子鸡") < found.index("一锅辣子鸡，三种开头"), "products come first"
    marks = opened.eval_on_selector_all(
        ".hits li",
        "all => all.map(li => [!!li.querySelector('b mark'), !!li.querySelector('.muted mark')])",
    )
    assert [title for title, _ in marks] == sorted((title for title, _ in marks), reverse=True)
    assert all(title or note for title, note in marks)


def test_letters_find_what_they_spell_before_english_words_that_contain_them(opened: Any) -> None:
    """「la」 once found 「Where we left the plan」 before any 辣椒."""
    found = search(opened, "la")
    assert found.index("阳朗辣子鸡") < found.index("Decisions")


def test_letters_that_begin_inside_a_syllable_find_nothing(opened: Any) -> None:
    assert "阳朗辣子鸡" not in search(opened, "aziji")


def test_a_sentence_is_found_where_it_stands(opened: Any) -> None:
    assert search(opened, "下梁 慢熏")[0] == "老腊肉"
    assert search(opened, "下梁 洗衣机") == [], "all of the words"
    search(opened, "糊辣椒、酱油")
    assert opened.inner_text(".hits .muted mark") == "糊辣椒、酱油"
    assert opened.inner_text(".hits .kind") == "故事"
    with opened.expect_navigation():
        opened.click(".hits a >> nth=0")
    assert "糊辣椒、酱油" in opened.inner_text("main")


@pytest.mark.parametrize(
    "word", ["2026-09A", "202609a", "２０２６－０９Ａ", "2026 09a", "辣子鸡 09A"]
)
def test_a_lot_is_found_with_or_without_its_hyphen(word: str, opened: Any, server: str) -> None:
    assert search(opened, word)[0] == "2026-09A"
    assert opened.inner_text(".hits .muted >> nth=0") == "阳朗辣子鸡"
    assert opened.inner_text(".hits .kind >> nth=0") == "批次"
    with opened.expect_navigation():
        opened.click(".hits a >> nth=0")
    assert opened.url == server + "t/laziji/2026-09A/"


def test_a_short_lot_is_found_by_all_of_it(opened: Any) -> None:
    assert "012" in search(opened, "012")
    assert "012" not in search(opened, "1")


def test_back_reload_and_a_link_show_the_same(
    opened: Any, server: str, new_page: Callable[..., Any]
) -> None:
    before = search(opened, "泡软")
    assert len(before) > 2
    with opened.expect_navigation():
        opened.click(".hits a >> nth=1")
    opened.go_back()
    until(opened, DONE)
    assert (titles(opened), opened.input_value(".find input")) == (before, "泡软")
    opened.reload()
    until(opened, DONE)
    assert titles(opened) == before
    friend = new_page(360)
    friend.goto(f"{server}search/?q={quote('泡软')}")
    until(friend, DONE)
    assert titles(friend) == before


def test_back_leads_to_the_place_in_a_long_list(opened: Any) -> None:
    search(opened, "的")
    opened.evaluate("document.documentElement.style.scrollBehavior = 'auto'; scrollTo(0, 1500)")
    with opened.expect_navigation():
        opened.evaluate("document.querySelectorAll('.hits a')[9].click()")
    opened.go_back()
    until(opened, DONE)
    until(opened, "Math.abs(pageYOffset - 1500) < 20")


def test_the_count_and_nothing_are_told(opened: Any) -> None:
    found = search_all(opened, "yllzj")
    assert opened.inner_text("[role=status]") == f"找到 {len(found)} 条。"
    assert search_all(opened, "洗衣机") == []
    assert "没有找到“洗衣机”" in opened.inner_text("[role=status]")
    assert opened.is_visible(".ways")
    opened.fill(".find input", "")
    until(opened, "document.querySelector('[role=status]').innerText === ''")
    assert "?" not in opened.url and titles(opened) == []


def test_words_are_words_and_no_markup(opened: Any) -> None:
    assert search_all(opened, "<img src=x onerror=alert(1)>") == []
    assert opened.locator(".search img").count() == 0
    assert "<img" in opened.inner_text("[role=status]")


def test_no_more_is_fetched_than_is_needed(server: str, new_page: Callable[..., Any]) -> None:
    page = new_page(360)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))

    def data() -> list[str]:
        return [name for name in asked if name.endswith(".json")]

    page.goto(server + "search/", wait_until="networkidle")
    assert data() == []
    page.fill(".find input", "辣子鸡")
    page.wait_for_selector(HITS)
    assert data() == ["index.json"], "texts wait until nobody types"
    until(page, DONE)
    texts = data()[1:]
    assert texts and texts == [f"text-{number}.json" for number in range(1, len(texts) + 1)]
    search(page, "2026")
    assert data()[len(texts) + 1 :] == ["lots.json"]
    search(page, "腊肉")
    assert len(data()) == len(texts) + 2, "nothing twice"


def test_without_signal_it_is_said_and_can_be_tried_again(opened: Any) -> None:
    opened.route("**/*.json", lambda route: route.abort())
    opened.fill(".find input", "辣子鸡")
    opened.wait_for_selector(".again:visible")
    assert "信号不好，没有读到目录" in opened.inner_text("[role=status]")
    assert opened.is_visible(".ways") and titles(opened) == []
    opened.unroute("**/*.json")
    opened.click(".again")
    until(opened, DONE)
    assert "阳朗辣子鸡" in titles(opened)
    to_the_end(opened)
    assert not opened.is_visible(".again")


@pytest.mark.parametrize(("lost", "word"), [("text-2", "泡软"), ("lots", "2026-09A")])
def test_what_was_found_stays_when_the_signal_goes(lost: str, word: str, opened: Any) -> None:
    opened.route(f"**/{lost}.json", lambda route: route.fulfill(status=404, body="<html>"))
    opened.fill(".find input", word)
    opened.wait_for_selector(".again:visible")
    before = titles(opened)
    assert "信号不好" in opened.inner_text("[role=status]")
    opened.unroute(f"**/{lost}.json")
    opened.click(".again")
    until(opened, DONE)
    after = titles(opened)
    assert after[: len(before)] == before and len(after) > len(before)


def test_without_script_the_lists_are_there(
    demo: Built, server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(360, java_script_enabled=False)
    page.goto(server + "search/")
    assert not page.is_visible(".find input")
    assert "一样一样看" in page.inner_text(".find")
    links = [each.get_attribute("href") for each in page.locator(".ways a").all()]
    assert links == [
        "../stories/",
        "../shop/",
        "../people/",
        "../workshops/",
        "../t/",
        "../village/",
    ]
    assert all(demo.file_at(link.removeprefix("../")) for link in links)


def test_an_old_browser_is_told_so(server: str, new_page: Callable[..., Any]) -> None:
    page = new_page(360)
    page.add_init_script("delete window.fetch")
    page.goto(server + "search/")
    assert "太旧" in page.inner_text("[role=status]")
    assert page.is_visible(".ways")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("word", ["", "辣椒", "洗衣机"])
def test_axe_finds_nothing(
    word: str, scheme: str, server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(360, bypass_csp=True, reduced_motion="reduce", color_scheme=scheme)
    page.goto(f"{server}search/?q={quote(word)}")
    if word:
        until(page, DONE)
    assert probes.axe(page) == []


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_results_fit_and_can_be_touched(
    width: int, server: str, new_page: Callable[..., Any]
) -> None:
    page = new_page(width)
    page.goto(f"{server}search/?q=a")
    until(page, DONE)
    page.fill(".find input", "https://yanglang.example.cn/t/laziji/2026-09A/" * 3)
    until(page, DONE)
    assert page.evaluate("document.scrollingElement.scrollWidth") == width
    search(page, "的")
    assert page.evaluate("document.scrollingElement.scrollWidth") == width
    small = page.eval_on_selector_all(
        ".search a, .search input, .search button",
        "all => all.map(each => each.getBoundingClientRect())"
        ".filter(box => box.width && (box.height < 44 || box.width < 44)).length",
    )
    assert small == 0


def test_a_large_village_shows_sixty_and_says_how_many_more(
    village: Built, served_village: Served, new_page: Callable[..., Any]
) -> None:
    page = new_page(360)
    page.goto(served_village.url + "search/")
    assert len(search(page, "测量用")) == 60
    told = page.inner_text("[role=status]")
    assert told.startswith("找到 1") and "先列前 60 条，还有 " in told
    assert max(each.stat().st_size for each in Path(village.site, "search").iterdir()) < 400_000
