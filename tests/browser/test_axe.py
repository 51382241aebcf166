"""axe finds nothing on one page of each kind, by day and by night."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

PAGES = (
    "",
    "about/",
    "handbook/",
    "handbook/batches/",
    "dev/architecture/",
    "404.html",
    "stories/",
    "stories/yanglang-laziji/",
    "workshops/yanglang-laziji/",
    "products/laziji/",
    "people/cook-yi/",
    "shop/",
    "shop/makers/",
    "search/",
    "t/",
    "t/laziji/",
    "t/laziji/2026-09A/",  # normal
    "t/laziji/2026-11A/",  # waiting
    "t/laziji/2026-04B/",  # on hold
    "t/laziji/2026-05A/",  # recalled
    "t/laziji/2025-10A/",  # past its date
    "t/laziji/2026-06C/",  # not recorded
)


DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def axe() -> str:
    """The script itself, as the package carries it."""
    spec = find_spec("axe_playwright_python")
    assert spec and spec.origin
    return (Path(spec.origin).parent / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="module")
def found(axe: str, server: str, lasting_page: Callable[..., Any]) -> dict[str, dict[Any, Any]]:
    """What axe finds by scheme, then by page and rule. Each page is opened once: at nightfall an
    open page changes its colours."""
    page = lasting_page(360, bypass_csp=True, reduced_motion="reduce")
    seen: dict[str, dict[Any, Any]] = {scheme: {} for scheme in ("light", "dark")}
    for address in PAGES:
        page.goto(server + address, wait_until="load")
        page.evaluate(axe)
        for scheme, violations in seen.items():
            page.emulate_media(color_scheme=scheme)
            page.evaluate(DRAWN)
            result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
            assert result["passes"], "axe ran and looked at something"
            for each in result["violations"]:
                nodes = [f"{node['target']} {node['html'][:120]}" for node in each["nodes"]]
                violations[address or "home", each["id"]] = nodes
    return seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(scheme: str, found: dict[str, dict[Any, Any]]) -> None:
    assert found[scheme] == {}
