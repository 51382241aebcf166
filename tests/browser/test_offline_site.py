"""The ZIP for a USB stick, unpacked and opened by a browser with no server: every page, every link, search and note."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from waiting import until

from built import Built, here

LINKS = """() => [...document.querySelectorAll('[href], [src], [srcset]')].flatMap(each => [
  each.href, each.src, ...(each.srcset || '').split(',').filter(Boolean).map(one => new URL(one.trim().split(' ')[0], location).href),
]).filter(each => typeof each === 'string' && each.startsWith('file:'))"""
STYLED = "() => getComputedStyle(document.body).backgroundColor !== 'rgba(0, 0, 0, 0)'"
SHOWN = "[...document.images].every(each => !each.complete || !each.src || each.naturalWidth)"


@pytest.fixture(scope="module")
def stick(demo: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, unpacked from its ZIP into a folder with a name as people give it."""
    folder = tmp_path_factory.mktemp("stick")
    done = here("xiangji", "build", "--zip", "--out", folder / "site", cwd=demo.root)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(folder / "site.zip") as packed:
        packed.extractall(folder / "村里 的网站 #1")
    return folder / "村里 的网站 #1"


def test_every_page_opens_and_every_link_leads_to_a_file(
    stick: Path, lasting_page: Callable[..., Any]
) -> None:
    page = lasting_page(1280)
    errors: list[str] = []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    # Going on to the next page cuts off what was still read.
    page.on(
        "requestfailed",
        lambda asked: errors.append(asked.url) if asked.failure != "net::ERR_ABORTED" else None,
    )
    todo, seen = [(stick / "index.html").as_uri()], set()
    while todo:
        address = todo.pop()
        seen.add(address)
        page.goto(address)
        assert page.evaluate(STYLED), address
        until(page, SHOWN)
        assert errors == [], address
        for link in page.evaluate(LINKS):
            file = Path(unquote(urlsplit(link).path))
            assert file.is_file() and file.is_relative_to(stick), f"{address}: {link}"
            if file.suffix == ".html" and file.as_uri() not in seen:
                todo = [*(each for each in todo if each != file.as_uri()), file.as_uri()]
    # Rolls of codes and large-print sheets are among those that somebody comes to.
    pages = {each.as_uri() for each in stick.rglob("*.html")}
    assert len(seen) > 0.9 * len(pages), sorted(pages - seen)


def test_search_finds_and_its_links_lead_to_files(
    stick: Path, new_page: Callable[..., Any]
) -> None:
    page = new_page(360)
    page.goto((stick / "search/index.html").as_uri())
    page.fill(".find input", "子鸡")
    until(page, "document.querySelectorAll('.hits a').length > 0")
    page.fill(".find input", "2026")
    until(page, "document.querySelector('[role=status]').innerText.endsWith('。')")
    until(page, "[...document.querySelectorAll('.hits a')].every(a => !a.href.endsWith('/'))")
    for link in page.evaluate(LINKS):
        assert Path(unquote(urlsplit(link).path)).is_file(), link
    page.click(".hits a")
    page.wait_for_url("**/index.html")
    assert page.inner_text("h1")


def test_what_is_wanted_stands_on_the_note(stick: Path, new_page: Callable[..., Any]) -> None:
    page = new_page(360)
    page.goto((stick / "products/laziji/index.html").as_uri())
    page.click(".step button[value='+']")
    page.goto((stick / "shop/note/index.html").as_uri())
    until(page, "document.querySelectorAll('.wants li').length === 1")
    assert "辣子鸡" in page.input_value("textarea")
    until(page, "document.querySelector('.wants a').href.endsWith('/index.html')")
