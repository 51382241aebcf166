"""What the last build of a site was made of and what it left, so that the next makes only what changed.

Kept in the village's cache, by the place of the site. Every part of it is held against what is there: a
file of the site that somebody has touched is made again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xiangji.adapters.files import make_folder
from xiangji.adapters.sight import same_programs
from xiangji.adapters.survey import Survey, digest, modules
from xiangji.cache import Cache
from xiangji.problems import Problem
from xiangji.records.location import Location
from xiangji.sources.memo import Memo

if TYPE_CHECKING:  # A build that finds nothing changed needs no page.
    from xiangji.pages.output import Shard
    from xiangji.site import Site

_FORM = 1

Stamps = list[list[int]]
"""Size and time of change of each file of a shard."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """One build of one site."""

    whole: str
    """Digest of everything that it was made of."""
    outputs: str
    """Digest of the names, sizes and times of all files that it left."""
    pages: int
    count: int
    problems: tuple[Problem, ...]
    shards: dict[str, tuple[str, Stamps]] = field(default_factory=dict)
    """By key: what each was made of, and its files."""
    loaded: tuple[tuple[str, int, int], ...] = ()
    """Programs of nobody's release that took part, with their sizes and times."""

    def holds(self, now: Survey, out: Path) -> bool:
        """Whether the site in `out` is what a build would make again."""
        return (
            self.whole == now.whole and same_programs(self.loaded) and self.outputs == _listed(out)
        )


@dataclass(frozen=True, slots=True)
class Reuse:
    """The files of an earlier build that may stand in the next one."""

    out: Path
    shards: dict[str, tuple[str, Stamps]]
    made_of: dict[str, str]
    """By key: what each shard is made of now."""
    taken: set[str] = field(default_factory=set)
    """Keys of the shards whose files were taken over: their sizes and times are known."""

    def can(self, shard: Shard) -> bool:
        """Whether a shard would come out as it did."""
        before = self.shards.get(shard.key)
        return (
            before is not None
            and before[0] == self.made_of[shard.key]
            and len(before[1]) == len(shard.files)
        )

    def take(self, shard: Shard, folder: Path) -> bool:
        """Put the files of a shard into `folder`. False where one of them is not as it was left."""
        stamps = self.shards[shard.key][1]
        there = ""
        try:
            for file, stamp in zip(shard.files, stamps, strict=True):
                old, new = f"{self.out}/{file.uri}", f"{folder}/{file.uri}"
                found = os.stat(old)  # noqa: PTH116 (for each of a village's files)
                if [found.st_size, found.st_mtime_ns] != stamp:
                    return False
                parent = new.rpartition("/")[0]
                if parent != there:
                    make_folder(parent)
                    there = parent
                os.link(old, new)
        except OSError:  # Gone, or a disk without links.
            return False
        self.taken.add(shard.key)
        return True


def open_ledger(cache: Cache, out: Path) -> Ledger | None:
    """The ledger of the site in `out`, if there is one."""
    kept = cache.stored(_key(out))
    if kept is None:
        return None
    told = json.loads(kept)
    problems = _problems(told["problems"])
    shards = {key: (each[0], each[1]) for key, each in told["shards"].items()}
    loaded = tuple((name, size, time) for name, size, time in told["loaded"])
    figures = told["pages"], told["count"]
    return Ledger(told["whole"], told["outputs"], *figures, problems, shards, loaded)


def keep_ledger(
    cache: Cache, out: Path, now: Survey, site: Site, reuse: Reuse | None, figures: Sequence[int]
) -> None:
    """Remember the site that was written to `out`. `figures` are its pages and files; without `reuse`
    nothing of it can be taken over."""
    with suppress(OSError):  # Somebody has changed it already: the next build makes all of it.
        told = {
            "whole": now.whole,
            "outputs": _listed(out),
            "pages": figures[0],
            "count": figures[1],
            "problems": _plain(site.problems),
            "shards": dict(_shards(site, reuse, out)) if reuse else {},
            "loaded": modules(),
        }
        cache.store(_key(out), _bytes(told))


