"""Measures what a phone loads and shows in a real browser, against the limits of the design.

python benchmarks/pages.py                        the demo and a village of 1000 products, 150 makers
python benchmarks/pages.py --site site --village none    only a site that is already built
python benchmarks/pages.py --write                also writes benchmarks/README.md

Exits with status 1 if a limit is broken. Needs what `make test` installs.
"""

from __future__ import annotations

import argparse
import os
import platform
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import measuring
import report
from ceilings import NOTE, PRODUCT, SHEET, STORY, kind_of
from measuring import Results
from paint import SLOW_4G, WEAK, paint
from reading import DAY, first_view, reader
from serving import Served, serve
from stock_material import build_stock
from village import write_village
from weights import Weight, weigh

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
README = Path(__file__).with_name("README.md")
_ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-sync --no-first-run"
)
_BATCHES, _STORIES, _PHOTOS = 300, 10, 24


def main() -> int:
    given = _arguments()
    with tempfile.TemporaryDirectory(prefix="xiangji-measure-") as folder, _browser() as found:
        browser, chromium = found
        run = _Run(browser, chromium, Path(folder), given)
        sections = list(run.sections())
        facts = _facts(browser, given)
    _say("")
    print("\n\n".join(f"## {title}\n\n{text}" for title, text in sections))
    if given.write:
        README.write_text(report.readme(facts, sections), "utf-8", newline="\n")
    return 1 if run.broken else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--site", type=Path, help="measure this built site instead of the demo")
    parser.add_argument("--village", default="1000x150", help="products x makers, or none")
    parser.add_argument("--runs", type=int, default=3, help="cold visits for each paint time")
    parser.add_argument("--lighthouse", type=Path, metavar="CLI", help="Lighthouse's program")
    parser.add_argument("--write", action="store_true", help="write benchmarks/README.md")
    return parser.parse_args()


@contextmanager
def _browser() -> Iterator[tuple[Browser, str]]:
    """Yield Chromium as the tests find it, and its path."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, str(ROOT / "tools" / "browser.py")]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    path = found.stdout.strip()
    if not path:
        raise SystemExit(found.stderr)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS.split())
        try:
            yield started, path
        finally:
            started.close()


def build(source: Path, out: Path, *options: str) -> Path:
    """Build the village whose mkdocs.yml is in `source`."""
    config = str(source / "mkdocs.yml")
    command = [sys.executable, "-m", "xiangji", "build", "--config", config, "--out", str(out)]
    done = subprocess.run(
        [*command, "--date", DAY, *options],
        capture_output=True,
        text=True,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return out


def _say(text: str) -> None:
    """Print progress to standard error, so that standard output holds only the table."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


