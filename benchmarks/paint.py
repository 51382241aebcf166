"""Measures when a page paints on a slow network and a slow phone, as Chromium simulates both.

The network is simulated between the browser's cache and its network stack, so each request waits for the latency once.
The CPU is slowed down by a factor, so the result depends on the machine.
"""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WIDTH, HEIGHT, DENSITY = 360, 780, 2
"""The screen of a cheap phone: width and height in CSS pixels, and device pixels for each CSS pixel."""


class Profile(NamedTuple):
    """A network and a phone: latency in milliseconds, kilobits per second, and the factor of the CPU slowdown."""

    name: str
    latency: int
    down: int
    up: int
    cpu: int


SLOW_4G = Profile("slow 4G", 150, 1600, 750, 4)
WEAK = Profile("weak", 400, 400, 400, 6)


class Paint(NamedTuple):
    """Seconds from the start of the navigation; `shift` is the cumulative layout shift."""

    first: float
    largest: float
    shift: float


_WATCH = """
window.painted = {largest: 0, shift: 0};
new PerformanceObserver(list => list.getEntries().forEach(each => { painted.largest = each.startTime; }))
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => list.getEntries().forEach(each => { painted.shift += each.value; }))
  .observe({type: 'layout-shift', buffered: true});
"""
_READ = """() => new Promise(done => {
  const read = first => setTimeout(
    () => done([first.startTime, painted.largest || NaN, painted.shift]), 300);
  new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint').forEach(read))
    .observe({type: 'paint', buffered: true});
})"""


def paint(browser: Browser, url: str, profile: Profile, runs: int = 3) -> Paint:
    """Return the median of several visits with a cold cache. Requests to other hosts are blocked."""
    seen = [_visit(browser, url, profile) for _ in range(runs)]
    return Paint(*(median(values) for values in zip(*seen, strict=True)))


def _visit(browser: Browser, url: str, profile: Profile) -> Paint:
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=DENSITY, locale="zh-CN"
    )
    try:
        page = context.new_page()
        page.add_init_script(_WATCH)
        cdp = context.new_cdp_session(page)
        cdp.send("Network.enable")
        # Playwright's routes are not used, because they would answer instead of the simulated
        # network.
        cdp.send("Network.setBlockedURLs", {"urls": ["https://*"]})
        conditions = {
            "offline": False,
            "latency": profile.latency,
            "downloadThroughput": profile.down * 1000 / 8,
            "uploadThroughput": profile.up * 1000 / 8,
        }
        cdp.send("Network.emulateNetworkConditions", conditions)
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": profile.cpu})
        page.goto(url, wait_until="load", timeout=120_000)
        first, largest, shift = page.evaluate(_READ)
        return Paint(first / 1000, largest / 1000, shift)
    finally:
        context.close()
