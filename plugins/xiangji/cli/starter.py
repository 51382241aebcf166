"""A small village to begin with: one product, one batch, one story, no lie in it."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from xiangji.cli.editor import write_editor_files


def write_starter(folder: Path) -> None:
    """Write the starter village into `folder`, with what an editor needs to help in it."""
    _copy(files("xiangji") / "starter", folder)
    write_editor_files(folder)


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for each in sorted(source.iterdir(), key=lambda item: item.name):
        if each.is_dir():
            _copy(each, target / each.name)
        elif each.name != "__init__.py":
            (target / each.name).write_bytes(each.read_bytes())
