"""A small village to begin with: one product, one batch, one story, no lie in it."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from xiangji.cli.content.editor import editor_files
from xiangji.readers.site.junk import is_junk

FIRST = "mkdocs.yml"
"""Made first, by one only: whoever comes second at the same time finds it there."""


def write_starter(folder: Path) -> None:
    """Write the starter village into `folder`, with what an editor needs to help in it. The folder is absent, or holds
    nothing but junk of systems; else this raises `FileExistsError`, as it does rather than replace any file."""
    if folder.is_dir() and not all(is_junk(each.name) for each in folder.iterdir()):
        raise FileExistsError(errno.EEXIST, "not empty", str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    found = dict(_files(files("xiangji") / "starter"))
    found |= {name: text.encode() for name, text in editor_files().items()}
    for name in sorted(found, key=lambda each: (each != FIRST, each)):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as stream:
            stream.write(found[name])


def _files(source: Traversable, below: str = "") -> Iterator[tuple[str, bytes]]:
    for each in source.iterdir():
        if each.is_dir():
            yield from _files(each, f"{below}{each.name}/")
        elif each.name != "__init__.py":
            yield below + each.name, each.read_bytes()
