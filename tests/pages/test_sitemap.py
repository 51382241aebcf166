"""The site map: one file while one can hold it, and then an index of several (sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from built import DAY, SITE_URL, tree
from xiangji.build import open_press
from xiangji.cli.content.starter import write_starter
from xiangji.cli.main import commands
from xiangji.readers.config import read_settings
from xiangji.render import frame_files
from xiangji.render.context import RenderContext
from xiangji.render.frame_files import sitemaps
from xiangji.render.outputs import Artifact, Promised

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LIMIT = 50_000


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sitemap") / "village"
    write_starter(root)
    return root


@pytest.fixture(scope="module")
def context(village: Path) -> RenderContext:
    settings, found = read_settings(village / "mkdocs.yml", date.fromisoformat(DAY), SITE_URL)
    made, problems = open_press(settings, found)
    assert made is not None, problems
    return made


def promised(count: int) -> Iterator[Promised]:
    return (Promised(f"t/p/L{number:06}/index.html", listed=True) for number in range(count))


def places(content: bytes, root: str, row: str) -> list[str]:
    """The addresses of a file whose elements have these names."""
    read = ElementTree.fromstring(content)
    assert read.tag == SPACE + root and {each.tag for each in read} == {SPACE + row}
    return [each.findtext(f"{SPACE}loc") or "" for each in read]


@pytest.mark.parametrize("count", [1, LIMIT])
def test_one_file_holds_what_it_may(context: RenderContext, count: int) -> None:
    (only,) = sitemaps(context, promised(count))
    assert only.uri == "sitemap.xml"
    assert len(places(only.content, "urlset", "url")) == count


@pytest.mark.parametrize(("count", "files"), [(LIMIT + 1, 2), (3 * LIMIT, 3), (3 * LIMIT + 1, 4)])
def test_more_stand_in_several(context: RenderContext, count: int, files: int) -> None:
    index, *pieces = sitemaps(context, promised(count))
    assert index.uri == "sitemap.xml" and len(pieces) == files
    listed = places(index.content, "sitemapindex", "sitemap")
    assert listed == [SITE_URL + piece.uri for piece in pieces]
    found = [each for piece in pieces for each in places(piece.content, "urlset", "url")]
    assert found == sorted({f"{SITE_URL}t/p/L{number:06}/" for number in range(count)})
    assert all(len(places(each.content, "urlset", "url")) <= LIMIT for each in pieces)


def test_what_is_not_for_reading_is_not_listed(context: RenderContext) -> None:
    hidden = Artifact("t/p/L/e/index.html", b"", "")
    (only,) = sitemaps(context, [hidden])
    assert b"<loc>" not in only.content


@pytest.mark.parametrize("host", ["none", "mkdocs"])
def test_every_host_writes_all_files(
    village: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    monkeypatch.setattr(frame_files, "_SITEMAP_LIMIT", 4)
    config = village / "mkdocs.yml"
    text = config.read_text("utf-8")
    (village / "site_src" / "long").mkdir(exist_ok=True)
    (village / "site_src" / "long" / "index.md").write_text("# 长文\n", "utf-8")
    config.write_text(text.replace("  - xiangji\n", "  - xiangji: {reading: [long]}\n"), "utf-8")
    options = ["--config", str(config), "--site-url", SITE_URL, "--date", DAY, "--host", host]
    done = CliRunner().invoke(commands("zh"), ["build", "--out", str(tmp_path / "s"), *options])
    assert done.exit_code == 0, done.output
    site = tree(tmp_path / "s")
    listed = places(site["sitemap.xml"], "sitemapindex", "sitemap")
    pieces = [site[each.removeprefix(SITE_URL)] for each in listed]
    found = [each for piece in pieces for each in places(piece, "urlset", "url")]
    assert len(pieces) > 1 and len(found) == len(set(found)) > 8
    assert all(f"{each.removeprefix(SITE_URL)}index.html" in site for each in found)
