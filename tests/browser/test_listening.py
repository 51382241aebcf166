"""Listening in a real browser: times move the player, nothing begins by itself, and a page without a
recording is read out only where the phone has a Chinese voice."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from built import Built

HEARD = "stories/yanglang-laziji/"
SILENT = "stories/zhubian-beidou/"

# A phone's voices: the part of the browser that a test machine has not. What is said is kept.
VOICES = """(() => {
  const said = window.said = [];
  let voices = [];
  let current = null;
  const speech = {
    onvoiceschanged: null,
    getVoices: () => voices,
    speak: (one) => { said.push(one.text); current = one; },
    cancel: () => { const one = current; current = null; if (one && one.onerror) one.onerror({}); },
  };
  window.next = () => { const one = current; current = null; one.onend({}); };
  window.speaking = () => !!current;
  window.arrive = (langs) => {
    voices = langs.map((lang) => ({lang, localService: true}));
    if (speech.onvoiceschanged) speech.onvoiceschanged();
  };
  Object.defineProperty(window, 'speechSynthesis', {value: speech});
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  window.arrive(%s);
})()"""


class _Host(SimpleHTTPRequestHandler):
    """A static host as they are: it answers for a part of a file. Without that no player can seek."""

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        file = Path(self.translate_path(self.path))
        if not asked or not file.is_file():
            return super().do_GET()
        content = file.read_bytes()
        first, last = int(asked[1]), min(int(asked[2] or len(content)), len(content) - 1)
        self.send_response(206)
        self.send_header("Content-Type", self.guess_type(str(file)))
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.send_header("Content-Length", str(last + 1 - first))
        self.end_headers()
        self.wfile.write(content[first : last + 1])
        return None


@pytest.fixture(scope="module")
def host(demo: Built) -> Iterator[str]:
    handler = partial(_Host, directory=str(demo.site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}/"
        httpd.shutdown()


@pytest.fixture
def open_at(host: str, new_page: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Open a page of the demo; at the end no script may have failed on it."""
    errors: list[str] = []

    def open_page(address: str, before: str = "", **options: Any) -> Any:
        page = new_page(**options)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        if before:
            page.add_init_script(before)
        page.goto(host + address)
        return page

    yield open_page
    assert errors == []


# Playwright's own waiting asks by `eval`, which the page's policy forbids.
UNTIL = """async () => {
  for (let asked = 0; asked < 400; asked += 1) {
    const player = document.querySelector('audio');
    if (%s) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return false;
}"""

# So slow that no time is reached by mere waiting.
SLOWLY = "document.querySelector('audio').defaultPlaybackRate = .07"


def test_a_time_moves_the_player(open_at: Callable[..., Any]) -> None:
    page = open_at(HEARD)
    page.evaluate(SLOWLY)
    links = page.locator("#listen td a")
    assert links.count() >= 3
    wanted = float(links.nth(2).get_attribute("href").partition("#t=")[2])
    assert wanted > 1
    address = page.url
    links.nth(2).click()
    assert page.evaluate(UNTIL % f"player.currentTime >= {wanted} - .1 && !player.paused")
    assert page.url == address
    page.wait_for_selector(".record tr:nth-child(3).now")
    assert page.locator(".record .now").count() == 1


def test_a_time_moves_it_back_as_well(open_at: Callable[..., Any]) -> None:
    page = open_at(HEARD)
    page.evaluate(SLOWLY)
    links = page.locator("#listen td a")
    links.nth(3).click()
    assert page.evaluate(UNTIL % "player.currentTime >= 7")
    links.nth(0).click()
    assert page.evaluate(UNTIL % "player.currentTime < 5")


def test_nothing_begins_by_itself(open_at: Callable[..., Any], host: str) -> None:
    page = open_at(SILENT, VOICES % "['zh-CN']")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(host + HEARD, wait_until="networkidle")
    assert page.evaluate(
        "[...document.querySelectorAll('audio')].map(p => [p.paused, p.autoplay])"
    ) == [[True, False]]
    assert not [url for url in asked if url.endswith(".mp3")]
    assert page.evaluate("window.said") == []


def test_without_script_a_time_leads_to_the_recording_there(
    open_at: Callable[..., Any], demo: Built
) -> None:
    page = open_at(HEARD, java_script_enabled=False)
    link = page.locator("#listen td a").nth(2)
    assert link.is_visible()
    address, fragment = demo.target(HEARD, link.get_attribute("href")) or ("", "")
    assert re.fullmatch(r"t=\d+(\.\d+)?", fragment)
    file = demo.file_at(address)
    assert file is not None and file.suffix == ".mp3"
    assert page.locator("audio[controls]").is_visible()


