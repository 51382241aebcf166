"""The papers at the door: short, alike in both languages, and naming only what is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml

from built import ROOT

READMES = ("README.md", "README.zh.md")
PAPERS = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md", "CODE_OF_CONDUCT.md", "SECURITY.md")
FORMS = (
    *sorted((ROOT / ".github").rglob("*.md")),
    *sorted((ROOT / ".gitee").rglob("*.md")),
)
FOLDERS = ("plugins/", "theme/", "tests/", "tools/", "site_src/", "benchmarks/", "requirements/")
MADE = frozenset(
    {"tests/cases/tree-future.yml", "tests/cases/altitude-sea.yml", "plugins/xiangji/kinds/tree.py"}
)
"""What whoever follows `CONTRIBUTING.md` makes."""


def project() -> dict[str, object]:
    return dict(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"])


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", READMES)
def test_a_readme_is_read_in_a_few_minutes(name: str) -> None:
    assert len(text(name).splitlines()) <= 150
    assert "](site_src/images/pages.png)" in text(name)


@pytest.mark.parametrize("name", PAPERS)
def test_every_link_leads_to_a_file(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", text(name))
    assert [each for each in links if "://" not in each and not (ROOT / each).exists()] == []


@pytest.mark.parametrize("name", PAPERS)
def test_every_path_that_is_named_is_there(name: str) -> None:
    """Paths of the program; those of a village (`products/<product>/…`) are the reader's own."""
    named = re.findall(r"`([\w./-]+)`", text(name))
    ours = {each for each in named if each.startswith(FOLDERS)} - MADE
    assert {each for each in ours if not (ROOT / each).exists()} == set()


def test_a_step_names_what_stands_in_the_file() -> None:
    """Where CONTRIBUTING.md says "beside" or "below", its neighbours are there."""
    told = text("CONTRIBUTING.md")
    for neighbour, file in (
        ("season=product.season", "plugins/xiangji/pages/products.py"),
        ("season", "theme/xiangji_theme/pages/product.html"),
        ('[project.entry-points."xiangji.kinds"]', "pyproject.toml"),
        ("class Product(", "plugins/xiangji/records/product.py"),
    ):
        assert neighbour in text(file), file
        assert neighbour.removeprefix("class ").rstrip("(") in told, neighbour
    for word in ("LINE", "DAY", "QUANTITY", "PROSE"):
        assert re.search(rf"^{word} = ", text("plugins/xiangji/model/value_types.py"), re.M), word


def test_the_papers_name_one_version() -> None:
    version = str(project()["version"])
    assert yaml.safe_load(text("CITATION.cff"))["version"] == version
    assert re.search(rf"^## (?:Unreleased: )?{re.escape(version)}\b", text("CHANGELOG.md"), re.M)


def test_the_papers_name_the_versions_of_python() -> None:
    """Those of the classifiers, from the first to the last."""
    named = project()["classifiers"]
    assert isinstance(named, list)
    minors = [int(each.rpartition(".")[2]) for each in named if ":: Python :: 3." in each]
    assert minors == list(range(minors[0], minors[-1] + 1))
    assert project()["requires-python"] == f">=3.{minors[0]}"
    for name in (*READMES, "site_src/dev/api.md"):
        assert f"3.{minors[0]}" in text(name) and f"3.{minors[-1]}" in text(name), name


def test_hooks_fetch_nothing() -> None:
    hooks = yaml.safe_load(text(".pre-commit-config.yaml"))
    assert [each["repo"] for each in hooks["repos"]] == ["local"]
    assert {hook["language"] for each in hooks["repos"] for hook in each["hooks"]} == {"system"}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.relative_to(ROOT).as_posix())
def test_a_form_asks_in_chinese_and_for_no_private_matters(form: Path) -> None:
    said = form.read_text("utf-8")
    assert re.search(r"[一-鿿]", said)
    if form.parent.name == "ISSUE_TEMPLATE":
        head = yaml.safe_load(said.split("---")[1])
        assert set(head) == {"name", "about", "labels"}


def test_both_places_have_forms() -> None:
    assert {each.relative_to(ROOT).parts[0] for each in FORMS} == {".github", ".gitee"}
