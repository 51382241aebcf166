"""Sets documents with Typst. Only this module and `fonts.py` import it.

A template below `print/` of the theme reads its data as JSON, never as markup, so `#read(…)` in a village's text stays
text. Typst can read only the files in a temporary folder with this data. The same input gives the same bytes.
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
_REPORTS = "<told>"
_MAIN = "main.typ"


class Typeset:
    """A document that can be compiled to PDF or to pictures, and queried for the reports of its template."""

    def __init__(self, sources: Mapping[str, bytes], fonts: Fonts) -> None:
        import typst

        # Typst reads pictures only from files. The folder is deleted together with this object.
        self._folder = TemporaryDirectory(prefix="xiangji-")
        root = Path(self._folder.name)
        for name, content in sources.items():
            (root / name).write_bytes(content)
        folders: Any = list(fonts.folders)
        self._compiler: Any = typst.Compiler(
            str(root / _MAIN), root=str(root), font_paths=folders, ignore_system_fonts=True
        )

    def pdf(self) -> bytes:
        """Return the document as PDF."""
        return bytes(self._compiler.compile(format="pdf", timestamp=0))

    def pictures(self, dots_per_inch: float) -> list[bytes]:
        """Return each page as PNG."""
        made = self._compiler.compile(format="png", ppi=dots_per_inch)
        return [bytes(each) for each in made] if isinstance(made, list) else [bytes(made)]

    def told(self) -> list[dict[str, Any]]:
        """Return the reports of the template, such as the type size that it chose and what did not fit."""
        found = json.loads(self._compiler.query(_REPORTS, field="value"))
        return [dict(each) for each in found]


def typeset(
    template: str, data: Any, fonts: Fonts, pictures: Mapping[str, bytes] | None = None
) -> Typeset:
    """Return a document of a template (`label` for `print/label.typ`).

    `data` must be serialisable as JSON. `pictures` are the bytes of picture files by file name.
    """
    faces = {
        "sans": fonts.sans,
        "serif": fonts.serif,
        "bold": fonts.bold,
        "heavy": fonts.heavy,
        "capital": fonts.capital,
    }
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
    """Return the digest of all templates, for cache keys of what is made with them."""
    found = sorted(_templates().items())
    return hashlib.sha256(b"".join(name.encode() + text for name, text in found)).hexdigest()


@cache
def _templates() -> dict[str, bytes]:
    folder = files(_THEME) / "print"
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.name.endswith(".typ")}
