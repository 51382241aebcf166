"""Lists the files of a village, checks that they lie inside it, and converts their names to text.

A village may have tens of thousands of files in a few folders, so facts about a folder are cached.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from xiangji.model.folders import PAPERS
from xiangji.readers.site.junk import is_junk
from xiangji.regular_file import real_path

_ENDINGS = (".yml", ".yaml")

_ONLY_SYMLINKS = os.name == "posix"
"""Whether only symbolic links lead elsewhere. On Windows, junctions do too."""


class VillageFolder:
    """The files below `root` during one reading."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._top = os.fspath(root)
        self._near = os.fspath(root / "_")[:-1]
        self._inside: dict[str, bool] = {}

    def inside(self, file: Path | str, plain: bool = False) -> bool:
        """Whether a file lies in the village after following links.

        `plain` says that the file itself is known to be no symbolic link.
        """
        path = os.fspath(file)
        if path == self._top:
            return True
        folder, slash, name = path.rpartition(os.sep)
        if not slash or name in ("", ".", "..") or (not plain and Path(path).is_symlink()):
            return self._resolved(path)
        if folder not in self._inside:
            below = _ONLY_SYMLINKS and bool(self._near) and folder.startswith(self._near)
            known = folder == self._top or (below and self.inside(folder))
            # A link out of the village may lead into it again, so the folder is resolved as a whole.
            self._inside[folder] = known or self._resolved(folder)
        return self._inside[folder]

    def _resolved(self, path: str) -> bool:
        try:
            return real_path(path).is_relative_to(self._root.resolve())
        except OSError:  # The link leads to itself.
            return False

    def name(self, file: Path) -> str:
        """The path of a file for messages, relative to the village. See `shown`."""
        return shown(file.relative_to(self._root).as_posix())

    def either(self, stem: str) -> Path | None:
        """The YAML file with the path `stem` and one of the endings .yml and .yaml, or None."""
        for ending in _ENDINGS:
            file = self._root / (stem + ending)
            if file.is_file():
                return file
        return None

    def papers(self) -> frozenset[str]:
        """The names of the files in folders `certificates/` of the village and of its products. They stay at home."""
        places = (self._root / PAPERS, *self._root.glob(f"products/*/{PAPERS}"))
        return frozenset(
            each.name
            for place in places
            if not leads_astray(place, self._root)
            for each in place.glob("*")
            if each.is_file() and not is_junk(each.name)
        )

    def yaml_files(self, folder: str) -> list[Path]:
        """The YAML files of a folder, in order."""
        return [self._root / folder / name for name, _ in self.yaml_names(folder)]

    def yaml_names(self, folder: str) -> Iterator[tuple[str, bool]]:
        """Yield the names of the YAML files of a folder in order, and whether each is no symbolic link.

        Hidden files and system files are left out. Raises OSError if the folder exists and cannot be read.
        """
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
        """The path on disk of a file, from its POSIX path below the village."""
        return f"{self._near}{name.replace('/', os.sep)}"

    def data_files(self, folder: str) -> list[Path]:
        """The JSON files of a folder, in order."""
        if leads_astray(self._root / folder, self._root):
            return []
        return sorted((self._root / folder).glob("[!._]*.json"))

    def folders(self, name: str) -> list[Path]:
        """The folders in a folder, in the order of their names, without hidden ones and system folders."""
        place = self._root / name
        if not place.is_dir():
            return []
        there = (each for each in place.iterdir() if each.name[0] not in "._")
        there = (each for each in there if each.is_dir() and not is_junk(each.name))
        found = [each for each in there if not leads_astray(each, self._root)]
        return sorted(found, key=lambda each: each.name)


def leads_astray(folder: Path, root: Path) -> bool:
    """Whether a folder is a symbolic link that leads out of the village, or to a folder that contains it.

    Following it would read files that are no content, or would never end.
    """
    if not folder.is_symlink():
        return False
    try:
        target, top = real_path(folder), root.resolve()
    except OSError:
        return True
    return not target.is_relative_to(top) or folder.parent.resolve().is_relative_to(target)


def names_of_files(folder: Path) -> list[str]:
    """The names of the files in a folder that may be meant as records: neither hidden nor system files."""
    there = folder.iterdir() if folder.is_dir() else ()
    names = (each.name for each in there if each.is_file())
    return [name for name in names if name[0] not in "._" and not is_junk(name)]


def shown(path: str) -> str:
    """A path on disk as NFC text. Names in GB18030, which come from archives of Chinese Windows, are decoded."""
    if path.isascii():
        return path
    return unicodedata.normalize("NFC", "/".join(map(_decoded, path.split("/"))))


def _decoded(name: str) -> str:
    raw = name.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