def _shards(site: Site, reuse: Reuse, out: Path) -> Iterator[tuple[str, list[Any]]]:
    """Key, what it is made of, sizes and times of its files."""
    for shard in site.shards:
        taken = shard.key in reuse.taken
        stamps = reuse.shards[shard.key][1] if taken else _stamps(shard, out)
        yield shard.key, [reuse.made_of[shard.key], stamps]


Loaded = list[tuple[str, int, int]]
"""Programs of nobody's release that took part: file, size, time of change."""


def checked(cache: Cache, now: Survey, root: Path) -> tuple[tuple[Problem, ...], Loaded] | None:
    """The problems that were found in a village as it is now, and by which programs; None where nobody
    has looked."""
    kept = cache.stored(f"checked {_FORM} {root.resolve()}")
    told: dict[str, Any] = json.loads(kept) if kept else {"whole": ""}
    if told["whole"] != now.whole or not same_programs(told["loaded"]):
        return None
    return _problems(told["problems"]), told["loaded"]


def keep_checked(cache: Cache, now: Survey, root: Path, problems: Sequence[Problem]) -> Loaded:
    """Remember what was found in a village; by which programs."""
    loaded = modules()
    told = {"whole": now.whole, "problems": _plain(problems), "loaded": loaded}
    cache.store(f"checked {_FORM} {root.resolve()}", _bytes(told))
    return loaded


def _plain(problems: Sequence[Problem]) -> list[Any]:
    return [[each.rule, each.location, each.details] for each in problems]


def _problems(told: list[Any]) -> tuple[Problem, ...]:
    return tuple(
        Problem(rule, Location(*place), tuple((name, said) for name, said in details))
        for rule, place, details in told
    )


def _bytes(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _key(out: Path) -> str:
    return f"ledger {_FORM} {out.resolve()}"


def memo_of(now: Survey, cache: Cache, root: Path) -> Memo:
    """What was read of the products' folders, as far as they are as they were."""
    digests = {each: digest([of, now.program]) for each, of in now.products.items()}
    return Memo(cache, str(root.resolve()), digests)


def made_of(site: Site, now: Survey) -> dict[str, str]:
    """By key of a shard, one digest of all that its files are made of."""
    assert site.press is not None
    library, issued = site.press.library, site.press.issued
    parts = now.products
    for_all = digest([now.asked, *_shared(now)])
    # Mostly nothing went into anything, and then nobody need ask for each batch.
    linked = any(library.inputs_of(batch) for batch in library.batches.values())
    found = {}
    for shard in site.shards:
        batches = [library.batches[key] for key in shard.batches]
        needed = {batch.product for batch in batches}
        if linked:
            near = (
                b for x in batches for b in (*library.ancestors(x.key), *library.descendants(x.key))
            )
            needed |= {each.product for each in near}
        told = [repr((issued.get(k), library.histories.get(k))) for k in shard.batches]
        found[shard.key] = digest(
            [for_all, *(parts.get(each, "") for each in sorted(needed)), *told, *shard.given]
        )
    return found


def _shared(now: Survey) -> Iterator[str]:
    """What every shard is made of: stories and people, the brand, the registers. The configuration
    stands in the settings; hand-written pages are of no concern to a batch."""
    for path in sorted(now.files):
        if path.startswith("stories/") or (path.startswith("products/") and path.count("/") == 1):
            yield path
            yield now.files[path]


def _stamps(shard: Shard, out: Path) -> Stamps:
    found = (os.stat(f"{out}/{file.uri}") for file in shard.files)  # noqa: PTH116
    return [[each.st_size, each.st_mtime_ns] for each in found]


def _listed(out: Path) -> str:
    """A digest of all files in a folder: names, sizes, times."""
    made = hashlib.sha256()
    with suppress(OSError):
        _list(os.fspath(out), made)
    return made.hexdigest()


def _list(folder: str, made: Any) -> None:
    with os.scandir(folder) as entries:
        for each in sorted(entries, key=lambda entry: entry.name):
            if each.is_dir(follow_symlinks=False):
                made.update(f"{each.name}/\n".encode("utf-8", "surrogateescape"))
                _list(each.path, made)
            else:
                stat = each.stat(follow_symlinks=False)
                told = f"{each.name} {stat.st_size} {stat.st_mtime_ns}\n"
                made.update(told.encode("utf-8", "surrogateescape"))
