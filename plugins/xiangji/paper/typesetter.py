"""The only module that knows the typesetter, Typst.

A template under `print/` of the theme is given data as JSON, never as markup: `#read(…)` in a
village's text stays text. Nothing outside what is handed over can be read. Same input, same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from xiangji.paper.fonts import Fonts

_THEME = "xiangji_theme"
_TOLD = "<told>"
_MAIN = "main.typ"


class Typeset:
    """A document: its bytes as PDF or as pictures of its pages, and what its template told."""

    def __init__(self, sources: Mapping[str, bytes], fonts: Fonts) -> None:
        import typst

        # Pictures can be handed over as files alone; the folder goes when this does.
        self._folder = TemporaryDirectory(prefix="xiangji-")
        root = Path(self._folder.name)
        for name, content in sources.items():
            (root / name).write_bytes(content)
        folders: Any = list(fonts.folders)
        self._compiler: Any = typst.Compiler(
            str(root / _MAIN), root=str(root), font_paths=folders, ignore_system_fonts=True
        )

    def pdf(self) -> bytes:
        """The document as PDF."""
        return bytes(self._compiler.compile(format="pdf", timestamp=0))

    def pictures(self, dots_per_inch: float) -> list[bytes]:
        """Each page as PNG."""
        made = self._compiler.compile(format="png", ppi=dots_per_inch)
        return [bytes(each) for each in made] if isinstance(made, list) else [bytes(made)]

    def told(self) -> list[dict[str, Any]]:
        """What the template found out while it set the text: which size was taken, what did not
        fit."""
        found = json.loads(self._compiler.query(_TOLD, field="value"))
        return [dict(each) for each in found]


def typeset(
    template: str, data: Any, fonts: Fonts, pictures: Mapping[str, bytes] | None = None
) -> Typeset:
    """Set a template (`label` for `print/label.typ`) with data and with pictures by file name."""
    faces = {"sans": fonts.sans, "serif": fonts.serif, "capital": fonts.capital}
    sources = {
        **_templates(),
        _MAIN: _templates()[f"{template}.typ"],
        "data.json": json.dumps(data, ensure_ascii=False).encode(),
        "fonts.json": json.dumps(faces).encode(),
        **(pictures or {}),
    }
    return Typeset(sources, fonts)


@cache
def recipe() -> str:
    """What the templates are: for keys of what is made with them."""
    found = sorted(_templates().items())
    return hashlib.sha256(b"".join(name.encode() + text for name, text in found)).hexdigest()


@cache
def _templates() -> dict[str, bytes]:
    folder = files(_THEME) / "print"
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.name.endswith(".typ")}
