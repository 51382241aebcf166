"""Helpers for end-to-end tests: they copy a village, run commands in it, and read the built pages.

Commands run as a user runs them, without mocks: in a process of their own (`run`), or in the test's process if nothing
depends on the process (`here`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from io import BytesIO, TextIOWrapper
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-22"
SITE_URL = "https://yanglang.example.cn/"
CONTENT = ("mkdocs.yml", "site_src", "stories", "products", "village")
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


def run(
    *command: str | Path, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `python -m …` in `cwd` on the day of the tests, and capture what it prints."""
    return subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        cwd=cwd,
        env=environment(env),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )


def here(
    *command: str | Path, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `xiangji …` in the test's process, and capture what it prints.

    Starting Python is half the time of a short command. So `run` is used only where the process matters: once for each
    command, and where something is killed, blocked or left behind.
    """
    from xiangji.cli.main import main

    name, *words = map(str, command)
    assert name == "xiangji", "other programs have their own processes"
    out, err = (TextIOWrapper(BytesIO(), "utf-8", newline="", write_through=True) for _ in "oe")
    status: object = 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(cwd)
        for key, value in environment(env).items():
            patch.setenv(key, value)
        try:
            main(words)
        except SystemExit as end:
            status = end.code or 0
    assert isinstance(status, int), status
    said = (each.buffer.getvalue().decode("utf-8") for each in (out, err))  # type: ignore[attr-defined]
    return subprocess.CompletedProcess([name, *words], status, *said)


def environment(changes: dict[str, str] | None = None) -> dict[str, str]:
    """Return the environment of this process with the day of the tests, the locale C.UTF-8, and `changes`."""
    ours = {"XIANGJI_DATE": DAY, "LC_ALL": "C.UTF-8"}
    return {**os.environ, **ours, **(changes or {})}


def with_path(folder: Path) -> str:
    """Return a value for `PYTHONPATH` that has `folder` first."""
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))


def install(source: Path, target: Path) -> Path:
    """Install a folder or a wheel into `target`, outside this environment. Returns `target`."""
    options = ("--no-build-isolation", "--no-deps", "--no-index", "--quiet", "--target")
    done = run("pip", "install", *options, target, source, cwd=target.parent)
    assert done.returncode == 0, done.stderr
    return target


def copy_demo(target: Path, warm: Built | None = None) -> Path:
    """Copy the demo's content to `target`. With `warm`, also copy the cache of that build."""
    target.mkdir(parents=True)
    if warm:
        shutil.copytree(warm.root / ".cache", target / ".cache")
    for name in CONTENT:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name)
        else:
            shutil.copy2(source, target / name)
    return target


def write(root: Path, files: dict[str, str]) -> Path:
    """Write text files below `root`, by relative path. Returns `root`."""
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    return root


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Call `make(folder)` in the first test process that comes here; other processes wait for it. Returns `folder`."""
    begun, done, failed = (
        folder.with_name(f"{folder.name}.{x}") for x in ("begun", "done", "failed")
    )
    try:
        begun.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + 180
        while not done.exists():
            assert not failed.exists(), f"{folder} could not be made; another test says why"
            assert time.monotonic() < deadline, f"{folder} was begun elsewhere and never finished"
            time.sleep(0.1)
        return folder
    try:
        make(folder)
    except BaseException:
        failed.touch()
        raise
    done.touch()
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by path, without the mark of a build (`.xiangji/built.json`)."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.parts[-2:] != (".xiangji", "built.json")
    }


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the paths that only one side has, or whose bytes differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


@dataclass
class Element:
    """One element of a page. `element["name"]` is the value of an attribute, or an empty text."""

    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")


class Document(HTMLParser):
    """The elements of an HTML page in document order, each with the text of itself and its descendants."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag in [each.tag for each in self._open]:
            if self._open.pop().tag == tag:
                break

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.pieces.append(data)

    def all(self, tag: str, **wanted: str) -> list[Element]:
        """Return the elements with a tag and with these attributes. `http_equiv` means `http-equiv`."""
        facts = {name.replace("_", "-"): value for name, value in wanted.items()}
        return [
            each
            for each in self.elements
            if each.tag == tag and all(each[name] == value for name, value in facts.items())
        ]

    def meta(self, name: str) -> str:
        """Return the content of a `<meta>` by name, property or http-equiv. Empty if there is none."""
        found = [
            each["content"]
            for each in self.elements
            if each.tag == "meta" and name in (each["name"], each["property"], each["http-equiv"])
        ]
        return found[0] if found else ""

    @cached_property
    def ids(self) -> frozenset[str]:
        return frozenset(each["id"] for each in self.elements if each["id"])

    def links(self) -> Iterator[str]:
        """Return the `href` of all `<a>` elements, as written."""
        return (
            each["href"] for each in self.elements if each.tag == "a" and "href" in each.attributes
        )


