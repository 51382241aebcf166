"""A preview over HTTP on this computer: pages that reload themselves, recordings that can be wound on."""

from __future__ import annotations

import gc
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from xiangji.adapters.preview import CHANGES, Preview

_PAUSE = 0.3
"""Seconds between two looks at the files when nobody asks for a page."""

_SHARE = 20
"""One part in so many of the time is spent on looking, however large the village."""

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class PreviewServer(ThreadingHTTPServer):
    """Serves a preview until it is shut down. Port 0 takes a free one."""

    daemon_threads = True

    def __init__(self, host: str, port: int, preview: Preview) -> None:
        self.preview = preview
        self.closing = threading.Event()
        super().__init__((host, port), _Handler)
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        """Problems are told, and open pages reload, without anybody asking for one."""
        pause = _PAUSE
        while not self.closing.wait(pause):
            begun = time.monotonic()
            state = self.preview.state
            self.preview.look()
            pause = max(_PAUSE, _SHARE * (time.monotonic() - begun))
            if self.preview.state != state:
                pause = _PAUSE
                gc.collect()  # Now, when nobody waits, and not while a village is read.

    def server_close(self) -> None:
        self.closing.set()
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away is no error."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: PreviewServer

    def do_GET(self) -> None:
        if self.path.lstrip("/") == CHANGES:
            self._changes()
            return
        answer = self.server.preview.answer(self.path)
        if answer.to:
            self._send(answer.status, answer.kind, b"", {"Location": answer.to})
            return
        whole = answer.content
        part = _asked(self.headers.get("Range", ""), len(whole)) if answer.status == 200 else None
        if part is None:
            self._send(answer.status, answer.kind, whole, {"Accept-Ranges": "bytes"})
        else:
            first, last = part
            told = {"Content-Range": f"bytes {first}-{last}/{len(whole)}"}
            self._send(206, answer.kind, whole[first : last + 1], told)

    do_HEAD = do_GET

    def _send(self, status: int, kind: str, content: bytes, more: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Cache-Control": "no-store", **more}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _changes(self) -> None:
        """Tell a page the state of the files, and again whenever it is another."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.close_connection = True
        told = ""
        preview = self.server.preview
        while not self.server.closing.is_set():
            shown = f"{preview.state} {preview.hosted[0] if preview.hosted else ''}"
            # A line without meaning now and then: how else would one learn that nobody listens.
            self.wfile.write(f"data: {shown}\n\n".encode() if shown != told else b":\n\n")
            told = shown
            self.server.closing.wait(_PAUSE)

    def log_message(self, *given: Any) -> None:
        """Nothing for each request: the window is for problems."""


def _asked(wanted: str, size: int) -> tuple[int, int] | None:
    """The first and last byte of a range (RFC 9110 §14); None for what is no single one."""
    match = _RANGE.fullmatch(wanted)
    if not match or not (match[1] or match[2]) or not size:
        return None
    if not match[1]:
        return max(0, size - int(match[2])), size - 1
    first, last = int(match[1]), min(int(match[2] or size - 1), size - 1)
    return (first, last) if first <= last else None
