"""The house as `design.md` draws it: imports go one way, and nothing grows without being seen."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "plugins"
FILES = sorted((ROOT / "xiangji").rglob("*.py"))
MODULES = {
    ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
    for file in FILES
}

LAYERS = (
    {"regular_file", "model"},
    {"records"},
    {
        "kinds",
        "entry_points",
        "problems",
        "messages",
        "rules",
        "urls",
        "settings",
        "signing",
        "label",
        "palette",
        "cache",
        "stages",
    },
    {"readers"},
    {"library"},
    {"catalogue", "disclosure", "consent", "checks", "conformity", "permission", "handover"},
    {"codes", "images", "render", "views", "pages"},
    {"paper"},
    {"social"},
    {"build", "appearances"},
    {
        "output",
        "editing",
        "incremental",
        "shards",
        "hosts",
        "preview",
        "publish",
        "linkcheck",
        "cli",
        "clock",
    },
)
"""From the ground up. A module may import its own layer and those below. `clock` reads the clock,
which is for hosts alone."""

LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def imports(module: str) -> Iterator[str]:
    """Every module named by an import, wherever it stands (`TYPE_CHECKING` is still an arrow), or
    imported by its name as text."""
    for node in ast.walk(tree(module)):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=name, names=names, level=level):
                assert level == 0, f"{module}: a relative import"
                yield from (f"{name}.{alias.name}" for alias in names)
            case ast.Call(func=func, args=[ast.Constant(value=str(name)), *_]):
                called = getattr(func, "attr", getattr(func, "id", ""))
                if called in ("import_module", "__import__", "find_spec", "importorskip"):
                    yield name


def top(name: str) -> str:
    """`sources` of `xiangji.readers.village`; nothing for the package itself."""
    parts = name.split(".")
    return parts[1] if parts[0] == "xiangji" and len(parts) > 1 else ""


def test_the_modules_are_found() -> None:
    assert "xiangji.readers.village" in MODULES
    assert "xiangji.problems.problem" in set(imports("xiangji.library.references"))


@pytest.mark.parametrize("module", MODULES)
def test_every_module_has_its_layer(module: str) -> None:
    assert top(module) in {*LEVEL, "", "__main__"}


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_one_way(module: str) -> None:
    if not top(module) or top(module) == "__main__":
        return
    ours = {top(name) for name in imports(module)} - {""}
    above = {name for name in ours if LEVEL[name] > LEVEL[top(module)]}
    assert not above, f"{module} looks up to {above}"


def test_the_ground_imports_only_itself() -> None:
    for module in MODULES:
        if top(module) == "model":
            assert {top(name) for name in imports(module)} <= {"model", ""}, module


def test_no_module_imports_itself_round_a_corner() -> None:
    """Below the pages within a layer as well: following imports never leads back."""

    def target(name: str) -> str | None:
        while name and name not in MODULES:
            name = name.rpartition(".")[0]
        return name or None

    arrows = {m: {t for n in imports(m) if (t := target(n)) and t != m} for m in MODULES}
    done: set[str] = set()

    def follow(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join((*path, module))
        if module not in done:
            for each in sorted(arrows[module]):
                follow(each, (*path, module))
            done.add(module)

    for module in MODULES:
        if LEVEL.get(top(module), 99) < LEVEL["pages"]:
            follow(module, ())


@pytest.mark.parametrize("module", MODULES)
def test_only_one_module_knows_a_host(module: str) -> None:
    named = {name.split(".")[0] for name in imports(module)}
    assert not named & {"material", "zensical"}
    # Whoever takes over what the host made asks whether it is installed.
    if module not in ("xiangji.hosts.mkdocs_plugin", "xiangji.hosts.reading"):
        assert not named & {"mkdocs", "properdocs"}


def test_only_one_module_knows_a_cluster() -> None:
    known = {m for m in MODULES for n in imports(m) if n.split(".")[0] in ("distributed", "dask")}
    assert known == {"xiangji.shards.cluster"}


def test_one_module_makes_symbols() -> None:
    """Page and paper show the same code: level, mask and quiet zone are decided once."""
    assert [m for m in MODULES if "zint" in imports(m)] == ["xiangji.codes.qr"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_module_says_what_it_is_by_its_name(file: Path) -> None:
    assert not {"utils", "util", "helpers", "helper", "manager", "common"} & {
        *file.relative_to(ROOT).with_suffix("").parts
    }


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_grows_too_long(file: Path) -> None:
    text = file.read_text("utf-8")
    assert text.count("\n") < 450
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 60, f"{node.name} has {length} lines"


CLOCKS = {"datetime.now", "datetime.today", "date.today", "time.time", "random.random"}


@pytest.mark.parametrize("module", MODULES)
def test_the_core_has_no_clock_and_no_dice(module: str) -> None:
    """Same input, same bytes: only the outermost layer may ask what day it is."""
    if not top(module) or LEVEL.get(top(module), 99) >= LEVEL["output"]:
        return
    called = {
        ast.unparse(node.func) for node in ast.walk(tree(module)) if isinstance(node, ast.Call)
    }
    assert not called & CLOCKS
    assert not {name.split(".")[0] for name in imports(module)} & {"random", "secrets"}
    assert not {name.split(".")[-1] for name in called} & {"uuid1", "uuid4", "uuid6", "uuid7"}


@pytest.mark.parametrize("module", [m for m in MODULES if top(m) in ("checks", "library")])
def test_checks_touch_no_disk(module: str) -> None:
    assert not {name.split(".")[0] for name in imports(module)} & {"pathlib", "os", "io", "shutil"}
