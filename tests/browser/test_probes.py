"""The probes see what is bad: each is shown a page with one fault, and the same page without it."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

import probes
from built import write
from paint import HEIGHT, SLOW_4G, WIDTH, paint
from reading import newcomer, open_page, reader
from serving import Served, pack, serve
from weights import weigh

HEAD = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>页</title>'
    '<meta name="viewport" content="width=device-width">'
    "<style>body{margin:0;font:18px/1.65 sans-serif}.bar{position:sticky;bottom:0;background:#fff}"
    ".btn{display:block;min-height:60px}</style></head><body><main><h1>辣椒</h1>"
)
FOOT = '<nav class="bar"><a class="btn" href="/">打电话</a></nav></main></body></html>'
LONG = "灶上的人说，辣椒要晒到捏着响才好舂。" * 3
DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="4"/></svg>'

PAGES = {
    "good": f"<p>{LONG}</p><p>看<a href='/'>这里</a>就好</p>",
    "small": "<p style='font-size:10px'>小字</p>",
    "small-before": "<style>b::before{content:'示例';font-size:11px}</style><b>字</b>",
    "small-placeholder": "<input placeholder='找名字' style='font-size:12px;height:50px'>",
    "small-drawing": "<svg width='50' height='50' viewBox='0 0 100 100' aria-hidden='true'>"
    "<text y='20' font-size='20'>画里的字</text></svg>",
    "target": "<p><a href='/' style='display:block;height:30px'>低</a></p>",
    "lone": "<p><a href='/'>独自一行的链接</a></p>",
    "wide": f"<table><tr><td style='min-width:500px'>{LONG}</td></tr></table>",
    "clipped": f"<div style='height:32px;width:200px;overflow:hidden'>{LONG}</div>",
    "clamped": "<p style='width:9em;overflow:hidden;white-space:nowrap;text-overflow:ellipsis'>"
    f"{LONG}</p>",
    "hidden-by-body": f"<style>body{{overflow-x:hidden}}</style><p style='width:700px'>{LONG}</p>",
    "overlapping": "<div style='position:relative'><p>底下的一行字</p>"
    "<p style='position:absolute;top:.6em;left:1em;margin:0'>上面的一行字</p></div>",
    "spilling": "<a class='btn' href='/' style='width:90px;white-space:nowrap'>一行放不下的按钮</a>",
    "scroller": f"<div style='overflow-x:auto;white-space:nowrap'>{LONG}</div>",
    "ticks": "<label style='min-height:44px;display:block'>"
    "<input type='checkbox' value='s' style='font-size:9px'>当季</label>",
    "grows": "<p style='font-size:18px;height:40px;width:340px;overflow:hidden'>"
    "刚好十几个字的一行，放大就不够了</p>",
    "scripted": f"<p id=p></p><script>p.textContent = '{LONG}'</script>",
    "fixed": "<p style='position:fixed;top:9px'>浮着的窗口</p>",
    "autoplay": "<video autoplay></video>",
    "no-alt": "<img src='dot.svg' width='9' height='9'>",
    "unsized": "<img src='dot.svg' alt='点'><img src='dot.svg?2' alt='点' width='9' height='9'>",
    "other-host": "<img src='http://other.invalid/a.png' alt='' width='9' height='9'>",
    # Not after some time: what moves before the first paint has not jumped, however slow the machine.
    "jumps": "<img id=i alt='点'><p>一</p><script>new PerformanceObserver(() => { i.src = 'dot.svg'; "
    "i.style.height = '300px'; }).observe({type: 'paint', buffered: true})</script>",
    "linked": "<link rel=stylesheet href='a.css'><script src='a.js'></script>"
    "<script>var inline = 1;</script><script type='application/ld+json'>{}</script>",
}


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A folder of pages, each with one fault."""
    folder = tmp_path_factory.mktemp("bad")
    files = {f"{name}/index.html": HEAD + body + FOOT for name, body in PAGES.items()}
    extra = {"a.css": "p{color:#000}" * 9, "a.js": "var a = 1;" * 9, "dot.svg": DOT}
    files |= {f"{name}/{file}": text for name in PAGES for file, text in extra.items()}
    files["404.html"] = f"{HEAD}<p>没有这一页</p>{FOOT}"
    write(folder, files)
    with serve(folder) as served:
        yield served


@pytest.fixture(scope="module")
def open_bad(bad: Served, browser: Any) -> Iterator[Any]:
    """Open one of the pages by its name; all in one tab, since a probe leaves nothing behind that
    another page would have."""
    with open_page(browser, bypass_csp=True) as page:

        def opened(name: str) -> Any:
            probes.resize(page, WIDTH)
            page.goto(f"{bad.url}{name}/", wait_until="load")
            return page

        yield opened


@pytest.mark.parametrize(
    ("name", "size"),
    [("small", 10), ("small-before", 11), ("small-placeholder", 12), ("small-drawing", 10)],
)
def test_small_text_is_seen(open_bad: Any, name: str, size: float) -> None:
    assert probes.text_sizes(open_bad(name))[0].size == size
    for good in ("good", "ticks"):
        assert probes.text_sizes(open_bad(good))[0].size == 18


