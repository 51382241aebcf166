"""The public interface: what `xiangji.__all__` names is there, documented, and costs nothing until it is asked for."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from pathlib import Path

import pytest

import xiangji
from built import ROOT, Built, run, with_path

PAGE = ROOT / "site_src" / "dev" / "api.md"


def documented() -> set[str]:
    """The names in the page's list."""
    return set(re.findall(r"^- `(\w+)[(`]", PAGE.read_text("utf-8"), re.M))


def test_the_page_names_what_is_public_and_nothing_else() -> None:
    assert documented() == set(xiangji.__all__)
    assert list(xiangji.__all__) == sorted(xiangji.__all__, key=lambda each: (each[0] > "Z", each))


@pytest.mark.parametrize("name", [each for each in xiangji.__all__ if each != "__version__"])
def test_a_public_name_is_there_and_says_what_it_is(name: str) -> None:
    found = getattr(xiangji, name)
    assert found.__name__ == name.removesuffix("_site")
    assert inspect.getdoc(found)
    assert name in dir(xiangji)


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert xiangji.__version__ == project["version"]


def test_a_name_that_is_not_public_is_told() -> None:
    with pytest.raises(AttributeError, match="context"):
        _ = xiangji.context
    from xiangji import urls  # A module is found all the same.

    assert urls.SHOP


def test_type_checkers_and_the_program_look_in_the_same_places() -> None:
    """The imports that a type checker reads name the modules that `_MODULES` names."""
    source = ast.parse(Path(xiangji.__file__).read_text("utf-8"))
    block = next(each for each in source.body if isinstance(each, ast.If))
    said = {
        alias.asname or alias.name: each.module
        for each in block.body
        if isinstance(each, ast.ImportFrom)
        for alias in each.names
    }
    assert said == xiangji._MODULES
    assert {*said, "__version__"} == set(xiangji.__all__)


def test_importing_the_package_imports_no_other_module(tmp_path: Path) -> None:
    (tmp_path / "alone.py").write_text(
        "import sys, xiangji\nprint([each for each in sys.modules if each.startswith('xiangji.')])\n",
        "utf-8",
    )
    done = run("alone", cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_the_example_of_the_page_builds_a_village(starter: Built, tmp_path: Path) -> None:
    code = re.search(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    assert code
    (tmp_path / "example.py").write_text(code[1], "utf-8")
    done = run("example", cwd=starter.root, env={"PYTHONPATH": with_path(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert re.search(r"^\d+ pages \d+ files$", done.stdout, re.M)
    assert "error" not in done.stdout
