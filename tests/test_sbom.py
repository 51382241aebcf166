"""The wheel: the same bytes whoever builds it and whenever, and a list of what it is made of that follows the lock."""

from __future__ import annotations

import json
import shutil
import sys
import tomllib
import zipfile
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from built import ROOT, run

SOURCES = ("pyproject.toml", "README.md", "LICENSE", "plugins", "theme", "requirements")


@pytest.fixture(scope="module")
def sbom() -> ModuleType:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        return import_module("sbom")
    finally:
        sys.path.pop(0)


def test_the_list_follows_the_lock(sbom: ModuleType) -> None:
    """`python tools/sbom.py` writes it anew."""
    assert (ROOT / "requirements" / "sbom.cdx.json").read_text("utf-8") == sbom.text()


def test_the_core_is_required_and_extras_are_not(sbom: ModuleType) -> None:
    told = json.loads(sbom.text())
    scope = {each["name"]: each["scope"] for each in told["components"]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for name in sbom.named(project["dependencies"]):
        assert scope[name] == "required"
    for more in project["optional-dependencies"].values():
        for name in sbom.named(more):
            assert scope[name] == "optional"
    assert scope["markupsafe"] == "required", "what Jinja2 needs is needed"
    assert not {"pytest", "ruff", "playwright"} & set(scope), "nobody who installs it gets these"


def test_every_reference_leads_to_a_component(sbom: ModuleType) -> None:
    told = json.loads(sbom.text())
    known = {each["bom-ref"] for each in told["components"]}
    known.add(told["metadata"]["component"]["bom-ref"])
    assert {each["ref"] for each in told["dependencies"]} == known
    assert {each for row in told["dependencies"] for each in row["dependsOn"]} <= known


LOCKED = """\
alpha==1.0 ; sys_platform == 'win32' \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via xiangji (pyproject.toml)
beta-c==2.0.post1 \\
    --hash=sha256:cc
    # via
    #   alpha
    #   delta
    #   xiangji (pyproject.toml:test)
delta==3 \\
    --hash=sha256:dd
    # via xiangji (pyproject.toml:test)
"""


def test_a_lock_is_read_as_uv_writes_it(sbom: ModuleType) -> None:
    pins = sbom.locked(LOCKED)
    assert [(name, pin["version"], pin["marker"]) for name, pin in pins.items()] == [
        ("alpha", "1.0", "sys_platform == 'win32'"),
        ("beta-c", "2.0.post1", ""),
        ("delta", "3", ""),
    ]
    assert pins["beta-c"]["parents"] == ["alpha", "delta", "xiangji"]
    assert sbom.closure({"alpha"}, pins) == {"alpha", "beta-c"}
    assert sbom.named(["Beta_C[more]>=2,<3", "x ; python_version < '4'"]) == {"beta-c", "x"}


def built_wheel(source: Path, day: str) -> bytes:
    done = run("hatchling", "build", "--target", "wheel", cwd=source, env={"TZ": day})
    assert done.returncode == 0, done.stderr
    (file,) = (source / "dist").glob("*.whl")
    return file.read_bytes()


def test_a_wheel_comes_out_with_the_same_bytes_twice(tmp_path: Path) -> None:
    """From two copies in other folders, with other file times, in other time zones."""
    wheels = []
    for number, zone in enumerate(("UTC", "Asia/Shanghai")):
        copy = tmp_path / f"copy{number}" / ("deeper" * number)
        copy.mkdir(parents=True)
        for name in SOURCES:
            source, skipped = ROOT / name, shutil.ignore_patterns("__pycache__")
            if source.is_dir():
                shutil.copytree(source, copy / name, copy_function=shutil.copy, ignore=skipped)
            else:
                shutil.copy(source, copy / name)
        wheels.append(built_wheel(copy, zone))
    assert wheels[0] == wheels[1]
    (tmp_path / "one.whl").write_bytes(wheels[0])
    with zipfile.ZipFile(tmp_path / "one.whl") as archive:
        (carried,) = (each for each in archive.namelist() if ".dist-info/sboms/" in each)
        assert archive.read(carried) == (ROOT / "requirements" / "sbom.cdx.json").read_bytes()
