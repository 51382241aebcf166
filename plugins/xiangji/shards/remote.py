"""Makes shards with an executor: payloads are sent, workers make the files, and this process writes them.

A `ShardPayload` contains what one shard needs, the `SharedPayload` what all need (`shards.payload`). The names of the
files that come back are compared with the promised ones before anything is written. The folder replaces the site only
when it is complete (`output.atomic_folder`), so a lost worker costs time and nothing else.
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
    """A shard could not be made by the executor. `word` is the key of a message, `values` fill it."""

    def __init__(self, word: str, **values: object) -> None:
        super().__init__(word)
        self.word = word
        self.values = values


def _unchanged(kit: bytes) -> Any:
    return kit


class ShardExecutor(Struct, frozen=True):
    """An executor for shards.

    `lay_out` sends the packed shared payload to the workers and returns a reference to it, which each task gets.
    `ahead` is the maximum number of tasks that are submitted at a time.
    """

    executor: Executor
    lay_out: Callable[[bytes], Any] = _unchanged
    ahead: int = 64


Made = Callable[[Shard, Written, list[str]], None]
"""A callback for a shard that is written: the shard, its files, and the questions that it asked."""


def make_with(
    team: ShardExecutor, site: Site, shards: list[Shard], folder: Path, made: Made
) -> None:
    """Have these shards made, and write their files below `folder`.

    Raises `NotMade` if the executor fails or has another program, and `OSError` if a file cannot be written.
    """
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
    """Submit tasks until `ahead` are running. If all were submitted at once, the whole village would be in memory."""
    while len(out) < ahead and (shard := next(waiting, None)) is not None:
        try:
            out[send(shard)] = shard
        except Exception as error:
            raise _failed(error) from error


def _opened(
    future: Future[bytes | Facts], shard: Shard, facts: Facts
) -> tuple[Iterator[Artifact], list[str]]:
    """The files of a shard and the questions that it asked, from a task's result.

    Raises `NotMade` if the task failed, or if its files are not the promised ones.
    """
    try:
        answer = future.result()
    except Exception as error:  # An executor may raise anything.
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
    """The error of an executor as a message. For a lost connection it often has only a class name."""
    told = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return NotMade("cluster-broke", why=told)


def _packed(value: object) -> bytes:
    """A pickled value, compressed, because records and sheets of a village are repetitive."""
    return zlib.compress(pickle.dumps(value, protocol=5), 1)


# --- where it is made ------------------------------------------------------------------------------

_thread = threading.local()
"""The render context of this thread, and the digest of its payload. Two threads cannot fill one precompiled page."""


def make_parcel(
    kit: bytes, key: str, families: tuple[str, ...], facts: Facts, part: bytes
) -> bytes | Facts:
    """Runs on a worker: the packed files of a shard, or the facts about this computer's program.

    The facts are returned if they differ from `facts`, because the bytes might then differ. Nothing is unpickled
    before this comparison.
    """
    ours = program_facts(families)
    if ours != facts:
        return ours
    files, asked = make_part(_render_context(kit, key), pickle.loads(zlib.decompress(part)))  # noqa: S301 (between our own processes)
    return _packed(([(each.uri, each.content) for each in files], asked))


def _render_context(kit: bytes, key: str) -> RenderContext:
    """The render context of a shared payload. The last one is kept, since one build is made at a time."""
    if getattr(_thread, "key", None) != key:
        _thread.context, _thread.key = open_kit(pickle.loads(zlib.decompress(kit))), key  # noqa: S301 (between our own processes)
    context: RenderContext = _thread.context
    return context
