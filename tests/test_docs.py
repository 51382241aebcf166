"""The developers' manual tells the truth: its modules are the real ones, its example family works."""

from __future__ import annotations

import ast
import importlib.util
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "plugins" / "xiangji"
DECISIONS = ROOT / "site_src" / "dev" / "decisions.md"
ARCHITECTURE = ROOT / "site_src" / "dev" / "architecture.md"


def test_every_module_stands_on_its_page() -> None:
    """`python tools/modules.py` writes it; each folder and module says what it is."""
    spec = importlib.util.spec_from_file_location("modules", ROOT / "tools" / "modules.py")
    assert spec and spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.PAGE.read_text("utf-8") == tool.modules_page()


def test_every_folder_stands_in_the_table() -> None:
    told = set(re.findall(r"`(\w+)/`", ARCHITECTURE.read_text("utf-8")))
    there = {file.parent.relative_to(PACKAGE).parts for file in PACKAGE.rglob("*.py")} - {()}
    assert {name for parts in there for name in parts} - told == set()


def test_the_architecture_is_read_in_one_go() -> None:
    assert len(ARCHITECTURE.read_text("utf-8").splitlines()) <= 250


def test_a_folder_is_one_idea() -> None:
    """At most sixteen modules, the package's own among them: more are two ideas."""
    folders = Counter(file.parent for file in PACKAGE.rglob("*.py"))
    assert {folder: n for folder, n in folders.items() if n > 16} == {}


def test_a_public_class_name_has_one_meaning() -> None:
    names = Counter(
        node.name
        for file in PACKAGE.rglob("*.py")
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert {name for name, n in names.items() if n > 1} == set()


def test_stated_size_of_the_reader_is_about_right() -> None:
    stated = int(re.search(r"reader of (\d+) lines", DECISIONS.read_text("utf-8"))[1])  # type: ignore[index]
    actual = len(
        (ROOT / "plugins/xiangji/readers/record_reader.py").read_text("utf-8").splitlines()
    )
    assert abs(actual - stated) <= 40


def test_both_readmes_name_the_same_commands() -> None:
    """In their blocks of commands as well as in their sentences; every other is on the pages of commands."""
    english, chinese = ((ROOT / n).read_text("utf-8") for n in ("README.md", "README.zh.md"))
    commands = re.compile(
        r"(?:^|`)((?:make(?:\.cmd)? |xiangji |pip install )[^`#\n]*?)(?:`| *#| *$)", re.M
    )
    assert commands.findall(english)
    assert set(commands.findall(english)) == set(commands.findall(chinese))
