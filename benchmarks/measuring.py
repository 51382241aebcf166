"""Collects all measures of a built site, and keeps the worst page of each kind.

Bytes are computed for every page. What needs a browser is measured only for the pages that the caller names.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import probes
from ceilings import MEASURE, OWNED, kind_of
from paint import SLOW_4G, WEAK, paint
from reading import NARROW, Reading, newcomer, open_page, reader
from serving import Served
from weights import Weight, pages_of, weigh

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Say = Callable[[str], None]
_SCORES = {"accessibility": "lh_access", "best-practices": "lh_practice", "seo": "lh_seo"}


class Worst(NamedTuple):
    """The worst value of a measure, the page that has it, and the findings there."""

    value: float
    address: str
    found: str


@dataclass
class Results:
    """The results for one site."""

    worst: dict[tuple[str, str], Worst] = field(default_factory=dict)
    """By kind of page and key of the measure."""
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    """The number of measured pages."""

    def note(self, address: str, key: str, value: float, found: Iterable[str] = ()) -> None:
        """Add one value of one page."""
        at = kind_of(address), key
        self.counts[at] = self.counts.get(at, 0) + 1
        known = self.worst.get(at)
        if known is None or MEASURE[key].worse(value, known.value):
            self.worst[at] = Worst(value, address, "; ".join(found)[:300])

    @property
    def kinds(self) -> list[str]:
        """Return the kinds of pages that were measured."""
        return list(dict.fromkeys(kind for kind, _ in self.worst))

    def broken(self) -> Iterator[tuple[str, str, Worst]]:
        """Yield kind, key and value of every limit that is not kept."""
        for (kind, key), worst in self.worst.items():
            if not MEASURE[key].keeps(kind, worst.value):
                yield kind, key, worst


def weigh_all(site: Path, results: Results, kinds: tuple[str, ...] = OWNED) -> list[Weight]:
    """Compute the bytes of every page of these kinds."""
    weights = [weigh(site, address) for address in pages_of(site) if kind_of(address) in kinds]
    for each in weights:
        for key, size in (("html", each.html), ("text", each.text), ("script", each.script)):
            results.note(each.address, key, size / 1000)
        for role in ("photo", "card"):
            results.note(each.address, role, each.largest(role) / 1000)
        results.note(each.address, "unsized", len(each.unsized), each.unsized)
        results.note(each.address, "hasty", len(each.hasty), each.hasty)
    return weights


def heaviest(weights: list[Weight], each: int) -> list[str]:
    """Return up to `each` pages of each kind, those with the most HTML first."""
    ordered = sorted(weights, key=lambda weight: (-weight.html, weight.address))
    taken: dict[str, list[str]] = {}
    for weight in ordered:
        chosen = taken.setdefault(kind_of(weight.address), [])
        if len(chosen) < each:
            chosen.append(weight.address)
    return [address for chosen in taken.values() for address in chosen]


def open_all(
    browser: Browser, served: Served, addresses: list[str], results: Results, say: Say
) -> None:
    """Measure the first view of pages, and run the probes on them."""
    with reader(browser) as eyes, newcomer(browser, served) as guest:
        for number, address in enumerate(addresses, start=1):
            say(f"reading {number}/{len(addresses)}: {address}")
            view = guest.view(address)
            results.note(address, "first", view.sent / 1000)
            results.note(address, "requests", len(view.answers))
            results.note(address, "hosts", len(view.hosts), view.hosts)
            _note_reading(results, address, eyes.read(served.url + address))


def _note_reading(results: Results, address: str, seen: Reading) -> None:
    sizes = {
        "small": seen.texts,
        "price": seen.prices,
        "target": seen.targets.every,
        "main": seen.targets.main,
    }
    for key, found in sizes.items():
        if found:
            results.note(address, key, found[0].size, [each.text for each in found[:3]])
    results.note(address, "sideways", seen.sideways.over, seen.sideways.culprits)
    results.note(address, "cut", len(seen.cut), seen.cut)
    results.note(address, "cut_320", len(seen.cut_narrow), seen.cut_narrow)
    results.note(address, "kept", seen.kept, seen.lost)
    results.note(address, "floating", len(seen.floating), seen.floating)


def note_axe(browser: Browser, url: str, address: str, results: Results) -> None:
    """Run axe in the light and the dark colour scheme."""
    found: list[str] = []
    for scheme in ("light", "dark"):
        with open_page(
            browser, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
        ) as page:
            page.goto(url + address, wait_until="load")
            found += [f"{scheme}: {each}" for each in probes.axe(page)]
    results.note(address, "axe", len(found), found)


def note_paint(browser: Browser, url: str, address: str, results: Results, runs: int) -> None:
    """Measure paint times with both profiles."""
    slow, weak = (paint(browser, url + address, each, runs) for each in (SLOW_4G, WEAK))
    results.note(address, "fcp", slow.first)
    results.note(address, "lcp", slow.largest)
    results.note(address, "cls", slow.shift)
    results.note(address, "weak_fcp", weak.first)
    results.note(address, "weak_lcp", weak.largest)


def note_sideways(browser: Browser, url: str, address: str, results: Results) -> None:
    """Measure only whether a page scrolls sideways, for pages that another theme lays out."""
    with open_page(browser) as page:
        page.goto(url + address, wait_until="load")
        found = probes.sideways(page, NARROW)
    results.note(address, "sideways", found.over, found.culprits)


def note_lighthouse(cli: Path, chromium: str, url: str, address: str, results: Results) -> None:
    """Run Lighthouse's command-line program with Node, and note its scores."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        command = [
            str(cli),
            url + address,
            "--quiet",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
            f"--only-categories={','.join(_SCORES)}",
            "--output=json",
            f"--output-path={out}",
        ]
        done = subprocess.run(
            command,
            env={**os.environ, "CHROME_PATH": chromium},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if not out.is_file():
            raise RuntimeError(f"Lighthouse gave no report: {done.stderr[-2000:]}")
        said = json.loads(out.read_text("utf-8"))
    for name, key in _SCORES.items():
        category = said["categories"][name]
        audits = ((said["audits"][each["id"]], each) for each in category["auditRefs"])
        failed = [
            f"{audit['id']}: {audit.get('explanation') or audit['title']}"
            for audit, reference in audits
            if audit["score"] is not None and audit["score"] < 1 and reference["weight"]
        ]
        results.note(address, key, round(100 * category["score"]), failed)
