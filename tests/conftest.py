"""Fixtures for all tests: the demo, built once, a local web server for it, and a real browser."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import hypothesis
import pytest

from built import DAY, ROOT, Built, copy_demo, once, run

# No deadline: the time of an example depends on how busy the machine is. Tests of speed measure it themselves.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]


LONGEST = (
    "test_builds_benchmark.py",
    "paper/test_posters.py",
    "browser/test_budgets.py",
    "browser/test_text_size.py",
    "hosts/test_hosts.py",
    "browser/test_every_page.py",
    "images/test_pictures_hostile.py",
    "test_cases.py",
    "paper/test_sheets.py",
    "paper/test_cards.py",
    "browser/test_paper.py",
    "browser/test_axe.py",
)
"""The test files that take longest, which run first.

A worker process runs a whole file. If a long file started late, it would run alone at the end. The first two do not
need the demo, so they need not wait until it is built.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    folder = Path(__file__).parent
    places = {folder / name: place for place, name in enumerate(LONGEST)}
    assert all(file.is_file() for file in places), "a file was renamed"
    items.sort(key=lambda item: places.get(item.path, len(places)))


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the same day for every test, so that the results do not change with the calendar."""
    monkeypatch.setenv("XIANGJI_DATE", DAY)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all worker processes of this test run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session", autouse=True)
def _compiled(shared: Path) -> None:
    """Let all child processes share one folder of compiled modules, outside the source tree."""
    os.environ["PYTHONPYCACHEPREFIX"] = str(shared / "compiled")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.fixture(scope="session")
def demo(shared: Path) -> Built:
    """The demo village, copied and built as `make site` builds it."""

    def make(root: Path) -> None:
        done = run("xiangji", "build", "--strict", "--out", "site", cwd=copy_demo(root))
        assert done.returncode == 0, done.stdout + done.stderr

    root = once(shared / "demo", make)
    return Built(root, root / "site")


@pytest.fixture(scope="session")
def starter(shared: Path) -> Built:
    """The village that `xiangji new` writes, with its built site."""

    def make(root: Path) -> None:
        for words in (("new", str(root)), ("build", "--config", str(root / "mkdocs.yml"))):
            done = run("xiangji", *words, cwd=root.parent)
            assert done.returncode == 0, done.stdout + done.stderr

    root = once(shared / "starter", make)
    return Built(root, root / "site")


class _Quiet(SimpleHTTPRequestHandler):
    """A static web server without a log. It answers an unknown address with the site's 404 page."""

    def log_message(self, *_: object) -> None:
        pass

    def send_error(self, code: int, *_: object, **__: object) -> None:
        page = Path(self.directory) / "404.html"
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.read_bytes())


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore connection errors, which occur when the browser leaves a page. Print all others."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def server(demo: Built) -> Iterator[str]:
    """The local URL of the demo's site, with a slash at the end."""
    handler = partial(_Quiet, directory=str(demo.site))
    with _Server(("127.0.0.1", 0), handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_port}/"
        httpd.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """A real Chromium, found by `tools/browser.py`."""
    from playwright.sync_api import sync_playwright

    found = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "browser.py")], capture_output=True, text=True
    )
    path = found.stdout.strip()
    assert path, found.stderr
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=BROWSER_ARGUMENTS)
        yield started
        started.close()
