"""What a docstring refers to is in the repository: facts of law and standards, decisions, measurements.

Code names them as `standards.md` and a number, `design.md` and a number, or `libraries.md` and a topic in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
DEV = ROOT / "site_src" / "dev"
FOLDERS = ("plugins", "theme", "tests", "tools", "benchmarks")
WRITTEN = (".py", ".yml", ".css", ".js", ".typ", ".html", ".toml")
PAGES = ("standards", "design", "libraries")

NAMED = re.compile(r"\b(standards|design|libraries)\.md\b|§ ?(\d+(?:\.\d+)?)")
TOPIC = re.compile(r"libraries\.md`?,? \(?([A-Z]\w+)\)")
HEADING = re.compile(r"^#{2,3} (\d+(?:\.\d+)?)\.? ", re.MULTILINE)


def files() -> Iterator[tuple[str, str]]:
    """Every file of the program that people write, but for this one, with its text."""
    for folder in FOLDERS:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in WRITTEN and file != Path(__file__) and ".cache" not in file.parts:
                yield file.relative_to(ROOT).as_posix(), file.read_text("utf-8")


def references(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, page and number of each reference: a number belongs to the page named last on its line."""
    for number, line in enumerate(text.splitlines(), 1):
        page = ""
        for match in NAMED.finditer(line):
            page = match[1] or page
            if match[2] and page:
                yield number, page, match[2]


def headings(page: str) -> set[str]:
    """The numbers of a page's sections."""
    return set(HEADING.findall((DEV / f"{page}.md").read_text("utf-8")))


def test_every_number_that_code_names_is_a_section() -> None:
    there = {page: headings(page) for page in PAGES}
    found = [(name, *each) for name, text in files() for each in references(text)]
    assert len(found) >= 40
    assert [each for each in found if each[3] not in there[each[2]]] == []


def test_every_topic_that_code_names_is_a_section() -> None:
    topics = re.findall(r"^## (.+)$", (DEV / "libraries.md").read_text("utf-8"), re.MULTILINE)
    found = [(name, topic) for name, text in files() for topic in TOPIC.findall(text)]
    assert len(found) >= 3
    assert [each for each in found if each[1] not in topics] == []


def test_a_number_belongs_to_the_page_before_it() -> None:
    line = "of `design.md` §7, `standards.md` §3.2 for food, §4.1 for produce; as § 9 says"
    assert [each[1:] for each in references(f"§5 alone\n{line}")] == [
        ("design", "7"),
        ("standards", "3.2"),
        ("standards", "4.1"),
        ("standards", "9"),
    ]


def navigation() -> set[str]:
    """Every page that the demo's navigation names."""

    def pages(entry: object) -> Iterator[str]:
        if isinstance(entry, str):
            yield entry
        elif isinstance(entry, list):
            for each in entry:
                yield from pages(each)
        elif isinstance(entry, dict):
            yield from pages(list(entry.values()))

    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    return set(pages(yaml.load(text.partition("\nnav:")[2], yaml.BaseLoader)))


@pytest.mark.parametrize("page", sorted(DEV.glob("*.md")), ids=lambda page: page.stem)
def test_every_page_for_developers_is_in_the_navigation(page: Path) -> None:
    assert f"dev/{page.name}" in navigation()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_begins_with_what_it_is_for(page: str) -> None:
    title, _, rest = (DEV / f"{page}.md").read_text("utf-8").partition("\n\n")
    assert title.startswith("# ")
    assert rest.startswith("This page ")


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    tables = re.split(r"^\[", text, flags=re.MULTILINE)
    project, extras, groups = (
        next(each for each in tables if each.startswith(name))
        for name in ("project]", "project.optional-dependencies]", "dependency-groups]")
    )
    core = project.partition("dependencies = [")[2]
    asked = re.findall(r'"([A-Za-z][\w-]*)(?:\[\w+\])?(?:[<>=][^"]*)?"', core + extras + groups)
    told = set(re.findall(r"[\w-]+", (DEV / "libraries.md").read_text("utf-8").lower()))
    assert len(set(asked)) >= 35
    assert {each for each in asked if each.lower() not in told} == set()


def test_every_module_of_the_glossary_is_there() -> None:
    rows = re.findall(r"^- .* `([\w/]+\.py)`$", (DEV / "glossary.md").read_text("utf-8"), re.M)
    assert len(rows) >= 60
    assert [each for each in rows if not (ROOT / "plugins" / "xiangji" / each).is_file()] == []


def test_the_glossary_has_a_word_once() -> None:
    words = re.findall(r"^- \*\*(.+?)\*\*", (DEV / "glossary.md").read_text("utf-8"), re.M)
    assert len(words) >= 60
    assert {each for each in words if words.count(each) > 1} == set()
