"""Checks whether a build may write a folder. Its content is replaced, so it must be empty or written by a build.

Paths are compared after following links, with the case rules of the file system, and by inode if both exist. This
module writes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from xiangji.model.folders import CONTENT_FOLDERS, PAPERS
from xiangji.model.location import Location
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.problems import Problem, problem
from xiangji.readers.site.build_mark import BuildMark, kind_of, read_mark
from xiangji.readers.site.junk import is_junk
from xiangji.settings import Settings

CONTENT = (*CONTENT_FOLDERS, PAPERS, "site_src", "theme", "plugins", ".git", ".cache")
"""Folders of a village for content that people wrote. They are protected even if they do not exist."""

STATES = frozenset({"target-no-folder", "target-others", "target-tracked", "target-kind"})
"""Rules that depend on the present content of the folder, not only on its path."""

RULES = STATES | {"target-village", "target-content"}

_PEOPLES_ENDINGS = frozenset(
    ".md .markdown .yml .yaml .csv .tsv .xls .xlsx .ods .et .doc .docx .odt .wps .ppt .pptx .pdf .py .psd .ai .jpg"
    " .jpeg .heic .png .mp3 .m4a .wav .mp4 .mov".split()
)
"""Endings of files that people make. A folder with such files and without `index.html` is no earlier site."""

_CACHE_FOLDERS = late_pattern(r"preview|away[\\/][0-9a-f]{16}")
"""Folders of the cache into which our own commands write a site."""


class Destination(Struct, frozen=True):
    """A folder that may be written. `state` is one of these:

    absent; empty; ours (it has a mark); old (probably a site of an earlier version: it is kept under another name, not
    replaced); cache (a folder of our own cache).
    """

    given: Path
    real: Path
    """The path after following links."""
    kind: str
    state: str
    mark: BuildMark | None = None


def destination(
    settings: Settings,
    given: Path,
    kind: str = "site",
    at: Location | None = None,
    shown: str = "",
    thorough: bool = True,
) -> Destination | Problem:
    """Check the folder `given`, to be written as a folder of `kind` (`site` or `stage`).

    If it may not be written, the result is a problem at the location `at`, in which the folder is named `shown`.
    Without `thorough`, only the first line of the mark is read.
    """
    try:
        real = Path(os.path.realpath(given))
        found = barred(settings, real) or _check_content(settings, given, real, kind, thorough)
    except (OSError, ValueError):
        found = ("target-no-folder", "")
    if isinstance(found, Destination):
        return found
    rule, name = found
    words = {"site": ("网站", "a site"), "stage": ("--stage 的文件", "files of --stage")}
    name, name_en = words.get(name, (name, name)) if rule == "target-kind" else (name, name)
    place = at or Location(settings.config_file)
    return problem(rule, place, value=shown or given, name=name, name_en=name_en)


Refusal = tuple[str, str]
"""A rule, and the name for its message."""


def barred(settings: Settings, real: Path) -> Refusal | None:
    """Why no build or publication may ever write to a path, whatever is there. None if it may."""
    root = Path(os.path.realpath(settings.root))
    if _is_in_cache(root, real):
        return None
    if real.parent == real or any(within(each, real) for each in (root, *_home())):
        return "target-village", ""
    for name in dict.fromkeys((settings.docs_dir, *CONTENT)):
        place = Path(os.path.realpath(root / name))
        if within(real, place) or within(place, real):
            return "target-content", name
    return None


def _home() -> Iterator[Path]:
    try:
        yield Path(os.path.realpath(Path.home()))
    except (RuntimeError, OSError):  # A service may have no home folder.
        return


def _is_in_cache(root: Path, real: Path) -> bool:
    """Whether the real path is one of our folders in the cache of the village."""
    try:
        return bool(
            _CACHE_FOLDERS.fullmatch(os.fspath(real.relative_to(root / ".cache" / "xiangji")))
        )
    except ValueError:
        return False


def within(inner: Path, outer: Path) -> bool:
    """Whether the real path `inner` is the path `outer` or lies below it."""
    name, above = (os.path.normcase(each) for each in (inner, outer))
    if name == above or name.startswith(os.path.join(above, "")):  # noqa: PTH118 (a text)
        return True
    found = _identity(outer)
    return found is not None and found in map(_identity, (inner, *inner.parents))


def _identity(path: Path) -> tuple[int, int] | None:
    """What two names of one folder have in common; None if nothing is there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _check_content(
    settings: Settings, given: Path, real: Path, kind: str, thorough: bool
) -> Destination | Refusal:
    """Check the present content of the folder. Raises OSError if it cannot be read."""

    def state(word: str, mark: BuildMark | None = None) -> Destination:
        return Destination(given, real, kind, word, mark)

    root = Path(os.path.realpath(settings.root))
    if not os.path.lexists(real):
        return state("absent")
    if not real.is_dir():
        return "target-no-folder", ""
    if _is_in_cache(root, real):
        return state("cache")
    first = next(_entries(real), None)
    if first is None:
        return state("empty")
    mark = read_mark(real) if thorough else None
    marked = mark.kind if mark else None if thorough else kind_of(real)
    if marked is not None:
        return state("ours", mark) if marked == kind else ("target-kind", marked)
    refusal = _foreign(root, real, kind, first)
    return refusal or state("old")


def _entries(folder: Path) -> Iterator[str]:
    """Yield the names in a folder in order, without system files."""
    with os.scandir(folder) as found:
        several = [(each.name, each.is_dir(follow_symlinks=False)) for each in found]
    yield from sorted(name for name, holds in several if holds or not is_junk(name))


def _foreign(root: Path, real: Path, kind: str, first: str) -> Refusal | None:
    """Why a folder without a mark may not even be renamed. None if it is a site of an earlier version."""
    if kind != "site" or not within(real, root):
        return "target-others", first
    from xiangji.readers.git.repository import (  # Rarely needed, and slow to import.
        GitUnreadable,
        first_tracked,
    )

    try:
        tracked = first_tracked(root, real.relative_to(root).as_posix())
    except (GitUnreadable, ValueError):
        return "target-others", first
    if tracked:
        return "target-tracked", tracked
    if os.path.lexists(real / ".git"):
        return "target-others", ".git"
    written = None if (real / "index.html").is_file() else _first_below(real, _is_made_by_people)
    return ("target-others", written) if written else None


def _is_made_by_people(name: str) -> bool:
    return Path(name).suffix.lower() in _PEOPLES_ENDINGS and not is_junk(name)


def _first_below(folder: Path, wanted: Callable[[str], bool]) -> str | None:
    """The relative path of the first file below a folder whose name is `wanted`, or None."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(filter(wanted, names)):
            return Path(place, name).relative_to(folder).as_posix()
    return None
