"""The fingerprint of a build's inputs: digests of all files and of the program, mostly without reading the files.

As in Git's index, a file whose size and times are unchanged counts as unchanged. A file that was written so recently
that its times are not reliable is read again. If something cannot be judged like this (a folder that is a link, a
repository in another place), there is no fingerprint, and everything is made again.
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
    HIDDEN,
    SOON,
    SnapshotUnsure,
    Stat,
    StatSnapshot,
    files_below,
    outside,
    path_below,
)
from xiangji.model.folders import CONTENT_FOLDERS, PAPERS
from xiangji.regular_file import read_regular
from xiangji.settings import Settings

_INDEX_VERSION = 1
_READ_LIMIT = 4_000_000
"""Limit in bytes. Of a larger file, such as a recording or an original photo, only size and times are compared."""

_RECORD_ENDINGS = (".yml", ".yaml", ".csv")

_GIT_VARIABLES = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
)
"""Environment variables with which Git uses another place than the village's repository."""


class InputFingerprint(Struct, frozen=True):
    """Digests of all files of a village, and of everything else that decides an output."""

    files: Mapping[str, str]
    """Digests by path, of files in no product's folder.

    In a large village nearly all other files are in those folders.
    """
    asked: str
    """Digest of the settings, the command's options and the program."""
    program: str
    """Digest of the program alone."""
    git: str
    """The state of the Git repository, as far as it can be read without running Git."""
    lasting: str = ""
    """The same as `asked`, but without the day of the build."""
    products: Mapping[str, str] = field(default_factory=dict)
    """By id of a product: a digest of all files in its folder."""
    records: int = 0
    """Total size in bytes of the files that contain records."""

    @property
    def whole(self) -> str:
        """One digest of the files, the settings, the program and Git's state."""
        told = [*sorted(self.files.items()), *sorted(self.products.items())]
        return digest([self.asked, self.git, *(part for row in told for part in row)])


def fingerprint(
    settings: Settings, cache: Cache, out: Path, how: str = ""
) -> InputFingerprint | None:
    """The fingerprint of a build with `settings` into `out`; None if there can be no reliable one.

    `how` describes the other options of the command.
    """
    if settings.since or any(name in os.environ for name in _GIT_VARIABLES):
        return None
    root = settings.root.resolve()
    key = f"index {_INDEX_VERSION} {root}"
    known = cache.stored(key, _read_index) or {}
    try:
        # A host may read any file of the village. Without a host, only the folders of `content` are read.
        only = () if settings.reading else content(settings)
        sight = StatSnapshot(os.fspath(root / settings.config_file), os.fspath(out.resolve()), only)
        files, index = _read(root, sight.files, known, sight.moment)
    except (OSError, SnapshotUnsure):
        return None
    try:
        packed = msgspec.json.encode(index)
    except UnicodeEncodeError:  # The name is not UTF-8. Reading the village reports it.
        return None
    if index != known:
        cache.store(key, packed)
    ours = _program(sight)
    git = repr(sight.git) if sight.git[0] else ""
    any_day = replace(settings, today=date.min)
    asked, lasting = (digest([repr(each), how, ours]) for each in (settings, any_day))
    records = sum(stat[0] for path, stat in sight.files.items() if path.endswith(_RECORD_ENDINGS))
    products = by_product(files)
    apart = {path: each for path, each in files.items() if not _product_of(path)}
    return InputFingerprint(apart, asked, ours, git, lasting, products, records)


def by_product(files: Mapping[str, str]) -> dict[str, str]:
    """By id of a product: a digest of all files in its folder, from the digests of all files by path."""
    parts: dict[str, list[str]] = {}
    for path in sorted(files):
        product = _product_of(path)
        if product:
            parts.setdefault(product, []).extend((path, files[path]))
    return {product: digest(told) for product, told in parts.items()}


def _product_of(path: str) -> str:
    """The product in whose folder a file is; empty if it is in none."""
    top, _, rest = path.partition("/")
    product, inside, _ = rest.partition("/")
    return product if top == "products" and inside else ""


def content(settings: Settings) -> tuple[str, ...]:
    """The folders of a village from which its own pages are made, and by which they are checked."""
    return (settings.docs_dir.partition("/")[0], *CONTENT_FOLDERS, PAPERS)


Index = dict[str, tuple[str, int, int, int, int]]
"""By path: the digest, then the stat. The digest is empty if it must not be reused."""


def _read_index(kept: bytes) -> Index:
    """The index from its stored form. Raises ValueError if the bytes do not fit."""
    return msgspec.json.decode(kept, type=Index)


def look(
    root: Path, out: Path, known: Index, only: tuple[str, ...] = ()
) -> tuple[dict[str, str], Index]:
    """Digests of all files of a village by path, and the index for the next build.

    `known` is the index of the last build. With `only`, files in other folders are left out. Raises OSError, and
    `SnapshotUnsure` if a folder is a link.
    """
    place = os.fspath(root)
    now = time.time_ns()
    target = os.fspath(out.resolve())
    found = files_below(place, outside(place, target, only), path_below(place, target))
    return _read(root, found, known, now)


def _read(
    root: Path, found: Mapping[str, Stat], known: Index, now: int
) -> tuple[dict[str, str], Index]:
    """Digests of the files that were `found` at the time `now` (nanoseconds).

    Only files that may have changed are read.
    """
    files: dict[str, str] = {}
    index: Index = {}
    place = os.fspath(root)
    for path, stat in found.items():
        before = known.get(path)
        if stat == HIDDEN:
            files[path] = "hidden"
            continue
        if before is not None and before[0] and before[1:] == stat:
            files[path] = before[0]
        elif stat[0] > _READ_LIMIT:
            files[path] = repr(stat[:3])
        else:
            files[path] = hashlib.sha256(read_regular(f"{place}/{path}", _READ_LIMIT)).hexdigest()[
                :32
            ]
        sure = now - max(stat[1], stat[2]) > SOON
        index[path] = (files[path] if sure else "", *stat)
    return files, index


def _program(sight: StatSnapshot) -> str:
    """A digest of the program: its files, the files of its theme, and the versions of everything installed."""
    version, _, installed = sight.program
    seen = [version]
    for package in sight.packages():
        seen += [f"{path} {stat[0]} {stat[1]}" for path, stat in sorted(package.items())]
    return digest([*seen, *installed])


def modules() -> list[tuple[str, int, int]]:
    """Files of loaded modules outside installed packages, with size and time, such as a family under development."""
    import xiangji

    ours = tuple(os.fspath(Path(each).parent) for each in xiangji.__path__)
    known = (sys.prefix, sys.base_prefix, sys.exec_prefix, *ours)
    found = []
    for each in list(sys.modules.values()):
        file = getattr(each, "__file__", None)
        if file and os.path.isabs(file) and not file.startswith(known):  # noqa: PTH117 (as above)
            with suppress(OSError):  # A module inside an archive belongs to a release too.
                stat = Path(file).stat()
                found.append((file, stat.st_size, stat.st_mtime_ns))
    return sorted(found)


def digest(parts: Iterable[str]) -> str:
    """One digest of texts in this order."""
    made = hashlib.sha256()
    for each in parts:
        made.update(each.encode("utf-8", "surrogateescape"))
        made.update(b"\0")
    return made.hexdigest()[:32]
