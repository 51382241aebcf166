"""What a build would read, told without reading it: which files there are, and what has changed in them.

As Git's index does, a file whose size and times are as they were is taken to be as it was; one that was
written so shortly before that its times could not tell is read again. Whatever cannot be told apart like
this (a folder behind a link, a repository somewhere else) gives no survey, and then everything is made.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from xiangji.cache import Cache
from xiangji.incremental.snapshot import (
    SOON,
    SnapshotUnsure,
    Stat,
    StatSnapshot,
    files_below,
    outside,
)
from xiangji.model.folders import CONTENT_FOLDERS
from xiangji.regular_file import read_regular
from xiangji.settings import Settings

_FORM = 1
_LARGE = 4_000_000
"""Bytes; a larger file, a recording or a photo as it came from the camera, is told by its times alone."""

_RECORDS = (".yml", ".yaml", ".csv")

_ELSEWHERE = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
)
"""Variables that tell Git to look at another place than the village's."""


class InputFingerprint(Struct, frozen=True):
    """Digests of all files of a village, and of everything else that decides an output."""

    files: Mapping[str, str]
    """By path: those that lie in no product's folder, since a large village has all others there."""
    asked: str
    """Settings and the program."""
    program: str
    """The program alone."""
    git: str
    """What Git knows, as far as it can be told without asking it."""
    lasting: str = ""
    """As `asked`, whatever day it is."""
    products: Mapping[str, str] = field(default_factory=dict)
    """By id of each product's folder, a digest of all that is in it."""
    records: int = 0
    """Bytes of the files that hold records."""

    @property
    def whole(self) -> str:
        """One digest of all of it."""
        told = [*sorted(self.files.items()), *sorted(self.products.items())]
        return digest([self.asked, self.git, *(part for row in told for part in row)])


def fingerprint(
    settings: Settings, cache: Cache, out: Path, how: str = ""
) -> InputFingerprint | None:
    """What a build by `settings` into `out` would read; `how` is whatever else was asked for. None where that
    cannot be told."""
    if settings.since or any(name in os.environ for name in _ELSEWHERE):
        return None
    root = settings.root.resolve()
    key = f"index {_FORM} {root}"
    known = cache.stored(key, _read_index) or {}
    try:
        # A host may read whatever lies in the village; we read what is named here.
        only = () if settings.reading else content(settings)
        sight = StatSnapshot(os.fspath(root / settings.config_file), os.fspath(out.resolve()), only)
        files, index = _read(root, sight.files, known, sight.moment)
    except (OSError, SnapshotUnsure):
        return None
    try:
        packed = msgspec.json.encode(index)
    except UnicodeEncodeError:  # A name in other bytes: reading the village tells of it.
        return None
    if index != known:
        cache.store(key, packed)
    ours = _program(sight)
    git = repr(sight.git) if sight.git[0] else ""
    any_day = replace(settings, today=date.min)
    asked, lasting = (digest([repr(each), how, ours]) for each in (settings, any_day))
    records = sum(stat[0] for path, stat in sight.files.items() if path.endswith(_RECORDS))
    products = by_product(files)
    apart = {path: each for path, each in files.items() if not _product_of(path)}
    return InputFingerprint(apart, asked, ours, git, lasting, products, records)


def by_product(files: Mapping[str, str]) -> dict[str, str]:
    """By id of each product's folder, a digest of all that is in it; of files by path."""
    parts: dict[str, list[str]] = {}
    for path in sorted(files):
        product = _product_of(path)
        if product:
            parts.setdefault(product, []).extend((path, files[path]))
    return {product: digest(told) for product, told in parts.items()}


def _product_of(path: str) -> str:
    """The product in whose folder a file lies, if in any."""
    top, _, rest = path.partition("/")
    product, inside, _ = rest.partition("/")
    return product if top == "products" and inside else ""


def content(settings: Settings) -> tuple[str, ...]:
    """The folders of a village that its own pages are made of."""
    return (settings.docs_dir.partition("/")[0], *CONTENT_FOLDERS)


Index = dict[str, tuple[str, int, int, int, int]]
"""By path: the digest, then the stat; a digest that may not be believed again is empty."""


def _read_index(kept: bytes) -> Index:
    """Raises ValueError where it is none."""
    return msgspec.json.decode(kept, type=Index)


def look(
    root: Path, out: Path, known: Index, only: tuple[str, ...] = ()
) -> tuple[dict[str, str], Index]:
    """Digests of all files of a village by path, and the index for the next time; with `only`, of those
    in these folders and of those that lie in none. Raises OSError, and `SnapshotUnsure` where a folder is a
    link."""
    place = os.fspath(root)
    now = time.time_ns()
    found = files_below(place, outside(place, os.fspath(out.resolve()), only))
    return _read(root, found, known, now)


def _read(
    root: Path, found: Mapping[str, Stat], known: Index, now: int
) -> tuple[dict[str, str], Index]:
    """The files that were `found` at the time `now`, of those read that may have changed."""
    files: dict[str, str] = {}
    index: Index = {}
    place = os.fspath(root)
    for path, stat in found.items():
        before = known.get(path)
        if before is not None and before[0] and before[1:] == stat:
            files[path] = before[0]
        elif stat[0] > _LARGE:
            files[path] = repr(stat[:3])
        else:
            files[path] = hashlib.sha256(read_regular(f"{place}/{path}", _LARGE)).hexdigest()[:32]
        sure = now - max(stat[1], stat[2]) > SOON
        index[path] = (files[path] if sure else "", *stat)
    return files, index


def _program(sight: StatSnapshot) -> str:
    """The program itself: its files, its theme's, and the versions of all that is installed."""
    version, _, installed = sight.program
    seen = [version]
    for package in sight.packages():
        seen += [f"{path} {stat[0]} {stat[1]}" for path, stat in sorted(package.items())]
    return digest([*seen, *installed])


def modules() -> list[tuple[str, int, int]]:
    """Files of loaded modules that belong to no installed version: a family that somebody works on."""
    import xiangji

    ours = tuple(os.fspath(Path(each).parent) for each in xiangji.__path__)
    known = (sys.prefix, sys.base_prefix, sys.exec_prefix, *ours)
    found = []
    for each in list(sys.modules.values()):
        file = getattr(each, "__file__", None)
        if file and os.path.isabs(file) and not file.startswith(known):  # noqa: PTH117 (as above)
            with suppress(OSError):  # One inside an archive is of a release too.
                stat = Path(file).stat()
                found.append((file, stat.st_size, stat.st_mtime_ns))
    return sorted(found)


def digest(parts: Iterable[str]) -> str:
    """One digest of texts in their order."""
    made = hashlib.sha256()
    for each in parts:
        made.update(each.encode("utf-8", "surrogateescape"))
        made.update(b"\0")
    return made.hexdigest()[:32]
