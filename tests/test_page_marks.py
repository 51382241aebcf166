"""Marks that programs rely on which read pages aloud, on every page of the demo: ids, headings, languages, links."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from built import Built, Document, Element, here, write
from xiangji.cli.content.starter import write_starter
from xiangji.hosts.page_languages import with_languages
from xiangji.views.languages import CHINESE, ENGLISH, language_of, with_chinese_marked

HEADING = re.compile(r"h[1-6]")
HAN = re.compile(r"[\u3400-\u9fff]")


def faults(page: Document) -> list[str]:
    """What is wrong with the marks of one page."""
    ids = Counter(each["id"] for each in page.elements if each["id"])
    found = [f"id {name} twice" for name, count in ids.items() if count > 1]
    found += [f"no text in link to {each['href']}" for each in page.all("a") if says_nothing(each)]
    found += [f"no alt on {e['src']}" for e in page.all("img") if "alt" not in e.attributes]
    headings = [each for each in page.elements if HEADING.fullmatch(each.tag)]
    found += ["an empty heading" for each in headings if not each.text]
    levels = [int(each.tag[1]) for each in headings]
    if levels.count(1) != 1:
        found.append(f"{levels.count(1)} first headings")
    found += [f"h{b} after h{a}" for a, b in zip([0, *levels], levels, strict=False) if b > a + 1]
    if not any("skip" in each["class"] for each in page.all("a")[:1]):
        found.append("the first link skips nothing")
    if "logo" in {each["alt"] for each in page.all("img")}:
        found.append("a picture called logo")
    return found


def says_nothing(link: Element) -> bool:
    """Whether a link has neither text nor name. A picture in it has its own `alt`."""
    if "href" not in link.attributes or link["aria-hidden"] == "true":
        return False
    return not link.text and not link["aria-label"]


def test_no_page_has_a_faulty_mark(demo: Built) -> None:
    assert len(demo.pages) > 150
    found = {at: faults(page) for at, page in demo.pages.items()}
    assert {at: told for at, told in found.items() if told} == {}


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<a class=skip href=#m>x</a><h1 id=a>一</h1><p id=a>", "id a twice"),
        ("<a class=skip href=#m>x</a><h1>一</h1><a href=x></a>", "no text in link to x"),
        ("<a class=skip href=#m>x</a><h1>一</h1><h3>二</h3>", "h3 after h1"),
        ("<a class=skip href=#m>x</a><h2>一</h2>", "0 first headings"),
        ("<h1>一</h1>", "the first link skips nothing"),
        ("<a class=skip href=#m>x</a><h1>一</h1><img src=a alt=logo>", "a picture called logo"),
        ("<a class=skip href=#m>x</a><h1>一</h1><img src=a>", "no alt on a"),
    ],
)
def test_each_fault_is_found(html: str, told: str) -> None:
    assert told in faults(Document(html))


def test_each_page_says_its_language(demo: Built) -> None:
    said = {at: page.all("html")[0]["lang"] for at, page in demo.pages.items()}
    english = {at for at, lang in said.items() if lang == ENGLISH}
    assert set(said.values()) == {CHINESE, ENGLISH}
    # The sentences of the papers are Chinese, and there are more of them than of ours.
    chinese = {"dev/style/", "dev/seeds/"}
    assert english == {at for at in said if at.startswith("dev/") and at not in chinese}


def test_what_is_chinese_on_an_english_page_says_so(demo: Built) -> None:
    for at in ("dev/glossary/", "dev/wording/"):
        page = demo.pages[at]
        parts = [each for each in page.elements if each["lang"] == CHINESE]
        assert {"header", "footer", "span"} <= {each.tag for each in parts}, at
        article = page.all("article")[0]
        marked = Counter(sign for each in parts for sign in HAN.findall(each.text))
        assert not Counter(HAN.findall(article.text)) - marked, at


def test_english_titles_in_the_menu_of_a_chinese_page_say_so(demo: Built) -> None:
    titles = [e for e in demo.pages["handbook/"].all("span") if e["lang"] == ENGLISH]
    assert "Adding a field" in {each.text for each in titles}
    assert not any(HAN.search(each.text) for each in titles)


def test_runs_are_marked_only_where_an_element_may_stand() -> None:
    html = '<p title="甲">See 断言，证据 and <code>批号</code></p><style>/* 乙 */</style>'
    assert with_chinese_marked(html) == (
        '<p title="甲">See <span lang="zh-CN">断言，证据</span> and <code><span lang="zh-CN">批号</span></code></p>'
        "<style>/* 乙 */</style>"
    )
    assert language_of("<p>A page about 断言 and more words</p>") == ENGLISH
    assert language_of("<p>写 <code>xiangji check --strict all of it</code></p>") == CHINESE


def test_a_page_of_a_host_keeps_what_is_not_of_the_theme() -> None:
    page = '<html lang="zh"><header class="other"><span class="md-ellipsis">API</span>'
    assert with_languages(page, english=False) == page.replace('"zh"', '"zh-CN"')
    assert '<header class="other">' in with_languages(page, english=True)


def test_an_english_page_of_our_own_says_so(tmp_path: Path) -> None:
    village = tmp_path / "village"
    write_starter(village)
    text = "# About our village\n\nWe make pickled vegetables, called 泡菜 here, every autumn.\n"
    write(village, {"site_src/english.md": text})
    done = here("xiangji", "build", "--host", "none", "--out", "site", cwd=village)
    assert done.returncode == 0, done.stderr
    page = Document((village / "site/english/index.html").read_text("utf-8"))
    assert page.all("html")[0]["lang"] == ENGLISH
    assert faults(page) == []
    chinese = [each for each in page.elements if each["lang"] == CHINESE]
    assert [each.tag for each in chinese] == ["div", "span", "div"]
    assert "跳到正文" in chinese[0].text and chinese[1].text == "泡菜"
    home = Document((village / "site/index.html").read_text("utf-8"))
    assert [each.tag for each in home.elements if each["lang"]] == ["html"]
