"""What an editor needs to complete keys and mark slips while an author types: `.vscode/`.

The schemas lie beside the content, so that they work without a network and fit the version of this
package that wrote them.
"""

from __future__ import annotations

import json
from pathlib import Path

from xiangji.views.json_schema import files, schema_text

_EXTENSION = "redhat.vscode-yaml"


def editor_files() -> dict[str, str]:
    """The files by their path below the village."""
    schemas = {f".vscode/schemas/{each.name}.json": schema_text(each) for each in files()}
    settings = {
        # Paths begin at the village.
        "yaml.schemas": {
            f"./.vscode/schemas/{each.name}.json": list(each.globs)
            for each in files()
            if each.places
        },
        # A word with a full-width colon shall be marked and not silently rewritten.
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
    """Write them into `folder`, replacing older ones."""
    for name, text in editor_files().items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
