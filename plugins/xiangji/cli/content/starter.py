"""Writes the starter village of `xiangji new`: one product, one batch and one story, all marked as samples."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from xiangji.cli.content.editor import editor_files
from xiangji.readers.site.junk import is_junk

FIRST = "mkdocs.yml"
"""The file that is created first, with exclusive creation: a second process at the same time finds it and stops."""


def write_starter(folder: Path) -> None:
    """Write the starter village and the files for editors into `folder`.

    Raises `FileExistsError` if the folder holds anything but junk files of operating systems; no file is ever replaced.
    """
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