@dataclass(frozen=True)
class Built:
    """A village and the site that was built from it."""

    root: Path
    site: Path

    @cached_property
    def pages(self) -> dict[str, Document]:
        """Every page by address, such as `products/laziji/`, or an empty text for home. Redirects are left out."""
        return {at: page for at, page in self._documents.items() if not page.meta("refresh")}

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {
            file.relative_to(self.site).as_posix().removesuffix("index.html"): Document(
                file.read_text("utf-8")
            )
            for file in sorted(self.site.rglob("*.html"))
        }

    @cached_property
    def moved(self) -> dict[str, str]:
        """The pages that redirect at once, such as moved codes, with the addresses that they redirect to."""
        found = {at: page.meta("refresh") for at, page in self._documents.items()}
        links = {at: told.removeprefix("0; url=") for at, told in found.items() if told}
        return {at: urljoin(at, link) for at, link in links.items()}

    @cached_property
    def unlisted(self) -> frozenset[str]:
        """The pages behind printed codes that are closed or unbound. No page links to them."""
        return frozenset(at for at, page in self.pages.items() if page.all("p", id="printed"))

    @cached_property
    def hand_written(self) -> frozenset[str]:
        """The addresses of the pages that a host makes: those in `site_src`, and the 404 page."""
        docs = self.root / "site_src"
        names = (file.relative_to(docs).as_posix() for file in docs.rglob("*.md"))
        stems = (name.removesuffix(".md") for name in names)
        return frozenset(
            {
                "404.html",
                *(
                    stem.removesuffix("index") if stem.endswith("index") else f"{stem}/"
                    for stem in stems
                ),
            }
        )

    @cached_property
    def owned(self) -> dict[str, Document]:
        """The pages that the program makes with the site's frame."""
        return {at: page for at, page in self.pages.items() if at not in self.hand_written}

    @property
    def sheets(self) -> dict[str, Document]:
        """The batch sheets by address `t/product/lot/`, without the pages of moved or closed codes."""
        found = {at: page for at, page in self.owned.items() if is_sheet(at)}
        return {at: page for at, page in found.items() if page.all("div", **{"class": "sheet"})}

    def file_at(self, address: str) -> Path | None:
        """Return the file that a static web server sends for an address relative to the site, or None."""
        file = self.site / address
        if not address or address.endswith("/"):
            file = file / "index.html"
        return file if file.is_file() else None

    def target(self, page: str, link: str) -> tuple[str, str] | None:
        """Return the address and the fragment of a link on `page`. None if it leads to another site."""
        full = urlsplit(urljoin(SITE_URL + page, link))
        if full.scheme not in ("http", "https") or f"{full.scheme}://{full.netloc}/" != SITE_URL:
            return None
        return unquote(full.path).lstrip("/"), unquote(full.fragment)


def is_sheet(address: str) -> bool:
    return address.startswith("t/") and address.count("/") == 3
