"""axe finds nothing on any page of the demo, by day and by night."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from sampled import one_list_each

from built import Built

DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
RUN = "([skipped, options]) => axe.run({exclude: skipped}, options)"
QUICK = {"resultTypes": ["violations"], "selectors": False}

# At night only colours differ.
COLOURS = {**QUICK, "runOnly": ["color-contrast", "link-in-text-block"]}

# What colours depend on: each element with its classes inside of its parent, and the style sheets.
SHAPE = """() => {
  const named = e => e ? e.tagName + '.' + e.className : '';
  const seen = new Set([...document.querySelectorAll('*')].map(e => named(e.parentElement) + '>' + named(e)));
  const styles = [...document.querySelectorAll('style,link[rel=stylesheet]')].map(e => e.textContent + e.href);
  return [...seen].sort().join() + styles.join();
}"""

# The menu is the same on every page that a host makes. It is looked at where the menu's two halves begin.
MENU = ".md-sidebar--primary"
WITH_MENU = ("handbook/", "dev/")


@pytest.fixture(scope="module")
def axe() -> str:
    """The script itself, as the package carries it."""
    spec = find_spec("axe_playwright_python")
    assert spec and spec.origin
    return (Path(spec.origin).parent / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def found(
    axe: str, demo: Built, server: str, lasting_page: Callable[..., Any]
) -> dict[str, dict[Any, Any]]:
    """What axe finds by scheme, then by page and rule. Each page is opened once: at nightfall an open page changes its
    colours. Of pages that are made of the same elements and styles, one is looked at by night."""
    page = lasting_page(360, bypass_csp=True, reduced_motion="reduce")
    seen: dict[str, dict[Any, Any]] = {scheme: {} for scheme in ("light", "dark")}
    shapes: set[str] = set()
    for address in one_list_each(demo.pages):
        page.emulate_media(color_scheme="light")
        page.goto(server + address, wait_until="load")
        page.evaluate(axe)
        shape = page.evaluate(SHAPE)
        runs = [("light", QUICK)] if shape in shapes else [("light", QUICK), ("dark", COLOURS)]
        shapes.add(shape)
        for scheme, options in runs:
            page.emulate_media(color_scheme=scheme)
            page.evaluate(DRAWN)
            hidden = [] if address in WITH_MENU else [[MENU]]
            result = page.evaluate(RUN, [hidden, options])
            assert result["passes"], "axe ran and looked at something"
            for each in result["violations"]:
                nodes = [node["html"][:160] for node in each["nodes"]]
                seen[scheme][address or "home", each["id"]] = nodes
    return seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: str, found: dict[str, dict[Any, Any]]) -> None:
    assert found[scheme] == {}
