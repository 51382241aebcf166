"""The developers' manual tells the truth: its tree is the real one, its example family works."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARCHITECTURE = ROOT / "site_src" / "dev" / "architecture.md"


def listed_paths() -> set[str]:
    """Paths in the fenced tree, relative to the repository."""
    block = re.search(r"## The tree\n\n```\n(.*?)```", ARCHITECTURE.read_text("utf-8"), re.S)
    assert block
    found: set[str] = set()
    folders: list[str] = []
    for line in block[1].splitlines():
        depth = (len(line) - len(line.lstrip())) // 2
        names = [name for name in line.strip().split() if re.fullmatch(r"[\w/]+(\.py|/)", name)]
        del folders[depth:]
        if names[0].endswith("/"):
            folders.append(names[0])
            found.add("".join(folders).rstrip("/"))
        else:
            found.update("".join(folders) + name for name in names)
    return found


def test_every_path_in_the_tree_exists() -> None:
    missing = {path for path in listed_paths() if not (ROOT / path).exists()}
    assert not missing


def test_every_module_stands_in_the_tree() -> None:
    modules = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "plugins" / "xiangji").rglob("*.py")
        if path.name != "__init__.py" or path.parent.name == "xiangji"
    }
    assert modules - listed_paths() == set()


def test_stated_size_of_the_reader_is_about_right() -> None:
    stated = int(re.search(r"reader of (\d+) lines", ARCHITECTURE.read_text("utf-8"))[1])  # type: ignore[index]
    actual = len((ROOT / "plugins/xiangji/sources/reader.py").read_text("utf-8").splitlines())
    assert abs(actual - stated) <= 40


def test_both_readmes_name_the_same_commands() -> None:
    english, chinese = ((ROOT / n).read_text("utf-8") for n in ("README.md", "README.zh.md"))
    commands = re.compile(r"`(make(?:\.cmd)? \w+|xiangji \w+[^`]*)`")
    assert set(commands.findall(english)) == set(commands.findall(chinese))
