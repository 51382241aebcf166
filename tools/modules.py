"""Writes `site_src/dev/modules.md`: every folder and module of the program, by the first sentence of its docstring.

python tools/modules.py
"""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "plugins" / "xiangji"
PAGE = ROOT / "site_src" / "dev" / "modules.md"

HEAD = """# Modules

Every folder and module below `plugins/xiangji/`, by the first sentence of its docstring. This page is written by
`python tools/modules.py`; a test holds it against the tree. [How they work together](architecture.md).
"""


def modules_page() -> str:
    """Return the whole page."""
    folders = sorted({file.parent for file in PACKAGE.rglob("*.py")})
    return HEAD + "".join(_folder(folder) for folder in folders)


def _folder(folder: Path) -> str:
    """Return the section of a folder: a heading, what the folder is, and its modules."""
    name = folder.relative_to(PACKAGE.parent).as_posix() + "/"
    files = sorted(file for file in folder.glob("*.py") if file.name != "__init__.py")
    rows = "".join(f"- `{file.name}`: {first_sentence(file)}\n" for file in files)
    return f"\n## `{name}`\n\n{first_sentence(folder / '__init__.py')}\n\n{rows}"


def first_sentence(file: Path) -> str:
    """Return the first sentence of a module's docstring, in one line. Raises ValueError if there is no docstring."""
    told = ast.get_docstring(ast.parse(file.read_text("utf-8")))
    if not told:
        raise ValueError(f"{file}: no docstring")
    paragraph = " ".join(told.split("\n\n")[0].split())
    end = paragraph.find(". ")
    return paragraph[: end + 1] if end > 0 else paragraph


if __name__ == "__main__":
    PAGE.write_text(modules_page(), "utf-8", newline="\n")
