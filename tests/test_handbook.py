"""What the handbook shows is real: every example file in it builds, page by page and all together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from built import here
from xiangji.cli.content.starter import write_starter
from xiangji.model.location import Location
from xiangji.problems import Problem, as_text

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "site_src" / "handbook").glob("*.md"))

EXAMPLE = re.compile(
    r"^\*\*`([\w./-]+)`\*\*\n\n```(?:yaml|csv|markdown)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


def examples(page: Path) -> list[tuple[str, str]]:
    """Path and content of each example file of a page, in order."""
    return EXAMPLE.findall(page.read_text("utf-8"))


def overlay(village: Path, page: Path) -> None:
    """Put a page's examples into a village, over what is there."""
    for name, content in examples(page):
        file = village / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")


def test_the_handbook_has_examples() -> None:
    assert sum(len(examples(page)) for page in PAGES) >= 10


@pytest.mark.parametrize("page", [p for p in PAGES if examples(p)], ids=lambda page: page.stem)
def test_the_examples_of_a_page_are_clean(page: Path, tmp_path: Path) -> None:
    village = tmp_path / "village"
    write_starter(village)
    overlay(village, page)
    done = here("xiangji", "check", "--strict", cwd=village)
    assert done.returncode == 0, done.stdout + done.stderr


TOLD = re.compile(r"(错误|提醒|提示) \[([a-z0-9-]+)\]")


def test_problems_shown_are_as_serious_as_they_are() -> None:
    """A page that shows what the screen says gives each rule its own word."""
    files = [*PAGES, ROOT / "README.md", ROOT / "README.zh.md"]
    shown = [(file.name, *each) for file in files for each in TOLD.findall(file.read_text("utf-8"))]
    assert len(shown) >= 10
    real = {rule: word_of(Problem(rule, Location("x"))) for _, _, rule in shown}
    assert [each for each in shown if each[1] != real[each[2]]] == []


def word_of(found: Problem) -> str:
    return as_text([found]).split(" ")[1]


def test_all_examples_together_build(tmp_path: Path) -> None:
    village = tmp_path / "village"
    write_starter(village)
    for page in PAGES:
        overlay(village, page)
    done = here("xiangji", "build", "--host", "none", "--out", "site", cwd=village)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (village / "site" / "index.html").is_file()
