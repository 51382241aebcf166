"""Serves a preview over HTTP on this computer: pages that reload themselves, and byte ranges for recordings."""

from __future__ import annotations

import gc
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.preview.access import LONGEST, PATIENCE, BoundedServer
from xiangji.preview.preview import CHANGES, Preview

_PAUSE = 0.3
"""Seconds between two checks of the files while nobody requests a page."""

_SHARE = 20
"""At most one part in this many of the time is spent on checking, even in a large village."""

_RANGE = late_pattern(r"bytes=([0-9]*)-([0-9]*)")
_FAR = 10**18
"""A number of bytes that no file has. Longer numbers are treated as this one."""


class PreviewServer(BoundedServer):
    """Serves a preview until it is shut down. Port 0 takes a free port."""

    def __init__(self, host: str, port: int, preview: Preview) -> None:
        self.preview = preview
        self.closing = threading.Event()
        super().__init__(host, port, _Handler)
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        """Check the files regularly, so that problems are printed and open pages reload without a request."""
        pause = _PAUSE
        while not self.closing.wait(pause):
            begun = time.monotonic()
            state = self.preview.state
            self.preview.look()
            pause = max(_PAUSE, _SHARE * (time.monotonic() - begun))
            if self.preview.state != state:
                pause = _PAUSE
                gc.collect()  # Collect garbage now, while nobody waits, and not while a village is read.

    def server_close(self) -> None:
        """Stop checking the village, and close the socket."""
        self.closing.set()
        super().server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE
    server: PreviewServer

    def handle_one_request(self) -> None:
        self.server.listens(self.connection)
        super().handle_one_request()

    def parse_request(self) -> bool:
        """Return True if the request was understood and may be answered; otherwise the refusal was sent."""
        understood = super().parse_request()
        self.server.heard(self.connection)
        if not understood:
            return False
        if self.headers.get("Content-Length") or self.headers.get("Transfer-Encoding"):
            self.close_connection = True  # The request has a body, which nobody reads.
        status = self._refused()
        if status is None:
            return True
        self._send(status, "text/plain; charset=utf-8", status.phrase.encode(), _MORE[status])
        return False

    def _refused(self) -> HTTPStatus | None:
        """Return the status for a refused request; None if the request is accepted."""
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1:
            return HTTPStatus.BAD_REQUEST
        if not self.server.names.known(hosts[0]):
            return HTTPStatus.MISDIRECTED_REQUEST
        if len(self.path) > LONGEST:
            return HTTPStatus.REQUEST_URI_TOO_LONG
        if self.command not in ("GET", "HEAD"):
            return HTTPStatus.METHOD_NOT_ALLOWED
        return None

    def do_GET(self) -> None:
        if self.path.lstrip("/") == CHANGES:
            self._watched()
            return
        answer = self.server.preview.answer(self.path)
        if answer.to:
            self._send(answer.status, answer.kind, b"", {"Location": answer.to})
            return
        whole = answer.content
        part = _asked(self.headers.get("Range", ""), len(whole)) if answer.status == 200 else None
        if part is None:
            self._send(answer.status, answer.kind, whole, {"Accept-Ranges": "bytes"})
        elif not part:
            self._send(416, answer.kind, b"", {"Content-Range": f"bytes */{len(whole)}"})
        else:
            told = {"Content-Range": f"bytes {part[0]}-{part[-1]}/{len(whole)}"}
            self._send(206, answer.kind, whole[part.start : part.stop], told)

    do_HEAD = do_GET

    def _send(self, status: int, kind: str, content: bytes, more: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Cache-Control": "no-store", **more}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _watched(self) -> None:
        """Send changes to a page as an event stream, unless too many pages are connected."""
        if self.command == "HEAD":
            self._send(200, "text/event-stream", b"", {})
        elif not self.server.watching.acquire(blocking=False):
            self._send(503, "text/plain", b"", {"Retry-After": "5"})
        else:
            try:
                self._changes()
            finally:
                self.server.watching.release()

    def _changes(self) -> None:
        """Send the state of the files, and send it again whenever it changes."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.close_connection = True
        told = ""
        preview = self.server.preview
        while not self.server.closing.is_set():
            shown = f"{preview.state} {preview.hosted[0] if preview.hosted else ''}"
            # A comment line now and then, because only a failed write shows that the client has
            # gone.
            self.wfile.write(f"data: {shown}\n\n".encode() if shown != told else b":\n\n")
            told = shown
            self.server.closing.wait(_PAUSE)

    def log_message(self, *given: Any) -> None:
        """Log no requests, because the terminal is for problems."""


_MORE: dict[HTTPStatus, dict[str, str]] = {
    HTTPStatus.BAD_REQUEST: {"Connection": "close"},
    HTTPStatus.MISDIRECTED_REQUEST: {"Connection": "close"},
    HTTPStatus.REQUEST_URI_TOO_LONG: {},
    HTTPStatus.METHOD_NOT_ALLOWED: {"Allow": "GET, HEAD"},
}
"""Additional headers of a refusal, by its status."""


def _asked(wanted: str, size: int) -> range | None:
    """Return the bytes that a Range header asks for (RFC 9110 §14).

    Returns an empty range for one beyond the end of the file, and None for anything but a single byte range.
    """
    match = _RANGE.fullmatch(wanted)
    if not match or not (match[1] or match[2]):
        return None
    if not match[1]:
        last = _number(match[2])
        return range(max(0, size - last), size)
    first, last = _number(match[1]), _number(match[2]) if match[2] else _FAR
    return None if first > last else range(first, min(last + 1, size))


def _number(digits: str) -> int:
    return int(digits) if len(digits) < 19 else _FAR
