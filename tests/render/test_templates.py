"""Templates are compiled once for all builds, of a process or not, and anew where they changed."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from xiangji import cache as module
from xiangji.cache import Cache, installed
from xiangji.render.templates import Compiled


def rendered(folder: Path, cache: Cache | None = None) -> str:
    """As one build of several makes it, with an environment of its own."""
    compiled = Compiled(cache or Cache())
    environment = Environment(loader=FileSystemLoader(folder), bytecode_cache=compiled)
    return environment.get_template("page.html").render()


def test_a_template_that_changed_is_compiled_anew(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    for text in ("one", "two", "one"):
        file.write_text(text, "utf-8")
        assert rendered(tmp_path) == text


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{{ 1 + 1 }}", "utf-8")
    before = set(Compiled.here)
    assert rendered(tmp_path) == "2"
    (made,) = Compiled.here.keys() - before
    code = Compiled.here[made]
    assert rendered(tmp_path) == "2"
    assert Compiled.here[made] is code


def test_what_an_earlier_process_compiled_is_taken_unless_it_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("{{ 2 + 2 }}", "utf-8")
    cache = Cache(tmp_path / "cache")
    assert rendered(tmp_path, cache) == "4"
    (kept,) = [each for each in (tmp_path / "cache").rglob("*") if each.is_file()]
    whole = kept.read_bytes()
    for left in (whole, whole[:-5] + b"*****", b""):
        kept.write_bytes(left)
        Compiled.here.clear()
        assert rendered(tmp_path, cache) == "4"
        assert kept.read_bytes() == whole


def test_it_is_kept_where_python_keeps_what_it_compiles(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And among the user's own files, where Python was asked to keep nothing, or has nothing there."""
    monkeypatch.setenv(
        "LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(tmp_path / "own")
    )
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert made_in(tmp_path / "own", tmp_path)
    place = Path(cache_from_source(module.__file__)).parent
    place.mkdir(parents=True)
    (tmp_path / "page.html").write_text("{{ 3 + 3 }}", "utf-8")
    assert rendered(tmp_path, installed()) == "6"
    assert [each for each in place.rglob("*") if each.is_file()]
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    shutil.rmtree(tmp_path / "own")
    assert made_in(tmp_path / "own", tmp_path)


def made_in(own: Path, templates: Path) -> bool:
    """Whether what is compiled now is kept below `own`."""
    Compiled.here.clear()
    (templates / "page.html").write_text("{{ 4 + 4 }}", "utf-8")
    assert rendered(templates, installed()) == "8"
    return any(each.is_file() for each in own.rglob("*"))
