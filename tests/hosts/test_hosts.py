"""One village, many hosts: the pages that a printed code leads to are the same under each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from built import Built, copy_demo, differing, run, tree, with_path

HOSTS = {
    "mkdocs": ("mkdocs", "build", "--strict", "--site-dir"),
    "properdocs": ("properdocs", "build", "--strict", "-f", "mkdocs.yml", "--site-dir"),
    "none": ("xiangji", "build", "--strict", "--host", "none", "--out"),
}


@pytest.fixture(scope="module")
def built_by(demo: Built, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """The demo as a host builds it, each once."""
    made: dict[str, Built] = {}

    def build(host: str) -> Built:
        if host not in made:
            out = tmp_path_factory.mktemp(host) / "site"
            done = run(*HOSTS[host], out, cwd=demo.root)
            assert done.returncode == 0, done.stdout + done.stderr
            made[host] = Built(demo.root, out)
        return made[host]

    return build


def ours(built: Built) -> dict[str, bytes]:
    """Owned pages and every file beside them: what must not change when the host does."""
    hand_written = {f"{at}index.html" if at != "404.html" else at for at in built.hand_written}
    host = (
        "assets/javascripts/",
        "assets/stylesheets/",
        "assets/images/",
        "search/search_index.json",
        "search.json",
        "sitemap.xml.gz",
    )
    return {
        path: content
        for path, content in tree(built.site).items()
        if path not in hand_written and not path.startswith(host)
    }


def test_mkdocs_builds_the_same_site(demo: Built, built_by: Callable[[str], Built]) -> None:
    assert differing(tree(demo.site), tree(built_by("mkdocs").site)) == []


def test_properdocs_builds_the_same_site(demo: Built, built_by: Callable[[str], Built]) -> None:
    """Its hand-written pages name another generator; the rest is the same to the byte."""
    other = built_by("properdocs")
    assert tree(demo.site).keys() == tree(other.site).keys()
    assert len(ours(demo)) > 100
    assert differing(ours(demo), ours(other)) == []


def test_no_host_is_needed(demo: Built, built_by: Callable[[str], Built]) -> None:
    other = built_by("none")
    assert demo.pages.keys() == other.pages.keys()
    assert differing(ours(demo), ours(other)) == []


def test_a_second_build_gives_the_same_bytes(demo: Built, tmp_path: Path) -> None:
    """Another folder, no cache, another hash seed, time zone, language and day of the clock."""
    root = copy_demo(tmp_path / "elsewhere" / "村子")
    env = {
        "PYTHONHASHSEED": "4242",
        "TZ": "America/New_York",
        "LC_ALL": "C",
        "SOURCE_DATE_EPOCH": "1700000000",
    }
    done = run("xiangji", "build", "--strict", cwd=root, env=env)
    assert done.returncode == 0, done.stderr
    assert differing(tree(demo.site), tree(root / "site")) == []


BLOCKED = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in ('mkdocs', 'material', 'properdocs', 'zensical', 'jieba'):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Blocked())
from xiangji.cli import main

main(['build', '--out', *sys.argv[1:]])
"""


def test_the_core_builds_where_no_host_is_installed(
    demo: Built, built_by: Callable[[str], Built], tmp_path: Path
) -> None:
    (tmp_path / "without_hosts.py").write_text(BLOCKED, "utf-8")
    out = tmp_path / "site"
    env = {"PYTHONPATH": with_path(tmp_path)}
    done = run("without_hosts", out, cwd=demo.root, env=env)
    assert done.returncode == 1 and not out.exists(), "what is installed decides nothing"
    assert 'pip install "xiangji[mkdocs]"' in done.stderr
    done = run("without_hosts", out, "--host", "none", cwd=demo.root, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert differing(tree(built_by("none").site), tree(out)) == []


@pytest.fixture(scope="module")
def stage(demo: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("stage") / "plain"
    done = run("xiangji", "build", "--strict", "--stage", out, cwd=demo.root)
    assert done.returncode == 0, done.stderr
    return out


@pytest.mark.parametrize("generator", ["mkdocs", "properdocs", "zensical"])
def test_the_staged_folder_builds_without_our_plugin(
    generator: str, demo: Built, stage: Path
) -> None:
    assert "xiangji" not in (stage / "mkdocs.yml").read_text("utf-8").replace("/xiangji/", "")
    strict = () if generator == "zensical" else ("--strict",)
    config = () if generator == "mkdocs" else ("-f", "mkdocs.yml")
    done = run(generator, "build", *config, *strict, cwd=stage)
    assert done.returncode == 0, done.stdout + done.stderr
    other = Built(demo.root, stage / "site")
    assert demo.pages.keys() == other.pages.keys()
    mine, theirs = ours(demo), ours(other)
    del mine["sitemap.xml"], theirs["sitemap.xml"]
    assert differing(mine, theirs) == []
