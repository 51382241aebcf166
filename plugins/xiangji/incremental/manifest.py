"""What the last build of a site was made of and what it left, so that the next makes only what changed.

Kept in the village's cache, by the place of the site. Every part of it is held against what is there: a
file of the site that somebody has touched is made again.
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
from xiangji.render.dependencies import TODAY
from xiangji.rules import grade_of

if TYPE_CHECKING:  # A build that finds nothing changed needs no page.
    from xiangji.build import Site
    from xiangji.incremental.standby import Standby
    from xiangji.render.outputs import Shard

_FORM = 4


Made = tuple[str, list[str]]
"""A digest of all that a shard was made of, and the questions that were asked for it."""


class BuildManifest(Struct, frozen=True):
    """One build of one site."""

    whole: str = ""
    """Digest of everything that it was made of."""
    listed: int = 0
    count: int = 0
    """Its pages that a person can read, and its files."""
    problems: tuple[Problem, ...] = ()
    shards: dict[str, Made] = field(default_factory=dict)
    """By key."""
    pages: dict[str, str] = field(default_factory=dict)
    """By path: digests of the files that belong to no shard."""
    loaded: tuple[tuple[str, int, int], ...] = ()
    """Programs of nobody's release that took part, with their sizes and times."""
    files: Listing = field(default_factory=dict)
    """All files that it left."""

    def holds(self, now: InputFingerprint, there: Listing) -> bool:
        """Whether the site of which these files are there is what a build would make again."""
        if self.whole != now.whole or not same_programs(self.loaded):
            return False
        return self.files.items() <= there.items()


def open_manifest(cache: Cache, out: Path) -> BuildManifest | None:
    """The ledger of the site in `out`, if there is one."""
    return cache.stored(_key(out), _read)


def open_standby(cache: Cache, out: Path) -> BuildManifest | None:
    """The ledger of the spare of that site."""
    return cache.stored(_spare_key(out), _read)


def keep_standby(cache: Cache, out: Path) -> None:
    """The site in `out` is going to be the spare: what is known of it will be known of that."""
    kept = cache.stored(_key(out), bytes)
    if kept is not None:
        cache.store(_spare_key(out), kept)


_Problems = list[tuple[str, tuple[str, int, int], list[tuple[str, str]]]]
_Programs = list[tuple[str, int, int]]


class _Head(msgspec.Struct):
    """A ledger without its files, as it is stored."""

    whole: str
    figures: tuple[int, int]
    problems: _Problems
    shards: dict[str, Made]
    pages: dict[str, str]
    loaded: _Programs


def _read(kept: bytes) -> BuildManifest:
    """Raises ValueError where it is no ledger."""
    # No sign of JSON is a zero, and no name of a file has one.
    head, _, files = kept.partition(b"\0")
    told = msgspec.json.decode(head, type=_Head)
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
    """Remember the site that was written to `out`. `figures` are its pages and files; without `reuse`
    nothing of it can be taken over."""
    with suppress(OSError):  # Somebody has changed it already: the next build makes all of it.
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


class _Checked(msgspec.Struct):
    """What `xiangji check` found, as it is stored."""

    whole: str
    problems: _Problems
    loaded: _Programs


def _read_checked(kept: bytes) -> tuple[str, tuple[Problem, ...], _Programs]:
    """Raises ValueError where it is no such thing."""
    told = msgspec.json.decode(kept, type=_Checked)
    return told.whole, _problems(told.problems), told.loaded


def checked(cache: Cache, now: InputFingerprint, root: Path) -> tuple[Problem, ...] | None:
    """The problems that were found in a village as it is now; None where nobody has looked."""
    told = cache.stored(f"checked {_FORM} {root.resolve()}", _read_checked)
    if told is None or told[0] != now.whole or not same_programs(told[2]):
        return None
    return told[1]


def keep_checked(
    cache: Cache, now: InputFingerprint, root: Path, problems: Sequence[Problem]
) -> None:
    """Remember what was found in a village, and by which programs."""
    told = {"whole": now.whole, "problems": _plain(problems), "loaded": modules()}
    cache.store(f"checked {_FORM} {root.resolve()}", _bytes(told))


def _plain(problems: Sequence[Problem]) -> list[Any]:
    return [[each.rule, each.location, each.details] for each in problems]


def _problems(told: _Problems) -> tuple[Problem, ...]:
    """Raises ValueError for a rule that there is not."""
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
    return f"ledger {_FORM} {out.resolve()}"


def _spare_key(out: Path) -> str:
    return f"spare {_FORM} {out.resolve()}"


class Signatures:
    """What the shards of a site are made of: a digest of everything that was asked for each when it was made, and of
    what the answers are now."""

    def __init__(self, site: Site, now: InputFingerprint) -> None:
        from xiangji.pages.batches.shard_context import answers_for

        assert site.context is not None
        self._answers = answers_for(site.context)
        chosen = (f"{family.name} {options!r}" for family, options in site.context.choice.families)
        self._base = digest([now.program, *chosen])
        self._today = site.settings.today.isoformat()

    def of(self, shard: Shard, questions: Sequence[str]) -> str:
        """The signature of a shard; empty where nobody can tell what it is made of."""
        day = shard.day
        if day is None:
            day = self._today if TODAY in questions else ""
        asked = [each for each in questions if each != TODAY]
        make = f"{shard.make.__module__}.{shard.make.__qualname__}"
        return self._answers.digest(asked, self._base, make, day, *shard.batches, "", *shard.given)

    def as_in(self, manifest: BuildManifest, shard: Shard) -> bool:
        """Whether a shard would come out as it did in a build."""
        made = manifest.shards.get(shard.key)
        return made is not None and made[0] != "" and made[0] == self.of(shard, made[1])
