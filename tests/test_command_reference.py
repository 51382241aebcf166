"""The manuals' pages of commands: made from `--help`, and what is written by hand in them names what is there."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from types import ModuleType

import click
import pytest

from built import ROOT, here
from xiangji.cli.main import commands


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        return import_module("commands")
    finally:
        sys.path.pop(0)


def by_hand(tool: ModuleType, page: str) -> str:
    """What stands above the reference, or the whole of another page."""
    for mark in tool.MARKS.values():
        page = page.partition(mark)[0]
    return page


def options() -> dict[str, set[str]]:
    """Every option of each command, by the words that call it."""
    found = {}

    def walk(group: click.Group, words: str) -> None:
        for name, command in group.commands.items():
            if isinstance(command, click.Group):
                walk(command, f"{words} {name}")
            else:
                each = (opt for param in command.params for opt in param.opts if opt[0] == "-")
                found[f"{words} {name}"] = {*each, "--help"}

    walk(commands("zh"), "xiangji")
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_reference_is_what_help_says_now(tool: ModuleType, lang: str) -> None:
    """`python tools/commands.py` writes it anew."""
    page = tool.PAGES[lang].read_text("utf-8")
    assert page == tool.whole(lang, page)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_option_that_help_shows_stands_in_the_reference(tool: ModuleType, lang: str) -> None:
    """Read from the screen, not from the objects that the tool reads."""
    sections = dict(re.findall(r"^### (.*?)\n(.*?)(?=^### |\Z)", tool.reference(lang), re.M | re.S))
    assert set(sections) == set(options())
    seen = 0
    for words, section in sections.items():
        done = here(*words.split(), "--lang", lang, "--help", cwd=ROOT)
        assert done.returncode == 0
        shown = set(re.findall(r"^  (?:-\w, )?(--[\w-]+)", done.stdout, re.M)) - {
            "--help",
            "--lang",
        }
        seen += len(shown)
        assert shown == set(re.findall(r"^- `(?:-\w, )?(--[\w-]+)", section, re.M)), words
    assert seen > 50


PAGES = (
    "README.md",
    "README.zh.md",
    "CONTRIBUTING.md",
    "site_src/handbook/commands.md",
    "site_src/handbook/overview.md",
    "site_src/dev/commands.md",
    "site_src/dev/overview.md",
    "site_src/dev/index.md",
)


@pytest.mark.parametrize("name", PAGES)
def test_what_is_written_by_hand_names_commands_that_are_there(tool: ModuleType, name: str) -> None:
    text = by_hand(tool, (ROOT / name).read_text("utf-8"))
    known = options()
    for called in re.findall(r"`(xiangji [a-z][^`]*)`", text):
        words = max((each for each in known if f"{called} ".startswith(f"{each} ")), default="")
        assert words, f"{name}: `{called}`"
        assert set(re.findall(r"--[\w-]+", called)) <= known[words], f"{name}: `{called}`"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_table_by_hand_has_every_command(tool: ModuleType, lang: str) -> None:
    text = by_hand(tool, tool.PAGES[lang].read_text("utf-8"))
    assert [each for each in options() if each not in text] == []
