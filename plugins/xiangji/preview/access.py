"""Limits on access to the preview: accepted host names, number of connections, and timeouts.

A web page can send requests to this computer under a host name of its own that resolves here (DNS rebinding), and read
the answers. So the preview answers only under the names that it is meant to be reached by. The preview runs on a
personal computer, so its threads and waiting times have upper limits.
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

from xiangji.model.parsing.late_pattern import late_pattern

MOST_THREADS = 48
"""Connections that are answered at the same time."""
MOST_WATCHING = 24
"""How many of these may be open pages that wait for changes (event streams)."""
QUEUE = 256
"""Further connections that wait to be accepted, as far as the operating system allows."""
WAIT = 1.0
"""Seconds that a new connection waits for a free thread before it gets status 503."""
PATIENCE = 10.0
"""Seconds that a thread waits for a client that sends nothing."""
IDLE = 0.5
"""Seconds after which an idle connection is closed if others wait."""
LONGEST = 2_000
"""Maximal length of an address in characters; our addresses have a tenth of it."""

_HOST = late_pattern(r"(\[[0-9a-f:.]+\]|[^\[\]:@/?#\s]+)(?::(\d{1,5}))?", re.IGNORECASE)
_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n"
    b"Content-Length: 0\r\n\r\n"
)


class HostNames(Struct, frozen=True):
    """The host names under which a preview answers: names of this computer, and the address that it is bound to."""

    bound: str

    def known(self, host: str) -> bool:
        """Whether a Host header names this preview. Any port is accepted, because a tunnel has its own."""
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
        # An IP address in the Host header cannot be a DNS name that an attacker made resolve to
        # this computer.
        return address.is_loopback or self.bound in ("", "0.0.0.0", "::")  # noqa: S104 (compared, not bound)


class BoundedServer(ThreadingHTTPServer):
    """A threaded HTTP server with a limited number of threads. When all are busy, it answers status 503."""

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
        """Answer in a thread, if one is free within `WAIT` seconds."""
        if not self._free.acquire(blocking=False):
            self._send_idle_away()
            if not self._free.acquire(timeout=WAIT):
                _turn_away(request)
                self.shutdown_request(request)
                return
        try:
            super().process_request(request, client_address)
        except BaseException:  # The thread was not started.
            self._free.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer a request and free its thread, even after an error."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self.heard(request)
            self._free.release()

    def listens(self, request: socket.socket) -> None:
        """Note that a thread waits for a request on this connection."""
        with self._looking:
            self._idle[request] = time.monotonic()

    def heard(self, request: socket.socket) -> None:
        """Note that the request has arrived, or that the connection is over."""
        with self._looking:
            self._idle.pop(request, None)

    def _send_idle_away(self) -> None:
        """Close the connections that have been idle for longer than `IDLE`."""
        long_ago = time.monotonic() - IDLE
        with self._looking:
            for request in [each for each, since in self._idle.items() if since < long_ago]:
                del self._idle[request]
                with suppress(OSError):
                    request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore errors of a connection: browsers often close one early."""


def _turn_away(request: socket.socket) -> None:
    """Answer status 503 without waiting for the client."""
    request.setblocking(False)
    with suppress(OSError):
        request.send(_BUSY)
        request.recv(
            65_536
        )  # Unread data would make the system reset the connection before the answer arrives.
