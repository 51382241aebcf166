"""Writes what an editor needs to complete keys and mark mistakes while an author types: `.vscode/`.

The JSON Schemas lie beside the content, so that they work without a network and fit the installed version.
"""

from __future__ import annotations

import json
from pathlib import Path

from xiangji.views.json_schema import files, schema_text

_EXTENSION = "redhat.vscode-yaml"


def editor_files() -> dict[str, str]:
    """Return the files by their path below the village."""
    schemas = {f".vscode/schemas/{each.name}.json": schema_text(each) for each in files()}
    settings = {
        # Paths are relative to the village's folder.
        "yaml.schemas": {
            f"./.vscode/schemas/{each.name}.json": list(each.globs)
            for each in files()
            if each.places
        },
        # A formatter would silently rewrite a key with a full-width colon; it should be marked as a
        # mistake.
        "yaml.format.enable": False,
        "files.encoding": "utf8",
    }
    extensions = {"recommendations": [_EXTENSION]}
    return {
        ".vscode/settings.json": _json(settings),
        ".vscode/extensions.json": _json(extensions),
        **schemas,
    }


def write_editor_files(folder: Path) -> None:
    """Write the files into `folder`, and replace older ones."""
    for name, text in editor_files().items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
