"""Serves a static site on loopback, compressed as hosts do, and records every answer.

Text is sent as gzip (level 6, which nginx and most hosts use); pictures and fonts unchanged. An unknown address gets
the site's own 404 page. The server listens only on 127.0.0.1.
"""

from __future__ import annotations

import gzip
import mimetypes
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".vtt": "text/vtt; charset=utf-8",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_TEXT = frozenset(".css .html .js .json .jsonld .map .svg .txt .vtt .xml".split())
PICTURES = frozenset(".avif .gif .jpeg .jpg .png .svg .webp".split())


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: the requested address relative to the site, and the bytes of the body as sent."""

    address: str
    status: int
    sent: int

    @property
    def is_picture(self) -> bool:
        return Path(self.address).suffix.lower() in PICTURES


@cache
def packed(file: Path) -> bytes:
    """Return the body that a host sends for this file. The result is cached, because files do not change meanwhile."""
    content = file.read_bytes()
    return pack(content) if file.suffix.lower() in _TEXT else content


def pack(content: bytes) -> bytes:
    """Compress with gzip as a host does, without a time stamp."""
    return gzip.compress(content, 6, mtime=0)


def file_at(site: Path, address: str) -> Path | None:
    """Return the file for an address relative to the site, as a static host finds it; None if there is none."""
    file = site / address
    if file.is_dir():
        file = file / "index.html"
    inside = file.resolve().is_relative_to(site.resolve())
    return file if inside and file.is_file() else None


class Served:
    """A served site: its URL with a slash at the end, and the answers so far."""

    def __init__(self, site: Path, url: str) -> None:
        self.site = site
        self.url = url
        self._answers: list[Answer] = []
        self._lock = threading.Lock()

    def note(self, answer: Answer) -> None:
        with self._lock:
            self._answers.append(answer)

    def take(self) -> list[Answer]:
        """Return the answers since the last call."""
        with self._lock:
            taken, self._answers = self._answers, []
        return taken


class _Host(BaseHTTPRequestHandler):
    """Answers GET with compressed files and records each answer."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, served: list[Served]) -> None:
        self._served = served[0]
        super().__init__(*arguments)  # type: ignore[arg-type]

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        address = unquote(urlsplit(self.path).path).lstrip("/")
        found = file_at(self._served.site, address)
        file = found or file_at(self._served.site, "404.html")
        body = packed(file) if file else b""
        status = 200 if found else 404
        ending = file.suffix.lower() if file else ".txt"
        self.send_response(status)
        kind = _TYPES.get(ending) or mimetypes.types_map.get(ending, "application/octet-stream")
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if file and ending in _TEXT:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self._served.note(Answer(address, status, len(body)))
        try:
            self.wfile.write(body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # The browser has left for another page.


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore reset connections of a closed tab; report every other error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serve(site: Path) -> Iterator[Served]:
    """Serve a built site on loopback for the duration of the block."""
    box: list[Served] = []
    with _Server(("127.0.0.1", 0), partial(_Host, served=box)) as server:
        served = Served(site, f"http://127.0.0.1:{server.server_port}/")
        box.append(served)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield served
        finally:
            server.shutdown()
