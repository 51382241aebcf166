"""The tables that come with the program are what their sources say."""

from __future__ import annotations

import importlib.util
from pathlib import Path

TOOL = Path(__file__).parent.parent / "tools" / "tables.py"


def test_tables_are_fresh() -> None:
    spec = importlib.util.spec_from_file_location("tables", TOOL)
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    found = tool.tables()
    assert len(found) == 2
    for file, text in found.items():
        assert file.read_text("utf-8") == text, f"python tools/tables.py ({file.name})"
