"""What end-to-end tests share: a village on disk, commands run in it, and the pages that came out.

Commands run as a person runs them, nothing is replaced by a double: in a process of their own (`run`),
or in this one where nothing depends on the process (`here`).
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
    """Run `python -m …` in `cwd` on the tests' day; standard error follows standard output."""
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
    """The same for `xiangji …`, in this process: for what a command says and writes. Half of what a
    short command costs is a new Python, so a process of its own stands where it matters: once for
    each command, and where something is killed, blocked or left behind."""
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
    """This process's environment with the tests' day, a Chinese user and `changes`."""
    ours = {"XIANGJI_DATE": DAY, "LC_ALL": "C.UTF-8"}
    return {**os.environ, **ours, **(changes or {})}


def with_path(folder: Path) -> str:
    """`PYTHONPATH` with `folder` before everything else."""
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))


def install(source: Path, target: Path) -> Path:
    """Install a folder or a wheel into `target`, away from this environment."""
    options = ("--no-build-isolation", "--no-deps", "--no-index", "--quiet", "--target")
    done = run("pip", "install", *options, target, source, cwd=target.parent)
    assert done.returncode == 0, done.stderr
    return target


def copy_demo(target: Path, warm: Built | None = None) -> Path:
    """The demo's content, away from the work tree; `warm` with the pictures that a build made of it."""
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
    """Write texts below `root`."""
    for name, text in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")
    return root


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """`folder` as `make` leaves it, made by whichever test process comes first."""
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
    """Every file below a folder, by path; without what a build remembers there, which is no page."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.parts[-2:] != (".xiangji", "built.json")
    }


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Paths that only one side has, or whose bytes are not the same."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


@dataclass
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")


class Document(HTMLParser):
    """The elements of an HTML page, in order, each with its whole text."""

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
        """Elements by tag and attributes; `http_equiv` stands for `http-equiv`."""
        facts = {name.replace("_", "-"): value for name, value in wanted.items()}
        return [
            each
            for each in self.elements
            if each.tag == tag and all(each[name] == value for name, value in facts.items())
        ]

    def meta(self, name: str) -> str:
        """The content of a `<meta>` by name or property; empty when it is not there."""
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
        """Where `<a>` elements lead, as written."""
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
        """Every page by address: `products/laziji/`, `` for home, and `404.html`. A printed code
        that leads on at once is not a page of its own."""
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
        """Printed codes that lead on at once, each with the address it leads to."""
        found = {at: page.meta("refresh") for at, page in self._documents.items()}
        links = {at: told.removeprefix("0;url=") for at, told in found.items() if told}
        return {at: urljoin(at, link) for at, link in links.items()}

    @cached_property
    def unlisted(self) -> frozenset[str]:
        """Pages behind printed codes that are closed or unbound: only paper leads to them."""
        return frozenset(at for at, page in self.pages.items() if page.all("p", id="printed"))

    @cached_property
    def hand_written(self) -> frozenset[str]:
        """Addresses of the pages that a host lays out: those in site_src, and its 404 page."""
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
        """The pages that own their HTML."""
        return {at: page for at, page in self.pages.items() if at not in self.hand_written}

    @property
    def sheets(self) -> dict[str, Document]:
        """Batch sheets by address `t/product/lot/`; a code that moved or was closed is none."""
        found = {at: page for at, page in self.owned.items() if is_sheet(at)}
        return {at: page for at, page in found.items() if page.all("div", **{"class": "sheet"})}

    def file_at(self, address: str) -> Path | None:
        """The file that answers a site-relative address, as a static host looks for it."""
        file = self.site / address
        if not address or address.endswith("/"):
            file = file / "index.html"
        return file if file.is_file() else None

    def target(self, page: str, link: str) -> tuple[str, str] | None:
        """Address and fragment of a link on `page`; None for one that leads off the site."""
        full = urlsplit(urljoin(SITE_URL + page, link))
        if full.scheme not in ("http", "https") or f"{full.scheme}://{full.netloc}/" != SITE_URL:
            return None
        return unquote(full.path).lstrip("/"), unquote(full.fragment)


def is_sheet(address: str) -> bool:
    return address.startswith("t/") and address.count("/") == 3
