"""Measures one page in a real browser as a reader sees it: runs all probes, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import probes
from paint import DENSITY, HEIGHT, WIDTH
from serving import Answer, Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NARROW = 320
"""CSS pixels; the narrowest screen that WCAG requires (1.4.10)."""


@dataclass
class FirstView:
    """The requests before any scrolling, with a cold cache."""

    answers: list[Answer]
    hosts: set[str] = field(default_factory=set)
    """Other hosts that were requested. All such requests were blocked."""

    @property
    def sent(self) -> int:
        """The bytes of all bodies."""
        return sum(each.sent for each in self.answers)

    @property
    def but_pictures(self) -> int:
        return sum(each.sent for each in self.answers if not each.is_picture)


DAY = "2026-11-22"
"""The day for which the sites are built and that the browser has, so that two runs measure the same pages."""


@contextmanager
def open_page(browser: Browser, **options: Any) -> Iterator[Page]:
    """Yield a page on the screen of a cheap phone, in a browser context of its own."""
    screen = {"viewport": {"width": WIDTH, "height": HEIGHT}, "device_scale_factor": DENSITY}
    context = browser.new_context(**{**screen, "locale": "zh-CN", **options})
    try:
        page = context.new_page()
        page.clock.set_fixed_time(f"{DAY}T12:00:00+08:00")
        yield page
    finally:
        context.close()


class Newcomer:
    """Opens page after page like a first-time visitor.

    A new tab for each page would cost three times as much as the page itself. So there is one tab that caches nothing:
    Playwright switches the cache off where requests are routed.
    """

    def __init__(self, page: Page, served: Served) -> None:
        self._page = page
        self._served = served
        self._hosts: set[str] = set()
        self._waiting = _count_requests(page)
        page.route(lambda url: not url.startswith(served.url), self._refuse)

    def view(self, address: str) -> FirstView:
        """Open a page and wait until it requests nothing more. Requests to other hosts are blocked and noted."""
        self._page.goto("about:blank")  # Late requests of the last page must not be counted.
        self._hosts = set()
        self._served.take()
        self._page.goto(self._served.url + address, wait_until="load")
        _settle(self._page, self._waiting)
        return FirstView(self._served.take(), self._hosts)

    def _refuse(self, route: Any) -> None:
        self._hosts.add(urlsplit(route.request.url).netloc)
        route.abort()


@contextmanager
def newcomer(browser: Browser, served: Served) -> Iterator[Newcomer]:
    """Yield a first-time visitor in a browser context of its own."""
    with open_page(browser) as page:
        yield Newcomer(page, served)


def first_view(browser: Browser, served: Served, address: str) -> FirstView:
    """Return what one page requests before any scrolling."""
    with newcomer(browser, served) as guest:
        return guest.view(address)


def _count_requests(page: Page) -> set[Any]:
    """Return the set of pending requests, which is kept up to date."""
    waiting: set[Any] = set()
    page.on("request", lambda request: waiting.add(request))
    page.on("requestfinished", lambda request: waiting.discard(request))
    page.on("requestfailed", lambda request: waiting.discard(request))
    return waiting


def _settle(page: Page, waiting: set[Any], quiet: int = 3) -> None:
    """Wait until the page is drawn and has requested nothing for `quiet` twentieths of a second."""
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    calm = 0
    while calm < quiet:
        page.wait_for_timeout(50)
        calm = 0 if waiting else calm + 1


@dataclass
class Reading:
    """What a reader meets on one page. Lists of sentences are findings; sizes are in CSS pixels."""

    texts: list[probes.Sized]
    prices: list[probes.Sized]
    targets: probes.Targets
    sideways: probes.Sideways
    floating: list[str]
    cut: list[str]
    """At WeChat's largest font setting, on a screen of 360 px."""
    cut_narrow: list[str]
    """The same at 320 px."""
    kept: float
    """The percentage of the text that is there without scripts."""
    lost: list[str]


class Reader:
    """Reads page after page in two browser contexts: one that runs scripts, one that does not."""

    def __init__(self, page: Page, bare: Page) -> None:
        self._page = page
        self._bare = bare

    def read(self, url: str) -> Reading:
        """Run all probes on the page at `url`."""
        page = self._page
        probes.resize(page, WIDTH)
        page.goto(url, wait_until="load")
        texts, prices = probes.text_sizes(page), probes.price_sizes(page)
        aims, floating, words = probes.targets(page), probes.floating(page), probes.texts(page)
        sideways = probes.sideways(page, NARROW)
        probes.resize(page, WIDTH)
        probes.enlarge(page)
        cut = probes.hidden_text(page)
        probes.resize(page, NARROW)
        cut_narrow = probes.hidden_text(page)
        self._bare.goto(url, wait_until="load")
        there = probes.texts(self._bare)
        kept = probes.share_kept(words, there)
        lost = sorted(set(words) - set(there))
        return Reading(texts, prices, aims, sideways, floating, cut, cut_narrow, kept, lost)


@contextmanager
def reader(browser: Browser, day: str = "") -> Iterator[Reader]:
    """Yield a reader in contexts of its own that ignore the Content-Security-Policy.

    Its calendar stands on `day` (`2026-11-22`), if one is given: scripts mark what has expired since the site was built.
    """
    with (
        open_page(browser, bypass_csp=True, reduced_motion="reduce") as page,
        open_page(browser, bypass_csp=True, java_script_enabled=False) as bare,
    ):
        if day:
            page.clock.set_fixed_time(f"{day}T08:00:00+08:00")
        yield Reader(page, bare)
