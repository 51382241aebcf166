"""Shards made by an executor: sent as parcels, made by whoever is free, and written here.

A parcel holds what one shard needs, the kit what all need (`pages.part`). What comes back is compared
with what was promised before a byte of it is written, and the folder that it is written to takes the
site's place when all of it is there (`swap`). So whoever dies on the way costs time and nothing else.
"""

from __future__ import annotations

import pickle
import threading
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct

from xiangji.build import Site
from xiangji.output.files import Written, write_outputs
from xiangji.render.context import RenderContext
from xiangji.render.outputs import Artifact, Shard
from xiangji.shards.compatibility import Facts, program_facts, unlike
from xiangji.shards.payload import ShardPayloads, kit_of, make_part, open_kit


class NotMade(Exception):
    """A shard was not made elsewhere: a sentence's key and what fills it."""

    def __init__(self, word: str, **values: object) -> None:
        super().__init__(word)
        self.word = word
        self.values = values


def _as_it_is(kit: bytes) -> Any:
    return kit


class ShardExecutor(Struct, frozen=True):
    """Whoever makes shards. `lay_out` brings the kit to where all reach it and gives what stands for it
    in each job; `ahead` is how many parcels are out at a time."""

    executor: Executor
    lay_out: Callable[[bytes], Any] = _as_it_is
    ahead: int = 64


Made = Callable[[Shard, Written, list[str]], None]
"""Told of a shard that is written, of its files, and of what was asked for them."""


def make_with(
    team: ShardExecutor, site: Site, shards: list[Shard], folder: Path, made: Made
) -> None:
    """Have these shards made, and write their files below `folder`. Raises `NotMade` and `OSError`."""
    if site.context is None or not shards:
        return
    parts, kit = ShardPayloads(site.context), kit_of(site.context)
    facts = program_facts(kit.families)
    packed = _packed(kit)
    key = sha256(packed).hexdigest()
    try:
        there = team.lay_out(packed)
    except Exception as error:
        raise _failed(error) from error

    def send(shard: Shard) -> Future[bytes | Facts]:
        part = _packed(parts.of(shard))
        return team.executor.submit(make_parcel, there, key, kit.families, facts, part)

    waiting = iter(shards)
    out: dict[Future[bytes | Facts], Shard] = {}
    try:
        _fill(out, waiting, send, team.ahead)
        while out:
            for future in wait(out, return_when=FIRST_COMPLETED).done:
                shard = out.pop(future)
                files, asked = _opened(future, shard, facts)
                made(shard, write_outputs(files, folder), asked)
            _fill(out, waiting, send, team.ahead)
    finally:
        for future in out:
            future.cancel()


def _fill(
    out: dict[Future[bytes | Facts], Shard],
    waiting: Iterator[Shard],
    send: Callable[[Shard], Future[bytes | Facts]],
    ahead: int,
) -> None:
    """Send parcels until enough are out. All at once, a large village would lie in memory as parcels."""
    while len(out) < ahead and (shard := next(waiting, None)) is not None:
        try:
            out[send(shard)] = shard
        except Exception as error:
            raise _failed(error) from error


def _opened(
    future: Future[bytes | Facts], shard: Shard, facts: Facts
) -> tuple[Iterator[Artifact], list[str]]:
    """The files of a shard as they came back, if they are those that were promised, and what was asked for them."""
    try:
        answer = future.result()
    except Exception as error:  # What an executor raises is its own affair.
        raise _failed(error) from error
    if not isinstance(answer, bytes):
        rows = (f"{name}: {ours} ≠ {theirs}" for name, ours, theirs in unlike(facts, answer))
        raise NotMade("cluster-unlike", rows="\n  ".join(rows))
    told = pickle.loads(zlib.decompress(answer))  # noqa: S301 (between our own processes)
    contents: list[tuple[str, bytes]] = told[0]
    asked: list[str] = told[1]
    if [uri for uri, _ in contents] != [each.uri for each in shard.files]:
        raise NotMade("cluster-broke", why=f"{shard.key}: other files than were promised")
    files = (
        Artifact(each.uri, content, "products", each.listed)
        for each, (_, content) in zip(shard.files, contents, strict=True)
    )
    return files, asked


def _failed(error: Exception) -> NotMade:
    """What an executor says of itself; of a lost connection often no more than a name."""
    told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return NotMade("cluster-broke", why=told)


def _packed(value: object) -> bytes:
    """Records and sheets of one village repeat themselves."""
    return zlib.compress(pickle.dumps(value, protocol=5), 1)


# --- where it is made ------------------------------------------------------------------------------

_here = threading.local()
"""A thread's press and the kit that it was opened from. Two threads cannot fill one stencil."""


def make_parcel(
    kit: bytes, key: str, families: tuple[str, ...], facts: Facts, part: bytes
) -> bytes | Facts:
    """The files of a part, packed; or what this computer's program is, if it is another than `facts`
    says, for then it might make other bytes. Nothing is unpacked before that is known."""
    ours = program_facts(families)
    if ours != facts:
        return ours
    files, asked = make_part(_press(kit, key), pickle.loads(zlib.decompress(part)))  # noqa: S301 (between our own processes)
    return _packed(([(each.uri, each.content) for each in files], asked))


def _press(kit: bytes, key: str) -> RenderContext:
    """The press of a kit; one is kept, since one build is made at a time."""
    if getattr(_here, "key", None) != key:
        _here.context, _here.key = open_kit(pickle.loads(zlib.decompress(kit))), key  # noqa: S301 (between our own processes)
    context: RenderContext = _here.context
    return context
