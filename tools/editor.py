"""Writes the demo's `.vscode/` again, after the field tables have changed."""

from __future__ import annotations

from pathlib import Path

from xiangji.cli.content.editor import write_editor_files

if __name__ == "__main__":
    write_editor_files(Path(__file__).resolve().parent.parent)
