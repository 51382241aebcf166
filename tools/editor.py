"""Write the demo's `.vscode/` anew, after the field table has changed."""

from __future__ import annotations

from pathlib import Path

from xiangji.cli.content.editor import write_editor_files

if __name__ == "__main__":
    write_editor_files(Path(__file__).resolve().parent.parent)
