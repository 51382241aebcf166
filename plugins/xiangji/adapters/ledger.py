"""What the last build of a site was made of and what it left, so that the next makes only what changed.

Kept in the village's cache, by the place of the site. Every part of it is held against what is there: a
file of the site that somebody has touched is made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct, field

from xiangji.adapters.files import Listing
from xiangji.adapters.listing import of_text, text_of
from xiangji.adapters.mark import own_files
from xiangji.adapters.sight import same_programs
from xiangji.adapters.survey import Survey, digest, modules
from xiangji.cache import Cache
from xiangji.problems import Problem
from xiangji.records.location import Location
from xiangji.rules import RULES

if TYPE_CHECKING:  # A build that finds nothing changed needs no page.
    from xiangji.adapters.reuse import Reuse
    from xiangji.site import Site

_FORM = 3


class Ledger(Struct, frozen=True):
    """One build of one site."""

    whole: str = ""
    """Digest of everything that it was made of."""
    listed: int = 0
    count: int = 0
    """Its pages that a person can read, and its files."""
    problems: tuple[Problem, ...] = ()
    shards: dict[str, str] = field(default_factory=dict)
    """By key: what each was made of."""
    pages: dict[str, str] = field(default_factory=dict)
    """By path: digests of the files that belong to no shard."""
    loaded: tuple[tuple[str, int, int], ...] = ()
    """Programs of nobody's release that took part, with their sizes and times."""
    files: Listing = field(default_factory=dict)
    """All files that it left."""

    def holds(self, now: Survey, there: Listing) -> bool:
        """Whether the site of which these files are there is what a build would make again."""
        if self.whole != now.whole or not same_programs(self.loaded):
            return False
        return self.files.items() <= there.items()


def open_ledger(cache: Cache, out: Path) -> Ledger | None:
    """The ledger of the site in `out`, if there is one."""
    return cache.stored(_key(out), _read)


def open_spare(cache: Cache, out: Path) -> Ledger | None:
    """The ledger of the spare of that site."""
    return cache.stored(_spare_key(out), _read)


def keep_spare(cache: Cache, out: Path) -> None:
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
    shards: dict[str, str]
    pages: dict[str, str]
    loaded: _Programs


def _read(kept: bytes) -> Ledger:
    """Raises ValueError where it is no ledger."""
    # No sign of JSON is a zero, and no name of a file has one.
    head, _, files = kept.partition(b"\0")
    told = msgspec.json.decode(head, type=_Head)
    return Ledger(
        told.whole,
        *told.figures,
        problems=_problems(told.problems),
        shards=told.shards,
        pages=told.pages,
        loaded=tuple(told.loaded),
        files=of_text(files),
    )


def keep_ledger(
    cache: Cache, out: Path, now: Survey, site: Site, reuse: Reuse | None, figures: Sequence[int]
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


def checked(cache: Cache, now: Survey, root: Path) -> tuple[Problem, ...] | None:
    """The problems that were found in a village as it is now; None where nobody has looked."""
    told = cache.stored(f"checked {_FORM} {root.resolve()}", _read_checked)
    if told is None or told[0] != now.whole or not same_programs(told[2]):
        return None
    return told[1]


def keep_checked(cache: Cache, now: Survey, root: Path, problems: Sequence[Problem]) -> None:
    """Remember what was found in a village, and by which programs."""
    told = {"whole": now.whole, "problems": _plain(problems), "loaded": modules()}
    cache.store(f"checked {_FORM} {root.resolve()}", _bytes(told))


def _plain(problems: Sequence[Problem]) -> list[Any]:
    return [[each.rule, each.location, each.details] for each in problems]


def _problems(told: _Problems) -> tuple[Problem, ...]:
    """Raises ValueError for a rule that there is not."""
    if not all(rule in RULES for rule, _, _ in told):
        raise ValueError("rule")
    return tuple(Problem(rule, Location(*place), tuple(details)) for rule, place, details in told)


def _bytes(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _key(out: Path) -> str:
    return f"ledger {_FORM} {out.resolve()}"


def _spare_key(out: Path) -> str:
    return f"spare {_FORM} {out.resolve()}"


def made_of(site: Site, now: Survey) -> dict[str, str]:
    """By key of a shard, one digest of all that its files are made of."""
    from xiangji.pages.part import without_texts

    assert site.press is not None
    library, issued = site.press.library, site.press.issued
    parts = now.products
    # Who may be named and quoted is a matter of the day, and of nothing else that all share.
    stories = without_texts(library.stories)
    public = [repr(each) for each in (library.people, library.workshops, stories)]
    for_all = digest([now.lasting, repr(site.press.menu), *public, *_shared(now)])
    found = {}
    for shard in site.shards:
        needed = {key.partition("/")[0] for key in shard.batches}
        more = []
        # Mostly nothing went into anything, and then nobody need ask for each batch.
        for key in shard.batches if library.links else ():
            needed.update(each.product for each in library.links.near(key))
            more += [near.more for near in library.links.kin(key)]
        told = [
            repr((key, issued.get(key), library.histories.get(key)))
            for key in shard.batches
            if key in issued or key in library.histories
        ]
        found[shard.key] = digest(
            [
                for_all,
                now.asked if shard.day is None else shard.day,
                *(parts.get(each, "") for each in sorted(needed)),
                *told,
                repr(more),
                *shard.given,
            ]
        )
    return found


def _shared(now: Survey) -> Iterator[str]:
    """What every shard is made of: people, workshops, pictures, the brand, the registers. The configuration
    stands in the settings; hand-written pages are of no concern to a batch, and of a story it is what its record
    says beside the text."""
    for path in sorted(now.files):
        told = path.startswith(("stories/", "products/"))
        if told and not path.endswith("/story.md"):
            yield path
            yield now.files[path]
