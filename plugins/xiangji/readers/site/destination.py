"""Whether a build may write a whole folder: what stands there is replaced, so it must be nothing, or ours.

Paths are compared as they are on the disk: links followed, in the letters that the file system takes for the same, and
by the number of the folder where both are there. Nothing is written here, and next to nothing read.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from xiangji.model.folders import CONTENT_FOLDERS
from xiangji.model.location import Location
from xiangji.problems import Problem, problem
from xiangji.readers.site.build_mark import BuildMark, kind_of, read_mark
from xiangji.readers.site.junk import is_junk
from xiangji.settings import Settings

CONTENT = (*CONTENT_FOLDERS, "site_src", "theme", "plugins", ".git", ".cache")
"""Folders of a village that hold what people wrote, whether they are there or not."""

STATES = frozenset({"target-no-folder", "target-others", "target-tracked", "target-kind"})
"""Rules that ask what is in the folder now, and not only which it is."""

RULES = STATES | {"target-village", "target-content"}

_WRITTEN = frozenset(
    ".md .markdown .yml .yaml .csv .tsv .xls .xlsx .ods .et .doc .docx .odt .wps .ppt .pptx .pdf .py .psd .ai .jpg"
    " .jpeg .heic .png .mp3 .m4a .wav .mp4 .mov".split()
)
"""How files end that somebody wrote or took: no build of before is a folder with these and no `index.html`."""

_OWN = re.compile(r"preview|away[\\/][0-9a-f]{16}")
"""Folders of the cache that our own commands have a site written to."""


class Destination(Struct, frozen=True):
    """A folder that may be written. `state`: absent, empty, ours (a mark says so), old (a site that nobody knows:
    it is put aside and not replaced), cache (of our own, where nobody puts anything)."""

    given: Path
    real: Path
    """Where it is, links followed."""
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
    """The folder `given`, to be written as a `kind` of folder; or why not, told of the place `at` and by the name that
    it was `shown` by. Not `thorough`, a mark is believed by its first line."""
    try:
        real = Path(os.path.realpath(given))
        found = barred(settings, real) or _looked(settings, given, real, kind, thorough)
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
"""A rule, and the name that fills it."""


def barred(settings: Settings, real: Path) -> Refusal | None:
    """Why nothing of ours may ever fill a place, whatever is in it: neither a build nor a publication."""
    root = Path(os.path.realpath(settings.root))
    if _own(root, real):
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
    except (RuntimeError, OSError):  # A service has none.
        return


def _own(root: Path, real: Path) -> bool:
    """Whether it is a folder of the village's cache that no link leads out of."""
    try:
        return bool(_OWN.fullmatch(os.fspath(real.relative_to(root / ".cache" / "xiangji"))))
    except ValueError:
        return False


def within(inner: Path, outer: Path) -> bool:
    """Whether a real path is another one, or below it."""
    return any(_same(each, outer) for each in (inner, *inner.parents))


def _same(one: Path, other: Path) -> bool:
    if os.path.normcase(one) == os.path.normcase(other):
        return True
    try:
        return one.samefile(other)
    except OSError:  # One of them is not there.
        return False


def _looked(
    settings: Settings, given: Path, real: Path, kind: str, thorough: bool
) -> Destination | Refusal:
    """What is there now. Raises OSError."""

    def state(word: str, mark: BuildMark | None = None) -> Destination:
        return Destination(given, real, kind, word, mark)

    root = Path(os.path.realpath(settings.root))
    if not os.path.lexists(real):
        return state("absent")
    if not real.is_dir():
        return "target-no-folder", ""
    if _own(root, real):
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
    """Names of what is in a folder, in their order; without the files that systems leave anywhere."""
    with os.scandir(folder) as found:
        several = [(each.name, each.is_dir(follow_symlinks=False)) for each in found]
    yield from sorted(name for name, holds in several if holds or not is_junk(name))


def _foreign(root: Path, real: Path, kind: str, first: str) -> Refusal | None:
    """Why a folder without a mark may not even be renamed; None for a site from before."""
    if kind != "site" or not within(real, root):
        return "target-others", first
    from xiangji.readers.git.repository import (  # Few ask for it, and it takes time.
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
    written = None if (real / "index.html").is_file() else _first_below(real, _somebodys)
    return ("target-others", written) if written else None


def _somebodys(name: str) -> bool:
    return Path(name).suffix.lower() in _WRITTEN and not is_junk(name)


def _first_below(folder: Path, wanted: Callable[[str], bool]) -> str | None:
    """The path of a file below a folder whose name is wanted."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(filter(wanted, names)):
            return Path(place, name).relative_to(folder).as_posix()
    return None
