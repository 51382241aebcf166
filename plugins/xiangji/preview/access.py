"""Who may ask a preview, how much at once, and how long anybody is waited for.

A page on the web can send requests to this computer under a name of its own that leads here (DNS rebinding), and
read what comes back: so only the names under which the preview is meant to be reached are answered. And a
preview is one process of a person's computer: so many threads and no more, no patience without end.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

from msgspec import Struct

MOST_THREADS = 48
"""Connections that are answered at one time."""
MOST_WATCHING = 24
"""Of these, open pages that wait to be told of a change."""
QUEUE = 256
"""Further ones that wait for their turn, as far as the system keeps them."""
WAIT = 1.0
"""Seconds for which a new connection waits for a thread, before it is told to come again."""
PATIENCE = 10.0
"""Seconds for which a thread waits for somebody who sends nothing."""
IDLE = 0.5
"""Seconds after which somebody who sends nothing has to go when others wait."""
LONGEST = 2_000
"""Characters of an address; ours have a tenth of it."""

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:@/?#\s]+)(?::(\d{1,5}))?", re.IGNORECASE)
_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n"
    b"Content-Length: 0\r\n\r\n"
)


class HostNames(Struct, frozen=True):
    """The names under which a preview answers: those of this computer alone, and what it listens on."""

    bound: str

    def known(self, host: str) -> bool:
        """Whether a Host header names this preview; any port, for a tunnel has its own."""
        match = _HOST.fullmatch(host.strip())
        if match is None:
            return False
        name = match[1].strip("[]").lower().rstrip(".")
        if name == "localhost" or name.endswith(".localhost") or name == self.bound.lower():
            return True
        try:
            address = ip_address(name)
        except ValueError:
            return False
        # An address is no name that somebody else could have pointed here.
        return address.is_loopback or self.bound in ("", "0.0.0.0", "::")  # noqa: S104 (compared, not bound)


class BoundedServer(ThreadingHTTPServer):
    """A server with so many threads and no more. Who comes when all are busy is told to come again."""

    daemon_threads = True
    request_queue_size = QUEUE

    def __init__(self, host: str, port: int, handler: type[BaseHTTPRequestHandler]) -> None:
        self._free = threading.BoundedSemaphore(MOST_THREADS)
        self._idle: dict[socket.socket, float] = {}
        self._looking = threading.Lock()
        self.watching = threading.BoundedSemaphore(MOST_WATCHING)
        self.names = HostNames(host)
        super().__init__((host, port), handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread, if there is one, or is soon."""
        if not self._free.acquire(blocking=False):
            self._send_idle_away()
            if not self._free.acquire(timeout=WAIT):
                _turn_away(request)
                self.shutdown_request(request)
                return
        try:
            super().process_request(request, client_address)
        except BaseException:  # No thread was begun.
            self._free.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer a request and free its thread, whatever happens."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.heard(request)
            self._free.release()

    def listens(self, request: socket.socket) -> None:
        """A thread waits for what somebody asks."""
        with self._looking:
            self._idle[request] = time.monotonic()

    def heard(self, request: socket.socket) -> None:
        """It was asked, or is over."""
        with self._looking:
            self._idle.pop(request, None)

    def _send_idle_away(self) -> None:
        """End the connections of all who have kept a thread waiting."""
        long_ago = time.monotonic() - IDLE
        with self._looking:
            for request in [each for each, since in self._idle.items() if since < long_ago]:
                del self._idle[request]
                with suppress(OSError):
                    request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away is no error."""


def _turn_away(request: socket.socket) -> None:
    """Say that there is no room, without waiting for anything."""
    request.setblocking(False)
    with suppress(OSError):
        request.send(_BUSY)
        request.recv(65_536)  # What is left unread would cut the answer off.