class _Run:
    """One run of the command: sites are built, served and measured one after another."""

    def __init__(
        self, browser: Browser, chromium: str, folder: Path, given: argparse.Namespace
    ) -> None:
        self._browser = browser
        self._chromium = chromium
        self._folder = folder
        self._given = given
        self.broken = False

    def sections(self) -> Iterator[tuple[str, str]]:
        """Yield title and text of each part of the report."""
        demo = self._given.site or build(ROOT, self._folder / "demo", "--host", "none")
        results, weights = self._site(demo, everything=True)
        yield from self._told("The demo" if not self._given.site else "The site", results)
        yield "The same content under stock Material", self._against_stock(demo, weights)
        if not self._given.site:
            yield from self._told("Hand-written pages, default host", self._hand_written())
        if self._given.village != "none":
            products, makers = map(int, self._given.village.split("x"))
            source, out = self._folder / "village", self._folder / "village-site"
            _say(f"building a village of {products} products")
            write_village(source, products, _BATCHES, makers, _STORIES, _PHOTOS)
            results, _ = self._site(build(source, out, "--host", "none"), everything=False)
            title = f"A village of {products} products, {makers} makers, {_BATCHES} batches"
            yield from self._told(title, results)

    def _told(self, title: str, results: Results) -> Iterator[tuple[str, str]]:
        self.broken = self.broken or any(results.broken())
        yield title, f"{report.results_table(results)}\n\n{report.broken_list(results)}"

    def _site(self, site: Path, everything: bool) -> tuple[Results, list[Weight]]:
        """Measure the bytes of every page, and in the browser every page or the heaviest of each kind."""
        results = Results()
        weights = measuring.weigh_all(site, results)
        few = measuring.heaviest(weights, 2)
        opened = (
            [each.address for each in weights] if everything else measuring.heaviest(weights, 5)
        )
        with serve(site) as served:
            measuring.open_all(self._browser, served, opened, results, _say)
            for number, address in enumerate(few, start=1):
                _say(f"timing {number}/{len(few)}: {address}")
                measuring.note_axe(self._browser, served.url, address, results)
                measuring.note_paint(self._browser, served.url, address, results, self._given.runs)
            self._lighthouse(served.url, measuring.heaviest(weights, 1), results)
        return results, weights

    def _lighthouse(self, url: str, addresses: list[str], results: Results) -> None:
        for address in addresses if self._given.lighthouse else ():
            _say(f"Lighthouse: {address}")
            measuring.note_lighthouse(self._given.lighthouse, self._chromium, url, address, results)

    def _hand_written(self) -> Results:
        """Measure the pages of the demo that the default host makes."""
        site = build(ROOT, self._folder / "hosted")
        docs = {
            file.relative_to(ROOT / "site_src")
            .as_posix()
            .removesuffix("index.md")
            .removesuffix(".md")
            for file in (ROOT / "site_src").rglob("*.md")
        }
        results = Results()
        measuring.weigh_all(site, results, (NOTE,))
        with serve(site) as served:
            for address in sorted(f"{each.rstrip('/')}/" if each else "" for each in docs):
                if kind_of(address) != NOTE:
                    continue  # A section title in the navigation, whose page is ours.
                _say(f"reading {address}")
                view = first_view(self._browser, served, address)
                results.note(address, "first", view.sent / 1000)
                results.note(address, "requests", len(view.answers))
                results.note(address, "hosts", len(view.hosts), view.hosts)
                measuring.note_sideways(self._browser, served.url, address, results)
                measuring.note_axe(self._browser, served.url, address, results)
        return results

    def _against_stock(self, site: Path, weights: list[Weight]) -> str:
        wanted = (PRODUCT, STORY, SHEET)
        chosen = [a for a in measuring.heaviest(weights, 1) if kind_of(a) in wanted]
        folder = self._folder / "stock"
        stock = build_stock(site, chosen, folder)
        compared: list[report.Compared] = []
        with serve(site) as ours, serve(folder / "site") as theirs:
            for address in chosen:
                _say(f"comparing {address}")
                mine = self._numbers(ours, address)
                other = self._numbers(theirs, stock[address])
                compared += [
                    report.Compared(address, title, unit, mine[title], other[title], digits)
                    for title, unit, digits in _COMPARED
                ]
        return f"{report.comparison_table(compared)}\n\n{_STOCK.strip()}"

    def _numbers(self, served: Served, address: str) -> dict[str, float]:
        view = first_view(self._browser, served, address)
        with reader(self._browser) as eyes:
            seen = eyes.read(served.url + address)
        slow, weak = (
            paint(self._browser, served.url + address, each, self._given.runs)
            for each in (SLOW_4G, WEAK)
        )
        return {
            "all but pictures, as asked for": view.but_pictures / 1000,
            "script": weigh(served.site, address).script / 1000,
            "requests": len(view.answers),
            "other hosts asked": len(view.hosts),
            "smallest text": seen.texts[0].size,
            "texts cut or covered at ×1.67": len(seen.cut),
            "FCP, slow 4G": slow.first,
            "LCP, slow 4G": slow.largest,
            "FCP, weak": weak.first,
            "LCP, weak": weak.largest,
        }


_COMPARED = (
    ("all but pictures, as asked for", "KB", 1),
    ("script", "KB", 1),
    ("requests", "", 0),
    ("other hosts asked", "", 0),
    ("smallest text", "px", 1),
    ("texts cut or covered at ×1.67", "", 0),
    ("FCP, slow 4G", "s", 2),
    ("LCP, slow 4G", "s", 2),
    ("FCP, weak", "s", 2),
    ("LCP, weak", "s", 2),
)
_STOCK = """
Stock Material is `theme: name: material` and nothing else, with the words and pictures of our page as plain
Markdown, built and measured in the same run. Its default `font` asks a font host: that host is refused at
once and counted under “other hosts asked”, so its bytes and its waiting are not in the table, which is in stock
Material's favour. Where such a host hangs, a page stays blank until the browser gives up.
"""


def _facts(browser: Browser, given: argparse.Namespace) -> dict[str, str]:
    words = ["python benchmarks/pages.py", f"--village {given.village}", f"--runs {given.runs}"]
    words += ["--lighthouse lighthouse"] if given.lighthouse else []
    facts = {
        "measured on": date.today().isoformat(),
        "sites built for": DAY,
        "command": f"`{' '.join(words)} --write`",
        "xiangji": version("xiangji"),
        "Python": platform.python_version(),
        "Chromium": browser.version,
        "mkdocs-material": version("mkdocs-material"),
        "Playwright": version("playwright"),
        "machine": f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}",
    }
    if given.lighthouse:
        command = [*shlex.split(str(given.lighthouse)), "--version"]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        facts["Lighthouse"] = said.stdout.strip()
    return facts


if __name__ == "__main__":
    sys.exit(main())
