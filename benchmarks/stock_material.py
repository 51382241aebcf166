"""Builds the same content as plain Markdown with stock Material for MkDocs, for comparison.

It converts our own page back to Markdown as a volunteer would type it: headings, paragraphs, lists, tables and
pictures. The configuration names the theme and nothing else, so that all defaults apply.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from serving import file_at

_CONFIG = "site_name: 对照\nsite_url: https://stock.example.cn/\ntheme:\n  name: material\n"
_SKIPPED = frozenset(("script", "style", "template", "noscript", "svg", "form"))
_HEADINGS = {"h1": "# ", "h2": "## ", "h3": "### ", "h4": "#### "}
_BREAKS = frozenset(
    "p li ul ol dl table section article figure figcaption header footer nav div".split()
)
_CELLS = frozenset(("dt", "dd", "th", "td"))


def build_stock(site: Path, addresses: list[str], folder: Path) -> dict[str, str]:
    """Build these pages of `site` in `folder`. Returns, by address, the address of each page in `folder/site`."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_CONFIG, "utf-8")
    (docs / "index.md").write_text("# 对照\n", "utf-8")
    names = {address: re.sub(r"\W+", "-", address).strip("-").lower() for address in addresses}
    for address, name in names.items():
        (docs / f"{name}.md").write_text(_markdown(site, address, docs), "utf-8")
    command = (sys.executable, "-m", "mkdocs", "build", "--quiet")
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return {address: f"{name}/" for address, name in names.items()}


def _markdown(site: Path, address: str, docs: Path) -> str:
    """Return the content of one page; copy its pictures beside it, in the fallback size of our page."""
    file = file_at(site, address)
    assert file is not None, address
    reader = _ToMarkdown(file.read_text("utf-8"))
    for link in reader.pictures:
        path = unquote(urlsplit(urljoin(f"/{address}", link)).path).lstrip("/")
        picture = file_at(site, path)
        if picture:
            shutil.copyfile(picture, docs / picture.name)
    return reader.text


class _ToMarkdown(HTMLParser):
    """Collects the content of one of our pages: all but its footer, its bars and its machine-readable data."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures: list[str] = []
        self._blocks: list[str] = []
        self._line: list[str] = []
        self._row: list[str] = []
        self._prefix = ""
        self._in_table = False
        self._depth = 0
        self._skipping = 0
        self.feed(html)
        self.close()
        self._end_line()

    @property
    def text(self) -> str:
        return "\n\n".join(self._blocks) + "\n"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "main":
            self._depth += 1
        if tag in _SKIPPED:
            self._skipping += 1
        if not self._depth or self._skipping:
            return
        if tag in _HEADINGS or tag in _BREAKS or tag == "blockquote":
            self._break(tag)
            self._prefix = {**_HEADINGS, "li": "- ", "blockquote": "> "}.get(tag, self._prefix)
        elif tag == "img" and facts.get("src"):
            self.pictures.append(facts["src"])
            self._line.append(f"![{facts.get('alt', '')}]({facts['src'].rsplit('/', 1)[-1]})")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipping = max(0, self._skipping - 1)
        elif tag == "main":
            self._end_line()
            self._depth -= 1
        elif self._depth and not self._skipping:
            if tag in _CELLS:
                self._row.append(self._take())
            elif tag in _HEADINGS or tag in _BREAKS or tag == "blockquote":
                self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._depth and not self._skipping and data.strip():
            self._line.append(re.sub(r"\s+", " ", data))

    def _take(self) -> str:
        text, self._line = "".join(self._line).strip(), []
        return text.replace("|", "\\|")

    def _break(self, tag: str) -> None:
        """End the line before a block element. A table row waits for its end, because a cell may hold blocks."""
        if self._row and tag in ("div", "dl", "table", "tr"):
            self._end_row()
        elif not self._row or tag in _HEADINGS:
            self._end_line()

    def _end_row(self) -> None:
        row, self._row = [*self._row, self._take()], []
        cells = [cell for cell in row if cell]
        line = f"| {' | '.join(cells)} |"
        if self._in_table:
            self._blocks[-1] += f"\n{line}"
        else:
            self._blocks.append(f"| 项目 | 内容 |\n|---|---|\n{line}")
        self._in_table = True

    def _end_line(self) -> None:
        if self._row:
            self._end_row()
        text = self._take()
        if text:
            self._blocks.append(self._prefix + text)
            self._in_table = False
        self._prefix = ""
