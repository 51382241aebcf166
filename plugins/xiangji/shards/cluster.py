"""A running Dask scheduler as a team. The only module that knows `distributed` (extra `cluster`).

The kit is a job of its own: the scheduler knows how to have it again when the only worker that held it
is gone. A worker that is lost has its jobs done by others, or by the next that comes.
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
"""Seconds to wait for the scheduler, and for a first worker."""


@contextmanager
def open_cluster(address: str) -> Iterator[ShardExecutor]:
    """The workers of the scheduler at `address` (`tcp://HOST:PORT`). Raises `NotMade`."""
    try:
        from distributed import Client
    except ImportError as error:
        raise NotMade("cluster-driver", why=error) from error
    try:
        _knock(address)
        connect: Any = Client
        client = connect(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise NotMade("cluster-unreached", address=address, why=error) from error
    with _silenced():
        try:
            yield from _team(client, address)
        finally:
            client.close()


def _team(client: Any, address: str) -> Iterator[ShardExecutor]:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise NotMade("cluster-idle", address=address) from error
    threads = sum(client.nthreads().values())
    with client.get_executor(pure=False) as executor:
        # `bytes` leaves the kit as it is, and is there on every computer.
        yield ShardExecutor(executor, lambda kit: client.submit(bytes, kit), max(16, 3 * threads))


@contextmanager
def _silenced() -> Iterator[None]:
    """What its loggers have to say of lost connections we say ourselves, or it mends itself."""
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


def _knock(address: str) -> None:
    """See whether anybody listens there: at once, and without what a client leaves behind that never
    reached its scheduler."""
    parts = urlsplit(address)
    if parts.scheme not in ("tcp", "tls") or not parts.hostname or not parts.port:
        raise ValueError("tcp://HOST:PORT")
    socket.create_connection((parts.hostname, parts.port), PATIENCE).close()
