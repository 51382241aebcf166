"""The folder a village lies in: which files are there, whether they lie inside, what they are called.

Tens of thousands of files lie in a few folders, so what is known of a folder is asked once.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from xiangji.readers.site.junk import is_junk
from xiangji.regular_file import real_path

_ENDINGS = (".yml", ".yaml")

_TOLD = os.name == "posix"
"""Whether a folder that is no link leads nowhere else. On Windows a junction does."""


class VillageFolder:
    """The files below `root`, as they are during one reading."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._top = os.fspath(root)
        self._near = os.fspath(root / "_")[:-1]
        self._inside: dict[str, bool] = {}

    def inside(self, file: Path | str, plain: bool = False) -> bool:
        """Whether a file lies in the village, wherever links lead. `plain` says that it is known to
        be no link itself."""
        path = os.fspath(file)
        if path == self._top:
            return True
        folder, slash, name = path.rpartition(os.sep)
        if not slash or name in ("", ".", "..") or (not plain and Path(path).is_symlink()):
            return self._resolved(path)
        if folder not in self._inside:
            below = _TOLD and bool(self._near) and folder.startswith(self._near)
            known = folder == self._top or (below and self.inside(folder))
            # A link out of the village may lead back into it.
            self._inside[folder] = known or self._resolved(folder)
        return self._inside[folder]

    def _resolved(self, path: str) -> bool:
        try:
            return real_path(path).is_relative_to(self._root.resolve())
        except OSError:  # A link that leads to itself.
            return False

    def name(self, file: Path) -> str:
        """A file's path in messages; what a disk holds as plain bytes cannot be shown."""
        return shown(file.relative_to(self._root).as_posix())

    def either(self, stem: str) -> Path | None:
        """The YAML file of a name without its ending."""
        for ending in _ENDINGS:
            file = self._root / (stem + ending)
            if file.is_file():
                return file
        return None

    def yaml_files(self, folder: str) -> list[Path]:
        """The YAML files of a folder in order."""
        return [self._root / folder / name for name, _ in self.yaml_names(folder)]

    def yaml_names(self, folder: str) -> Iterator[tuple[str, bool]]:
        """The names of the YAML files of a folder in order, without hidden ones and systems' junk, and whether
        each is no link."""
        if leads_astray(self._root / folder, self._root):
            return
        try:
            with os.scandir(self._root / folder) as entries:
                found = {each.name: not each.is_symlink() for each in entries}
        except OSError:
            if (self._root / folder).is_dir():
                raise
            return
        for name in sorted(found, key=os.path.normcase):
            if name.endswith(_ENDINGS) and name[0] not in "._" and not is_junk(name):
                yield name, found[name]

    def path(self, name: str) -> str:
        """Where a file lies, of its path below the village."""
        return f"{self._near}{name.replace('/', os.sep)}"

    def data_files(self, folder: str) -> list[Path]:
        """The JSON files of a folder in order."""
        if leads_astray(self._root / folder, self._root):
            return []
        return sorted((self._root / folder).glob("[!._]*.json"))

    def folders(self, name: str) -> list[Path]:
        """The folders in a folder, in the order of their names, without hidden ones."""
        place = self._root / name
        if not place.is_dir():
            return []
        there = (each for each in place.iterdir() if each.name[0] not in "._")
        there = (each for each in there if each.is_dir() and not is_junk(each.name))
        found = [each for each in there if not leads_astray(each, self._root)]
        return sorted(found, key=lambda each: each.name)


def leads_astray(folder: Path, root: Path) -> bool:
    """Whether a folder is a link that leads out of the village, or to a folder that it lies in: whoever followed it
    would read what is nobody's content, or walk for ever."""
    if not folder.is_symlink():
        return False
    try:
        target, top = real_path(folder), root.resolve()
    except OSError:
        return True
    return not target.is_relative_to(top) or folder.parent.resolve().is_relative_to(target)


def names_of_files(folder: Path) -> list[str]:
    """The names of the files in a folder that somebody may have meant as a record."""
    there = folder.iterdir() if folder.is_dir() else ()
    names = (each.name for each in there if each.is_file())
    return [name for name in names if name[0] not in "._" and not is_junk(name)]


def shown(path: str) -> str:
    """A name on disk as text that can be written. One in the bytes of Windows in China, which an archive brought, is
    shown as it was meant."""
    if path.isascii():
        return path
    return unicodedata.normalize("NFC", "/".join(map(_written, path.split("/"))))


def _written(name: str) -> str:
    raw = name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
