"""A stranger's family of pages: installed beside ours, switched on by name, told off like ours.

Its code is the example of the developers' manual, so that the manual cannot go stale.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from built import ROOT, Built, here, install, run, with_path, write

MANUAL = ROOT / "site_src" / "dev" / "families.md"
TEMPLATE = """{% extends "base.html" %}
{% block main %}<h1>{{ frame.title }}</h1><p>逢五逢十赶场。</p>{% endblock %}
"""
PROJECT = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "village-festivals"
version = "1.0"

"""


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which another distribution with a family is installed."""
    folder = tmp_path_factory.mktemp("stranger")
    toml, code, _ = re.findall(
        r"```(?:toml|python|yaml)\n(.*?)```", MANUAL.read_text("utf-8"), re.S
    )
    source = write(
        folder / "source",
        {
            "pyproject.toml": PROJECT + toml,
            "village_festivals/__init__.py": code,
            "village_festivals/pages/festivals.html": TEMPLATE,
        },
    )
    return {"PYTHONPATH": with_path(install(source, folder / "installed"))}


@pytest.fixture
def village(starter: Built, tmp_path: Path) -> Callable[[str], Path]:
    """The starter village with options under our plugin."""

    def make(options: str) -> Path:
        root = shutil.copytree(starter.root, tmp_path / "village", ignore=only_sources)
        config = root / "mkdocs.yml"
        text = config.read_text("utf-8")
        assert "\n  - xiangji\n" in text
        config.write_text(text.replace("\n  - xiangji\n", f"\n  - xiangji:\n{options}"), "utf-8")
        return root

    return make


def only_sources(_: str, names: list[str]) -> list[str]:
    return [name for name in names if name in ("site", ".cache")]


def test_a_stranger_s_family_makes_its_page(
    village: Callable[[str], Path], stranger: dict[str, str]
) -> None:
    root = village("      festivals:\n        题目: 赶场和过节\n")
    done = run("mkdocs", "build", "--strict", cwd=root, env=stranger)
    assert done.returncode == 0, done.stderr
    page = Built(root, root / "site").pages["festivals/"]
    assert page.all("h1")[0].text == "赶场和过节"
    assert "逢五逢十赶场。" in page.all("main")[0].text
    assert "assets" in page.all("link", rel="icon")[0]["href"]


def test_a_stranger_s_family_is_off_until_named(
    village: Callable[[str], Path], stranger: dict[str, str]
) -> None:
    root = village("      catalogue:\n")
    assert run("xiangji", "build", "--host", "none", cwd=root, env=stranger).returncode == 0
    assert "festivals/" not in Built(root, root / "site").pages


def test_an_unknown_option_of_a_stranger_s_family_is_told(
    village: Callable[[str], Path], stranger: dict[str, str]
) -> None:
    root = village("      festivals:\n        题木: 赶场\n")
    done = run("xiangji", "check", cwd=root, env=stranger)
    assert done.returncode == 1
    line = line_of(root, "题木")
    assert f"mkdocs.yml:{line}:9: 错误 [field-unknown]" in done.stderr
    assert "“题目”" in done.stderr


def test_an_unknown_option_of_ours_is_told(village: Callable[[str], Path]) -> None:
    root = village("      catalogue:\n        titel: 小店\n")
    done = here("xiangji", "check", cwd=root)
    assert done.returncode == 1
    assert f"mkdocs.yml:{line_of(root, 'titel')}:9: 错误 [field-unknown]" in done.stderr
    assert "Did you mean “title”?" in done.stderr


def test_an_unknown_family_is_told_with_the_nearest_name(village: Callable[[str], Path]) -> None:
    root = village("      storys:\n      catalogue:\n")
    done = here("xiangji", "check", cwd=root)
    assert done.returncode == 1
    assert f"mkdocs.yml:{line_of(root, 'storys')}:7: 错误 [family-unknown]" in done.stderr
    assert "是不是想写“stories”？" in done.stderr
    assert "Did you mean “stories”?" in done.stderr


def line_of(root: Path, word: str) -> int:
    lines = (root / "mkdocs.yml").read_text("utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if word in line)


@pytest.mark.parametrize(
    ("family", "gone"),
    [
        ("catalogue", ("shop/",)),
        ("stories", ("stories/",)),
        ("workshops", ("workshops/",)),
        ("products", ("products/",)),
        ("people", ("people/",)),
        ("trace", ("t/",)),
    ],
)
def test_a_family_that_is_off_leaves_no_page_and_no_dead_link(
    family: str, gone: tuple[str, ...], village: Callable[[str], Path]
) -> None:
    root = village(f"      {family}: false\n")
    done = here("xiangji", "build", "--host", "none", cwd=root)
    assert done.returncode == 0, done.stderr
    built = Built(root, root / "site")
    assert len(built.pages) > 5
    assert [at for at in built.pages if at.startswith(gone)] == []
    dead = [
        (at, link)
        for at, page in built.pages.items()
        for link in page.links()
        if at != "404.html" and (target := built.target(at, link)) and not built.file_at(target[0])
    ]
    assert dead == []
    for page in built.pages.values():
        assert [each for each in page.elements if each.tag == "a" and not each["href"]] == []


BROKEN = {
    "a module that fails": "raise RuntimeError('缺了一块')\n",
    "one that ends the program": "raise SystemExit(0)\n",
    "one with a slip": "def (:\n",
    "no family in it": "OTHER = 1\n",
    "something else under its name": "FAMILY = 'festivals'\n",
    "one that needs what is not there": "import no_such_package\nFAMILY = 1\n",
    "templates that are not there": "from xiangji.render.families import Family\n"
    "FAMILY = Family('festivals', lambda press, options: (), templates='no_such_package')\n",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_family_that_cannot_be_loaded_is_told_by_its_name(
    kind: str, village: Callable[[str], Path], stranger: dict[str, str], tmp_path: Path
) -> None:
    installed = Path(stranger["PYTHONPATH"].split(os.pathsep)[0])
    copy = shutil.copytree(installed, tmp_path / "installed")
    write(copy, {"village_festivals/__init__.py": BROKEN[kind]})
    root = village("      festivals:\n")
    line = line_of(root, "festivals")
    environment = {"PYTHONPATH": with_path(copy)}
    for command in (("check",), ("build", "--host", "none"), ("build",)):
        done = run("xiangji", *command, cwd=root, env=environment)
        assert done.returncode == 1, done.stdout + done.stderr
        assert f"mkdocs.yml:{line}:7: 错误 [family-broken]" in done.stderr
        assert "village-festivals" in done.stderr
        assert "Traceback" not in done.stderr
    off = village_without(root)
    assert run("xiangji", "check", cwd=off, env=environment).returncode == 0


def village_without(root: Path) -> Path:
    """The same with the family switched off, as the message proposes."""
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("festivals:", "festivals: false"), "utf-8")
    return root
