"""Templates are compiled once for all builds of a process, and anew where they changed."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from xiangji.pages.press import Compiled


def rendered(folder: Path) -> str:
    """As one build of several makes it, with an environment of its own."""
    environment = Environment(loader=FileSystemLoader(folder), bytecode_cache=Compiled())
    return environment.get_template("page.html").render()


def test_a_template_that_changed_is_compiled_anew(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    for text in ("one", "two", "one"):
        file.write_text(text, "utf-8")
        assert rendered(tmp_path) == text


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{{ 1 + 1 }}", "utf-8")
    before = set(Compiled.kept)
    assert rendered(tmp_path) == "2"
    (made,) = Compiled.kept.keys() - before
    code = Compiled.kept[made]
    assert rendered(tmp_path) == "2"
    assert Compiled.kept[made] is code
