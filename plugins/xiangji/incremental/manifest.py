"""The manifest of a site's last build: what it was made from and which files it wrote.

With it, the next build makes only what changed. It is kept in the village's cache under the path of the site. Every
file of the site is compared with it, so a file that somebody changed is made again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct, field

from xiangji.cache import Cache
from xiangji.incremental.fingerprint import InputFingerprint, digest, modules
from xiangji.incremental.listing import of_text, text_of
from xiangji.incremental.snapshot import same_programs
from xiangji.model.location import Location
from xiangji.output.build_mark import own_files
from xiangji.output.files import Listing
from xiangji.problems import Problem
from xiangji.readers.folder_cache import FolderCache
from xiangji.readers.kept_records import KeptRecords
from xiangji.render.dependencies import TODAY
from xiangji.rules import grade_of

if TYPE_CHECKING:  # A build that finds nothing changed needs no page.
    from xiangji.build import Site
    from xiangji.incremental.standby import Standby
    from xiangji.render.outputs import Shard

_MANIFEST_VERSION = 4


Made = tuple[str, list[str]]
"""The signature of a shard, and the questions that were asked while it was made (see `render.dependencies`)."""


class BuildManifest(Struct, frozen=True):
    """The manifest of one build of one site."""

    whole: str = ""
    """Digest of all inputs: `InputFingerprint.whole`."""
    listed: int = 0
    count: int = 0
    """The number of its pages that people can read, and of its files."""
    problems: tuple[Problem, ...] = ()
    shards: dict[str, Made] = field(default_factory=dict)
    """Signature and questions of each shard, by its key."""
    pages: dict[str, str] = field(default_factory=dict)
    """Digests of the files that belong to no shard, by path."""
    loaded: tuple[tuple[str, int, int], ...] = ()
    """Loaded modules outside installed packages (`fingerprint.modules`), with their sizes and times."""
    files: Listing = field(default_factory=dict)
    """All files that it wrote, with sizes and times."""

    def holds(self, now: InputFingerprint, there: Listing) -> bool:
        """Whether the site with the files `there` is the one that a build would make again."""
        if self.whole != now.whole or not same_programs(self.loaded):
            return False
        return self.files.items() <= there.items()


def open_manifest(cache: Cache, out: Path) -> BuildManifest | None:
    """The manifest of the site in `out`, if there is one."""
    return cache.stored(_key(out), _read)


def open_standby(cache: Cache, out: Path) -> BuildManifest | None:
    """The manifest of that site's standby, if there is one."""
    return cache.stored(_standby_key(out), _read)


def keep_standby(cache: Cache, out: Path) -> None:
    """Keep the manifest of the site in `out` as the manifest of its standby, which the site is about to become."""
    kept = cache.stored(_key(out), bytes)
    if kept is not None:
        cache.store(_standby_key(out), kept)


_Problems = list[tuple[str, tuple[str, int, int], list[tuple[str, str]]]]
_Programs = list[tuple[str, int, int]]


class _StoredManifest(msgspec.Struct):
    """A manifest without its files, as it is stored."""

    whole: str
    figures: tuple[int, int]
    problems: _Problems
    shards: dict[str, Made]
    pages: dict[str, str]
    loaded: _Programs


def _read(kept: bytes) -> BuildManifest:
    """The manifest from its stored form. Raises ValueError if the bytes do not fit."""
    # A zero byte separates the parts: JSON contains none, nor does a file name.
    head, _, files = kept.partition(b"\0")
    told = msgspec.json.decode(head, type=_StoredManifest)
    return BuildManifest(
        told.whole,
        *told.figures,
        problems=_problems(told.problems),
        shards=told.shards,
        pages=told.pages,
        loaded=tuple(told.loaded),
        files=of_text(files),
    )


