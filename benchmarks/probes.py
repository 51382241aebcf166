"""Runs the probes of `probes.js` on a page that is open in a browser.

`page` is Playwright's synchronous Page; sizes are in CSS pixels. A finding is a sentence with the text that it is
about, so that a failing test says what to look at.
"""

from __future__ import annotations

from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Page

WECHAT_LARGEST = 1.67
"""The factor by which WeChat's largest font setting multiplies the size of a page's text."""

_SCRIPT = Path(__file__).with_name("probes.js").read_text("utf-8")


class Sized(NamedTuple):
    """A text or a tap target with its size: the font size, or the smaller side of the box."""

    size: float
    text: str


class Targets(NamedTuple):
    """Tap targets, smallest first. `main` are buttons and what is in the bottom bar."""

    every: list[Sized]
    main: list[Sized]


class Sideways(NamedTuple):
    """How many pixels stick out on the right side, and which element they belong to."""

    over: int
    culprits: list[str]


def _ask(page: Page, question: str) -> Any:
    if page.evaluate("() => !window.probes"):
        page.evaluate(_SCRIPT)
    return page.evaluate(f"() => window.probes.{question}")


def text_sizes(page: Page) -> list[Sized]:
    """Return every visible text, smallest first."""
    return [Sized(each["size"], each["text"]) for each in _ask(page, "textSizes()")]


def price_sizes(page: Page) -> list[Sized]:
    """Return every price, smallest first."""
    return [Sized(each["size"], each["text"]) for each in _ask(page, "priceSizes()")]


def targets(page: Page) -> Targets:
    """Return the links, buttons and fields that are not within running text."""
    found = _ask(page, "targets()")
    every = [Sized(each["size"], each["text"]) for each in found]
    return Targets(every, [Sized(each["size"], each["text"]) for each in found if each["main"]])


def sideways(page: Page, width: int) -> Sideways:
    """Return what sticks out at a screen of this width. The page keeps the width."""
    resize(page, width)
    found = _ask(page, "sideways()")
    return Sideways(found["over"], found["culprits"])


def resize(page: Page, width: int) -> None:
    """Set another width of the screen; its height stays."""
    size = page.viewport_size
    page.set_viewport_size({"width": width, "height": size["height"] if size else 780})


def hidden_text(page: Page) -> list[str]:
    """Return the texts that are cut, covered, or stick out of their button or the page, at their present size."""
    over = _ask(page, "sideways()")
    found = [f"scrolls sideways by {over['over']} px: {over['culprits']}"] if over["over"] else []
    for question in ("cut()", "spilling()", "overlapping()"):
        found += _ask(page, question)
    return found


def enlarge(page: Page, factor: float = WECHAT_LARGEST) -> None:
    """Enlarge all text as WeChat does. Only loading the page again undoes it."""
    _ask(page, f"enlarge({factor})")


def floating(page: Page) -> list[str]:
    """Return the elements that stay in front of the page or play by themselves."""
    return list(_ask(page, "floating()"))


def texts(page: Page) -> list[str]:
    """Return every visible text, without white space. Works also where the page runs no script."""
    return list(_ask(page, "texts()"))


def share_kept(wanted: list[str], there: list[str]) -> float:
    """Return the percentage of characters in `wanted` whose whole text is also in `there`."""
    total = sum(map(len, wanted))
    lost = Counter(wanted) - Counter(there)
    return (
        100.0 * (1 - sum(len(text) * times for text, times in lost.items()) / total)
        if total
        else 100.0
    )


def axe(page: Page) -> list[str]:
    """Return what axe finds, one sentence for each rule. The browser context must allow scripts."""
    page.evaluate(_axe_script())
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    if not result["passes"]:
        raise RuntimeError("axe looked at nothing")
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:120]} ({len(each['nodes'])} places)"
        for each in result["violations"]
    ]


def _axe_script() -> str:
    spec = find_spec("axe_playwright_python")
    if not spec or not spec.origin:
        raise RuntimeError("axe-playwright-python is not installed: run make test once")
    return (Path(spec.origin).parent / "axe.min.js").read_text("utf-8")
