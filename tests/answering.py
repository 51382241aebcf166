"""A web server on loopback that gives the answers of a golden case or a test, and keeps what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

WHERE = "http://SERVER"
"""What stands for the server's address in the files of a case."""


class Answering(ThreadingHTTPServer):
    """`answers` are by path: a status, a text, `{to: address, status: 301}`, or `{wait: seconds}`."""

    answers: Mapping[str, Any]
    asked: list[str]

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Answering

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        answer = self.server.answers.get(self.path, 404)
        status, text, to = 200, "有这一页", ""
        match answer:
            case int():
                status = answer
            case str():
                text = answer
            case {"to": to, "status": status}:
                to = to.replace(WHERE, self.server.base)
            case {"wait": seconds}:
                time.sleep(seconds)
        body = text.encode()
        self.send_response(status)
        if to:
            self.send_header("Location", to)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def answering(answers: Mapping[str, Any]) -> Iterator[Answering]:
    with Answering(("127.0.0.1", 0), _Handler) as server:
        server.answers, server.asked = answers, []
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
