"""From the wheel, in an empty folder, far from this repository: a new village builds."""

from __future__ import annotations

import ast
import json
import sys
import zipfile
from pathlib import Path

import pytest

from built import ROOT, Built, install, run, with_path
from xiangji.kinds.installed import installed_kinds

WHERE = """
import json
from importlib.metadata import entry_points
import xiangji, xiangji_theme

groups = ("mkdocs.plugins", "mkdocs.themes", "xiangji.families", "xiangji.kinds", "console_scripts")
found = {}
for group in groups:
    for entry in entry_points(group=group):
        if entry.dist.name == "xiangji":
            found[f"{group}: {entry.name}"] = entry.load().__class__.__name__
print(json.dumps({"files": [xiangji.__file__, xiangji_theme.__file__], "found": found}))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = run("hatchling", "build", "--target", "wheel", "--directory", folder, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path) -> dict[str, str]:
    """An environment that finds the wheel's files before the repository's."""
    target = install(wheel, wheel.parent / "installed")
    (target / "where.py").write_text(WHERE, "utf-8")
    return {"PYTHONPATH": with_path(target)}


def test_the_wheel_holds_what_a_build_needs_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        theme = ast.parse(archive.read("xiangji_theme/__init__.py"))
        assert ast.get_docstring(theme) and len(theme.body) == 1, "templates and styles, no code"
    for folder in ("plugins/xiangji", "theme/xiangji_theme"):
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                assert file.relative_to((ROOT / folder).parent).as_posix() in names
    assert {name.partition("/")[0] for name in names} == {
        "xiangji",
        "xiangji_theme",
        next(name.partition("/")[0] for name in names if ".dist-info/" in name),
    }
    for needed in (
        "xiangji_theme/pages/sheet.html",
        "xiangji_theme/styles/base.css",
        "xiangji_theme/icons/check.svg",
        "xiangji_theme/host/mkdocs_theme.yml",
        "xiangji_theme/print/fonts/XiangjiSong.ttf",
        "xiangji_theme/print/fonts/XiangjiHei.ttf",
        "xiangji_theme/print/fonts/OFL.txt",
        "xiangji/py.typed",
        "xiangji/starter/mkdocs.yml",
        "xiangji/starter/.gitignore",
        "xiangji/starter/.gitattributes",
        "xiangji/starter/.editorconfig",
        "xiangji/starter/stories/first-story/story.md",
        "xiangji/starter/village/events.yml",
        "xiangji/starter/village/projects.yml",
    ):
        assert needed in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if "test" in name.lower() or name.endswith(".pyc")]


def test_a_village_needs_no_host(wheel: Path, tmp_path: Path) -> None:
    """What `pip install xiangji` brings, and what nobody has to have."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(each for each in archive.namelist() if each.endswith(".dist-info/METADATA"))
        told = archive.read(name).decode()
    needed = [each for each in told.splitlines() if each.startswith("Requires-Dist:")]
    hosts = [each for each in needed if "mkdocs" in each.lower() or "jieba" in each]
    assert len(hosts) == 3 and all("extra == 'mkdocs'" in each for each in hosts)
    assert [each for each in needed if "extra ==" not in each]


def test_a_new_village_builds_from_the_wheel(installed: dict[str, str], tmp_path: Path) -> None:
    done = run("xiangji", "new", "village", cwd=tmp_path, env=installed)
    assert done.returncode == 0, done.stderr
    root = tmp_path / "village"
    for command in ("check", "build"):
        done = run("xiangji", command, "--strict", cwd=root, env=installed)
        assert done.returncode == 0, done.stdout + done.stderr
    built = Built(root, root / "site")
    for address in (
        "",
        "stories/first-story/",
        "workshops/first-workshop/",
        "products/first-product/",
        "people/jiangshuren/",
        "shop/",
        "t/first-product/2026-01A/",
    ):
        assert "示例" in built.pages[address].all("body")[0].text, address
    assert built.file_at("t/first-product/2026-01A/code.svg")
    done = run("mkdocs", "build", "--strict", cwd=root, env=installed)
    assert done.returncode == 0, done.stderr


def test_entry_points_lead_into_the_wheel(installed: dict[str, str], tmp_path: Path) -> None:
    done = run("where", cwd=tmp_path, env=installed)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    target = installed["PYTHONPATH"].split(":" if sys.platform != "win32" else ";")[0]
    assert all(file.startswith(target) for file in said["files"])
    families = (
        "catalogue",
        "people",
        "posters",
        "products",
        "specimen",
        "stories",
        "trace",
        "workshops",
    )
    assert said["found"] == {
        "mkdocs.plugins: xiangji": "type",
        "mkdocs.themes: xiangji": "module",
        "console_scripts: xiangji": "function",
        **{f"xiangji.families: {name}": "Family" for name in families},
        **{f"xiangji.kinds: {kind.name}": "RecordKind" for kind in installed_kinds().kinds},
    }


def test_what_the_package_promises_is_there() -> None:
    """The names that `xiangji/__init__.py` says stay compatible."""
    import xiangji
    from xiangji import urls
    from xiangji.build import build
    from xiangji.entry_points import FAMILIES, KINDS
    from xiangji.model.kind import RecordKind
    from xiangji.render.context import RenderContext
    from xiangji.render.families import Family
    from xiangji.render.outputs import Artifact, Page

    assert (FAMILIES, KINDS) == ("xiangji.families", "xiangji.kinds")
    assert callable(build)
    for name in (
        Family.__name__,
        RecordKind.__name__,
        Page.__name__,
        Artifact.__name__,
        RenderContext.__name__,
    ):
        assert name in (xiangji.__doc__ or "")
    assert urls.sheet("laziji", "2026-03A") == "t/laziji/2026-03A/"
    assert (
        urls.story("a") + urls.product("b") + urls.person("c") == "stories/a/products/b/people/c/"
    )
    assert (urls.SHOP, urls.CATALOGUE_DATA) == ("shop/", "data/catalogue.json")
