"""The page on the founding papers is complete, and what it points at exists."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from pathlib import Path

import click
import pytest

from xiangji.cli.main import commands
from xiangji.kinds.installed import installed_kinds

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "site_src" / "dev" / "seeds.md"
TEXT = PAGE.read_text("utf-8")
ROWS = re.findall(r"^- \*\*(\d+\.\d+)\*\* (.+)\n    - \*\*(.+?)\*\*: (.+)$", TEXT, re.MULTILINE)
SENTENCES = (8, 33, 29, 55, 49)
"""How many sentences each of the five papers has."""
WRITTEN = re.findall(r"`([^`]+)`", "\n".join(where for *_, where in ROWS))


def test_every_sentence_stands_there_once() -> None:
    numbers = [f"{paper}.{n}" for paper, many in enumerate(SENTENCES) for n in range(1, many + 1)]
    assert [number for number, *_ in ROWS] == numbers
    assert len(ROWS) == TEXT.count("\n    - "), "an answer without a sentence"
    assert len({sentence for _, sentence, *_ in ROWS}) == sum(SENTENCES) == 174


def test_the_counts_at_the_top_are_those_of_the_rows() -> None:
    counts = Counter(state for *_, state, _ in ROWS)
    assert set(counts) == {"here", "part", "not yet", "no"}
    for state, count in counts.items():
        assert f"- **{state}**: {count} " in TEXT


@pytest.mark.parametrize(("number", "state", "where"), [(n, s, w) for n, _, s, w in ROWS])
def test_a_state_is_what_the_row_says(number: str, state: str, where: str) -> None:
    """What is here names a page, kind or command; what is not says what is missing."""
    shown = bool(re.search(r"\]\(|`/|`xiangji |[Kk]inds? `", where))
    assert shown or state in ("not yet", "no")
    assert ("Not yet: " in where) == (state == "part")


def test_every_command_exists() -> None:
    """Each word behind `xiangji` is a command or an option of the command before it."""
    named = [each.split()[1:] for each in WRITTEN if each.startswith("xiangji ")]
    assert len(named) > 20
    for words in named:
        command: click.Command = commands("en")
        for word in words:
            if isinstance(command, click.Group):
                assert word in command.commands, words
                command = command.commands[word]
            else:
                assert word in {option for each in command.params for option in each.opts}, words


def test_every_address_is_a_page_of_the_demo() -> None:
    there = {each.strip("/") for each in (ROOT / "tests" / "addresses.txt").read_text().split()}
    named = [each for each in WRITTEN if each.startswith("/")]
    assert len(named) > 40
    # Sheets of lots and the files of a schema are in no list of pages.
    missing = {each for each in named if not each.startswith(("/t/", "/data/schema"))}
    assert [each for each in sorted(missing) if each.strip("/") not in there] == []
    assert (ROOT / "products" / "laziji" / "batches" / "2026-03A.yml").is_file()


def test_every_kind_is_installed() -> None:
    """Words in code that are no command, no address and no folder are names of kinds."""
    kinds = {each.name for each in installed_kinds().kinds}
    named = {each for each in WRITTEN if not each.startswith(("xiangji ", "/"))} - {"benchmarks/"}
    assert len(named) > 15
    assert named - kinds == set()


def test_every_page_that_it_links_to_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)", TEXT)
    assert len(links) > 60
    assert [each for each, _ in groupby(sorted(links)) if not (PAGE.parent / each).is_file()] == []


def test_it_stands_in_the_navigation() -> None:
    assert "- dev/seeds.md\n" in (ROOT / "mkdocs.yml").read_text("utf-8")
    assert "(seeds.md)" in (ROOT / "site_src" / "dev" / "index.md").read_text("utf-8")