def test_small_targets_are_seen_and_links_in_running_text_are_let_be(open_bad: Any) -> None:
    assert probes.targets(open_bad("target")).every[0] == (30, "低")
    assert probes.targets(open_bad("lone")).every[0].size < 44
    good = probes.targets(open_bad("good"))
    assert [each.text for each in good.every] == ["打电话"]
    assert good.main[0].size >= 60
    assert probes.targets(open_bad("ticks")).every[0].size >= 44


def test_sideways_scroll_is_seen(open_bad: Any) -> None:
    found = probes.sideways(open_bad("wide"), 320)
    assert found.over >= 180
    assert any(each.startswith("TABLE") for each in found.culprits)
    assert probes.sideways(open_bad("good"), 320) == (0, [])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("clipped", "cut off by DIV"),
        ("clamped", "cut off by P"),
        ("hidden-by-body", "cut off by the page"),
        ("overlapping", "over each other"),
        ("spilling", "sticks out of its box"),
        ("wide", "scrolls sideways"),
    ],
)
def test_text_that_cannot_be_read_is_seen(open_bad: Any, name: str, words: str) -> None:
    found = probes.hidden_text(open_bad(name))
    assert any(words in each for each in found), found


@pytest.mark.parametrize("name", ["good", "scroller", "grows"])
def test_text_that_can_be_read_is_let_be(open_bad: Any, name: str) -> None:
    assert probes.hidden_text(open_bad(name)) == []


def test_large_type_is_what_cuts(open_bad: Any) -> None:
    page = open_bad("grows")
    probes.enlarge(page)
    assert probes.text_sizes(page)[0].size == pytest.approx(18 * 1.67)
    assert any("cut off by P" in each for each in probes.hidden_text(page))
    page = open_bad("good")
    probes.enlarge(page)
    assert probes.hidden_text(page) == []


@pytest.mark.parametrize(("name", "least", "most"), [("scripted", 0, 30), ("good", 100, 100)])
def test_text_made_by_script_is_seen(
    bad: Served, browser: Any, name: str, least: float, most: float
) -> None:
    with reader(browser) as eyes:
        seen = eyes.read(f"{bad.url}{name}/")
    assert least <= seen.kept <= most
    assert (seen.lost == []) == (name == "good")


@pytest.mark.parametrize("name", ["fixed", "autoplay"])
def test_what_floats_or_plays_is_seen(open_bad: Any, name: str) -> None:
    assert len(probes.floating(open_bad(name))) == 1
    assert probes.floating(open_bad("good")) == []


def test_axe_is_asked(open_bad: Any) -> None:
    assert any(each.startswith("image-alt") for each in probes.axe(open_bad("no-alt")))
    assert probes.axe(open_bad("good")) == []


def test_pictures_without_a_size_or_too_early_are_seen(bad: Served) -> None:
    seen = weigh(bad.site, "unsized/")
    assert seen.unsized == ("dot.svg",)
    assert seen.hasty == ("dot.svg?2",)
    assert weigh(bad.site, "good/").pictures == ()


def test_another_host_is_seen_and_gets_no_request(bad: Served, browser: Any) -> None:
    assert weigh(bad.site, "other-host/").hosts == {"other.invalid"}
    with newcomer(browser, bad) as guest:
        assert guest.view("other-host/").hosts == {"other.invalid"}
        assert guest.view("good/").hosts == set()


def test_styles_and_scripts_are_weighed_as_sent(bad: Served, browser: Any) -> None:
    seen = weigh(bad.site, "linked/")
    folder = bad.site / "linked"
    document, style, script = (
        len(pack((folder / name).read_bytes())) for name in ("index.html", "a.css", "a.js")
    )
    assert seen.html == document + style
    assert seen.script == script + len(pack(b"var inline = 1;"))
    assert seen.text == document + style + script
    with newcomer(browser, bad) as guest:
        for _ in range(2):  # The second time nothing is known from the first.
            view = guest.view("linked/")
            assert view.but_pictures == view.sent == seen.text
            asked = {each.address for each in view.answers}
            assert asked == {"linked/", "linked/a.css", "linked/a.js"}


def test_a_jump_while_loading_is_seen(bad: Served, browser: Any) -> None:
    fast = SLOW_4G._replace(latency=0, cpu=1)
    assert paint(browser, f"{bad.url}jumps/", fast, runs=1).shift > 0.01
    calm = paint(browser, f"{bad.url}good/", fast, runs=1)
    assert calm.shift == 0
    assert calm.largest >= calm.first > 0


def test_a_slow_network_is_slow(bad: Served, browser: Any) -> None:
    """The simulation is on: nothing can be painted before the latency has passed."""
    slow = SLOW_4G._replace(latency=700, cpu=1)
    assert paint(browser, f"{bad.url}good/", slow, runs=1).first >= 0.7


def test_pages_open_on_the_phone_that_is_measured(open_bad: Any) -> None:
    size = open_bad("good").evaluate("() => [innerWidth, innerHeight, devicePixelRatio]")
    assert size == [WIDTH, HEIGHT, 2]


def test_the_host_answers_as_hosts_do(bad: Served, browser: Any) -> None:
    with open_page(browser) as page:
        answer = page.goto(f"{bad.url}good/")
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert page.goto(f"{bad.url}nothing/").status == 404
        assert page.inner_text("p") == "没有这一页"
    asked = HTTPConnection(urlsplit(bad.url).netloc)
    asked.request("GET", "/good/../../../../../../etc/hostname")
    assert asked.getresponse().status == 404
