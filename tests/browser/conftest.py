"""Every page of the demo, seen once at each width in a real browser; tests read what was seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sampled import one_list_each

from built import DAY, Built, once, run
from reading import Reading, reader
from serving import Served, serve
from village import write_village

WIDTHS = (360, 1280)
HEIGHT = 780

# Text that is read, with the size it is drawn in; what is hidden does not count.
SMALL_TEXT = """() => {
  const small = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility()) continue;
    if (['SCRIPT', 'STYLE', 'TEMPLATE'].includes(parent.tagName)) continue;
    const size = parseFloat(getComputedStyle(parent).fontSize);
    if (size < 18) small.push(size + 'px ' + node.data.trim().slice(0, 20));
  }
  return small;
}"""

# The bottom bar's targets, and the search box's.
TARGETS = """() => [...document.querySelectorAll('.bar a, .tabs a, .side a, .find input')]
  .filter(each => each.checkVisibility())
  .map(each => [each.innerText || each.tagName, each.getBoundingClientRect()])
  .filter(([_, box]) => box.width < 44 || box.height < 44)
  .map(([name, box]) => `${name} ${box.width}x${box.height}`)"""

SCROLL = "() => document.scrollingElement.scrollWidth"


@dataclass
class Visit:
    """What was seen on one page at one width."""

    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    scroll: dict[int, int] = field(default_factory=dict)
    small_text: list[str] = field(default_factory=list)
    small_targets: list[str] = field(default_factory=list)
    text: str = ""


@pytest.fixture
def new_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """Open a page in a context of its own, with Playwright's options for contexts; all of them are
    closed after the test, since each holds two processes."""
    yield from opener(browser)


@pytest.fixture(scope="module")
def lasting_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """The same for what several tests of a file look at."""
    yield from opener(browser)


@pytest.fixture(scope="module")
def phone(lasting_page: Callable[..., Any]) -> Any:
    """One page for tests that only look: opening another costs more than what it shows."""
    return lasting_page(360)


def opener(browser: Any) -> Iterator[Callable[..., Any]]:
    contexts = []

    def open_page(width: int = 360, **options: Any) -> Any:
        contexts.append(
            browser.new_context(
                viewport={"width": width, "height": HEIGHT}, locale="zh-CN", **options
            )
        )
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def visits(demo: Built, server: str, browser: Any) -> dict[tuple[str, int], Visit]:
    """Every page at every width."""
    seen: dict[tuple[str, int], Visit] = {}
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": HEIGHT}, locale="zh-CN")
        page = context.new_page()
        visit = Visit()
        listen(page, lambda: visit)  # noqa: B023 — the page of the moment
        for address in demo.pages:
            visit = seen[address, width] = Visit()
            page.goto(server + address, wait_until="load")
            look(page, visit, width, owned=address in demo.owned)
        context.close()
    return seen


@pytest.fixture(scope="session")
def village(shared: Path) -> Built:
    """A generated village of 1,000 products and 150 makers, with photos, built without a host."""

    def make(root: Path) -> None:
        write_village(root, products=1000, batches=200, makers=150, stories=10, pictures=8)
        done = run("xiangji", "build", "--host", "none", "--out", "site", cwd=root)
        assert done.returncode == 0, done.stdout + done.stderr

    root = once(shared / "village", make)
    return Built(root, root / "site")


@pytest.fixture(scope="session")
def served_demo(demo: Built) -> Iterator[Served]:
    """The demo on a host that packs text and counts what it sends."""
    with serve(demo.site) as served:
        yield served


@pytest.fixture(scope="session")
def served_village(village: Built) -> Iterator[Served]:
    """The generated village on a host that packs text and counts what it sends."""
    with serve(village.site) as served:
        yield served


@pytest.fixture(scope="session")
def readings(demo: Built, served_demo: Served, browser: Any) -> dict[str, Reading]:
    """What a reader meets on every page of the demo that owns its HTML."""
    with reader(browser, DAY) as eyes:
        looked_at = one_list_each(demo.owned)
        return {address: eyes.read(served_demo.url + address) for address in looked_at}


def listen(page: Any, current: Callable[[], Visit]) -> None:
    """Note errors, requests and refused answers on the visit that is going on."""
    page.on("pageerror", lambda error: current().errors.append(str(error)))
    page.on(
        "console",
        lambda said: current().errors.append(said.text) if said.type == "error" else None,
    )
    page.on("request", lambda asked: current().requests.append(asked.url))
    page.on(
        "response",
        lambda got: (
            current().refused.append(f"{got.status} {got.url}") if got.status >= 400 else None
        ),
    )
    page.on("requestfailed", lambda asked: _failed(asked, current()))


def _failed(asked: Any, visit: Visit) -> None:
    # Going on to the next page cuts off what a worker was still fetching.
    if asked.failure != "net::ERR_ABORTED":
        visit.refused.append(f"{asked.failure} {asked.url}")


def look(page: Any, visit: Visit, width: int, owned: bool) -> None:
    visit.scroll[width] = page.evaluate(SCROLL)
    visit.text = page.inner_text("body")
    if owned:
        visit.small_text = page.evaluate(SMALL_TEXT)
        visit.small_targets = page.evaluate(TARGETS)
    if width == 360:
        page.set_viewport_size({"width": 320, "height": HEIGHT})
        visit.scroll[320] = page.evaluate(SCROLL)
        page.set_viewport_size({"width": 360, "height": HEIGHT})
