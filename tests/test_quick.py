"""`make quick` runs what it says: the places are there, and need no browser, no network and no cluster."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from built import ROOT

HEAVY = re.compile(
    r"playwright|chromium|distributed|s3_server|moto|\b(?:browser|server): |urlopen|"
    r'"mkdocs", "build"|properdocs"'
)
"""Words of tests that need more: a fixture of the browser, a host's build, an address to open."""


def listed(name: str) -> tuple[str, ...]:
    """A list of `tools/quick.py`."""
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        found: tuple[str, ...] = getattr(import_module("quick"), name)
    finally:
        sys.path.pop(0)
    return found


def test_what_is_left_out_is_there() -> None:
    assert [each for each in listed("SLOW") if not (ROOT / each).is_file()] == []


@pytest.mark.parametrize("place", listed("QUICK"))
def test_a_quick_place_is_there_and_needs_little(place: str) -> None:
    path = ROOT / place
    files = sorted(path.rglob("test_*.py")) if path.is_dir() else [path]
    assert files
    for file in files:
        if file.name in ("test_architecture.py", "test_quick.py"):  # They name them as words.
            continue
        if file.relative_to(ROOT).as_posix() in listed("SLOW"):
            continue
        found = HEAVY.search(file.read_text("utf-8"))
        assert not found, f"{file.name}: {found}"


def test_both_systems_have_the_same_commands() -> None:
    """The Makefile and its twin for Windows; `lock` and `clean` are for maintainers who have make."""
    make = set(re.findall(r"^(\w+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.M))
    windows = set(re.findall(r"^:(\w+)", (ROOT / "make.cmd").read_text("utf-8"), re.M))
    assert make - {"lock"} == windows
    told = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert told and set(told[1].split()) >= make


def test_tools_are_found_from_the_root() -> None:
    """Every file of `tools/` that a Makefile names is there."""
    for name in ("Makefile", "make.cmd"):
        named = re.findall(r"tools[/\\](\w+\.py)", (ROOT / name).read_text("utf-8"))
        assert named and all((ROOT / "tools" / each).is_file() for each in named)
        assert Path(ROOT / name).is_file()
