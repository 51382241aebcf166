"""Makes shards on a Dask cluster. The only module that imports `distributed` (extra `cluster`).

The shared payload is a Dask task of its own, so the scheduler can compute it again if the only worker that held it is
lost. If a worker is lost, other workers take over its tasks.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from xiangji.shards.remote import NotMade, ShardExecutor

PATIENCE = 10
"""Seconds to wait for the scheduler, and for the first worker."""


@contextmanager
def open_cluster(address: str) -> Iterator[ShardExecutor]:
    """An executor for the workers of the scheduler at `address` (`tcp://HOST:PORT`).

    Raises `NotMade` if `distributed` is missing, the scheduler cannot be reached, or it has no workers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise NotMade("cluster-driver", why=error) from error
    try:
        _check_port(address)
        connect: Any = Client
        client = connect(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NotMade("cluster-unreached", address=address, why=error) from error
    with _silenced():
        try:
            yield from _shard_executor(client, address)
        finally:
            client.close()


def _shard_executor(client: Any, address: str) -> Iterator[ShardExecutor]:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise NotMade("cluster-idle", address=address) from error
    threads = sum(client.nthreads().values())
    with client.get_executor(pure=False) as executor:
        # `bytes` returns the payload unchanged, and exists on every computer.
        yield ShardExecutor(executor, lambda kit: client.submit(bytes, kit), max(16, 3 * threads))


@contextmanager
def _silenced() -> Iterator[None]:
    """Silence the loggers of `distributed`. Lost connections are either repaired by it or reported by us."""
    names = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    loggers = [logging.getLogger(name) for name in names]
    before = [each.level for each in loggers]
    for each in loggers:
        each.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for each, level in zip(loggers, before, strict=True):
            each.setLevel(level)


def _check_port(address: str) -> None:
    """Check that the scheduler's port accepts connections. Raises OSError, or ValueError for a wrong address.

    A Dask client that never reaches its scheduler would report later and leave threads behind.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("tcp", "tls") or not parts.hostname or not parts.port:
        raise ValueError("tcp://HOST:PORT")
    socket.create_connection((parts.hostname, parts.port), PATIENCE).close()