def test_a_machine_says_that_it_is_one(open_at: Callable[..., Any]) -> None:
    page = open_at(HEARD)
    assert "示例：机器念的，不是真人的声音" in page.inner_text("#listen")


def test_the_quoted_card_leads_to_its_recording(open_at: Callable[..., Any]) -> None:
    page = open_at(HEARD)
    page.emulate_media(reduced_motion="reduce")
    page.click("text=听这一段")
    assert page.evaluate(UNTIL % "player.getBoundingClientRect().top < innerHeight")
    assert page.url.endswith("#listen-k07")


@pytest.mark.parametrize("langs", [[], ["en-US"], ["zh-HK", "yue-Hant-HK"]], ids=str)
def test_no_button_without_a_chinese_voice(langs: list[str], open_at: Callable[..., Any]) -> None:
    page = open_at(SILENT, VOICES % langs)
    assert page.locator("#listen").count() == 1
    assert not page.is_visible("#listen")
    assert "念给我听" not in page.inner_text("body")


def test_no_button_without_script_or_speech(open_at: Callable[..., Any]) -> None:
    assert not open_at(SILENT, java_script_enabled=False).is_visible("#listen")
    gone = "delete window.speechSynthesis; window.SpeechSynthesisUtterance = undefined"
    assert not open_at(SILENT, gone).is_visible("#listen")


def test_the_button_comes_with_the_voices(open_at: Callable[..., Any]) -> None:
    page = open_at(SILENT, VOICES % [])
    assert not page.is_visible("#listen")
    begins = page.locator(".prose").last.bounding_box()["y"]
    page.evaluate("arrive(['en-GB', 'zh_CN_#Hans'])")
    assert page.locator(".prose").last.bounding_box()["y"] == begins, "nothing moves when they come"
    button = page.locator("#listen button")
    assert button.is_visible()
    assert button.bounding_box()["height"] >= 44


def test_it_reads_title_and_text_in_pieces_and_stops(open_at: Callable[..., Any]) -> None:
    page = open_at(SILENT, VOICES % "['zh-CN']")
    button = page.locator("#listen button")
    assert page.evaluate("said") == []
    button.click()
    assert button.inner_text() == "停下"
    assert page.is_visible("text=不是讲述人的声音")
    assert page.evaluate("said") == [page.inner_text("h1")]
    for _ in range(12):
        page.evaluate("next()")
    said = page.evaluate("said")
    assert len(said) == 13
    assert max(map(len, said)) < 150
    text = re.sub(r"\s", "", page.inner_text("main"))
    assert all(re.sub(r"\s", "", piece) in text for piece in said)
    assert not {"口述", "待核实", "文献"} & set(said), "badges are not read"
    button.click()
    assert button.inner_text() == "念给我听"
    assert not page.evaluate("speaking()")
    button.click()
    assert page.evaluate("said.slice(13)") == [page.inner_text("h1")]


def test_it_reads_to_the_end_and_is_ready_again(open_at: Callable[..., Any]) -> None:
    page = open_at(SILENT, VOICES % "['zh-CN']")
    page.click("#listen button")
    page.evaluate("() => { while (speaking()) next() }")
    assert page.inner_text("#listen button") == "念给我听"
    last = page.locator(".prose p").last.inner_text()
    assert page.evaluate("said")[-1] in last


def test_it_falls_silent_when_the_page_is_left(open_at: Callable[..., Any]) -> None:
    page = open_at(SILENT, VOICES % "['zh-CN']")
    page.click("#listen button")
    assert page.evaluate("speaking()")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    assert not page.evaluate("speaking()")


@pytest.mark.parametrize("address", [HEARD, SILENT, "workshops/yanglang-laziji/"])
@pytest.mark.parametrize("zoom", [1, 1.67])
def test_listening_fits_a_small_phone(
    address: str, zoom: float, open_at: Callable[..., Any]
) -> None:
    page = open_at(address, VOICES % "['zh-CN']", width=320)
    page.evaluate(f"document.documentElement.style.fontSize = '{zoom * 100}%'")
    assert page.is_visible("#listen")
    wide = page.evaluate(
        "[...document.querySelectorAll('#listen, #listen *')].filter(e =>"
        " e.getBoundingClientRect().right > 320 || e.scrollWidth > e.clientWidth + 1 && e.clientWidth)"
        ".map(e => e.outerHTML.slice(0, 90))"
    )
    assert wide == []
    if zoom == 1:
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
