"""Patterns of modules are compiled on first use, and all of them can be compiled."""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

import xiangji
from xiangji.model.parsing.late_pattern import (
    CODES,
    PatternCode,
    _pattern,
    compiled,
    late_pattern,
)

ROOT = Path(xiangji.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))


def _calls_on_import(node: ast.AST) -> Iterator[ast.Call]:
    """The calls that importing a module makes: those outside of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from _calls_on_import(child)


def test_importing_a_module_compiles_no_pattern() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file in FILES
        for call in _calls_on_import(ast.parse(file.read_text("utf-8")))
        if ast.unparse(call.func) in ("re.compile", "compile")
    ]
    assert not found, f"write late_pattern(…): {found}"


def test_all_patterns_can_be_compiled() -> None:
    seen = 0
    for module in pkgutil.walk_packages(xiangji.__path__, "xiangji."):
        if module.name.startswith("xiangji.starter") or module.name.endswith("__main__"):
            continue
        try:
            values = vars(importlib.import_module(module.name)).values()
        except ImportError:  # It needs an extra that is not installed.
            continue
        for value in values:
            many = value.values() if isinstance(value, dict) else value
            for each in (value, *(many if isinstance(many, tuple | type({}.values())) else ())):
                if isinstance(each, type(late_pattern(""))):
                    assert compiled(*each._given) == re.compile(*each._given)
                    seen += 1
    assert seen > 100


def test_a_late_pattern_is_a_pattern() -> None:
    pattern = late_pattern(r"(?P<day>\d+)日", re.IGNORECASE)
    assert pattern.search("三月3日")
    assert pattern.sub("x", "1日2日") == "xx"
    assert pattern.groupindex == {"day": 1}
    assert pattern.flags & re.IGNORECASE
    assert late_pattern(rb"\xff+").match(b"\xff\xff")


def test_a_wrong_pattern_is_told_on_first_use() -> None:
    wrong = late_pattern("(")
    with pytest.raises(re.error):
        wrong.search("")


def test_what_an_earlier_run_compiled_is_the_same_pattern() -> None:
    """Python calls two patterns equal if their text, flags and bytecode are."""
    for text, flags in (
        (r"(?P<day>\d+)日|(?i:kg)", 0),
        ("[一-龥]x", re.IGNORECASE),
        (rb"\xff+", 0),
    ):
        expected = re.compile(text, flags)
        CODES.pop(f"{flags} {text!a}", None)
        for _ in ("compiled here", "read from what was kept"):
            _pattern.cache_clear()
            found = compiled(text, flags)
            assert found == expected
            assert (found.groupindex, found.groups) == (expected.groupindex, expected.groups)
            kept = msgspec.msgpack.encode(CODES)
            CODES.update(msgspec.msgpack.decode(kept, type=dict[str, PatternCode]))


def test_a_second_run_reads_what_the_first_compiled(tmp_path: Path) -> None:
    run = (
        "import re; compiled = re._compiler.compile; ours = []\n"
        "re._compiler.compile = lambda p, flags=0: ours.append(p) or compiled(p, flags)\n"
        "from xiangji.cache import keep_patterns; keep_patterns()\n"
        "from xiangji.model.parsing import late_pattern\n"
        "before = len(late_pattern.CODES)\n"
        "assert late_pattern.late_pattern('[甲乙]').match('乙')\n"
        "print(len(late_pattern.CODES) - before, '[甲乙]' in ours)\n"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", run],
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "XDG_CACHE_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for _ in range(2)
    ]
    assert told == ["1 False", "0 False"]