def keep_manifest(
    cache: Cache,
    out: Path,
    now: InputFingerprint,
    site: Site,
    reuse: Standby | None,
    figures: Sequence[int],
) -> None:
    """Store the manifest of the site that was written to `out`.

    `figures` are the numbers of its pages and files. Without `reuse`, the next build can take over no single file.
    """
    with suppress(OSError):  # A file was changed meanwhile: the next build makes everything.
        told = {
            "whole": now.whole,
            "figures": figures,
            "problems": _plain(site.problems),
            "shards": {each.key: reuse.made_of(each) for each in site.shards} if reuse else {},
            "pages": reuse.pages if reuse else {},
            "loaded": modules(),
        }
        files = reuse.files(site.shards) if reuse else [text_of(own_files(out))]
        cache.store_pieces(_key(out), (_bytes(told), b"\0", *files))


class _StoredCheck(msgspec.Struct):
    """The result of `xiangji check`, as it is stored."""

    whole: str
    problems: _Problems
    loaded: _Programs


def _read_checked(kept: bytes) -> tuple[str, tuple[Problem, ...], _Programs]:
    """Fingerprint, problems and programs from their stored form. Raises ValueError if the bytes do not fit."""
    told = msgspec.json.decode(kept, type=_StoredCheck)
    return told.whole, _problems(told.problems), told.loaded


def checked(cache: Cache, now: InputFingerprint, root: Path) -> tuple[Problem, ...] | None:
    """The problems that were found in the same village with the same program; None if that was not stored."""
    told = cache.stored(f"checked {_MANIFEST_VERSION} {root.resolve()}", _read_checked)
    if told is None or told[0] != now.whole or not same_programs(told[2]):
        return None
    return told[1]


def keep_checked(
    cache: Cache, now: InputFingerprint, root: Path, problems: Sequence[Problem]
) -> None:
    """Store the problems of a village, with its fingerprint and the loaded modules."""
    told = {"whole": now.whole, "problems": _plain(problems), "loaded": modules()}
    cache.store(f"checked {_MANIFEST_VERSION} {root.resolve()}", _bytes(told))


def folder_cache(cache: Cache, root: Path, now: InputFingerprint) -> FolderCache:
    """The records of products' folders as earlier commands of the same program read them."""
    return FolderCache(now.products, KeptRecords(cache, root, now.program))


def _plain(problems: Sequence[Problem]) -> list[Any]:
    return [[each.rule, each.location, each.details] for each in problems]


def _problems(told: _Problems) -> tuple[Problem, ...]:
    """Problems from their stored form. Raises ValueError for a rule that does not exist."""
    if not told:
        return ()
    for rule, _, _ in told:
        try:
            grade_of(rule)
        except KeyError:
            raise ValueError(rule) from None
    return tuple(Problem(rule, Location(*place), tuple(details)) for rule, place, details in told)


def _bytes(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _key(out: Path) -> str:
    return f"ledger {_MANIFEST_VERSION} {out.resolve()}"


def _standby_key(out: Path) -> str:
    return f"spare {_MANIFEST_VERSION} {out.resolve()}"


class Signatures:
    """Signatures of shards: digests over the questions that a shard asked, and their present answers."""

    def __init__(self, site: Site, now: InputFingerprint) -> None:
        from xiangji.pages.batches.shard_context import answers_for

        assert site.context is not None
        self._answers = answers_for(site.context)
        chosen = (f"{family.name} {options!r}" for family, options in site.context.choice.families)
        self._base = digest([now.program, *chosen])
        self._today = site.settings.today.isoformat()

    def of(self, shard: Shard, questions: Sequence[str]) -> str:
        """The signature of a shard, given its questions; empty if one question cannot be answered."""
        day = shard.day
        if day is None:
            day = self._today if TODAY in questions else ""
        asked = [each for each in questions if each != TODAY]
        make = f"{shard.make.__module__}.{shard.make.__qualname__}"
        return self._answers.digest(asked, self._base, make, day, *shard.batches, "", *shard.given)

    def as_in(self, manifest: BuildManifest, shard: Shard) -> bool:
        """Whether a shard would come out the same as in the build of this manifest."""
        made = manifest.shards.get(shard.key)
        return made is not None and made[0] != "" and made[0] == self.of(shard, made[1])
